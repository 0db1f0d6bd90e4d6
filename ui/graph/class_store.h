// SPDX-License-Identifier: GPL-3.0-or-later
// The class list beside the head graph (heads of a published circuit, or the user's own): read, edited with undo, written, and how well
// the present measure finds its heads.
#pragma once

#include <QObject>
#include <QString>
#include <QStringList>
#include <memory>
#include <vector>

#include "engine/base/ids.h"
#include "engine/session/jobs/class_list.h"
#include "engine/similarity/graph/class_list.h"
#include "ui/bridge/ask.h"
#include "ui/state/class_list_ref.h"

namespace hs::ui {

class EngineBridge;
class Project;

class ClassStore : public QObject {
    Q_OBJECT
public:
    ClassStore(EngineBridge* bridge, Project* project, QObject* parent = nullptr);

    /// A list that ships with the program.
    struct ReadyMade {
        QString name, path;
    };
    /// Folder of lists that can be chosen by name; empty: none.
    void setFolder(const QString& folder);
    const std::vector<ReadyMade>& readyMade() const { return m_readyMade; }

    const std::shared_ptr<const ClassList>& list() const { return m_list; }
    QString path() const { return m_path; }  ///< file it was read from or written to; empty: none yet
    bool edited() const { return m_list != m_saved; }
    QString title() const;  ///< name, else file name, else "New list"

    void load(const QString& path);  ///< JSON or CSV; answers changed() or failed()
    void save(const QString& path);  ///< CSV by its ending, else JSON; answers message() or failed()
    // Each of these is one undo step. False: nothing to do, or a name that is empty or taken.
    void startNew();
    void close();
    bool addClass(const QString& name);
    bool renameClass(int index, const QString& name);
    bool removeClass(int index);
    bool setMember(int index, HeadId head, bool member);

    /// For the project file. A list that could not be found again is kept as it was named there.
    ClassListRef reference() const;
    /// The list of a project, without an undo step; an empty one closes the list.
    void restore(const ClassListRef& reference);
    /// In words: the project's list is missing, or its file holds another list now; empty: all is as it was saved.
    const QString& complaint() const { return m_complaint; }

    /// Short mark of a class on nodes and in tables, different for every class: "PT" for Previous Token.
    QString code(int index) const;
    /// Codes of all classes of a head, "PT" or "PT+In"; empty: none.
    QString codes(HeadId head) const;
    /// Names of all classes of a head, with commas.
    QString names(HeadId head) const;
    /// Heads of the list that the open model does not have.
    int foreignHeads() const;
    /// The list says which model it is about, and it is not the open one by its name.
    bool otherModel() const;

    /// Matrices to score, one for each edge type that is shown, and the k of precision at k.
    void setMatrices(std::vector<std::shared_ptr<const HeadMatrix>> matrices, int k);
    struct Score {
        std::shared_ptr<const HeadMatrix> matrix;
        ClassScore score;
    };
    /// Of the present list and matrices; empty until computed, or without a list.
    const std::vector<Score>& scores() const { return m_scores; }

    /// Without undo: the undo commands.
    void put(std::shared_ptr<const ClassList> list, const QString& path);

Q_SIGNALS:
    void changed();  ///< list, path or whether it was edited
    void scoresChanged();
    void message(const QString& text);
    void failed(const hs::Error& error);

private:
    void change(std::shared_ptr<const ClassList> list, const QString& path, const QString& what);
    void edit(const ClassList& list, const QString& what);
    bool taken(const std::string& name, int except) const;
    void score();
    void saved();  ///< the list is what its file holds
    void complain(const QString& text);

    Project* m_project;
    std::vector<ReadyMade> m_readyMade;
    std::shared_ptr<const ClassList> m_list, m_saved;
    QString m_path;
    QStringList m_codes;
    std::vector<std::shared_ptr<const HeadMatrix>> m_matrices;
    int m_k = 20;
    std::vector<Score> m_scores;
    Ask<ClassListJob> m_load, m_restore, m_score;
    Ask<WriteClassListJob> m_save;
    ClassListRef m_restoring, m_lost;  ///< the project's: on its way; not to be had
    QString m_savedHash, m_complaint;
    QString m_savePath;
    std::shared_ptr<const ClassList> m_writing;
};

/// "PT", "In", "SI": initials of several words, the beginning of one; a digit where a mark is taken. In the order of the names.
QStringList classCodes(const QStringList& names);
/// True when two names of models mean the same one, as far as letters and digits tell ("GPT-2 small" and "gpt2-small-attention").
bool sameModelName(const QString& a, const QString& b);

}  // namespace hs::ui
