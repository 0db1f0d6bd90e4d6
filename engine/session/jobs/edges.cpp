// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/session/jobs/edges.h"

#include "engine/session/jobs/steps.h"

namespace hs::session {

Status runJob(const EdgeKnockOutJob& job, const ContextOf<EdgeKnockOutJob>& context)
{
    if (!job.run) return missingArgument("run");
    const auto done = knockOutEdges(job.run, job.metric, job.edges, context.progress, [&](std::size_t index, double change) {
        context.publish(EdgeKnockOutResult{job.run, index, job.edges[index], change});
    });
    return done ? Status{} : Status(done.error());
}

Status runJob(const EdgeInfluenceJob& job, const ContextOf<EdgeInfluenceJob>& context)
{
    if (!job.run) return missingArgument("run");
    auto influence = edgeInfluence(*job.run, job.metric, job.heads, context.progress);
    if (!influence) return influence.error();
    context.publish(EdgeInfluenceResult{job.run, std::make_shared<const EdgeInfluence>(*std::move(influence))});
    return {};
}

}  // namespace hs::session
