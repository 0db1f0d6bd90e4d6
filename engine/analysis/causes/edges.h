// SPDX-License-Identifier: GPL-3.0-or-later
// Single attention edges: knocked out exactly, and all of them estimated from one backward pass.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "engine/forward/metric.h"

namespace hs {

struct AttentionEdge {
    HeadId head;
    int query = 0, key = 0;
    bool operator==(const AttentionEdge&) const = default;
};

/// Metric with each edge by itself knocked out (score -infinity, the row renormalises) minus the metric of the run.
/// InvalidArgument for an edge the mask hides, HeadOutOfRange, errors of the metric, Cancelled. `onEdge` after each.
using EdgeStage = std::function<void(std::size_t index, double change)>;
Result<std::vector<double>> knockOutEdges(const std::shared_ptr<const Run>& run, const Metric& metric,
                                          const std::vector<AttentionEdge>& edges, const Progress& progress = {},
                                          const EdgeStage& onEdge = {});

/// First-order change of the metric when edge (i, j) is removed and its row renormalised, for every cell of some heads (MoA, Fu et al.
/// 2024, arXiv:2406.14909, section 4): I_ij = -A_ij (g_ij - sum_n g_in A_in) / (1 - A_ij), g = dM/dA. An edge that holds its row's
/// whole weight leaves nothing: -g_ij A_ij.
struct EdgeInfluence {
    std::vector<HeadId> heads;
    std::vector<MatrixF> influence;  ///< [heads] of [n, n]; cells the query cannot see are 0
    double value = 0;                ///< metric of the run
};
/// OutOfMemory when the maps would take more than 2 GiB: ask for fewer heads. Errors of backward.
Result<EdgeInfluence> edgeInfluence(const Run& run, const Metric& metric, const std::vector<HeadId>& heads, const Progress& progress = {});

/// The formula for one row [n]: pattern a, derivatives g.
void edgeInfluenceRow(const float* a, const float* g, std::ptrdiff_t n, float* out);

}  // namespace hs
