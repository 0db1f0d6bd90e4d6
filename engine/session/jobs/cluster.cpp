// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/session/jobs/cluster.h"

#include <algorithm>

#include "engine/session/jobs/steps.h"
#include "engine/similarity/behaviour/behaviour.h"

namespace hs::session {

Status runJob(const ClusterJob& job, const ContextOf<ClusterJob>& context)
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

Status runJob(const HeadMapJob& job, const ContextOf<HeadMapJob>& context)
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
