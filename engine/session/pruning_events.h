// SPDX-License-Identifier: GPL-3.0-or-later
// Requests and answers of the pruning bench.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/analysis/pruning/pruning.h"
#include "engine/model/prune.h"
#include "engine/session/importance_events.h"

namespace hs {

/// Heads switched off by hand: new loss, loss of each token and next-token bars of the base's prompt. Interactive, keyed by the caller.
struct LiveSwitchJob {
    std::shared_ptr<const Run> base;          ///< with residuals; its own interventions stay
    std::vector<HeadId> cut;
    std::shared_ptr<const AblationValues> values;   ///< null: zero ablation
    int position = -1;                        ///< of the next-token bars; -1: the last
    int topK = 8;
};
struct LiveSwitchResult {
    std::shared_ptr<const Run> base, run;     ///< run: under the cuts, complete
    std::vector<HeadId> cut;
    AblationKind ablation = AblationKind::Zero;
    std::vector<NextToken> next;              ///< topK most probable before or after, by the larger of both; probability after
    std::vector<float> baseProbabilities;     ///< of next[i] before
    double seconds = 0;
};

/// Replacement values for live switching and files, measured once.
struct AblationValuesJob {
    std::shared_ptr<const Model> model;
    TextRequest calibration;
    AblationKind ablation = AblationKind::Mean;
    AblationCollectOptions options;
};
struct AblationValuesResult { std::shared_ptr<const Model> model; std::shared_ptr<const AblationValues> values; };

/// PruningCurveResult after each point.
struct PruningCurveJob {
    std::shared_ptr<const Model> model;
    TextRequest calibration, test;
    PruningSpec spec;
    std::string modelHash;
    PruningCurvePtr resume;                   ///< state to go on from, or null
};
struct PruningCurveResult { std::shared_ptr<const Model> model; PruningCurvePtr curve; };

/// Writes the model without these heads, opens it again and compares it with the masked model on a prompt.
struct WritePrunedJob {
    std::string path;
    std::shared_ptr<const Model> model;
    std::vector<HeadId> cut;
    std::shared_ptr<const AblationValues> values;   ///< null or Zero: nothing folded; Mean: folded into b_O; others: InvalidArgument
    std::shared_ptr<const Prompt> check;      ///< null: a short prompt of the model's first ids
    std::string score;                        ///< how the heads were chosen, for the file
    std::string modelHash;                    ///< of the source file; empty: computed
};
struct WritePrunedResult {
    std::string path;
    std::shared_ptr<const Model> pruned;      ///< as opened again
    double largestDifference = 0;             ///< of any logit against the masked model on the prompt
    std::size_t bytesBefore = 0, bytesAfter = 0;      ///< of the files; 0: not a single file
    std::size_t weightsBefore = 0, weightsAfter = 0;  ///< numbers
    double secondsBefore = 0, secondsAfter = 0;       ///< median forward pass of the prompt
};

}  // namespace hs
