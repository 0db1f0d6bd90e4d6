// SPDX-License-Identifier: GPL-3.0-or-later
// Importance of heads by the gradient of a gate on each (Michel, Levy & Neubig 2019, arXiv:1905.10650, section 4.1):
// I_h = mean over examples of |dL/dxi_h|, L the example's mean loss.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "engine/forward/backward/backward.h"

namespace hs {

enum class GateNormalisation {
    None,
    Layer,        ///< each layer divided by its l2 norm (the paper and its code)
    LayerMinMax,  ///< the same, then mapped to [0, 1] over the model (the Transformers port)
};

struct GateImportanceOptions {
    Metric metric;                 ///< Loss by default; positions and answers are the same for every prompt
    Interventions interventions;   ///< heads already cut, the same for every prompt
    GateNormalisation normalise = GateNormalisation::None;
    int resamples = 1000;          ///< of prompts, for the interval of the value
    std::uint64_t seed = 1;
};

struct HeadImportance {
    HeadId head;
    double value = 0;    ///< mean over prompts of |dM/dxi|, normalised when asked
    double signedValue = 0;  ///< mean of dM/dxi, never normalised
    bool hasInterval = false;
    double low = 0, high = 0;  ///< 95 % percentile bootstrap over prompts of `value`; not for one prompt
};

struct GateImportance {
    std::vector<HeadImportance> heads;            ///< layer by layer
    std::vector<std::vector<double>> perPrompt;   ///< [prompt][head]: dM/dxi, the order of `heads`
    int prompts = 0;
    GateNormalisation normalise = GateNormalisation::None;
};

/// Called after each prompt with what is known so far (no intervals until the last).
using GateStage = std::function<void(const GateImportance&)>;

/// TextEmpty without prompts; errors of forward and backward (item tells the prompt's number when there are several); Cancelled.
Result<GateImportance> gateImportance(const std::shared_ptr<const Model>& model, const std::vector<std::shared_ptr<const Prompt>>& prompts,
                                      const GateImportanceOptions& options, const Progress& progress = {}, const GateStage& onStage = {});

/// Values of all heads, layer by layer, `headsPerLayer[l]` in each. 1e-20 is added to each layer's norm, as in the port.
std::vector<double> normaliseGates(const std::vector<double>& values, const std::vector<int>& headsPerLayer, GateNormalisation how);

}  // namespace hs
