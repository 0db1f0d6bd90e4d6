// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/similarity/graph/hubs.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/base/at.h"

namespace hs {
namespace {

/// Positive edges sorted by source, then target, parallel ones added up.
std::vector<FlowEdge> merged(std::vector<FlowEdge> edges)
{
    std::erase_if(edges, [](const FlowEdge& e) { return !(e.weight > 0); });
    std::stable_sort(edges.begin(), edges.end(),
                     [](const FlowEdge& a, const FlowEdge& b) { return a.source != b.source ? a.source < b.source : a.target < b.target; });
    std::vector<FlowEdge> out;
    for (const FlowEdge& e : edges) {
        if (!out.empty() && out.back().source == e.source && out.back().target == e.target) out.back().weight += e.weight;
        else out.push_back(e);
    }
    return out;
}

}  // namespace

std::vector<double> pageRank(int nodes, const std::vector<FlowEdge>& all, double damping)
{
    if (nodes <= 0) return {};
    const std::vector<FlowEdge> edges = merged(all);
    std::vector<double> outWeight(at(nodes)), rank(at(nodes), 1.0 / nodes), next(at(nodes));
    for (const FlowEdge& e : edges) outWeight[at(e.source)] += e.weight;
    for (int step = 0; step < 1000; ++step) {
        double dangling = 0;
        for (int i = 0; i < nodes; ++i)
            if (outWeight[at(i)] <= 0) dangling += rank[at(i)];
        std::fill(next.begin(), next.end(), (1.0 - damping + damping * dangling) / nodes);
        for (const FlowEdge& e : edges) next[at(e.target)] += damping * rank[at(e.source)] * e.weight / outWeight[at(e.source)];
        double change = 0;
        for (int i = 0; i < nodes; ++i) change += std::abs(next[at(i)] - rank[at(i)]);
        rank.swap(next);
        if (change < 1e-12) break;
    }
    return rank;
}

std::vector<double> betweenness(int nodes, const std::vector<FlowEdge>& all)
{
    std::vector<double> out(at(std::max(0, nodes)));
    const std::vector<FlowEdge> edges = merged(all);
    std::vector<std::size_t> begin(at(nodes) + 1);  // edges of source s: [begin[s], begin[s + 1])
    for (const FlowEdge& e : edges) ++begin[at(e.source) + 1];
    for (std::size_t i = 1; i < begin.size(); ++i) begin[i] += begin[i - 1];

    // Index order is an order of the directed graph: one sweep forward gives all shortest paths from s, one backward shares them out.
    std::vector<double> length(at(nodes)), paths(at(nodes)), share(at(nodes));
    constexpr double kTie = 1e-12;  // relative: sums of the same lengths in another order are the same length
    for (int s = 0; s < nodes; ++s) {
        if (begin[at(s)] == begin[at(s) + 1]) continue;
        std::fill(length.begin(), length.end(), std::numeric_limits<double>::infinity());
        std::fill(paths.begin(), paths.end(), 0.0);
        std::fill(share.begin(), share.end(), 0.0);
        length[at(s)] = 0;
        paths[at(s)] = 1;
        for (int v = s; v < nodes; ++v) {
            if (!std::isfinite(length[at(v)])) continue;
            for (std::size_t k = begin[at(v)]; k < begin[at(v) + 1]; ++k) {
                const int w = edges[k].target;
                const double through = length[at(v)] + 1.0 / edges[k].weight;
                if (through < length[at(w)] * (1 - kTie)) {
                    length[at(w)] = through;
                    paths[at(w)] = paths[at(v)];
                } else if (through <= length[at(w)] * (1 + kTie)) {
                    paths[at(w)] += paths[at(v)];
                }
            }
        }
        for (int v = nodes - 1; v >= s; --v) {
            if (!std::isfinite(length[at(v)])) continue;
            for (std::size_t k = begin[at(v)]; k < begin[at(v) + 1]; ++k) {
                const int w = edges[k].target;
                const double through = length[at(v)] + 1.0 / edges[k].weight;
                if (std::abs(through - length[at(w)]) <= kTie * length[at(w)])
                    share[at(v)] += paths[at(v)] / paths[at(w)] * (1 + share[at(w)]);
            }
            if (v != s) out[at(v)] += share[at(v)];
        }
    }
    return out;
}

}  // namespace hs
