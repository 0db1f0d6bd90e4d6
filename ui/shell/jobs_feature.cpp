// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/jobs_feature.h"

#include "ui/shell/jobs_panel.h"

namespace hs::ui {

JobsFeature::JobsFeature(const ViewContext& context, Desk& desk, JobsModel* jobs, QObject* parent)
    : Feature(context, desk, parent), m_jobs(jobs)
{}

std::vector<DockSpec> JobsFeature::docks()
{
    auto* panel = new JobsPanel(m_c.bridge, m_jobs);
    return {
        {QStringLiteral("jobsDock"), {title(), panel, panel->title()}, Qt::BottomDockWidgetArea, QKeySequence(QStringLiteral("Ctrl+J"))}};
}

}  // namespace hs::ui
