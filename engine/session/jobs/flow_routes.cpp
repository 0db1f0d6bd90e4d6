// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/session/jobs/flow_routes.h"

#include "engine/session/jobs/steps.h"

namespace hs::session {

Status runJob(const FlowRoutesJob& job, const ContextOf<FlowRoutesJob>& context)
{
    if (!job.run) return missingArgument("run");
    auto routes = flowRoutes(*job.run, job.options, context.progress);
    if (!routes) return routes.error();
    context.publish(FlowRoutesResult{job.run, std::make_shared<const FlowRoutes>(*std::move(routes))});
    return {};
}

}  // namespace hs::session
