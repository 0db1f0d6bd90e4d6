// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/head_choices.h"

#include <algorithm>
#include <numeric>

namespace hs {

std::vector<HeadChoice> headChoices(const ModelConfig& config)
{
    std::vector<HeadChoice> out;
    int common = 0, widestQ = 0, widestKv = 0;
    for (int layer = 0; layer < config.nLayers; ++layer) {
        const int q = config.heads(layer) * config.dHead, kv = config.kvHeads(layer) * config.dHead;
        common = std::gcd(common, std::gcd(q, kv));
        widestQ = std::max(widestQ, q);
        widestKv = std::max(widestKv, kv);
    }
    const bool rotated = config.position == PositionKind::Rotary;
    const int narrowest = rotated && config.rotaryDim < config.dHead ? config.rotaryDim : 1;
    for (int width = common; width >= std::max(1, narrowest); --width) {
        if (common % width != 0 || (rotated && width % 2 != 0)) continue;
        const HeadChoice choice{widestQ / width, widestKv / width, width};
        if (choice.nKvHeads > 0 && choice.nHeads % choice.nKvHeads != 0) continue;
        out.push_back(choice);
    }
    return out;
}

}  // namespace hs
