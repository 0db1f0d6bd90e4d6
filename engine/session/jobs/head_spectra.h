// SPDX-License-Identifier: GPL-3.0-or-later
// Single heads and pairs of heads from weights, and what chance would give.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/forward/run.h"
#include "engine/session/subject.h"
#include "engine/session/work.h"
#include "engine/similarity/null/reference.h"
#include "engine/similarity/weights/pair_angles.h"
#include "engine/similarity/weights/single_head.h"

namespace hs {

struct ReferenceResult;
struct SpectraResult;
struct PairAnglesResult;

/// Random subspaces against the model's own: informativeness of all sixteen pairings, histograms, thresholds, empirical null. With
/// `draws`, only the Monte-Carlo check of the formula for subspaces of dimensions m and n (0: d_head) in R^d.
struct ReferenceJob {
    using Answer = ReferenceResult;

    std::shared_ptr<const Model> model;
    ReferenceOptions options;
    int draws = 0;
    int m = 0, n = 0;
    std::uint64_t seed = 0;

    std::string subject() const { return pathOf(model); }
};
namespace session {
Status runJob(const ReferenceJob& job, const ContextOf<ReferenceJob>& context);
}

struct ReferenceResult {
    std::shared_ptr<const Model> model;
    std::shared_ptr<const ReferenceReport> report;  ///< null for a Monte-Carlo check
    std::shared_ptr<const MonteCarlo> draws;        ///< null for a report
};

/// Spectra and identity scores of single heads, published head by head. No heads listed: all of them.
struct SpectraJob {
    using Answer = SpectraResult;

    std::shared_ptr<const Model> model;
    std::vector<HeadId> heads;
    SingleHeadOptions options;
    std::shared_ptr<const Run> run;  ///< may be null: no attention diagonal

    std::string subject() const { return heads.size() == 1 ? headName(heads.front()) : std::string(); }
};
namespace session {
Status runJob(const SpectraJob& job, const ContextOf<SpectraJob>& context);
}

struct SpectraResult {
    std::shared_ptr<const Model> model;
    std::shared_ptr<const HeadSpectra> spectra;
};

/// Principal angles of one pair of heads.
struct PairAnglesJob {
    using Answer = PairAnglesResult;

    std::shared_ptr<const Model> model;
    RolePair pairing;
    HeadId source, target;
    WeightProcessing weights = WeightProcessing::Raw;

    std::string subject() const { return headName(source) + " " + headName(target); }
};
namespace session {
Status runJob(const PairAnglesJob& job, const ContextOf<PairAnglesJob>& context);
}

struct PairAnglesResult {
    std::shared_ptr<const Model> model;
    std::shared_ptr<const PairAngles> angles;
};

}  // namespace hs
