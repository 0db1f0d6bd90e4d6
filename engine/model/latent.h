// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/config.h"
#include "engine/model/weights.h"

namespace hs {

/// Makes W_K and W_V, and W_Q where queries are latent too, from the latent weights of the layer: products through the gains of the norms
/// between, and the turned entries of keys.
void composeLatent(const ModelConfig& config, LayerWeights& weights);

}  // namespace hs
