// SPDX-License-Identifier: GPL-3.0-or-later
// Is a head redundant? Put another head in its place and see what the loss does (methods/patterns section 7).
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
    std::vector<double> change;     ///< [documents] loss after - loss before, nats per token
    double mean = 0;
    double low = 0, high = 0;       ///< 95 % of 10 000 seeded bootstrap draws of documents
    double baseLoss = 0;            ///< mean over documents
    /// 0 lies inside: no change shown. With few documents that says little; NaN limits (one document) never count.
    bool noChange() const { return low <= 0 && high >= 0; }
};

/// What the replacement does is taken from the model as it is. One pass without a swap for each document, then one for each request
/// from its layer on. HeadOutOfRange, ModelPartial (no loss), TextEmpty, Cancelled.
Result<std::vector<SwapResult>> swapTest(const std::shared_ptr<const Model>& model, const PromptCorpus& corpus, const std::vector<SwapRequest>& requests,
                                         std::uint64_t seed = 1, const Progress& progress = {});

/// One head's case for being redundant: its nearest head by pattern distance.
struct RedundancyCandidate {
    HeadId head, nearest;
    double distance = 0;   ///< js
    double cka = 0;        ///< NaN when not known
    bool bothSinks = false;
    bool candidate = false;  ///< distance <= .2 and CKA >= .9: worth a swap test
};
/// One row for each head that has distances. `outputs` may be null. Both matrices over the same heads: ShapeMismatch.
Result<std::vector<RedundancyCandidate>> redundancyCandidates(const BehaviourResult& behaviour, double mostDistance = 0.2, double leastCka = 0.9,
                                                              double sinkLevel = 0.6);

}  // namespace hs
