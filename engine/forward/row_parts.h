// SPDX-License-Identifier: GPL-3.0-or-later
// What one block read and wrote at one position: the terms of the residual stream's sums, for causal analyses.
#pragma once

#include <vector>

#include "engine/forward/run.h"

namespace hs {

/// All [d] but z. Empty where the block has no such part.
struct RowParts {
    std::vector<float> residPre;  ///< as the block read it
    std::vector<float> z;         ///< [H*dh] after interventions
    std::vector<float> attnOut;   ///< norm(z W_O + b_O), or what replaced it
    std::vector<float> attnRaw;   ///< z W_O + b_O, where the model norms it before it adds it
    std::vector<float> residMid;  ///< residPre + attnOut, or what replaced it (sequential blocks)
    std::vector<float> mlpOut;
    std::vector<float> normed;  ///< the stream under a norm inside the block, where there is one: what mlpOut is added to
    std::vector<float> sum;     ///< what a norm at the end of the block read; empty where none stands there
    bool attnReplaced = false, mlpReplaced = false, preReplaced = false, midReplaced = false, postReplaced = false;
};

/// The run must be complete and have kept residuals: InvalidArgument (layer, position, residuals).
Result<RowParts> rowParts(const Run& run, int layer, int position);

/// Backward of a norm with its scale frozen at the row x: direction[d] at its output becomes that at its input. Double throughout.
void frozenNormBack(const ModelConfig& config, const NormWeights& norm, const std::vector<float>& x, std::vector<double>& direction);

}  // namespace hs
