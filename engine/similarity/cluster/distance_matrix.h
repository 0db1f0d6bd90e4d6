// SPDX-License-Identifier: GPL-3.0-or-later
// Distances between heads: what clustering and the map of heads read.
#pragma once

#include <cstddef>
#include <vector>

#include "engine/base/result.h"

namespace hs {

/// Symmetric [n, n] with a zero diagonal, row-major. A row of NaN marks an item without a distance ("n/a": pruned head, zero weight).
struct DistanceMatrix {
    int n = 0;
    std::vector<double> values;

    DistanceMatrix() = default;
    explicit DistanceMatrix(int items) : n(items), values(static_cast<std::size_t>(items) * static_cast<std::size_t>(items)) {}
    double operator()(int i, int j) const
    {
        return values[static_cast<std::size_t>(i) * static_cast<std::size_t>(n) + static_cast<std::size_t>(j)];
    }
    /// Sets both halves.
    void set(int i, int j, double distance);
    /// Items that have distances, in order: all but those whose whole row (without the diagonal) is NaN. One item alone counts.
    std::vector<int> present() const;
    /// The same matrix with these items only.
    DistanceMatrix restrictedTo(const std::vector<int>& items) const;
};

/// ShapeMismatch (size), InvalidArgument (item "distance i j": negative, not symmetric, or NaN between two present items).
Status checkDistances(const DistanceMatrix& distances);

}  // namespace hs
