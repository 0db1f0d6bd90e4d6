// SPDX-License-Identifier: GPL-3.0-or-later
// Tokens as vectors, for weight detectors: what a head reads of a token, and what of its output a token's logit reads. A sample of the
// vocabulary where it is large; nothing of size V x V is ever made.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/model/model.h"

namespace hs {

struct TokenRows {
    std::vector<int> ids;     ///< of the rows, ascending
    int vocabulary = 0;       ///< ids that could have been drawn
    MatrixF raw;              ///< [S, d] W_E
    MatrixF effective;        ///< [S, d] E + MLP0(LN2(E)): the MLP of layer 0 acts as part of the embedding in tied models
    bool hasMlp = false;      ///< false: effective is raw (attention-only or post-norm model)
    MatrixF unembedding;      ///< [S, d] columns of W_U as they stand
    MatrixF logit;            ///< [S, d] the same with the final norm's gain, and centred where that norm centres
    std::vector<float> bias;  ///< [S] what norm and unembedding biases add to a logit
};

/// At most `limit` ids, drawn with the seed. Without an output (Part::Unembedding) the unembedding parts stay empty.
/// ModelPartial (item "W_E") without token embeddings; what reading weights says.
Result<TokenRows> tokenRows(const Model& model, int limit, std::uint64_t seed, const Progress& progress);
/// The same for given ids, in their order.
Result<TokenRows> tokenRowsOf(const Model& model, std::vector<int> ids, const Progress& progress);

/// Rows as attention of a layer reads them: its norm with gain but without bias in pre-norm models, as they are otherwise.
MatrixF readByAttention(const ModelConfig& config, const NormWeights& ln1, ViewF rows);
/// Each column minus its mean: what all rows share says nothing about which is which.
MatrixF centredColumns(ViewF rows);
/// op(a)^T b: [a.cols, b.cols].
MatrixF productOverRows(ViewF a, ViewF b);

}  // namespace hs
