// SPDX-License-Identifier: GPL-3.0-or-later
// One head's columns in each of their forms, in float and in double.
#pragma once

#include <vector>

#include "engine/similarity/head_matrix.h"
#include "engine/tensor/matrix.h"

namespace hs {

/// Fills `out` [d, m] and the rank, condition number, participation and fault of `head` from the head's own columns x and, where it
/// is partnered, the other matrix's y (both [d, m]). Heads that are n/a leave zeros.
void fillColumns(HeadColumns columns, ViewF x, ViewF y, AxisHead& head, MutViewF out);
/// The same in double precision; [d, m] row-major, empty: n/a.
std::vector<double> exactColumns(HeadColumns columns, ViewF x, ViewF y, AxisHead& head);

/// ||A^T B||_F^2, and the sum of singular values of A^T B, of [d, m] columns.
double exactSquares(const std::vector<double>& a, const std::vector<double>& b, int d, int m);
double exactNuclear(const std::vector<double>& a, const std::vector<double>& b, int d, int m);
/// The sum of singular values of an m x n float matrix.
double nuclearNorm(ViewF product);

}  // namespace hs
