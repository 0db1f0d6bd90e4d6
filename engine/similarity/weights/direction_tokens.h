// SPDX-License-Identifier: GPL-3.0-or-later
// Tokens along the singular directions of W_OV (Millidge & Black 2022, "The SVDs of transformer weight matrices are interpretable").
#pragma once

#include <vector>

#include "engine/similarity/weights/single_head.h"

namespace hs {

/// Fills `directions`, hasEmbedding and hasUnembedding of `out` from its singular values and the vectors [d, columns] row-major. Raw
/// W_E and W_U: no final norm. Nothing is filled where the model has neither.
Status fillDirections(const Model& model, const std::vector<double>& written, const std::vector<double>& read, int count, int tokens,
                      HeadSpectra& out, const Progress& progress);

}  // namespace hs
