// SPDX-License-Identifier: GPL-3.0-or-later
// Is a head redundant? Put another head in its place and see what the loss does (engine/methods/patterns.md section 7).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "engine/similarity/behaviour/behaviour.h"

namespace hs {

enum class SwapKind {
    Pattern,  ///< A_head <- A_replacement; the head's own values
    Output,   ///< z_head <- z_replacement
};

struct SwapRequest {
    HeadId head, replacement;
    SwapKind kind = SwapKind::Pattern;
};

struct SwapResult {
    SwapRequest request;
    std::vector<double> change;  ///< [documents] loss after - loss before, nats per token
    double mean = 0;
    double low = 0, high = 0;  ///< 95 % of 10 000 seeded bootstrap draws of documents
    double baseLoss = 0;       ///< mean over documents
    /// 0 lies inside: no change shown. With few documents that says little; NaN limits (one document) never count.
    bool noChange() const { return low <= 0 && high >= 0; }
};

}  // namespace hs
