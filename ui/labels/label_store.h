// SPDX-License-Identifier: GPL-3.0-or-later
// The labels of the open model: the newest report of the engine, which heads a filter lets through, and the user's own labels and notes.
#pragma once

#include <QObject>
#include <QSet>
#include <QString>
#include <map>
#include <memory>
#include <optional>

#include "engine/analysis/labels/label.h"
#include "engine/model/model.h"
#include "ui/labels/label_mark.h"
#include "ui/labels/label_measures.h"
#include "ui/state/head_notes.h"

namespace hs::ui {

class Project;

class LabelStore : public QObject {
    Q_OBJECT
public:
    explicit LabelStore(Project* project, QObject* parent = nullptr);

    /// Null: this model was never labelled. Not complete: a job is still at work, or was cancelled.
    std::shared_ptr<const LabelReport> report() const { return m_report; }
    bool complete() const { return m_report && m_report->complete; }
    bool fromCache() const { return m_fromCache; }
    /// Of one head; null when not labelled.
    const HeadReport* head(HeadId head) const;
    LabelMark mark(HeadId head) const;
    /// Codes of further labels that were awarded to it, in the order of codedKinds().
    QStringList furtherCodes(HeadId head) const;
    /// Primary or candidate score; nothing when the head has neither.
    std::optional<double> score(HeadId head) const;

    /// Which number of the report atlas and table show as ShownScore::Measure; empty key: none. Of one head; nothing when it has none.
    const LabelMeasure& measure() const { return m_measure; }
    std::optional<double> measured(HeadId head) const;

    /// Codes that are let through ("Pr", "–"); empty: all. kMine: heads with a label or note of the user's.
    static inline const QString kMine = QStringLiteral("mine");
    const QSet<QString>& filter() const { return m_filter; }
    bool passes(HeadId head) const;
    /// Heads that carry a code: as the label that stands for them, or as a further one that was awarded.
    struct Count {
        QString code;
        int first = 0;
        std::vector<HeadId> further = {};  ///< heads that another label stands for
    };
    /// In the order of codedKinds(), then "–", "?" and "…"; codes without a head are left out. A filter lets both kinds of heads through.
    std::vector<Count> counts() const;
    /// Heads for each attribute that was awarded ("copying"), by labelName(); a filter lets them through by that name.
    std::vector<std::pair<QString, int>> attributeCounts() const;

    const HeadNotes& notes() const { return m_notes; }
    HeadNote note(HeadId head) const;

public Q_SLOTS:
    /// A newer result of the open model. While a job is at work its partial reports grow; a complete report of before is not
    /// given up for a partial one. Reports of other models are dropped.
    void setReport(const std::shared_ptr<const hs::Model>& model, const std::shared_ptr<const hs::LabelReport>& report, bool fromCache);
    void clearReport();
    void setFilter(const QSet<QString>& codes);
    /// By key; its title comes from the report, also from a later one. No signal: who chooses it shows it.
    void setMeasure(const QString& key);
    /// Undoable, in the project's undo stack.
    void setNote(hs::HeadId head, const hs::ui::HeadNote& note);
    /// Without undo: project files and undo commands.
    void setNotes(const hs::ui::HeadNotes& notes);

Q_SIGNALS:
    void changed();  ///< report: all marks and scores may differ
    void filterChanged();
    void notesChanged();

private:
    void modelChanged();
    void nameMeasure();

    Project* m_project;
    std::shared_ptr<const LabelReport> m_report;
    bool m_fromCache = false;
    std::map<HeadId, LabelMark> m_marks;
    std::map<HeadId, QSet<QString>> m_attributes, m_further;
    QSet<QString> m_filter;
    LabelMeasure m_measure;
    HeadNotes m_notes;
    QString m_path;                        ///< whose notes these are
    std::map<QString, HeadNotes> m_shelf;  ///< notes of models opened earlier in this session
};

}  // namespace hs::ui
