// SPDX-License-Identifier: GPL-3.0-or-later
// Which experts a token passes, and with what weight.
#pragma once

#include <vector>

#include "engine/model/experts.h"

namespace hs {

struct ExpertChoice {
    int expert = 0;
    double weight = 0;
};

/// The experts of one token from its logits [E], in order of their numbers. `choiceBias` [E] or null. Of equal ones the first counts.
std::vector<ExpertChoice> chooseExperts(const Routing& routing, const float* logits, const float* choiceBias);

/// dLogits [E] <- derivatives at the logits for derivatives at the weights of `chosen`, the choice itself held.
void routerBack(const Routing& routing, const float* logits, const std::vector<ExpertChoice>& chosen, const std::vector<double>& dWeights,
                float* dLogits);

}  // namespace hs
