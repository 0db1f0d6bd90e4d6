// SPDX-License-Identifier: GPL-3.0-or-later
// Steps that several jobs share. Internal to engine/session.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/forward/forward.h"

namespace hs::session {

/// Prompt from text, or from ids when there are any. TokenizerMissing when text is given and the model has none, or why the one that
/// is there cannot be read.
Result<std::shared_ptr<const Prompt>> promptFor(const Model& model, const std::string& text, const std::vector<int>& ids,
                                                const Progress& progress, SpecialText special = SpecialText::Recognise);
/// The base's prompt with other interventions: only what differs is recomputed when the base kept its residuals.
Result<std::shared_ptr<const Run>> rerun(const std::shared_ptr<const Run>& base, const ForwardOptions& options, const Progress& progress,
                                         const RunStage& onStage = {});
/// The k tokens most probable before or after a cut, by the larger of both: the same rows whichever side is on now. Appends
/// probabilities after it to `next`, before it to `baseProbabilities`; nothing without logits.
void fillNext(std::vector<NextToken>& next, std::vector<float>& baseProbabilities, const Run& before, const Run& after, int position,
              int k);
/// Error of a request that lacks something it needs (a null pointer from the caller).
Error missingArgument(const char* what);

}  // namespace hs::session
