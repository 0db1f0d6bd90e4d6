// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "engine/io/bytes/atomic_write.h"
#include "engine/session/jobs/jobs.h"

namespace hs::session {

Status runJob(const GraphJob& job, const JobContext& context)
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

Status runJob(const WriteGraphJob& job, const JobContext& context)
{
    if (!job.graph) return missingArgument("graph");
    context.progress.report(Stage::Writing, 0, 0);
    if (const Status status = writeFileAtomically(job.path, graphText(*job.graph, job.format, job.layout.get())); !status) return status;
    context.publish(WrittenResult{job.path});
    return {};
}

Status runJob(const ClusterJob& job, const JobContext& context)
{
    if (!job.matrix) return missingArgument("matrix");
    const auto all = distancesFrom(*job.matrix);
    if (!all) return all.error();
    ClusterResult out;
    out.matrix = job.matrix;
    out.tag = job.tag;
    out.items = all->present();
    const DistanceMatrix distances = all->restrictedTo(out.items);
    auto tree = averageLinkage(distances, context.progress);
    if (!tree) return tree.error();
    auto best = bestSilhouetteCut(distances, *tree, context.progress);
    if (!best) return best.error();
    out.best = *std::move(best);
    out.labels = job.height >= 0 ? cutAtHeight(*tree, job.height) : cutInto(*tree, job.clusters > 0 ? job.clusters : out.best.clusters);

    std::vector<double> sinks;
    if (job.sinkMass.size() == job.matrix->rows.size())
        for (const int item : out.items) sinks.push_back(job.sinkMass[static_cast<std::size_t>(item)]);
    out.groups = groupsOf(distances, out.labels, sinks);
    for (HeadGroup& group : out.groups) {
        for (int& member : group.members) member = out.items[static_cast<std::size_t>(member)];
        group.medoid = out.items[static_cast<std::size_t>(group.medoid)];
    }
    for (const int leaf : tree->order) out.order.push_back(out.items[static_cast<std::size_t>(leaf)]);
    for (int row = 0; row < all->n; ++row)
        if (!std::binary_search(out.items.begin(), out.items.end(), row)) out.order.push_back(row);
    out.tree = std::make_shared<const Dendrogram>(*std::move(tree));
    context.publish(std::move(out));
    return {};
}

Status runJob(const HeadMapJob& job, const JobContext& context)
{
    if (!job.matrix) return missingArgument("matrix");
    const auto distances = distancesFrom(*job.matrix);
    if (!distances) return distances.error();
    auto map = classicalMds(*distances, context.progress);
    if (!map) return map.error();
    context.publish(HeadMapResult{job.matrix, std::make_shared<const HeadMap>(*std::move(map)), job.tag});
    return {};
}

}  // namespace hs::session
