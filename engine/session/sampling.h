// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <random>
#include <span>

namespace hs {

struct Choice {
    int id = 0;
    float probability = 0;   ///< softmax of the logits at temperature 1
};

/// Next token from one row of logits [V], V >= 1: the largest when `temperature` is 0 (lowest id among equals), else drawn from
/// softmax(logits / temperature). The draw depends on the generator's state only, not on the standard library.
Choice chooseToken(std::span<const float> logits, double temperature, std::mt19937_64& random);

}  // namespace hs
