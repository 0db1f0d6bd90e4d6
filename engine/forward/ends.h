// SPDX-License-Identifier: GPL-3.0-or-later
// Inside engine/forward only: what comes before the first block and after the last.
#pragma once

#include <array>

#include "engine/forward/run.h"
#include "engine/tensor/nn.h"

namespace hs {

/// Input of block 0 [n, d]: token embeddings * embed_scale + positions + token types, embedding norm and widening where there are.
/// InvalidArgument (item "token_types") for types that the model has no table for, TokenOutOfRange (item = position) for one outside it.
/// TokenOutOfRange (item = position; where the token has a name: item = name, expected = "26 rows"), TextTooLong, ShapeMismatch.
Result<MatrixF> embed(const Model& model, const Prompt& prompt, const Progress& progress);

/// Rotations of a prompt's positions: one table for each kind of layer (ModelConfig::rotaryOf).
class Rotations {
public:
    Rotations() = default;
    /// For prompts of n tokens, all of them as long where the angles depend on that.
    Rotations(const ModelConfig& config, int n);
    const RotaryTable& of(const ModelConfig& config, int layer) const { return m_tables[static_cast<std::size_t>(config.rotaryOf(layer))]; }

private:
    std::array<RotaryTable, 3> m_tables;
};

/// Shortformer: the embedding weights, whose table of positions queries and keys read in every layer; null for other models.
Result<std::shared_ptr<const EmbeddingWeights>> positionsForQk(const Model& model, const Progress& progress);

/// What the positions of a prompt's tokens add to the stream before block 0 [n, d], or nothing: the model's table, or waves.
/// TextTooLong.
Result<MatrixF> positionRows(const ModelConfig& config, const EmbeddingWeights& weights, const std::vector<int>& ids);

/// Fills logits (when they fit in `keepBytes`), tokenLoss and loss of a run whose residFinal is there. Logits of all positions
/// are never held at once otherwise: log-sum-exp is streamed over blocks of the vocabulary. Cancelled, NotFinite, ShapeMismatch.
Status predict(Run& run, std::size_t keepBytes, const Progress& progress);

}  // namespace hs
