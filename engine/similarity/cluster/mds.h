// SPDX-License-Identifier: GPL-3.0-or-later
// A map of heads: classical multidimensional scaling (Torgerson 1952) of any distance matrix.
#pragma once

#include <array>
#include <vector>

#include "engine/base/progress.h"
#include "engine/similarity/cluster/distance_matrix.h"

namespace hs {

struct HeadMap {
    std::vector<std::array<double, 2>> points;  ///< [n]; NaN for items without distances
    std::array<double, 2> eigenvalues{};        ///< of the double-centred -d^2/2; a negative one gives no axis (all 0)
    double explained = 0;  ///< (their positive part) / (sum of all positive eigenvalues, at least these); 1: the plane says all
    double stress = 0;     ///< sqrt(sum (d - plane)^2 / sum d^2) over pairs (Kruskal's stress-1); 0: exact
};

/// Deterministic: each axis points so that its entry of largest size (first on a tie) is positive. Errors of checkDistances; Cancelled.
Result<HeadMap> classicalMds(const DistanceMatrix& distances, const Progress& progress = {});

}  // namespace hs
