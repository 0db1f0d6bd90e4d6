// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace hs {

/// Jensen-Shannon divergence of two rows p, q of n weights that each sum to 1, in nats: [0, ln 2]. Written as
/// sum (p + q)/2 f((p - q)/(p + q)) with f(x) = ((1 + x) ln(1 + x) + (1 - x) ln(1 - x))/2, whose terms are never negative: rows that
/// are nearly the same lose no digits, as a difference of entropies would.
float jsDivergence(const float* p, const float* q, std::ptrdiff_t n);

}  // namespace hs
