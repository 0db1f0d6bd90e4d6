// SPDX-License-Identifier: GPL-3.0-or-later
// What is open: model or dump, prompts with their runs, heads switched off. Saved as .headscope (project_file.h).
#pragma once

#include <QObject>
#include <QString>
#include <QUndoStack>
#include <memory>
#include <set>
#include <vector>

#include "engine/forward/forward.h"
#include "engine/io/dump/attention_dump.h"
#include "engine/io/parity.h"
#include "engine/model/model.h"

namespace hs::ui {

/// One kept prompt. Its run is null until computed, and partial while it is being computed.
struct PromptEntry {
    QString title;  ///< short name for the prompt menu; the text's beginning by default
    QString text;
    std::vector<int> ids;                      ///< not empty: the prompt is these ids and `text` is only shown
    bool spellSpecial = false;                 ///< special tokens in the text are their letters, not the tokens
    std::shared_ptr<const Run> run;            ///< with the project's interventions
    std::shared_ptr<const Run> baseRun;        ///< without interventions (same object when there are none)
    std::shared_ptr<const DumpSample> sample;  ///< a dump's sample instead of a run
    std::shared_ptr<const AttentionSource> source() const;
};

class CutValues;

class Project : public QObject {
    Q_OBJECT
public:
    explicit Project(QObject* parent = nullptr);

    const std::shared_ptr<const Model>& model() const { return m_model; }
    const std::shared_ptr<const AttentionDump>& dump() const { return m_dump; }
    bool empty() const { return !m_model && !m_dump; }
    QString path() const;
    QString modelHash() const { return m_hash; }             ///< empty: pending
    const ParityReport& parity() const { return m_parity; }  ///< found = false: nothing to compare with

    const std::vector<PromptEntry>& prompts() const { return m_prompts; }
    int currentIndex() const { return m_current; }
    const PromptEntry* current() const;
    /// What all views show now; null when nothing has run.
    std::shared_ptr<const AttentionSource> source() const;

    const Interventions& interventions() const { return m_interventions; }
    bool isOff(HeadId head) const;
    /// Heads that are off, in the order in which they were switched off.
    std::vector<HeadId> offHeads() const;
    /// What heads that are off leave in their place.
    CutValues* cuts() const { return m_cuts; }
    QUndoStack& undo() { return m_undo; }
    /// A number for the steps of one gesture, not used before.
    int newGesture() { return ++m_gestures; }

public Q_SLOTS:
    void setModel(std::shared_ptr<const hs::Model> model);
    void setDump(std::shared_ptr<const hs::AttentionDump> dump);
    void close();
    void setHash(const QString& hash);
    void setParity(const hs::ParityReport& report);
    int addPrompt(const hs::ui::PromptEntry& entry);  ///< returns its index; does not select it
    void removePrompt(int index);
    void setCurrent(int index);
    void setPromptText(int index, const QString& text, const std::vector<int>& ids = {});  ///< drops its runs
    void renamePrompt(int index, const QString& title);
    void setSpellSpecial(int index, bool spell);                 ///< drops its runs
    void setRun(int index, std::shared_ptr<const hs::Run> run);  ///< base or intervened, by run->interventions
    /// Undoable; emits interventionsChanged. The window's controller then asks for new runs.
    void switchHead(hs::HeadId head, bool off);
    void switchAllOn();  ///< undoable, one step
    /// Exactly these heads are off afterwards, in this order; other interventions stay. One undo step called `what`; steps in a row
    /// with the same `gesture` (not -1) become one: a drag, a cursor that is moved.
    void setOffHeads(const std::vector<hs::HeadId>& heads, const QString& what, int gesture = -1);
    /// Any other change of the list as one undo step.
    void changeInterventions(const hs::Interventions& list, const QString& what, int gesture = -1);
    void setInterventions(const hs::Interventions& list);  ///< without undo (used by the undo commands and project loading)

Q_SIGNALS:
    void modelChanged();  ///< model, dump or nothing
    void hashChanged();
    void parityChanged();
    void promptsChanged();  ///< list or a text
    void currentChanged();  ///< another prompt is current
    void sourceChanged();   ///< current source: new run, new stage, other prompt
    void interventionsChanged();

private:
    std::shared_ptr<const Model> m_model;
    std::shared_ptr<const AttentionDump> m_dump;
    QString m_hash;
    ParityReport m_parity;
    std::vector<PromptEntry> m_prompts;
    int m_current = -1;
    Interventions m_interventions;
    CutValues* m_cuts;
    QUndoStack m_undo;
    int m_gestures = 1000;  // ids of undo commands that are not about interventions are smaller
};

}  // namespace hs::ui
