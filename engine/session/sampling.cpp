// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/session/sampling.h"

#include <algorithm>
#include <cmath>

namespace hs {
namespace {

double sumExp(std::span<const float> logits, double largest, double scale)
{
    double sum = 0;
    for (const float value : logits) sum += std::exp((static_cast<double>(value) - largest) * scale);
    return sum;
}

}  // namespace

Choice chooseToken(std::span<const float> logits, double temperature, SeededRandom& random)
{
    const auto best = std::max_element(logits.begin(), logits.end());
    const double largest = static_cast<double>(*best);
    std::size_t chosen = static_cast<std::size_t>(best - logits.begin());
    if (temperature > 0) {
        const double scale = 1.0 / temperature;
        const double target = random.uniform() * sumExp(logits, largest, scale);
        double running = 0;
        for (std::size_t i = 0; i < logits.size(); ++i) {
            const double weight = std::exp((static_cast<double>(logits[i]) - largest) * scale);
            running += weight;
            if (weight > 0) chosen = i;  // rounding at the end never lands on an impossible token
            if (running > target) break;
        }
    }
    const double probability = std::exp(static_cast<double>(logits[chosen]) - largest) / sumExp(logits, largest, 1.0);
    return {static_cast<int>(chosen), static_cast<float>(probability)};
}

}  // namespace hs
