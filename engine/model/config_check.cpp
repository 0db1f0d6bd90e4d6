// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <string>

#include "engine/model/config.h"

namespace hs {

namespace {

Error contradiction(const char* key, const std::string& found, const std::string& expected)
{
    return Error::of(ErrorCode::ConfigContradiction, key, found, expected);
}

Status checkHeadLists(const ModelConfig& c)
{
    const auto layers = static_cast<std::size_t>(c.nLayers);
    if (!c.headsPerLayer.empty() && c.headsPerLayer.size() != layers)
        return contradiction("n_heads", std::to_string(c.headsPerLayer.size()) + " values", std::to_string(layers) + " (n_layers)");
    if (!c.kvHeadsPerLayer.empty() && c.kvHeadsPerLayer.size() != layers)
        return contradiction("n_kv_heads", std::to_string(c.kvHeadsPerLayer.size()) + " values", std::to_string(layers) + " (n_layers)");
    for (int layer = 0; layer < c.nLayers; ++layer) {
        const int heads = c.heads(layer), kv = c.kvHeads(layer);
        if (heads == 0 && kv == 0) continue;  // all heads of this layer are pruned
        if (kv < 1 || heads % kv != 0) return contradiction("n_heads", std::to_string(heads), "k x n_kv_heads = k x " + std::to_string(kv));
    }
    return {};
}

/// A pruned model keeps the slopes of the heads that are left: a list, since no rule knows which those are.
Status checkSlopes(const ModelConfig& c)
{
    if (c.position != PositionKind::Alibi) return {};
    if (c.looksAhead()) return contradiction("positional_embedding_type", "alibi", "attention_dir = causal");
    std::size_t heads = 0;
    for (int layer = 0; layer < c.nLayers; ++layer) heads += static_cast<std::size_t>(c.heads(layer));
    if (c.alibiSlopes.empty() ? c.headsPerLayer.empty() : c.alibiSlopes.size() == heads) return {};
    if (c.headsPerLayer.empty() && static_cast<int>(c.alibiSlopes.size()) == c.nHeads) return {};
    return contradiction("alibi_slopes", c.alibiSlopes.empty() ? "no list" : std::to_string(c.alibiSlopes.size()) + " values",
                         std::to_string(heads) + " (n_heads of all layers)");
}

Status checkRotations(const ModelConfig& c)
{
    if (!(c.rotaryBase > 0)) return Error::of(ErrorCode::ConfigInvalid, "rotary_base", configValue(c, "rotary_base"), "> 0");
    if (const Status s = checkRotary("rotary_scaling", c.rotaryScaling, c.rotaryDim); !s) return s;
    if (c.rotaryPerLayer.empty()) return {};
    if (c.rotaryPerLayer.size() != static_cast<std::size_t>(c.nLayers))
        return contradiction("rotary_layers", std::to_string(c.rotaryPerLayer.size()) + " values",
                             std::to_string(c.nLayers) + " (n_layers)");
    if (std::find(c.rotaryPerLayer.begin(), c.rotaryPerLayer.end(), 2) == c.rotaryPerLayer.end()) return {};
    if (!(c.rotaryBaseLocal > 0)) return contradiction("rotary_base_local", "0", "> 0");
    return checkRotary("rotary_scaling_local", c.rotaryScalingLocal, c.rotaryDim);
}

/// Norms where only some blocks have a place for them.
Status checkNormPlaces(const ModelConfig& c)
{
    const std::string place = configValue(c, "norm_position");
    if (c.parallelAttnMlp && c.normPlace != NormPlace::Pre) return contradiction("parallel_attn_mlp", "true", "norm_position = pre");
    if (c.parallelSharedNorm && !c.parallelAttnMlp) return contradiction("parallel_shared_norm", "true", "parallel_attn_mlp = true");
    if (c.normsOutput() && c.norm == NormKind::None) return contradiction("norm_position", place, "normalization_type = LN | RMS");
    if (c.normsOutput() && c.residualScale != 1) return contradiction("residual_scale", configValue(c, "residual_scale"), "1");
    if (c.logitScale != 1 && (!c.finalNorm || c.norm == NormKind::None || c.normPlace == NormPlace::Post))
        return contradiction("logit_scale", configValue(c, "logit_scale"), "final_norm = true");
    if (c.mlpNorm && c.gatedMlp) return contradiction("mlp_norm", "true", "gated_mlp = false");
    return {};
}

Status checkExperts(const ModelConfig& c)
{
    const Routing& r = c.routing;
    const auto layers = static_cast<std::size_t>(c.nLayers);
    if (!c.mlpPerLayer.empty() && c.mlpPerLayer.size() != layers)
        return contradiction("d_mlp", std::to_string(c.mlpPerLayer.size()) + " values", std::to_string(c.nLayers) + " (n_layers)");
    if (c.gateLimit > 0 && !c.gatedMlp) return contradiction("gate_limit", configValue(c, "gate_limit"), "gated_mlp = true");
    if (r.count == 0)
        return c.expertLayers.empty() ? Status{} : contradiction("expert_layers", configValue(c, "expert_layers"), "n_experts");
    constexpr int most = 1 << 16;
    if (r.count > most) return Error::of(ErrorCode::ConfigInvalid, "n_experts", std::to_string(r.count), "<= " + std::to_string(most));
    if (r.chosen < 1 || r.chosen > r.count)
        return contradiction("experts_per_token", std::to_string(r.chosen), "1 .. " + std::to_string(r.count) + " (n_experts)");
    if (c.dExpert < 1 || c.dExpert > 1 << 24) return Error::of(ErrorCode::ConfigMissing, "d_expert", std::to_string(c.dExpert), ">= 1");
    if (!c.expertLayers.empty() && c.expertLayers.size() != layers)
        return contradiction("expert_layers", std::to_string(c.expertLayers.size()) + " values", std::to_string(c.nLayers) + " (n_layers)");
    if (c.attnOnly || c.mlpNorm || !c.gatedMlp)
        return contradiction("n_experts", std::to_string(r.count), "gated_mlp = true, attn_only = false, mlp_norm = false");
    const std::string groups = configValue(c, "router_groups");
    if (r.count % r.groups != 0 || r.keptGroups > r.groups || r.count / r.groups * r.keptGroups < r.chosen
        || (r.groupsByTwo && r.count / r.groups < 2))
        return contradiction("router_groups", groups, "groups of equal size that hold experts_per_token");
    return {};
}

}  // namespace

Status checkConfig(const ModelConfig& c)
{
    struct Least {
        const char* key;
        int value;
    };
    for (const Least& l : {Least{"n_layers", c.nLayers}, Least{"n_heads", c.nHeads}, Least{"n_kv_heads", c.nKvHeads},
                           Least{"d_model", c.dModel}, Least{"d_head", c.dHead}})
        if (l.value < 1) return Error::of(ErrorCode::ConfigMissing, l.key, std::to_string(l.value), ">= 1");
    constexpr int most = 1 << 24;  // no real model comes near; keeps later products inside 64 bits
    for (const Least& l : {Least{"n_layers", c.nLayers}, Least{"n_heads", c.nHeads}, Least{"d_model", c.dModel}, Least{"d_head", c.dHead},
                           Least{"d_mlp", c.dMlp}, Least{"d_vocab_out", c.dVocabOut}})
        if (l.value > most) return Error::of(ErrorCode::ConfigInvalid, l.key, std::to_string(l.value), "<= " + std::to_string(most));
    if (const Status s = checkHeadLists(c); !s) return s;
    if (!(c.eps >= 0) || (c.norm != NormKind::None && !(c.eps > 0)))
        return Error::of(ErrorCode::ConfigInvalid, "eps", configValue(c, "eps"), "> 0");
    if (c.position == PositionKind::Rotary) {
        if (c.rotaryDim < 2 || c.rotaryDim % 2 != 0) return contradiction("rotary_dim", std::to_string(c.rotaryDim), "2, 4, 6 ...");
        if (c.rotaryDim > c.dHead)
            return contradiction("rotary_dim", std::to_string(c.rotaryDim), "<= d_head = " + std::to_string(c.dHead));
        if (const Status s = checkRotations(c); !s) return s;
    }
    if (!c.windowPerLayer.empty() && c.windowPerLayer.size() != static_cast<std::size_t>(c.nLayers))
        return contradiction("window", std::to_string(c.windowPerLayer.size()) + " values", std::to_string(c.nLayers) + " (n_layers)");
    if (!c.chunkPerLayer.empty() && c.chunkPerLayer.size() != static_cast<std::size_t>(c.nLayers))
        return contradiction("attention_chunk", std::to_string(c.chunkPerLayer.size()) + " values",
                             std::to_string(c.nLayers) + " (n_layers)");
    if (c.chunk > 0 && c.looksAhead()) return contradiction("attention_chunk", configValue(c, "attention_chunk"), "attention_dir = causal");
    if (c.latentKv > 0 && (c.position != PositionKind::Rotary || c.dValue < 1 || c.dValue > c.dHead || c.nKvHeads != c.nHeads))
        return contradiction("latent_kv", std::to_string(c.latentKv), "rotary, 1 <= d_value <= d_head, n_kv_heads = n_heads");
    if (const Status s = checkSlopes(c); !s) return s;
    if (const Status s = checkExperts(c); !s) return s;
    if (const Status s = checkNormPlaces(c); !s) return s;
    if (c.mlpBiasAfterGate && !c.gatedMlp) return contradiction("mlp_bias_after_gate", "true", "gated_mlp = true");
    return {};
}

}  // namespace hs
