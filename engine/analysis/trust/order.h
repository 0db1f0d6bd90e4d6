// SPDX-License-Identifier: GPL-3.0-or-later
// What depends on the order of numbers only: quantiles and rank correlation.
#pragma once

#include <vector>

namespace hs {

/// Value below which a share of sorted values lies, interpolated (type 7 of Hyndman and Fan 1996). At least one value.
double quantileOf(const std::vector<double>& sorted, double share);

/// Rank correlation with mean ranks for ties (Spearman 1904); pairs with a NaN are left out. NaN: fewer than 3 pairs, or one side constant.
double spearman(const std::vector<double>& a, const std::vector<double>& b);

}  // namespace hs
