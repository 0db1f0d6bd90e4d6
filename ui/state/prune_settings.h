// SPDX-License-Identifier: GPL-3.0-or-later
// How the bench measures: what takes a head's place, on which texts, with which seed.
#pragma once

#include "engine/forward/sweep/ablation.h"
#include "ui/state/prune_text.h"

namespace hs::ui {

struct PruneSettings {
    AblationKind ablation = AblationKind::Zero;
    PruneText test;                                                        ///< losses are measured here
    PruneText calibration{PruneText::Source::Sampled, {}, 16, 64};         ///< choices are made, and means come from, here
    int randomOrders = 24;
    std::uint64_t seed = 7;
    bool operator==(const PruneSettings&) const = default;
};

/// "A head that is off writes zero."
QString ablationSentence(AblationKind kind);
/// "zero", "mean", "resample": the word in running text.
QString ablationWord(AblationKind kind);

}  // namespace hs::ui
