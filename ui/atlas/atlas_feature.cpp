// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/atlas/atlas_feature.h"

#include <QKeyEvent>
#include <QSettings>
#include <cmath>

#include "ui/atlas/atlas.h"
#include "ui/atlas/atlas_panel.h"
#include "ui/atlas/repeat_scores.h"
#include "ui/bridge/session_controller.h"
#include "ui/export/export_actions.h"
#include "ui/feature/command_list.h"
#include "ui/feature/desk.h"
#include "ui/graph/graph_tab.h"
#include "ui/labels/labels_feature.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"

namespace hs::ui {

AtlasFeature::AtlasFeature(const ViewContext& context, Desk& desk, SessionController* controller, LabelsFeature* labels, QObject* parent)
    : Feature(context, desk, parent), m_controller(controller), m_repeats(new RepeatScores(context.bridge, this)),
      m_panel(new AtlasPanel(context, controller, m_repeats))
{
    labels->serve(m_panel->labelBar());
    connect(m_panel->atlas(), &AtlasView::hoveredText, this, [this](const QString& text) { m_desk.say(text, 0); });
    connect(m_panel->atlas(), &AtlasView::switchRequested, m_c.project, &Project::switchHead);
    connect(&m_desk, &Desk::viewChanged, m_panel, [this](const QString& view) { m_panel->showGraph(view == GraphTab::kId); });
    connect(m_c.project, &Project::sourceChanged, this, [this] {
        m_repeats->setSource(m_c.project->source());
        m_desk.refreshCommands();
    });
    connect(m_repeats, &RepeatScores::finished, this, &AtlasFeature::pickHead);
    connect(m_controller, &SessionController::runFinished, this, [this] {
        if (m_repeats->pairs().empty()) pickHead();
    });
    connect(m_c.selection, &Selection::headChanged, this, [this] { m_pick = false; });  // whoever chose a head by hand keeps it
}

std::vector<DockSpec> AtlasFeature::docks()
{
    return {{QStringLiteral("atlasDock"),
             {title(), m_panel, m_panel->title()},
             Qt::LeftDockWidgetArea,
             QKeySequence(QStringLiteral("Ctrl+Shift+1")),
             true}};
}

void AtlasFeature::addCommands(CommandList& commands)
{
    commands.add({QStringLiteral("figure.atlas"),
                  tr("Export a&tlas …"),
                  QStringLiteral("file"),
                  330,
                  [this] { m_desk.figures().openDialog(atlasSubject(m_c)); },
                  {},
                  [this] { return m_c.project->source() != nullptr; }});
    commands.add({QStringLiteral("head.strongest"),
                  tr("&Strongest head after a repeat"),
                  QStringLiteral("head"),
                  110,
                  [this] {
                      if (const auto head = m_repeats->strongest()) m_c.selection->setHead(*head);
                  },
                  {},
                  [this] { return m_repeats->strongest().has_value(); }});
    commands.add({QStringLiteral("heads.measure"),
                  tr("&Measure loss if off, every head"),
                  QStringLiteral("tools"),
                  150,
                  [this] { m_controller->measureLosses(); },
                  {},
                  [this] {
                      const PromptEntry* entry = m_c.project->current();
                      const bool busy = m_controller->running() || m_controller->opening() || m_controller->measuring();
                      return entry && entry->run && entry->run->complete && !entry->run->tokenLoss.empty() && !busy;
                  }});
}

void AtlasFeature::restore(const ProjectFile&) { m_pick = false; }

void AtlasFeature::saveSettings(QSettings& settings) const
{
    settings.setValue(QStringLiteral("atlasScore"), m_panel->scoreKey());
    settings.setValue(QStringLiteral("atlasSorted"), m_panel->sorted());
}

void AtlasFeature::restoreSettings(const QSettings& settings)
{
    m_panel->setScoreKey(settings.value(QStringLiteral("atlasScore"), m_panel->scoreKey()).toString(),
                         settings.value(QStringLiteral("atlasSorted"), false).toBool());
}

void AtlasFeature::start() { m_panel->atlas()->setFocus(Qt::OtherFocusReason); }

/// Arrows that no view wanted move through the heads, wherever the focus is.
bool AtlasFeature::takeKey(QKeyEvent& event)
{
    if ((event.modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) || m_c.project->empty()) return false;
    const int step = event.modifiers() & Qt::ShiftModifier ? 4 : 1;
    switch (event.key()) {
    case Qt::Key_Left: m_panel->atlas()->moveBy(0, -step); return true;
    case Qt::Key_Right: m_panel->atlas()->moveBy(0, step); return true;
    case Qt::Key_Up: m_panel->atlas()->moveBy(step, 0); return true;
    case Qt::Key_Down: m_panel->atlas()->moveBy(-step, 0); return true;
    default: return false;
    }
}

void AtlasFeature::pickHead()
{
    const auto source = m_c.project->source();
    if (!m_pick || !source) return;
    m_pick = false;
    std::optional<HeadId> best = m_repeats->strongest();
    const auto score = best ? m_repeats->score(*best) : std::nullopt;
    const bool induction = score && score->after - score->elsewhere > 0.2;
    if (!induction) {
        // No stripe after repeats: the clearest previous-token head is the next best thing to look at.
        float most = -1;
        for (int l = 0; l < source->readyLayers(); ++l)
            for (int h = 0; h < source->heads(l); ++h)
                if (const auto stats = source->stats({l, h}); stats && stats->previousMass > most) {
                    most = stats->previousMass;
                    best = HeadId{l, h};
                }
    }
    if (!best) return;
    m_desk.quietly([&] {
        m_c.selection->setHead(*best);
        if (induction) m_c.selection->lock(score->best.query, score->best.key);
    });
}

}  // namespace hs::ui
