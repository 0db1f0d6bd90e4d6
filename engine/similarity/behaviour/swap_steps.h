// SPDX-License-Identifier: GPL-3.0-or-later
// The swap test as it goes on: what is known so far, and what stays known when it is stopped.
#pragma once

#include <functional>
#include <vector>

#include "engine/similarity/behaviour/swap_test.h"

namespace hs {

/// Results so far: those of the requests that have run, in their order, each over the same documents (`change.size()` of them).
using SwapSink = std::function<void(const std::vector<SwapResult>& soFar)>;

/// What the replacement does is taken from the model as it is. One pass without a swap for each document, then one for each request
/// from its layer on. HeadOutOfRange, ModelPartial (no loss), TextEmpty, Cancelled.
/// Tells `soFar` on the way at most ten times a second: within the first document after each request, from then on after whole
/// documents. Stopped or failed, it tells once more what whole documents gave before it answers the error, so that nothing measured is
/// lost; what a document gave that was not finished is left out.
Result<std::vector<SwapResult>> swapTestInSteps(const std::shared_ptr<const Model>& model, const PromptCorpus& corpus,
                                                const std::vector<SwapRequest>& requests, std::uint64_t seed = 1,
                                                const Progress& progress = {}, const SwapSink& soFar = {});

}  // namespace hs
