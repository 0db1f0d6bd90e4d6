// SPDX-License-Identifier: GPL-3.0-or-later
// Orthonormal bases of what a head reads or writes, and the angles between two of them (engine/methods/weight_space.md section 1).
#pragma once

#include <vector>

#include "engine/similarity/head_matrix.h"
#include "engine/tensor/matrix.h"

namespace hs {

/// Column space of a d x m matrix, in double precision.
struct Subspace {
    int d = 0;
    int rank = 0;
    std::vector<double> basis;           ///< [d, rank], row-major, orthonormal columns
    std::vector<double> singularValues;  ///< all min(d, m), falling
    NoValue fault = NoValue::None;       ///< NotFinite, ZeroWeight
    double conditionNumber = 0;          ///< s_1 / s_rank
};

/// Singular values at most this share of the largest count as zero: max(d, m) times the float epsilon.
double rankTolerance(int d, int m);

/// Householder QR, then a singular value decomposition of R. `columns` is [d, m].
Subspace subspaceOf(ViewF columns);
Subspace subspaceOf(const std::vector<double>& columns, int d, int m);

/// Cosines of the principal angles, falling; min(r, r') of them, clamped to [0, 1].
std::vector<double> principalCosines(const Subspace& a, const Subspace& b);

/// Functions of the angles that Projection Kernel is one of.
struct AngleSummary {
    double projectionKernel = 0;  ///< sum of cos^2
    double largestCosine = 0;     ///< best shared direction
    int sharedDirections = 0;     ///< number of cos^2 > 0.5
    double geodesic = 0;          ///< sqrt of the sum of angle^2, radians
    double chordal = 0;           ///< ||P - P'||_F = sqrt(r + r' - 2 PK)
};
AngleSummary summarise(const std::vector<double>& cosines, int rankA, int rankB);

/// What is known of one head's columns besides its basis.
struct ColumnFacts {
    NoValue fault = NoValue::None;
    int rank = 0;
    double conditionNumber = 0;
};
/// Replaces [d, m] columns by an orthonormal basis of their span, columns beyond the rank by zeros. Float: Cholesky QR and a correction,
/// with Gram matrices summed in double; ill-conditioned heads take subspaceOf's way.
ColumnFacts orthonormalise(MutViewF columns);

/// X^T X of [d, m] columns in double from float products of short row blocks; [m, m], row-major.
std::vector<double> gramOf(ViewF columns);
/// F with F F^T = gram (symmetric, positive semidefinite, m x m), row-major. Cholesky, else by eigenvectors.
std::vector<double> gramFactor(const std::vector<double>& gram, int m);

}  // namespace hs
