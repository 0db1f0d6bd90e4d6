// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/labels/labels_feature.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>

#include "ui/feature/command_list.h"
#include "ui/feature/desk.h"
#include "ui/kit/save_dialog.h"
#include "ui/labels/corpus_tab.h"
#include "ui/labels/label_controller.h"
#include "ui/labels/label_dialog.h"
#include "ui/labels/label_filter_bar.h"
#include "ui/labels/label_report.h"
#include "ui/labels/label_sections.h"
#include "ui/labels/label_store.h"
#include "ui/labels/label_tables.h"
#include "ui/state/open_inputs.h"
#include "ui/state/project.h"
#include "ui/state/project_file.h"
#include "ui/state/selection.h"

namespace hs::ui {

LabelsFeature::LabelsFeature(const ViewContext& context, Desk& desk, const QStringList& sampleCorpus, const QString& presets,
                             QObject* parent)
    : Feature(context, desk, parent), m_controller(new LabelController(context, sampleCorpus, this)), m_tab(new CorpusTab(context)),
      m_presets(presets)
{
    connect(m_controller, &LabelController::changed, this, [this] { m_desk.refreshCommands(); });
    connect(m_c.labels, &LabelStore::changed, this, [this] { m_desk.refreshCommands(); });
    connect(m_controller, &LabelController::failed, this, [this](const Error& error) { m_desk.fail(error); });
    connect(m_controller, &LabelController::message, this, [this](const QString& text) { m_desk.say(text); });
    connectTab();
}

void LabelsFeature::connectTab()
{
    connect(m_tab, &CorpusTab::labelRequested, this, &LabelsFeature::labelHeads);
    connect(m_tab, &CorpusTab::examplesWanted, m_controller, &LabelController::askExamples);
    connect(m_controller, &LabelController::examplesReady, m_tab, [this](const LabelExamplesResult& r) {
        m_tab->setExamples(r.request.head, r.request.label, r.request.variant, r.best, r.worst, r.typical, r.documents);
    });
    connect(m_controller, &LabelController::examplesEnded, m_tab, [this](const QString& problem) { m_tab->setWaiting(false, problem); });
}

void LabelsFeature::serve(LabelFilterBar* bar)
{
    connect(bar, &LabelFilterBar::labelRequested, this, &LabelsFeature::labelHeads);
    connect(bar, &LabelFilterBar::cancelRequested, m_controller, &LabelController::cancel);
    const auto follow = [this, bar] {
        bar->setProgress(m_controller->running() ? m_controller->progressWords() : QString());
        bar->setProvenance(m_controller->provenanceWords(), m_controller->provenanceTip());
        bar->setPossible(m_controller->impossibleBecause().isEmpty(), m_controller->impossibleBecause());
    };
    connect(m_controller, &LabelController::changed, bar, follow);
    connect(m_c.labels, &LabelStore::changed, bar, follow);
    follow();
}

void LabelsFeature::serve(LabelSummary* summary, LabelExamples* examples)
{
    connect(summary, &LabelSummary::allScoresRequested, this, &LabelsFeature::showScores);
    connect(summary, &LabelSummary::noteRequested, this, &LabelsFeature::editNote);
    connect(examples, &LabelExamples::passageOpened, this, [this] { m_desk.showHome(); });
    connect(examples, &LabelExamples::corpusRequested, this, [this] { m_desk.showView(m_tab->id()); });
}

void LabelsFeature::addCommands(CommandList& commands)
{
    const QString run = QStringLiteral("run"), tools = QStringLiteral("tools");
    const auto labelled = [this] { return m_c.labels->report() != nullptr; };
    commands.add({QStringLiteral("labels.start"),
                  tr("&Label heads …"),
                  run,
                  300,
                  [this] { labelHeads(); },
                  {QKeySequence(QStringLiteral("Ctrl+Shift+L"))},
                  [this] { return m_controller->impossibleBecause().isEmpty(); }});
    commands.add({QStringLiteral("labels.cancel"),
                  tr("Cancel la&belling"),
                  run,
                  310,
                  [this] { m_controller->cancel(); },
                  {},
                  [this] { return m_controller->running(); }});
    commands.add({QStringLiteral("labels.note"),
                  tr("Your &label and note …"),
                  QStringLiteral("head"),
                  320,
                  [this] { editNote(); },
                  {QKeySequence(QStringLiteral("F2"))},  // no bare letter: a dialog must not open on who types past the field
                  [this] { return !m_c.project->empty(); }});
    commands.add({QStringLiteral("labels.scores"), tr("All &scores of this head …"), tools, 130, [this] { showScores(); }, {}, labelled});
    commands.add({QStringLiteral("labels.scatter"),
                  tr("T&wo scores of all heads …"),
                  tools,
                  140,
                  [this] { (new ScatterDialog(m_c, m_desk.window()))->show(); },
                  {},
                  labelled,
                  {},
                  tr("scatter plot; correlation")});
    commands.add({QStringLiteral("labels.export"),
                  tr("Export la&bel report …"),
                  QStringLiteral("file"),
                  340,
                  [this] { exportReport(); },
                  {},
                  labelled});
}

void LabelsFeature::save(ProjectFile& project) const { project.notes = m_c.labels->notes(); }

void LabelsFeature::restore(const ProjectFile& project)
{
    if (m_c.project->model()) m_c.labels->setNotes(project.notes);
}

QStringList LabelsFeature::presetFiles() const
{
    QStringList presets;
    if (m_presets.isEmpty()) return presets;
    const QDir folder(m_presets);
    QStringList names = folder.entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name);
    if (names.removeAll(QStringLiteral("default.json")) > 0) names.prepend(QStringLiteral("default.json"));
    for (const QString& name : names) presets << folder.filePath(name);
    return presets;
}

void LabelsFeature::labelHeads()
{
    const QString reason = m_controller->impossibleBecause();
    if (!reason.isEmpty()) return m_desk.say(reason, 6000);
    const Model& model = *m_c.project->model();
    auto* dialog = new LabelDialog(m_controller->request(), m_controller->defaultRequest(), presetFiles(), model.config().nCtx,
                                   model.tokenizer() != nullptr, m_desk.window());
    dialog->setCanRun(model.canRun());
    dialog->setEstimate([this](const LabelRequest& request) { return m_controller->estimate(request); });
    connect(dialog, &LabelDialog::startRequested, m_controller, &LabelController::start);
    dialog->open();
}

void LabelsFeature::editNote() { (new NoteDialog(m_c, m_c.selection->head(), m_desk.window()))->open(); }
void LabelsFeature::showScores() { (new ScoresDialog(m_c, m_desk.window()))->show(); }

void LabelsFeature::exportReport()
{
    if (!m_c.labels->report()) return;
    auto* dialog = new SaveDialog(m_desk.window(), tr("Export label report"), openInputs());
    dialog->setNameFilters({tr("Report (*.pdf)"), tr("Numbers (*.csv)")});
    dialog->setDefaultSuffix(QStringLiteral("pdf"));
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString& filter) {
        dialog->setDefaultSuffix(filter.contains(QLatin1String("csv")) ? QStringLiteral("csv") : QStringLiteral("pdf"));
    });
    dialog->selectFile(QFileInfo(m_c.project->path()).completeBaseName() + QStringLiteral("-labels.pdf"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        if (!m_c.labels->report()) return;  // the model was closed meanwhile
        const LabelReportInput input{m_c.labels->report(), m_c.labels->notes(), QFileInfo(m_c.project->path()).fileName()};
        if (const Status status = writeLabelReport(path, input); !status) return m_desk.fail(status.error());
        m_desk.say(tr("Wrote %1").arg(QFileInfo(path).fileName()));
    });
    dialog->open();
}

}  // namespace hs::ui
