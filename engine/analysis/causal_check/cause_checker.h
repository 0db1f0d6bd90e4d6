// SPDX-License-Identifier: GPL-3.0-or-later
// The causal check of awarded labels on the data they were found on: fits CauseChecker of labels/detector.h.
#pragma once

#include "engine/analysis/labels/detector.h"

namespace hs {

/// Knocks out what each label describes (knockout.h): synthetic labels on their sequences, text labels on documents of the corpus.
/// Broad and attributes describe no attention: LabelCause::None. One outcome for each request.
Result<std::vector<CauseOutcome>> checkCausesByKnockout(const DetectorInput& input, const std::vector<CauseRequest>& requests,
                                                        const Progress& progress);

/// How far "attention-knockout.work" reaches.
struct KnockoutPlan {
    int documents = 0;          ///< for each label
    std::vector<bool> reached;  ///< [requests]
    double work = 0;            ///< multiply-adds
};
KnockoutPlan knockoutPlan(const Model& model, const LabelPreset& preset, const std::vector<CauseRequest>& requests);

/// "attention-knockout": documents used, least effect.
const AnalysisEntry& knockoutEntry();

}  // namespace hs
