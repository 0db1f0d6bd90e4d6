// SPDX-License-Identifier: GPL-3.0-or-later
// Steps that several behaviour jobs share. Internal to engine/session.
#pragma once

#include <functional>

#include "engine/session/jobs/behaviour.h"

namespace hs::session {

/// Prompts of a request: as given, or read from files. Errors of readCorpus and makePromptCorpus.
Result<PromptCorpus> promptsOf(const Model& model, const BehaviourText& text, const Progress& progress);

/// Both behaviour measures, the model's hash on them.
Result<std::shared_ptr<const BehaviourResult>> behaviourOf(
    const BehaviourJob& job, const JobContext& context, const std::function<void(std::shared_ptr<const BehaviourResult>)>& onPartial = {});

}  // namespace hs::session
