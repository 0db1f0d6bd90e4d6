// SPDX-License-Identifier: GPL-3.0-or-later
// Labels a whole model: detectors, decision, explained mass, causal checks, in-context score, in this order.
#pragma once

#include <functional>
#include <memory>

#include "engine/analysis/labels/detector.h"
#include "engine/analysis/labels/label.h"

namespace hs {

struct LabelOptions {
    std::shared_ptr<const Model> model;
    std::shared_ptr<const Corpus> corpus;  ///< null: no text
    LabelPreset preset;
    std::uint64_t seed = 0;
    RowMass mass = RowMass::Weights;
    RowWeighting weighting = RowWeighting::Documents;
    bool text = true, synthetic = true, weights = true;
    bool everyDocument = false;  ///< read the whole corpus, whatever "trust.text-work" pays for
    CauseChecker causes;         ///< empty: awarded labels stay unchecked
    std::string modelHash;       ///< for the provenance
};

/// Called with a complete = false report after each stage, and after the first few documents of text and every time that their number
/// has doubled: labels decided on what is there so far, `provenance.documents` of text.
using LabelStage = std::function<void(std::shared_ptr<const LabelReport>)>;

/// Detectors that do not apply leave a note. ModelPartial when the model has no attention weights at all, Cancelled, or the
/// error of a detector.
Result<std::shared_ptr<const LabelReport>> labelModel(const LabelOptions& options, const Progress& progress = {},
                                                      const LabelStage& onStage = {});

}  // namespace hs
