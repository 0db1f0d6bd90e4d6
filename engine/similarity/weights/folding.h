// SPDX-License-Identifier: GPL-3.0-or-later
// The columns of one role in the residual stream, with or without the norm's gain and centring (engine/methods/weight_space.md section 7).
#pragma once

#include <vector>

#include "engine/model/model.h"
#include "engine/similarity/head_matrix.h"

namespace hs {

/// What can be done of what was asked for, and the notes to show.
struct Folding {
    WeightProcessing used = WeightProcessing::Raw;
    std::vector<HeadMatrixNote> notes;
};
/// Folding needs a norm with a gain right before attention; centring needs that norm to subtract the mean (LayerNorm).
Folding foldingFor(const Model& model, WeightProcessing asked);

/// [d, heads * d_head]: columns of head h (W_Q, W_K, W_V as stored; W_O transposed) from h * d_head on. Folded: rows of Q, K, V times
/// the gain of ln1. Centred: minus each column's mean, for all roles. Empty: the file lacks the matrix.
MatrixF roleColumns(const LayerWeights& layer, HeadRole role, WeightProcessing used);
/// One head's m columns of roleColumns(), in double: [d, m], row-major.
std::vector<double> headColumns(const MatrixF& all, int index, int m);

}  // namespace hs
