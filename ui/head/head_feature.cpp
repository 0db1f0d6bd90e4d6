// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/head/head_feature.h"

#include <QKeyEvent>
#include <QPushButton>

#include "ui/atlas/atlas_feature.h"
#include "ui/feature/command_list.h"
#include "ui/feature/desk.h"
#include "ui/graph/edge_bars.h"
#include "ui/graph/graph_card.h"
#include "ui/graph/graph_tab.h"
#include "ui/head/head_card.h"
#include "ui/labels/labels_feature.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"

namespace hs::ui {

HeadFeature::HeadFeature(const ViewContext& context, Desk& desk, SessionController* controller, LabelsFeature* labels, GraphTab* graph,
                         AtlasFeature* atlas, QObject* parent)
    : Feature(context, desk, parent), m_card(new HeadCard(context, controller, atlas->repeats()))
{
    labels->serve(m_card->labelSummary(), m_card->labelExamples());
    if (m_card->graphCard()) connect(graph, &GraphTab::paletteChanged, m_card->graphCard()->bars(), &EdgeBars::setEdgePalette);
    connect(&m_desk, &Desk::viewChanged, m_card, [this](const QString& view) { m_card->showGraph(view == GraphTab::kId); });
}

std::vector<DockSpec> HeadFeature::docks()
{
    return {{QStringLiteral("cardDock"),
             {title(), m_card, m_card->title()},
             Qt::RightDockWidgetArea,
             QKeySequence(QStringLiteral("Ctrl+Shift+2")),
             true}};
}

void HeadFeature::addCommands(CommandList& commands)
{
    const QString menu = QStringLiteral("head");
    // Space is a button's own key as well, so it is no shortcut: takeKey gets it when no control wanted it.
    commands.add({QStringLiteral("head.pin"),
                  tr("&Pin for comparison\tSpace"),
                  menu,
                  300,
                  [this] { pin(); },
                  {},
                  [this] { return !m_c.project->empty(); }});
    commands.add({QStringLiteral("head.switch"),
                  tr("Switch &off or on"),
                  menu,
                  310,
                  [this] { switchHead(); },
                  {QKeySequence(QStringLiteral("X"))},
                  [this] { return m_c.project->source() != nullptr; },
                  {},
                  tr("ablate; zero ablation; cut")});
}

bool HeadFeature::takeKey(QKeyEvent& event)
{
    if (event.key() != Qt::Key_Space || event.modifiers() != Qt::NoModifier || m_c.project->empty()) return false;
    pin();
    return true;
}

void HeadFeature::pin()
{
    const HeadId head = m_c.selection->head();
    m_c.selection->setPinned(m_c.selection->pinned() == head ? std::nullopt : std::optional(head));
}

void HeadFeature::switchHead()
{
    if (!m_card->switchButton()->isEnabled()) return m_desk.say(m_card->switchButton()->toolTip(), 5000);
    const HeadId head = m_c.selection->head();
    m_c.project->switchHead(head, !m_c.project->isOff(head));
}

}  // namespace hs::ui
