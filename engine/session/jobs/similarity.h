// SPDX-License-Identifier: GPL-3.0-or-later
// Heads against heads from weights.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/session/jobs/written.h"
#include "engine/session/work.h"
#include "engine/similarity/weights/weight_measures.h"

namespace hs {

struct SimilarityResult;

/// Heads against heads from weights. Publishes SimilarityResult for each pairing. Behaviour measures are BehaviourJob's.
struct SimilarityJob {
    using Answer = SimilarityResult;

    std::shared_ptr<const Model> model;
    HeadMeasure measure = HeadMeasure::ProjectionKernel;
    std::vector<RolePair> pairings;
    WeightProcessing weights = WeightProcessing::Raw;
    std::uint64_t seed = 0;
    std::string modelHash;  ///< stored with the result; empty: pending

    std::string subject() const;
};
namespace session {
Status runJob(const SimilarityJob& job, const ContextOf<SimilarityJob>& context);
}

struct SimilarityResult {
    std::shared_ptr<const Model> model;
    std::size_t index = 0;  ///< of the pairing asked for
    std::shared_ptr<const HeadMatrix> matrix;
};

/// HDF5, NPY or CSV by the ending of the path; answers WrittenResult.
struct WriteHeadMatrixJob {
    using Answer = WrittenResult;

    std::string path;
    std::shared_ptr<const HeadMatrix> matrix;

    std::string subject() const { return path; }
};
namespace session {
Status runJob(const WriteHeadMatrixJob& job, const ContextOf<WriteHeadMatrixJob>& context);
}

}  // namespace hs
