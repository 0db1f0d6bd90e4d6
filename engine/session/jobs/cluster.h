// SPDX-License-Identifier: GPL-3.0-or-later
// Groups of heads and the plane that shows their distances.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/session/work.h"
#include "engine/similarity/cluster/groups.h"
#include "engine/similarity/cluster/mds.h"
#include "engine/similarity/head_matrix.h"

namespace hs {

struct ClusterResult;
struct HeadMapResult;

/// Groups of heads by average linkage on distancesFrom(matrix).
struct ClusterJob {
    using Answer = ClusterResult;

    std::shared_ptr<const HeadMatrix> matrix;
    int clusters = 0;              ///< 0: the cut with the best silhouette
    double height = -1;            ///< >= 0: cut there instead
    std::vector<double> sinkMass;  ///< [heads of the matrix] or empty: BehaviourResult::referenceMass
    std::uint64_t tag = 0;

    std::string subject() const { return matrix ? matrix->model : std::string(); }
};
namespace session {
Status runJob(const ClusterJob& job, const ContextOf<ClusterJob>& context);
}

/// Everything below counts the present items: row i of the dendrogram is row items[i] of the matrix.
struct ClusterResult {
    std::shared_ptr<const HeadMatrix> matrix;
    std::vector<int> items;
    std::shared_ptr<const Dendrogram> tree;
    SilhouetteCut best;             ///< always computed: the mean silhouette of every cut
    std::vector<int> labels;        ///< [items]
    std::vector<HeadGroup> groups;  ///< members and medoid are rows of the matrix
    std::vector<int> order;         ///< all rows of the matrix in leaf order, those without distances last
    std::uint64_t tag = 0;
};

/// The plane that keeps the distances of distancesFrom(matrix) best.
struct HeadMapJob {
    using Answer = HeadMapResult;

    std::shared_ptr<const HeadMatrix> matrix;
    std::uint64_t tag = 0;

    std::string subject() const { return matrix ? matrix->model : std::string(); }
};
namespace session {
Status runJob(const HeadMapJob& job, const ContextOf<HeadMapJob>& context);
}

struct HeadMapResult {
    std::shared_ptr<const HeadMatrix> matrix;
    std::shared_ptr<const HeadMap> map;
    std::uint64_t tag = 0;
};

}  // namespace hs
