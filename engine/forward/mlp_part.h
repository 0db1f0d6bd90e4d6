// SPDX-License-Identifier: GPL-3.0-or-later
// Inside engine/forward only: one MLP of a layer, its own or an expert's, for the forward and the backward pass.
#pragma once

#include <functional>
#include <vector>

#include "engine/forward/block.h"
#include "engine/forward/router.h"

namespace hs::block {

struct MlpPart {
    ViewF gate, in, out;                                            ///< [d, f], [d, f], [f, d]; gate is empty where there is none
    const float *bGate = nullptr, *bIn = nullptr, *bOut = nullptr;  ///< [f], [f], [d]; null: none
};

MlpPart ownMlp(const LayerWeights& weights);
MlpPart expertMlp(const ExpertWeights& experts, int expert, const Routing& routing);

/// out += the part's output for every row. False when stopped.
bool addPart(const Context& context, const MlpPart& part, ViewF input, MutViewF out);

/// Rows that one expert gets, with their weights and their places in the lists of `choices`.
struct ExpertRows {
    std::vector<std::ptrdiff_t> rows;
    std::vector<double> weights;
    std::vector<std::size_t> at;
};
/// What the router of a layer says of some rows.
struct Routed {
    MatrixF logits;                                  ///< [n, E]
    std::vector<std::vector<ExpertChoice>> choices;  ///< of each row
    std::vector<ExpertRows> experts;                 ///< [E]
};
/// Empty choices when stopped.
Routed route(const Context& context, ViewF input);

/// What each row of the layer's own MLP counts by: sigmoid(x . sharedGate), 1 where the layer has no such gate.
std::vector<float> sharedWeights(const Context& context, ViewF input);

/// [rows.size(), d] of the input, each multiplied by its weight where Routing::weighsInput says so.
MatrixF gathered(const Context& context, const ExpertRows& rows, ViewF input);

}  // namespace hs::block
