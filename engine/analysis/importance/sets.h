// SPDX-License-Identifier: GPL-3.0-or-later
// Cuts that are not one whole head: sets, pairs (redundancy), heads at single positions. All exact, all by the batched sweep.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "engine/analysis/importance/importance.h"

namespace hs {

/// Loss change when all heads of a set are cut together.
struct SetEffect {
    std::vector<HeadId> heads;
    double loss = 0;                   ///< mean over prompts of the uncut loss
    double change = 0;                 ///< mean over prompts of loss(cut) - loss
    std::optional<Interval> interval;  ///< 95 %, paired bootstrap over documents
};
Result<std::vector<SetEffect>> ablateSets(const std::shared_ptr<const Model>& model, const ImportanceText& text,
                                          const std::vector<std::vector<HeadId>>& sets, const AblationValues& values,
                                          const ImportanceOptions& options, const Progress& progress = {});

/// Two heads cut together against the sum of each alone. Positive excess: each backs the other up (redundant); negative: they work
/// in one circuit, the second cut finds little left to break.
struct PairEffect {
    HeadId a, b;
    double alone[2] = {0, 0};
    double together = 0;
    double excess = 0;                 ///< together - (alone[0] + alone[1])
    std::optional<Interval> interval;  ///< of `excess`
};
/// All pairs of `heads`, strongest |excess| first.
Result<std::vector<PairEffect>> ablatePairs(const std::shared_ptr<const Model>& model, const ImportanceText& text,
                                            const std::vector<HeadId>& heads, const AblationValues& values,
                                            const ImportanceOptions& options, const Progress& progress = {});

/// One prompt, every head of `heads` cut at one position at a time.
struct PositionSweep {
    std::vector<HeadId> heads;
    int positions = 0;
    MatrixF change;  ///< [heads, n] loss of the prompt with that cell cut - loss; NaN: not known yet
    double loss = 0;
    bool complete = false;
};
using PositionStage = std::function<void(const std::shared_ptr<const PositionSweep>&)>;
Result<std::shared_ptr<const PositionSweep>> ablatePositions(const std::shared_ptr<const Model>& model, const Prompt& prompt,
                                                             const std::vector<HeadId>& heads, const AblationValues& values,
                                                             const ImportanceOptions& options, const Progress& progress = {},
                                                             const PositionStage& onStage = {});

}  // namespace hs
