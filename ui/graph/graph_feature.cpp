// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph/graph_feature.h"

#include "ui/graph/class_store.h"
#include "ui/graph/graph_store.h"
#include "ui/graph/graph_tab.h"
#include "ui/state/project_file.h"

namespace hs::ui {

GraphFeature::GraphFeature(const ViewContext& context, Desk& desk, const QString& classSets, QObject* parent)
    : Feature(context, desk, parent), m_tab(new GraphTab(context))
{
    m_c.graph->classes()->setFolder(classSets);
}

QString GraphFeature::title() const { return m_tab->title(); }
void GraphFeature::save(ProjectFile& project) const { project.classes = m_c.graph->classes()->reference(); }

void GraphFeature::restore(const ProjectFile& project)
{
    if (project.classes) m_c.graph->classes()->restore(*project.classes);
}

}  // namespace hs::ui
