// SPDX-License-Identifier: GPL-3.0-or-later
// Information flow routes (Ferrando & Voita 2024, arXiv:2403.00824): at every sum in the residual stream each part gets the share by
// which it brings the sum nearer, in l1 distance; edges above a threshold that lead to one prediction are the route.
#pragma once

#include <memory>
#include <vector>

#include "engine/forward/run.h"

namespace hs {

/// A state of the residual stream or a writer into it, at one token.
struct FlowNode {
    enum class Kind {
        Embed,  ///< X0_t, input of block 0 (layer 0)
        Mid,    ///< A_l_t, after attention of layer l
        Mlp,    ///< M_l_t, output of the MLP of layer l
        Post,   ///< I_l_t, after block l
    };
    Kind kind = Kind::Embed;
    int layer = 0, token = 0;
    bool operator==(const FlowNode&) const = default;
};

struct FlowEdge {
    int from = 0, to = 0;  ///< indices into FlowRoutes::nodes
    double weight = 0;     ///< share of `to` that comes this way: for attention the sum over heads
    /// Attention edges: the head that brings most of it and that head's part; head -1: residual, MLP and its input.
    int head = -1;
    double headWeight = 0;
};

struct FlowOptions {
    int position = -1;         ///< whose prediction is traced; -1: the last
    double threshold = 0.04;   ///< parts with a share of at most this are dropped
    bool renormalise = false;  ///< what is left of a sum is scaled to 1
};

struct FlowRoutes {
    FlowOptions options;          ///< position resolved
    std::vector<FlowNode> nodes;  ///< nodes[0]: the prediction's last state; only what leads to it
    std::vector<FlowEdge> edges;  ///< from later to earlier states
    std::vector<std::vector<double>>
        headWeight;  ///< [L][H]: sum over the source tokens of the head's shares, mean over the route's rows of that layer
    std::vector<double>
        biasWeight;  ///< [L] share of b_O (and of what interventions added), the same mean: a part of its own, so sums close
};

/// Shares of parts [count, d] in their sum y [d]: e_p = max(|y|_1 - |y - f_p|_1, 1e-5), w_p = e_p / sum of e.
std::vector<double> flowShares(const MatrixF& parts, const std::vector<float>& sum);

/// InvalidArgument (position, threshold outside [0, 1), parallel or post-norm blocks, residuals not kept), Cancelled.
Result<FlowRoutes> flowRoutes(const Run& run, const FlowOptions& options, const Progress& progress = {});

}  // namespace hs
