// SPDX-License-Identifier: GPL-3.0-or-later
// What the next token and the loss would be under other interventions.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "engine/forward/forward.h"
#include "engine/session/subject.h"
#include "engine/session/work.h"

namespace hs {

struct AblationResult;

/// Next-token probabilities and loss with each listed set of interventions added to the run's own.
struct AblationJob {
    using Answer = AblationResult;

    std::shared_ptr<const Run> base;
    std::vector<Interventions> variants;
    int position = -1;
    int topK = 8;

    std::string subject() const { return base ? base->prompt->text : std::string(); }
    bool interactive() const { return variants.size() <= 1 && isShort(base); }
};
namespace session {
Status runJob(const AblationJob& job, const ContextOf<AblationJob>& context);
}

struct AblationOutcome {
    Interventions interventions;
    double loss = 0;
    std::vector<NextToken> next;
    std::vector<float> baseProbabilities;
};

/// Published variant by variant. `next`: the topK tokens most probable before or after the cut, by the larger of both, with their
/// probability after it; `baseProbabilities[i]` is that of next[i] before it.
struct AblationResult {
    std::shared_ptr<const Run> base;
    std::size_t index = 0;
    AblationOutcome outcome;
};

}  // namespace hs
