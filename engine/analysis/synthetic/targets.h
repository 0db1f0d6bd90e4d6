// SPDX-License-Identifier: GPL-3.0-or-later
// Which keys a pattern predicts for a row, as lists, and how much of a map lies on them. Lists, not diagonals: a diagonal also
// counts rows that have no target (engine/methods/circuits.md section 3.3).
#pragma once

#include <vector>

#include "engine/model/visibility.h"
#include "engine/tensor/matrix.h"

namespace hs {

struct RowTargets {
    int query = 0;
    std::vector<int> keys;  ///< ascending, at least one
};
using TargetList = std::vector<RowTargets>;

/// For every position the earlier positions of the same token; positions below `begin` (BOS) are neither.
std::vector<std::vector<int>> earlierOccurrences(const std::vector<int>& ids, int begin);
/// Rows that have an earlier equal token, and where it is. Bidirectional: equal tokens on both sides.
TargetList duplicateTargets(const std::vector<int>& ids, int begin, Visibility mask = {});
/// Rows that have an earlier equal token, and the positions that follow it (never after the row itself).
TargetList inductionTargets(const std::vector<int>& ids, int begin);
/// Rows whose next token has been seen, and where (CopyNet-style pointing, teacher forced). The last row has none.
TargetList pointerTargets(const std::vector<int>& ids, int begin);
/// Every row from `first` on with the key at `offset` from it.
TargetList offsetTargets(int n, int offset, int first = 0);

/// How a map is read (engine/methods/patterns.md section 0). The content view leaves reference columns out, renormalises the rest, and drops
/// rows of reference queries and rows with less than 0.05 outside the references.
struct MapReading {
    Visibility mask;
    std::vector<int> references;  ///< content view without these; empty: raw view
};

struct TargetMass {
    double mass = 0;     ///< mean over rows of the weight on the row's keys; NaN without rows
    double uniform = 0;  ///< the same for attention spread evenly over what the row can see
    double gate = 1;     ///< mean share of the attention outside the references
    long rows = 0;
};
/// `map` is [n, n]. Sums in double precision, rows in order.
TargetMass targetMass(ViewF map, const TargetList& targets, const MapReading& reading);

}  // namespace hs
