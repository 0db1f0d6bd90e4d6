// SPDX-License-Identifier: GPL-3.0-or-later
// What a user can answer when a file does not say how wide a head is.
#pragma once

#include <vector>

#include "engine/model/config.h"

namespace hs {

/// One way to cut the projections into heads; any of them runs, and only one gives the model's own attention patterns.
struct HeadChoice {
    int nHeads = 0;    ///< of the layer that has most of them
    int nKvHeads = 0;  ///< key/value heads of that layer
    int dHead = 0;
};

/// Every width of a head that divides all query and key widths (nHeads · dHead and nKvHeads · dHead of each layer) in groups of whole
/// query heads, is even where positions are rotated, and no narrower than the rotated part where that is told apart from the whole head.
/// By number of heads, fewest first; the numbers `config` holds are among them. Empty when it holds none.
std::vector<HeadChoice> headChoices(const ModelConfig& config);

}  // namespace hs
