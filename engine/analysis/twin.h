// SPDX-License-Identifier: GPL-3.0-or-later
// Random-weight twin: the null model N3 of every label. What a head of the twin shows, architecture and chance alone can show.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "engine/model/model.h"

namespace hs {

/// A model with the shapes, norms, biases and tokeniser of `model`, but the entries of every matrix (W_E, W_pos, W_Q, W_K, W_V, W_O,
/// W_in, W_gate, W_out, W_U) shuffled in place. Same seed, same twin. Weights are shuffled when they are read: a twin costs nothing
/// until it runs. Its identity is named "<name>, twin <seed>"; it has no weights to write.
std::shared_ptr<const Model> makeTwin(std::shared_ptr<const Model> model, std::uint64_t seed);

/// Shuffles values in place; `stream` separates matrices of one twin.
void shuffleValues(std::span<float> values, std::uint64_t seed, std::uint64_t stream);

}  // namespace hs
