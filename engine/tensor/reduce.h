// SPDX-License-Identifier: GPL-3.0-or-later
// Sums over one row of an attention pattern, vectorised.
#pragma once

#include <cstddef>

namespace hs {

/// Sum over j in [0, n) of p[j] * |query - j|.
float meanDistance(const float* p, std::ptrdiff_t n, std::ptrdiff_t query);
/// -sum of p ln p; cells that are 0 add 0.
float entropyOf(const float* p, std::ptrdiff_t n);
/// column += p, offset += p; returns meanDistance. One pass.
float accumulateRow(float* column, float* offset, const float* p, std::ptrdiff_t n, std::ptrdiff_t query);

}  // namespace hs
