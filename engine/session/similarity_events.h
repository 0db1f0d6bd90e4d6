// SPDX-License-Identifier: GPL-3.0-or-later
// Requests and answers about how heads relate. Part of events.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/forward/run.h"
#include "engine/model/model.h"
#include "engine/similarity/null/reference.h"
#include "engine/similarity/weights/pair_angles.h"
#include "engine/similarity/weights/single_head.h"
#include "engine/similarity/weights/weight_measures.h"

namespace hs {

/// Heads against heads from weights. Publishes SimilarityResult for each pairing. Behaviour measures are BehaviourJob's.
struct SimilarityJob {
    std::shared_ptr<const Model> model;
    HeadMeasure measure = HeadMeasure::ProjectionKernel;
    std::vector<RolePair> pairings;
    WeightProcessing weights = WeightProcessing::Raw;
    std::uint64_t seed = 0;
    std::string modelHash;                  ///< stored with the result; empty: pending
};
struct SimilarityResult {
    std::shared_ptr<const Model> model;
    std::size_t index = 0;                  ///< of the pairing asked for
    std::shared_ptr<const HeadMatrix> matrix;
};

/// HDF5, NPY or CSV by the ending of the path; answers WrittenResult.
struct WriteHeadMatrixJob {
    std::string path;
    std::shared_ptr<const HeadMatrix> matrix;
};

/// Random subspaces against the model's own: informativeness of all sixteen pairings, histograms, thresholds, empirical null. With
/// `draws`, only the Monte-Carlo check of the formula for subspaces of dimensions m and n (0: d_head) in R^d.
struct ReferenceJob {
    std::shared_ptr<const Model> model;
    ReferenceOptions options;
    int draws = 0;
    int m = 0, n = 0;
    std::uint64_t seed = 0;
};
struct ReferenceResult {
    std::shared_ptr<const Model> model;
    std::shared_ptr<const ReferenceReport> report;   ///< null for a Monte-Carlo check
    std::shared_ptr<const MonteCarlo> draws;         ///< null for a report
};

/// Spectra and identity scores of single heads, published head by head. No heads listed: all of them.
struct SpectraJob {
    std::shared_ptr<const Model> model;
    std::vector<HeadId> heads;
    SingleHeadOptions options;
    std::shared_ptr<const Run> run;                  ///< may be null: no attention diagonal
};
struct SpectraResult {
    std::shared_ptr<const Model> model;
    std::shared_ptr<const HeadSpectra> spectra;
};

/// Principal angles of one pair of heads.
struct PairAnglesJob {
    std::shared_ptr<const Model> model;
    RolePair pairing;
    HeadId source, target;
    WeightProcessing weights = WeightProcessing::Raw;
};
struct PairAnglesResult {
    std::shared_ptr<const Model> model;
    std::shared_ptr<const PairAngles> angles;
};

}  // namespace hs
