// SPDX-License-Identifier: GPL-3.0-or-later
// Measures of nodes in a weighted directed graph whose edges point from lower to higher index.
#pragma once

#include <vector>

namespace hs {

struct FlowEdge {
    int source = 0, target = 0;
    double weight = 0;  ///< edges with weight <= 0 count as none
};

/// PageRank (Brin & Page 1998) with weighted links; what dangling nodes have is spread evenly. Sums to 1. Power iteration until the
/// change is below 1e-12 in sum, at most 1000 steps.
std::vector<double> pageRank(int nodes, const std::vector<FlowEdge>& edges, double damping = 0.85);
/// Number of ordered pairs (s, t) whose shortest path leads through a node between them, shared among equally short paths (Brandes
/// 2001). Length of an edge: 1 / weight; parallel edges are one with the sum of their weights.
std::vector<double> betweenness(int nodes, const std::vector<FlowEdge>& edges);

}  // namespace hs
