// SPDX-License-Identifier: GPL-3.0-or-later
// Ticks and fonts that the small painted charts share.
#pragma once

#include <QFont>
#include <vector>

#include "ui/theme/theme.h"

namespace hs::ui {

/// Multiples of 1, 2 or 5 times a power of ten within [low, high]: at most `most` of them, at least two where the range allows.
std::vector<double> axisTicks(double low, double high, int most);
/// Decimals that tell neighbouring ticks apart.
int tickDecimals(const std::vector<double>& ticks);
/// The type size scaled by `unit` (1: screen pixels of ui/look.md).
QFont chartFont(Type type, double unit, bool bold = false);

}  // namespace hs::ui
