// SPDX-License-Identifier: GPL-3.0-or-later
// How the bench measures: what takes a head's place, on which texts, with which seed.
#pragma once

#include <optional>
#include <vector>

#include "engine/analysis/pruning/pruning.h"
#include "ui/state/prune_text.h"

namespace hs::ui {

struct PruneSettings {
    AblationKind ablation = AblationKind::Zero;
    PruneText test;                                                 ///< losses are measured here
    PruneText calibration{PruneText::Source::Sampled, {}, 16, 64};  ///< choices are made, and means come from, here
    int randomOrders = 24;
    std::uint64_t seed = 7;
    std::vector<OrderKind> orders{OrderKind::Score, OrderKind::Greedy};  ///< of the curve, beside the random ones
    std::optional<ImportanceKind> score;  ///< of Score and Reverse; nothing: the exact effect of the head alone
    bool recompute = false;               ///< the score is measured again after each step
    int stepHeads = 0;                    ///< heads cut in a step; 0: chosen by the size of the model
    bool operator==(const PruneSettings&) const = default;
    /// Effects of heads and sets are the same under both; only the curve's orders differ.
    bool sameMeasure(const PruneSettings& other) const
    {
        return ablation == other.ablation && test == other.test && calibration == other.calibration && seed == other.seed;
    }
};

/// "A head that is off writes zero."
QString ablationSentence(AblationKind kind);
/// "greedy, measured again at each step": an order of a curve in the legend.
QString orderWords(OrderKind order, const PruningSpec& spec);
/// The same as a short title: "Greedy", "By effect".
QString orderTitle(OrderKind order, const PruningSpec& spec);
/// "zero", "mean", "resample": the word in running text.
QString ablationWord(AblationKind kind);

}  // namespace hs::ui
