// SPDX-License-Identifier: GPL-3.0-or-later
// Edges of attention knocked out, and their estimate.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "engine/analysis/causes/edges.h"
#include "engine/session/work.h"

namespace hs {

struct EdgeKnockOutResult;
struct EdgeInfluenceResult;

/// Exact knock-outs, one result an edge.
struct EdgeKnockOutJob {
    using Answer = EdgeKnockOutResult;

    std::shared_ptr<const Run> run;
    Metric metric;
    std::vector<AttentionEdge> edges;

    std::string subject() const { return edges.size() == 1 ? headName(edges.front().head) : std::string(); }
};
namespace session {
Status runJob(const EdgeKnockOutJob& job, const ContextOf<EdgeKnockOutJob>& context);
}

struct EdgeKnockOutResult {
    std::shared_ptr<const Run> run;
    std::size_t index = 0;
    AttentionEdge edge;
    double change = 0;
};

/// The estimate of every edge of some heads from one backward pass.
struct EdgeInfluenceJob {
    using Answer = EdgeInfluenceResult;

    std::shared_ptr<const Run> run;
    Metric metric;
    std::vector<HeadId> heads;

    std::string subject() const { return heads.size() == 1 ? headName(heads.front()) : std::string(); }
};
namespace session {
Status runJob(const EdgeInfluenceJob& job, const ContextOf<EdgeInfluenceJob>& context);
}

struct EdgeInfluenceResult {
    std::shared_ptr<const Run> run;
    std::shared_ptr<const EdgeInfluence> influence;
};

}  // namespace hs
