// SPDX-License-Identifier: GPL-3.0-or-later
// Labels as a whole: the job's controller between atlas, head card, Corpus tab and dialogs; notes; the whole-model report.
#pragma once

#include <QStringList>

#include "ui/feature/feature.h"

namespace hs::ui {

class CorpusTab;
class LabelController;
class LabelExamples;
class LabelFilterBar;
class LabelSummary;

class LabelsFeature : public Feature {
    Q_OBJECT
public:
    /// `sampleCorpus`: the text that ships; `presets`: folder of thresholds. Both may be empty.
    LabelsFeature(const ViewContext& context, Desk& desk, const QStringList& sampleCorpus, const QString& presets, QObject* parent);
    QString id() const override { return QStringLiteral("labels"); }
    QString title() const override { return tr("Labels"); }
    void addCommands(CommandList& commands) override;
    void save(ProjectFile& project) const override;
    void restore(const ProjectFile& project) override;

    CorpusTab* tab() const { return m_tab; }
    LabelController* controller() const { return m_controller; }
    /// Labels' own parts inside other docks.
    void serve(LabelFilterBar* bar);
    void serve(LabelSummary* summary, LabelExamples* examples);

private:
    void connectTab();
    void labelHeads();
    void editNote();
    void showScores();
    void exportReport();
    QStringList presetFiles() const;

    LabelController* m_controller;
    CorpusTab* m_tab;
    QString m_presets;
};

}  // namespace hs::ui
