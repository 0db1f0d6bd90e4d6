// SPDX-License-Identifier: GPL-3.0-or-later
// Labels in the window: the job's controller between atlas, card, Corpus tab and dialogs; the whole-model report.
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QTabWidget>

#include "engine/session/jobs/label.h"
#include "ui/atlas/atlas_panel.h"
#include "ui/bridge/error_text.h"
#include "ui/head/head_card.h"
#include "ui/labels/corpus_tab.h"
#include "ui/labels/label_controller.h"
#include "ui/labels/label_dialog.h"
#include "ui/labels/label_filter_bar.h"
#include "ui/labels/label_report.h"
#include "ui/labels/label_sections.h"
#include "ui/labels/label_store.h"
#include "ui/labels/label_tables.h"
#include "ui/shell/main_window.h"
#include "ui/shell/status_line.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"

namespace hs::ui {

void MainWindow::buildLabels()
{
    m_labelling = new LabelController(m_c, m_options.sampleCorpusPaths, this);
    LabelFilterBar* bar = m_atlas->labelBar();
    connect(bar, &LabelFilterBar::labelRequested, this, &MainWindow::labelHeads);
    connect(bar, &LabelFilterBar::cancelRequested, m_labelling, &LabelController::cancel);
    const auto follow = [this, bar] {
        bar->setProgress(m_labelling->running() ? m_labelling->progressWords() : QString());
        bar->setProvenance(m_labelling->provenanceWords(), m_labelling->provenanceTip());
        bar->setPossible(m_labelling->impossibleBecause().isEmpty(), m_labelling->impossibleBecause());
        refreshActions();
    };
    connect(m_labelling, &LabelController::changed, this, follow);
    connect(m_c.labels, &LabelStore::changed, this, follow);
    connect(m_labelling, &LabelController::failed, this, [this](const Error& error) { showError(errorText(error), error); });
    connect(m_labelling, &LabelController::message, this, [this](const QString& text) { m_status->setMessage(text, 8000); });
    follow();

    LabelSummary* summary = m_card->labelSummary();
    connect(summary, &LabelSummary::allScoresRequested, this, &MainWindow::showScores);
    connect(summary, &LabelSummary::noteRequested, this, &MainWindow::editNote);
    connect(m_card->labelExamples(), &LabelExamples::passageOpened, this, [this] { m_tabs->setCurrentIndex(0); });
    for (int i = 0; i < m_tabs->count(); ++i)
        if (auto* corpus = qobject_cast<CorpusTab*>(m_tabs->widget(i))) {
            connect(m_card->labelExamples(), &LabelExamples::corpusRequested, this, [this, corpus] { m_tabs->setCurrentWidget(corpus); });
            connect(corpus, &CorpusTab::labelRequested, this, &MainWindow::labelHeads);
            connect(corpus, &CorpusTab::openRequested, this, [this] { m_tabs->setCurrentIndex(0); });
            connect(corpus, &CorpusTab::examplesWanted, m_labelling, &LabelController::askExamples);
            connect(m_labelling, &LabelController::examplesReady, corpus, [corpus](const LabelExamplesResult& r) {
                corpus->setExamples(r.request.head, r.request.label, r.request.variant, r.best, r.worst, r.typical, r.documents);
            });
            connect(m_labelling, &LabelController::examplesEnded, corpus, [corpus](const QString& problem) { corpus->setWaiting(false, problem); });
        }
}

void MainWindow::labelHeads()
{
    const QString reason = m_labelling->impossibleBecause();
    if (!reason.isEmpty()) return m_status->setMessage(reason, 6000);
    const Model& model = *m_c.project->model();
    QStringList presets;
    if (!m_options.presetFolder.isEmpty()) {
        const QDir folder(m_options.presetFolder);
        QStringList names = folder.entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name);
        if (names.removeAll(QStringLiteral("default.json")) > 0) names.prepend(QStringLiteral("default.json"));
        for (const QString& name : names) presets << folder.filePath(name);
    }
    auto* dialog = new LabelDialog(m_labelling->request(), m_labelling->defaultRequest(), presets, model.config().nCtx, model.tokenizer() != nullptr, this);
    dialog->setCanRun(model.canRun());
    connect(dialog, &LabelDialog::startRequested, m_labelling, &LabelController::start);
    dialog->open();
}

void MainWindow::editNote() { (new NoteDialog(m_c, m_c.selection->head(), this))->open(); }

void MainWindow::showScores() { (new ScoresDialog(m_c, this))->show(); }
void MainWindow::showScatter() { (new ScatterDialog(m_c, this))->show(); }

void MainWindow::exportLabels()
{
    if (!m_c.labels->report()) return;
    auto* dialog = new QFileDialog(this, tr("Export label report"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("Report (*.pdf)"), tr("Numbers (*.csv)")});
    dialog->setDefaultSuffix(QStringLiteral("pdf"));
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString& filter) { dialog->setDefaultSuffix(filter.contains(QLatin1String("csv")) ? QStringLiteral("csv") : QStringLiteral("pdf")); });
    dialog->selectFile(QFileInfo(m_c.project->path()).completeBaseName() + QStringLiteral("-labels.pdf"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        if (!m_c.labels->report()) return;   // the model was closed meanwhile
        const LabelReportInput input{m_c.labels->report(), m_c.labels->notes(), QFileInfo(m_c.project->path()).fileName()};
        if (const Status status = writeLabelReport(path, input); !status) return showError(errorText(status.error()), status.error());
        m_status->setMessage(tr("Wrote %1").arg(QFileInfo(path).fileName()), 8000);
    });
    dialog->open();
}

}  // namespace hs::ui
