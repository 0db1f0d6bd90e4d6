// SPDX-License-Identifier: GPL-3.0-or-later
// The pruning bench: live switches, curves, pruned files.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "engine/analysis/pruning/pruning.h"
#include "engine/model/prune.h"
#include "engine/session/texts.h"
#include "engine/session/work.h"

namespace hs {

struct LiveSwitchResult;
struct PruningCurveResult;
struct WritePrunedResult;

/// Heads switched off by hand: new loss, loss of each token and next-token bars of the base's prompt. Interactive, keyed by the caller.
struct LiveSwitchJob {
    using Answer = LiveSwitchResult;

    std::shared_ptr<const Run> base;  ///< with residuals; its own interventions stay
    std::vector<HeadId> cut;
    std::shared_ptr<const AblationValues> values;  ///< null: zero ablation
    int position = -1;                             ///< of the next-token bars; -1: the last
    int topK = 8;

    std::string subject() const { return base ? base->prompt->text : std::string(); }
    bool interactive() const { return true; }
};
namespace session {
Status runJob(const LiveSwitchJob& job, const ContextOf<LiveSwitchJob>& context);
}

struct LiveSwitchResult {
    std::shared_ptr<const Run> base, run;  ///< run: under the cuts, complete
    std::vector<HeadId> cut;
    AblationKind ablation = AblationKind::Zero;
    std::vector<NextToken> next;           ///< topK most probable before or after, by the larger of both; probability after
    std::vector<float> baseProbabilities;  ///< of next[i] before
    double seconds = 0;
};

/// PruningCurveResult after each point.
struct PruningCurveJob {
    using Answer = PruningCurveResult;

    std::shared_ptr<const Model> model;
    TextRequest calibration, test;
    PruningSpec spec;
    std::string modelHash;
    PruningCurvePtr resume;  ///< state to go on from, or null

    std::string subject() const { return importanceName(spec.score); }
};
namespace session {
Status runJob(const PruningCurveJob& job, const ContextOf<PruningCurveJob>& context);
}

struct PruningCurveResult {
    std::shared_ptr<const Model> model;
    PruningCurvePtr curve;
};

/// Writes the model without these heads, opens it again and compares it with the masked model on a prompt.
struct WritePrunedJob {
    using Answer = WritePrunedResult;

    std::string path;
    std::shared_ptr<const Model> model;
    std::vector<HeadId> cut;
    std::shared_ptr<const AblationValues> values;  ///< null or Zero: nothing folded; Mean: folded into b_O; others: InvalidArgument
    std::shared_ptr<const Prompt> check;           ///< null: a short prompt of the model's first ids
    std::string score;                             ///< how the heads were chosen, for the file
    std::string targets;                           ///< what their loss was measured against, for the file; empty: next tokens
    std::string modelHash;                         ///< of the source file; empty: computed

    std::string subject() const { return path; }
};
namespace session {
Status runJob(const WritePrunedJob& job, const ContextOf<WritePrunedJob>& context);
}

struct WritePrunedResult {
    std::string path;
    std::shared_ptr<const Model> pruned;              ///< as opened again
    double largestDifference = 0;                     ///< of any logit against the masked model on the prompt
    std::size_t bytesBefore = 0, bytesAfter = 0;      ///< of the files; 0: not a single file
    std::size_t weightsBefore = 0, weightsAfter = 0;  ///< numbers
    double secondsBefore = 0, secondsAfter = 0;       ///< median forward pass of the prompt
};

}  // namespace hs
