// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "engine/forward/forward.h"
#include "engine/tensor/gemm.h"

namespace hs {

double forwardFlops(const Model& model, int n, bool logits)
{
    const ModelConfig& config = model.config();
    const double tokens = n, d = config.dModel;
    double flops = 0;
    for (int l = 0; l < config.nLayers; ++l) {
        const double heads = static_cast<double>(config.heads(l)) * config.dHead,
                     kv = static_cast<double>(config.kvHeads(l)) * config.dHead;
        flops += 2.0 * tokens * d * (2.0 * heads + 2.0 * kv);                               // Q, O and K, V
        flops += 2.0 * tokens * d * config.passedWidth(l) * (config.gatedMlp ? 3.0 : 2.0);  // MLP
        if (config.hasExperts(l)) flops += 2.0 * tokens * d * config.routing.count;         // router
        flops += 4.0 * config.visibility(l).cells(n) * heads;                               // Q K^T and the mix of values
    }
    if (logits && model.canPredict()) flops += 2.0 * tokens * d * config.outputs();
    return flops;
}

RunCost estimateCost(const Model& model, int n, const ForwardOptions& options)
{
    const ModelConfig& config = model.config();
    const double tokens = n, d = config.dModel, f = config.attnOnly ? 0 : std::max(config.dMlp, config.dExpert);
    RunCost cost;
    cost.flops = forwardFlops(model, n, options.logits);
    double kept = 0, keptLong = 0;
    for (int l = 0; l < config.nLayers; ++l) {
        const double heads = static_cast<double>(config.heads(l)) * config.dHead,
                     kv = static_cast<double>(config.kvHeads(l)) * config.dHead;
        const double always = heads + kv + (options.keepResiduals ? d : kv);
        const double rest = heads + (options.keepResiduals ? kv + d : 0.0);
        const double stats = config.heads(l) * (options.stats ? 8.0 : 1.0);
        keptLong += tokens * (always + stats);
        kept += tokens * (always + rest + stats);
    }
    const bool predicts = options.logits && model.canPredict();
    cost.seconds = cost.flops / (gemmRate() * 1e9);

    const double budget = static_cast<double>(options.keepBytes) / sizeof(float);
    const double layers = kept <= budget ? kept : keptLong;
    const double logits = predicts && tokens * config.outputs() <= budget ? tokens * config.outputs() : 0.0;
    const double working = tokens * d * 3.0 + std::min(tokens, 512.0) * f * (config.gatedMlp ? 2.0 : 1.0);
    cost.bytes = static_cast<std::size_t>((layers + logits + working) * sizeof(float));
    return cost;
}

}  // namespace hs
