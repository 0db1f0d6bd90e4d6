// SPDX-License-Identifier: GPL-3.0-or-later
// Activations of MLPs: values for the forward pass, values and slopes for the backward pass.
#pragma once

#include <cstddef>

#include "engine/model/config.h"

namespace hs {

/// The activation is that of a row as a whole: x[0, n) must be all of its entries.
constexpr bool needsWholeRow(Activation activation) { return activation == Activation::Solu; }

/// x <- act(x), n values. Of Solu: one row.
void activateInPlace(Activation activation, float* x, std::ptrdiff_t n);

/// Value and derivative at one x. Not for Solu.
struct ValueAndSlope {
    double value = 0, slope = 0;
};
ValueAndSlope activationAt(Activation activation, double x);

/// g <- derivative at the row u [n] of what Solu makes of it, for derivatives g of the result.
void soluBack(float* g, const float* u, std::ptrdiff_t n);

}  // namespace hs
