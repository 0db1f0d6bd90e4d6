// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/tensor/matrix.h"

namespace hs {

/// Re(sum of eigenvalues) / sum of |eigenvalue| of a square matrix, in [-1, 1]: 1 when it maps everything onto itself, -1 onto its
/// opposite, 0 for rotations (Elhage et al. 2021, "summarizing OV/QK matrices"). NaN for a matrix of zeros or without entries.
double eigenScore(ViewF matrix);

}  // namespace hs
