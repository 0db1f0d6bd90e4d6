// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prune/prune_feature.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QToolButton>

#include "engine/session/pruning_file.h"
#include "ui/atlas/atlas.h"
#include "ui/atlas/atlas_feature.h"
#include "ui/atlas/atlas_panel.h"
#include "ui/bridge/error_text.h"
#include "ui/export/export_actions.h"
#include "ui/feature/command_list.h"
#include "ui/feature/desk.h"
#include "ui/kit/dock_title.h"
#include "ui/kit/save_dialog.h"
#include "ui/prune/prune_atlas_mode.h"
#include "ui/prune/prune_controller.h"
#include "ui/prune/prune_cuts_panel.h"
#include "ui/prune/prune_heads_list.h"
#include "ui/prune/prune_workspace.h"
#include "ui/state/cut_values.h"
#include "ui/state/open_inputs.h"
#include "ui/state/project.h"
#include "ui/state/project_file.h"

namespace hs::ui {

PruneFeature::PruneFeature(const ViewContext& context, Desk& desk, AtlasFeature* atlas, const QString& texts, QObject* parent)
    : Feature(context, desk, parent), m_atlas(atlas), m_bench(new PruneBench(context.project, this)),
      m_controller(new PruneController(context, m_bench, texts, this)), m_cuts(new PruneCutsPanel(context, m_controller, desk.window())),
      m_tab(new PruneWorkspace(context, m_controller, m_cuts)), m_mode(new PruneAtlasMode(atlas->panel()->atlas(), m_controller, this))
{
    m_cuts->hide();
    m_cuts->title()->setParent(desk.window());
    m_cuts->title()->hide();
    m_atlas->panel()->addBench(new PruneHeadsList(m_c, m_controller), m_mode->button());
    connect(&m_desk, &Desk::viewChanged, this, [this](const QString& view) { show(view == m_tab->id()); });
    connectBench();
}

QString PruneFeature::title() const { return m_tab->title(); }

void PruneFeature::connectBench()
{
    connect(m_controller, &PruneController::failed, this, [this](const ErrorText& text, const Error& facts) {
        if (facts.code != ErrorCode::Cancelled) m_desk.say(text.title + QStringLiteral(": ") + text.what, 12000);
    });
    connect(m_bench, &PruneBench::settingsChanged, this, &PruneFeature::tellViews);
    connect(m_bench, &PruneBench::cutsChanged, this, &PruneFeature::tellViews);
    connect(m_c.project->cuts(), &CutValues::changed, this, &PruneFeature::tellViews);
    connect(m_bench, &PruneBench::curveChanged, this, [this] { m_desk.refreshCommands(); });
    connect(m_controller, &PruneController::budgetReached, this,
            [this](int off, double loss) { m_desk.say(tr("%1 heads off, loss %2").arg(off).arg(loss, 0, 'f', 4)); });
    connect(m_cuts, &PruneCutsPanel::budgetRequested, m_tab, &PruneWorkspace::openBudgetDialog);
    connect(m_cuts, &PruneCutsPanel::saveModelRequested, m_tab, &PruneWorkspace::openSaveDialog);
    connect(m_cuts, &PruneCutsPanel::exportRequested, this, [this] { m_desk.figures().openDialog(m_tab->curveSubject()); });
    connect(m_tab, &PruneWorkspace::compareRequested, this, &PruneFeature::compareRequested);
}

/// Views of the prompt follow the bench as soon as what it puts in is measured; until then the head card says what they do.
void PruneFeature::tellViews()
{
    const CutValues* values = m_c.project->cuts();
    const AblationKind asked = m_bench->settings().ablation;
    const bool model = m_c.project->model() && m_c.project->model()->canPredict();
    if (!model || (asked == AblationKind::Zero && values->kind() == asked)) return Q_EMIT offNoteChanged({});
    if (values->kind() == asked) return Q_EMIT offNoteChanged(values->sentence());
    Q_EMIT offNoteChanged(values->sentence() + QLatin1Char(' ')
                          + tr("What the pruning bench puts in (%1) is not measured yet.").arg(ablationWord(asked)));
}

void PruneFeature::show(bool on)
{
    if (on == m_controller->active()) return;
    m_atlas->panel()->showBench(on);
    m_mode->setActive(on);
    m_controller->setActive(on);
    if (on) m_tab->setFocus(Qt::OtherFocusReason);
}

void PruneFeature::addCommands(CommandList& commands)
{
    const QString menu = id();
    commands.addMenu({menu, tr("&Prune"), 550});
    const auto inBench = [this](auto run) {
        return [this, run] {
            m_desk.showView(m_tab->id());
            run();
        };
    };
    commands.add({QStringLiteral("prune.bench"),
                  tr("Pruning &bench"),
                  menu,
                  100,
                  [this] {
                      if (m_controller->active()) m_desk.showViewBefore();
                      else m_desk.showView(m_tab->id());
                  },
                  {QKeySequence(QStringLiteral("Ctrl+B"))}});
    commands.add({QStringLiteral("prune.next"),
                  tr("Cut &next best"),
                  menu,
                  110,
                  inBench([this] { m_controller->cutNextBest(); }),
                  {QKeySequence(QStringLiteral("Ctrl+Shift+N"))}});
    commands.add({QStringLiteral("prune.budget"),
                  tr("&Run to loss …"),
                  menu,
                  120,
                  inBench([this] { m_tab->openBudgetDialog(); }),
                  {},
                  {},
                  {},
                  tr("prune to a budget")});
    commands.add({QStringLiteral("prune.curve"), tr("Measure the cur&ve"), menu, 130, inBench([this] { m_controller->measureCurve(); })});
    commands.add({QStringLiteral("prune.stop"), tr("&Stop measuring"), menu, 140, [this] { m_controller->cancel(); }});
    commands.add({QStringLiteral("prune.restore"), tr("Restore &all heads"), menu, 200, [this] { m_controller->restoreAll(); }});
    commands.add({QStringLiteral("prune.invert"), tr("&Invert the cut"), menu, 210, inBench([this] { m_controller->invert(); })});
    commands.add({QStringLiteral("prune.texts"), tr("&Texts and orders …"), menu, 300, inBench([this] { m_tab->openTextDialog(); })});
    addExperiments(commands);
    commands.add({QStringLiteral("prune.exportCurve"), tr("Export &curve …"), menu, 350,
                  [this] { m_desk.figures().openDialog(m_tab->curveSubject()); }});
    commands.add({QStringLiteral("prune.saveModel"), tr("Save &pruned model …"), menu, 360, inBench([this] { m_tab->openSaveDialog(); })});
}

void PruneFeature::addExperiments(CommandList& commands)
{
    const QString menu = id();
    commands.add({QStringLiteral("prune.saveExperiment"), tr("Save e&xperiment …"), menu, 310, [this] { saveExperiment(); }});
    commands.add({QStringLiteral("prune.openExperiment"), tr("Op&en experiment …"), menu, 320, [this] { openExperiment(); }});
    commands.add({QStringLiteral("prune.compare"), tr("C&ompare with experiment …"), menu, 330, [this] { compareExperiment(); }});
    commands.add({QStringLiteral("prune.endComparison"),
                  tr("En&d comparison"),
                  menu,
                  340,
                  [this] { m_bench->setOther(nullptr, {}); },
                  {},
                  [this] { return m_bench->other() != nullptr; }});
}

void PruneFeature::save(ProjectFile& project) const
{
    if (!m_c.project->dump()) project.prune = m_bench->settings();
}

void PruneFeature::restore(const ProjectFile& project)
{
    if (!m_c.project->model()) return;
    // Older projects were made when heads that are off always wrote zero.
    PruneSettings settings = project.prune.value_or(m_bench->settings());
    if (!project.prune) settings.ablation = AblationKind::Zero;
    m_bench->setSettings(settings);
}

void PruneFeature::saveExperiment()
{
    if (!m_bench->curve()) return m_desk.say(tr("Measure the curve first: there is no experiment to save."), 6000);
    auto* dialog = new SaveDialog(m_desk.window(), tr("Save experiment"), openInputs());
    dialog->setNameFilter(tr("Pruning experiment (*.json)"));
    dialog->setDefaultSuffix(QStringLiteral("json"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        if (const Status status = m_controller->saveCurve(path); !status) return m_desk.fail(status.error());
        m_desk.say(tr("Saved %1").arg(QFileInfo(path).fileName()), 5000);
    });
    dialog->open();
}

void PruneFeature::openExperiment()
{
    auto* dialog = new QFileDialog(m_desk.window(), tr("Open experiment"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Pruning experiment (*.json)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        QString remark;
        if (const Status status = m_controller->openCurve(path, &remark); !status) return m_desk.fail(status.error());
        m_desk.showView(m_tab->id());
        if (!remark.isEmpty()) m_desk.say(remark, 20000);
    });
    dialog->open();
}

void PruneFeature::compareExperiment()
{
    auto* dialog = new QFileDialog(m_desk.window(), tr("Compare with experiment"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Pruning experiment (*.json)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        if (const Status status = m_controller->compareCurve(path); !status) return m_desk.fail(status.error());
        m_desk.showView(m_tab->id());
    });
    dialog->open();
}

}  // namespace hs::ui
