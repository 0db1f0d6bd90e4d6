// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>

#include "engine/forward/run.h"

namespace hs {

using RunStage = std::function<void(std::shared_ptr<const Run>)>;

/// Exact forward pass. Errors: ModelPartial (item = missing part), ConfigMissing (item = act_fn, where it is a guess), TextTooLong,
/// TextEmpty, TokenOutOfRange, NotFinite, OutOfMemory, Cancelled. `onStage` gets a Run after each layer.
Result<std::shared_ptr<const Run>> forward(std::shared_ptr<const Model> model, std::shared_ptr<const Prompt> prompt,
                                           const ForwardOptions& options, const Progress& progress = {}, const RunStage& onStage = {});

/// Same prompt, other interventions: recomputes from the first layer in which the lists differ, sharing the layers before it.
/// `base` must have kept residuals. Result is bit-equal to a full pass.
Result<std::shared_ptr<const Run>> forwardFrom(const std::shared_ptr<const Run>& base, const ForwardOptions& options,
                                               const Progress& progress = {}, const RunStage& onStage = {});

/// Floating-point operations of the products of a pass over n tokens: a number of the model alone, the same on every machine.
double forwardFlops(const Model& model, int n, bool logits);

/// Estimates shown before a long run.
struct RunCost {
    double flops = 0;
    double seconds = 0;     ///< flops / a rate measured once on this machine
    std::size_t bytes = 0;  ///< peak beyond what is loaded now
};
RunCost estimateCost(const Model& model, int n, const ForwardOptions& options);

}  // namespace hs
