// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/session/jobs/graph.h"

#include <algorithm>

#include "engine/io/bytes/atomic_write.h"
#include "engine/io/write/write.h"
#include "engine/session/jobs/steps.h"

namespace hs::session {

Status runJob(const GraphJob& job, const ContextOf<GraphJob>& context)
{
    std::shared_ptr<const HeadGraph> graph = job.graph;
    LayoutOptions layout = job.layout;
    if (!graph) {
        auto made = makeHeadGraph(job.matrices, job.choice, context.progress);
        if (!made) return made.error();
        if (job.focus >= 0) graph = std::make_shared<const HeadGraph>(neighbourhood(*made, job.focus, job.focusSteps));
        else graph = std::make_shared<const HeadGraph>(*std::move(made));
        // The layout of another model is no start.
        if (layout.before && layout.before->points.size() != graph->nodes.size()) layout.before.reset();
    }
    const auto publish = [&](const GraphLayout& state, bool complete) {
        context.publish(GraphResult{graph, std::make_shared<const GraphLayout>(state), job.tag, complete});
        context.progress.checkpoint();
    };
    const auto done = layoutGraph(*graph, layout, context.progress, [&](const GraphLayout& state) { publish(state, false); });
    if (!done) return done.error();
    publish(*done, true);
    return {};
}

Status runJob(const WriteGraphJob& job, const ContextOf<WriteGraphJob>& context)
{
    if (!job.graph) return missingArgument("graph");
    context.progress.report(Stage::Writing, 0, 0);
    if (const Status status = writeFileAtomically(job.path, graphText(*job.graph, job.format, job.layout.get())); !status) return status;
    context.publish(WrittenResult{job.path});
    return {};
}

}  // namespace hs::session
