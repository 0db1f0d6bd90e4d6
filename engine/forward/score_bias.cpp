// SPDX-License-Identifier: GPL-3.0-or-later
// What is added to a score for the places of its query and key alone: ALiBi (Press et al. 2022).
#include <cmath>

#include "engine/forward/block.h"
#include "engine/tensor/convert.h"

namespace hs::block {
namespace {

float toBfloat16(float x)
{
    std::uint16_t bits = 0;
    convertFloatToBf16(&x, &bits, 1);
    convertBf16ToFloat(&bits, &x, 1);
    return x;
}

}  // namespace

void addScoreBias(const Context& c, int head, int q0, int k0, int first, MutViewF scores, float sign)
{
    if (c.config.position != PositionKind::Alibi) return;
    const double slope = c.config.alibiSlope(c.layer, head);
    const auto keys = static_cast<int>(scores.cols);
    if (!c.config.alibiBfloat16) {
        const float step = sign * static_cast<float>(slope);
        for (std::ptrdiff_t i = 0; i < scores.rows; ++i) {
            float* row = scores.row(i);
            const int behind = k0 - (q0 + static_cast<int>(i));
            for (int j = 0; j < keys; ++j) row[j] += step * static_cast<float>(behind + j);
        }
        return;
    }
    // Rounded products do not depend on the distance alone. What all keys of a row share is taken off: no row is changed by that, and
    // the numbers stay small.
    const float rounded = toBfloat16(static_cast<float>(slope)), scale = sign * static_cast<float>(c.config.effectiveScale(c.layer));
    const auto bias = [rounded](int position) { return toBfloat16(rounded * toBfloat16(static_cast<float>(position))); };
    thread_local std::vector<float> ofKeys;
    ofKeys.resize(static_cast<std::size_t>(keys));
    for (int j = 0; j < keys; ++j) ofKeys[static_cast<std::size_t>(j)] = bias(k0 - first + j);
    for (std::ptrdiff_t i = 0; i < scores.rows; ++i) {
        const float own = bias(q0 - first + static_cast<int>(i));
        float* row = scores.row(i);
        for (int j = 0; j < keys; ++j) row[j] += scale * (ofKeys[static_cast<std::size_t>(j)] - own);
    }
}

}  // namespace hs::block
