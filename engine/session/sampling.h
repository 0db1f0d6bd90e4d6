// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

#include "engine/base/random.h"

namespace hs {

struct Choice {
    int id = 0;
    float probability = 0;  ///< softmax of the logits at temperature 1
};

/// Next token from one row of logits [V], V >= 1: the largest when `temperature` is 0 (lowest id among equals), else drawn from
/// softmax(logits / temperature). The draw depends on the generator's state only.
Choice chooseToken(std::span<const float> logits, double temperature, SeededRandom& random);

}  // namespace hs
