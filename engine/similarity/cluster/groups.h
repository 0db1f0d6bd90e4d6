// SPDX-License-Identifier: GPL-3.0-or-later
// Groups of like heads: silhouette (Rousseeuw 1987), the cut with the best one, medoids.
#pragma once

#include <vector>

#include "engine/similarity/cluster/linkage.h"

namespace hs {

/// s(i) = (b - a) / max(a, b) for each item; items alone in their cluster have 0. `labels` as from cutInto.
std::vector<double> silhouette(const DistanceMatrix& distances, const std::vector<int>& labels);

struct SilhouetteCut {
    int clusters = 1;
    double height = 0;  ///< merges up to here are done: cutAtHeight gives the labels (but for equal heights)
    double mean = 0;    ///< mean silhouette there
    std::vector<double>
        meanByClusters;  ///< [leaves + 1] mean silhouette of every cut; index = number of clusters; 0 where undefined (0, 1)
};
/// The cut into 2 .. leaves - 1 clusters with the largest mean silhouette (fewest clusters on a tie); 1 cluster below 3 leaves or
/// when no cut is above 0. O(n^3) adds in the worst case; cancellable.
Result<SilhouetteCut> bestSilhouetteCut(const DistanceMatrix& distances, const Dendrogram& tree, const Progress& progress = {});

struct HeadGroup {
    std::vector<int> members;  ///< items, rising
    int medoid = -1;           ///< member with the smallest sum of distances to the others (smallest index on a tie)
    double meanDistance = 0;   ///< mean over pairs of members; 0 alone
    double diameter = 0;       ///< largest
    bool allSinks = false;     ///< every member puts most of its mass on a sink: alike because idle, not because redundant
};
/// Groups of a cut, in the order of their numbers. `sinkMass` (mean weight on key 0 and other reference tokens, one per item; empty:
/// not known) sets allSinks where it is at least `sinkLevel` for every member of a group of two or more (engine/methods/patterns.md section 7).
std::vector<HeadGroup> groupsOf(const DistanceMatrix& distances, const std::vector<int>& labels, const std::vector<double>& sinkMass = {},
                                double sinkLevel = 0.6);

}  // namespace hs
