// SPDX-License-Identifier: GPL-3.0-or-later
// The pruning bench in the window: other centre, other right dock, the atlas as switchboard; and the interventions' dock.
#include <QDockWidget>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QMenuBar>
#include <QStackedWidget>
#include <QTabWidget>
#include <QToolButton>

#include "engine/session/pruning_file.h"
#include "ui/atlas/atlas.h"
#include "ui/atlas/atlas_panel.h"
#include "ui/bridge/error_text.h"
#include "ui/compare/compare_tab.h"
#include "ui/export/export_actions.h"
#include "ui/head/head_card.h"
#include "ui/kit/dock_title.h"
#include "ui/prune/prune_atlas_mode.h"
#include "ui/prune/prune_controller.h"
#include "ui/prune/prune_cuts_panel.h"
#include "ui/prune/prune_heads_list.h"
#include "ui/prune/prune_workspace.h"
#include "ui/shell/intervention_panel.h"
#include "ui/shell/main_window.h"
#include "ui/shell/selection_history.h"
#include "ui/shell/status_line.h"
#include "ui/shell/workspace_switch.h"
#include "ui/state/cut_values.h"
#include "ui/state/project.h"

namespace hs::ui {

void MainWindow::buildPrune()
{
    m_bench = new PruneBench(m_c.project, this);
    m_pruner = new PruneController(m_c, m_bench, m_options.samplePath.isEmpty() ? QString() : QFileInfo(m_options.samplePath).absolutePath(), this);
    m_prune = new PruneWorkspace(m_c, m_pruner);
    m_prune->setObjectName(QStringLiteral("pruneWorkspace"));
    m_stack->addWidget(m_prune);
    m_cuts = new PruneCutsPanel(m_c, m_pruner, this);
    m_cuts->hide();
    m_cuts->title()->setParent(this);
    m_cuts->title()->hide();
    m_atlasMode = new PruneAtlasMode(m_atlas->atlas(), m_pruner, this);
    m_atlas->addBench(new PruneHeadsList(m_c, m_pruner), m_atlasMode->button());

    auto* interventions = new InterventionPanel(m_c);
    m_interventionsDock = new QDockWidget(tr("Interventions"), this);
    m_interventionsDock->setObjectName(QStringLiteral("interventionsDock"));
    m_interventionsDock->setWidget(interventions);
    m_interventionsDock->setTitleBarWidget(interventions->title());
    addDockWidget(Qt::BottomDockWidgetArea, m_interventionsDock);
    m_interventionsDock->hide();

    connect(m_prune, &PruneWorkspace::statusChanged, this, [this](const QString& text) {
        if (m_pruning) m_status->setReadout(text);
    });
    connect(m_pruner, &PruneController::failed, this, [this](const ErrorText& text, const Error& facts) {
        if (facts.code != ErrorCode::Cancelled) m_status->setMessage(text.title + QStringLiteral(": ") + text.what, 12000);
    });
    // Views of the prompt follow the bench as soon as what it puts in is measured; until then the card says what they do.
    const CutValues* values = m_c.project->cuts();
    const auto tellExplore = [this, values] {
        const AblationKind asked = m_bench->settings().ablation;
        const bool model = m_c.project->model() && m_c.project->model()->canPredict();
        m_card->setOffNote(!model || (asked == AblationKind::Zero && values->kind() == asked) ? QString()
                           : values->kind() == asked ? values->sentence()
                                                     : values->sentence() + QLatin1Char(' ') + tr("What the pruning bench puts in (%1) is not measured yet.").arg(ablationWord(asked)));
    };
    connect(m_bench, &PruneBench::settingsChanged, this, tellExplore);
    connect(m_bench, &PruneBench::cutsChanged, this, tellExplore);
    connect(values, &CutValues::changed, this, tellExplore);
    const auto canEnd = [this] {
        if (QAction* action = m_actions.value(QStringLiteral("endComparison"))) action->setEnabled(m_bench->other() != nullptr);
    };
    connect(m_bench, &PruneBench::curveChanged, this, canEnd);
    connect(m_pruner, &PruneController::budgetReached, this, [this](int off, double loss) { m_status->setMessage(tr("%1 heads off, loss %2").arg(off).arg(loss, 0, 'f', 4), 8000); });
    connect(m_cuts, &PruneCutsPanel::budgetRequested, m_prune, &PruneWorkspace::openBudgetDialog);
    connect(m_cuts, &PruneCutsPanel::saveModelRequested, m_prune, &PruneWorkspace::openSaveDialog);
    connect(m_cuts, &PruneCutsPanel::exportRequested, this, [this] { m_export->openDialog(m_prune->curveSubject()); });
    connect(m_prune, &PruneWorkspace::compareRequested, this, [this](const QString& path) {
        for (int i = 0; i < m_tabs->count(); ++i)
            if (auto* compare = qobject_cast<CompareTab*>(m_tabs->widget(i))) {
                compare->setMode(CompareMode::Models);   // first: a change of mode drops what is being opened
                compare->sources()->openModel(path);
                showPrune(false);
                m_tabs->setCurrentIndex(i);
            }
    });
}

void MainWindow::showPrune(bool on)
{
    if (on == m_pruning) return;
    m_pruning = on;
    m_history->setRecording(!on);   // Ctrl+Z takes back cuts here, not looks at heads
    m_workspaces->setCurrent(on ? 2 : m_tabs->currentIndex() == 2 ? 1 : 0);
    QWidget* content = on ? static_cast<QWidget*>(m_cuts) : m_card;
    m_cardDock->setWidget(content);
    content->show();
    DockTitle* title = on ? m_cuts->title() : m_card->title();
    m_cardDock->setTitleBarWidget(title);
    title->show();
    (on ? static_cast<QWidget*>(m_card) : m_cuts)->hide();
    m_cardDock->setWindowTitle(on ? tr("Cuts") : tr("Head card"));
    m_atlas->showBench(on);
    m_atlasMode->setActive(on);
    m_pruner->setActive(on);
    refreshCentre();
    m_status->setReadout(on ? m_prune->statusText() : m_statusTexts[std::size_t(std::max(0, m_tabs->currentIndex()))]());
    if (on) m_prune->setFocus(Qt::OtherFocusReason);
}

void MainWindow::buildPruneMenu()
{
    QMenu* menu = m_menus->addMenu(tr("&Prune"));
    const auto inBench = [this](auto run) {
        return [this, run] {
            showPrune(true);
            run();
        };
    };
    add(menu, tr("Pruning &bench"), QKeySequence(QStringLiteral("Ctrl+B")), [this] { showPrune(!m_pruning); });
    add(menu, tr("Cut &next best"), QKeySequence(QStringLiteral("Ctrl+Shift+N")), inBench([this] { m_pruner->cutNextBest(); }));
    add(menu, tr("&Run to loss …"), {}, inBench([this] { m_prune->openBudgetDialog(); }))->setProperty("alsoCalled", tr("prune to a budget"));
    add(menu, tr("Measure the cur&ve"), {}, inBench([this] { m_pruner->measureCurve(); }));
    add(menu, tr("&Stop measuring"), {}, [this] { m_pruner->cancel(); });
    menu->addSeparator();
    add(menu, tr("Restore &all heads"), {}, [this] { m_pruner->restoreAll(); });
    add(menu, tr("&Invert the cut"), {}, inBench([this] { m_pruner->invert(); }));
    menu->addSeparator();
    add(menu, tr("&Texts and orders …"), {}, inBench([this] { m_prune->openTextDialog(); }));
    add(menu, tr("Save e&xperiment …"), {}, [this] { saveExperiment(); });
    add(menu, tr("Op&en experiment …"), {}, [this] { openExperiment(); });
    add(menu, tr("C&ompare with experiment …"), {}, [this] { compareExperiment(); });
    m_actions[QStringLiteral("endComparison")] = add(menu, tr("En&d comparison"), {}, [this] { m_bench->setOther(nullptr, {}); });
    add(menu, tr("Export &curve …"), {}, [this] { m_export->openDialog(m_prune->curveSubject()); });
    add(menu, tr("Save &pruned model …"), {}, inBench([this] { m_prune->openSaveDialog(); }));
}

void MainWindow::saveExperiment()
{
    if (!m_bench->curve()) return m_status->setMessage(tr("Measure the curve first: there is no experiment to save."), 6000);
    auto* dialog = new QFileDialog(this, tr("Save experiment"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(tr("Pruning experiment (*.json)"));
    dialog->setDefaultSuffix(QStringLiteral("json"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        const Status status = m_pruner->saveCurve(path);
        if (!status) return showError(errorText(status.error()), status.error());
        m_status->setMessage(tr("Saved %1").arg(QFileInfo(path).fileName()), 5000);
    });
    dialog->open();
}

void MainWindow::openExperiment()
{
    auto* dialog = new QFileDialog(this, tr("Open experiment"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Pruning experiment (*.json)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        QString remark;
        const Status status = m_pruner->openCurve(path, &remark);
        if (!status) return showError(errorText(status.error()), status.error());
        showPrune(true);
        if (!remark.isEmpty()) m_status->setMessage(remark, 20000);
    });
    dialog->open();
}

void MainWindow::compareExperiment()
{
    auto* dialog = new QFileDialog(this, tr("Compare with experiment"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Pruning experiment (*.json)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        const Status status = m_pruner->compareCurve(path);
        if (!status) return showError(errorText(status.error()), status.error());
        showPrune(true);
    });
    dialog->open();
}

}  // namespace hs::ui
