// SPDX-License-Identifier: GPL-3.0-or-later
// Average linkage (UPGMA) by the nearest-neighbour chain: O(n^2) time and memory, exact (Murtagh 1983).
#pragma once

#include <vector>

#include "engine/base/progress.h"
#include "engine/similarity/cluster/distance_matrix.h"

namespace hs {

/// Two clusters become one. Ids: 0 .. leaves-1 are leaves, leaves + k is the cluster that merges[k] made.
struct Merge {
    int left = 0, right = 0;  ///< left stands first in Dendrogram::order
    double height = 0;        ///< mean distance between the members of both
    int size = 0;             ///< leaves under it
};

struct Dendrogram {
    int leaves = 0;
    std::vector<Merge> merges;  ///< [leaves - 1], heights never fall
    std::vector<int> order;     ///< leaves from left to right: every cluster is a run, near ends are put together
};

/// Of a complete matrix (checkDistances, no NaN: InvalidArgument). Equal distances: the smaller index wins, so the tree is deterministic.
Result<Dendrogram> averageLinkage(const DistanceMatrix& distances, const Progress& progress = {});

/// Cluster number of each leaf, numbered from 0 by first leaf in `order`: merges with height <= `height` are done.
std::vector<int> cutAtHeight(const Dendrogram& tree, double height);
/// Same, into `clusters` parts (clamped to 1 .. leaves).
std::vector<int> cutInto(const Dendrogram& tree, int clusters);

}  // namespace hs
