// SPDX-License-Identifier: GPL-3.0-or-later
// Latent attention as DeepSeek's files have it, brought into the order of engine/model/weights.h.
#pragma once

#include "engine/model/config.h"
#include "engine/model/weights.h"

namespace hs {

/// Matrices as they stand in the file, (in, out). Heads of q are [others n | turned r], of kvUp [key without turned entries n | value].
struct LatentSource {
    MatrixF q;       ///< [d, H*dh], or [Rq, H*dh] behind q_down
    MatrixF kvUp;    ///< [R, H*(n+v)]
    MatrixF output;  ///< [H*v, d]
};

/// Fills W_Q (or latent.qUp), latent.kUp and vUp, W_O, and the products W_Q, W_K and W_V that weight analyses read.
void placeLatent(const ModelConfig& config, const LatentSource& source, std::shared_ptr<LatentWeights> latent, LayerWeights& out);

}  // namespace hs
