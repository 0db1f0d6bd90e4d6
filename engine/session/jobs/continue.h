// SPDX-License-Identifier: GPL-3.0-or-later
// Continues a prompt.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/forward/forward.h"
#include "engine/session/work.h"

namespace hs {

struct ContinueResult;

/// Continues the prompt by n tokens: greedy when temperature is 0.
struct ContinueJob {
    using Answer = ContinueResult;

    std::shared_ptr<const Model> model;
    std::shared_ptr<const Prompt> prompt;
    Interventions interventions;
    int tokens = 20;
    double temperature = 0;
    std::uint64_t seed = 0;

    std::string subject() const { return prompt ? prompt->text : std::string(); }
};
namespace session {
Status runJob(const ContinueJob& job, const ContextOf<ContinueJob>& context);
}

struct ContinueResult {
    std::shared_ptr<const Prompt> prompt;
    std::vector<int> newIds;
    std::vector<float> probabilities;
};

}  // namespace hs
