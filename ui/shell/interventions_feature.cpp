// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/interventions_feature.h"

#include "ui/feature/command_list.h"
#include "ui/shell/intervention_panel.h"
#include "ui/state/project.h"

namespace hs::ui {

std::vector<DockSpec> InterventionsFeature::docks()
{
    auto* panel = new InterventionPanel(m_c);
    return {{QStringLiteral("interventionsDock"),
             {title(), panel, panel->title()},
             Qt::BottomDockWidgetArea,
             QKeySequence(QStringLiteral("Ctrl+Shift+I"))}};
}

void InterventionsFeature::addCommands(CommandList& commands)
{
    commands.add({QStringLiteral("head.allOn"),
                  tr("Switch &all heads on"),
                  QStringLiteral("head"),
                  330,
                  [this] { m_c.project->switchAllOn(); },
                  {},
                  [this] { return !m_c.project->interventions().empty(); }});
}

}  // namespace hs::ui
