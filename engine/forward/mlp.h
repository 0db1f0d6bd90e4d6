// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/progress.h"
#include "engine/model/config.h"
#include "engine/model/weights.h"

namespace hs {

/// rows + what a layer's MLP adds to a stream that is `rows` [n, d]: through the norm it reads the stream by and that of its output, where
/// the model has them.
MatrixF afterMlp(const ModelConfig& config, const LayerWeights& weights, ViewF rows);

}  // namespace hs
