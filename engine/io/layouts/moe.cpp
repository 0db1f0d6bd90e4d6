// SPDX-License-Identifier: GPL-3.0-or-later
// LLaMA's block with a mixture of experts for an MLP: Mixtral, Qwen2-MoE, Qwen3-MoE, OLMoE.
#include <algorithm>
#include "engine/io/bytes/json_text.h"

#include "engine/io/layouts/parts.h"
#include "engine/io/layouts/sparse_layers.h"

namespace hs {

namespace {

using namespace parts;

constexpr auto kRouted = std::to_array<KeyDefault>({{"router", "softmax", Origin::FamilyDefault}});
constexpr auto kPlaces = joined(kEnds, kFinalNorm, inputNorms(), kAttention);

/// The two spellings of the number of experts.
constexpr std::array<KeyRule, 3> expertCount(const char* perToken)
{
    return {{{"num_experts", "n_experts"},
             {"num_local_experts", "n_experts"},
             {"num_experts_per_tok", "experts_per_token", nullptr, perToken}}};
}

// Mixtral: w1, w3 and w2 are gate, linear part and output.
constexpr auto kMixtralRules =
    joined(kPlaces, kStacks,
           std::to_array<Rule>({
               {"layers.{i}.block_sparse_moe.gate.weight", "layers/{i}/experts/router", Form::OutIn},
               {"layers.{i}.mlp.gate.weight", "layers/{i}/experts/router", Form::OutIn},
               {"layers.{i}.block_sparse_moe.experts.{e}.w1.weight", "layers/{i}/experts/{e}/W_gate", Form::OutIn},
               {"layers.{i}.block_sparse_moe.experts.{e}.w3.weight", "layers/{i}/experts/{e}/W_in", Form::OutIn},
               {"layers.{i}.block_sparse_moe.experts.{e}.w2.weight", "layers/{i}/experts/{e}/W_out", Form::OutIn},
           }));
constexpr auto kMixtralDefaults =
    joined(std::to_array<KeyDefault>({{"router_normalised", "true", Origin::FamilyDefault}}), kRouted, kRmsGated);
constexpr auto kMixtralKeys = joined(architectures("MixtralForCausalLM|MixtralModel|null"),
                                     std::to_array<KeyRule>({{"intermediate_size", "d_expert", nullptr, "14336"},
                                                             {"num_local_experts", "n_experts", nullptr, "8"},
                                                             {"num_experts_per_tok", "experts_per_token", nullptr, "2"},
                                                             {"num_key_value_heads", nullptr, nullptr, "8"},
                                                             {"rope_theta", nullptr, nullptr, "1000000.0"}}),
                                     kSizeKeys, kHeadDim, longest("131072"), eps("rms_norm_eps", "1e-05"), act("hidden_act", "\"silu\""),
                                     tied("false"), whole(), kWindow);
constexpr const char* kMixtralTypes[] = {"mixtral"};

Status mixtral(const nlohmann::json& config, const AddValue& add) { return addSparseLayers(config, 0, 0, everyLayer, add); }

/// The number of experts where neither spelling is there; one of them where both agree.
Status countExperts(const nlohmann::json& config, const char* usual, const AddValue& add)
{
    const bool one = config.contains("num_experts"), other = config.contains("num_local_experts");
    if (one && other && config["num_experts"] != config["num_local_experts"])
        return Error::of(ErrorCode::ConfigInvalid, "num_local_experts", config["num_local_experts"].dump().substr(0, 80),
                         config["num_experts"].dump().substr(0, 80) + " (num_experts)");
    if (!one && !other) add("n_experts", usual);
    return {};
}

/// Layers that Qwen's code gives experts: not those of a list, and every so many.
Status qwenLayers(const nlohmann::json& config, int shared, const char* experts, const AddValue& add)
{
    if (const Status s = countExperts(config, experts, add); !s) return s;
    const int step = wholeNumber(config, "decoder_sparse_step", 1);
    const nlohmann::json& dense = config["mlp_only_layers"];
    if (step < 1) return Error::of(ErrorCode::ConfigInvalid, "decoder_sparse_step", std::to_string(step), "1, 2, 3 ...");
    const auto sparse = [&](int layer) { return (layer + 1) % step == 0 && std::find(dense.begin(), dense.end(), layer) == dense.end(); };
    return addSparseLayers(config, wholeNumber(config, "intermediate_size"), shared, sparse, add);
}

// Qwen2-MoE: an MLP that every token passes beside the experts, by a gate of its own.
constexpr auto kQwen2Rules = joined(kPlaces, kExperts, kStacks, kQkvBiases, kGatedMlp,
                                    std::to_array<Rule>({
                                        {"layers.{i}.mlp.shared_expert.gate_proj.weight", "layers/{i}/mlp/W_gate", Form::OutIn},
                                        {"layers.{i}.mlp.shared_expert.up_proj.weight", "layers/{i}/mlp/W_in", Form::OutIn},
                                        {"layers.{i}.mlp.shared_expert.down_proj.weight", "layers/{i}/mlp/W_out", Form::OutIn},
                                        {"layers.{i}.mlp.shared_expert_gate.weight", "layers/{i}/experts/shared_gate", Form::OutIn},
                                    }));
constexpr auto kQwenDefaults = joined(kRouted, kRmsGated);
constexpr auto kQwenLayers = std::to_array<KeyRule>({{"decoder_sparse_step", "", nullptr, "1"},
                                                     {"mlp_only_layers", "", nullptr, "[]"},
                                                     {"norm_topk_prob", "router_normalised", "true|false", "false"},
                                                     {"rope_theta", nullptr, nullptr, "10000.0"},
                                                     {"use_sliding_window", "", "true|false"},
                                                     {"max_window_layers", ""}});
constexpr auto kQwen2Keys = joined(architectures("Qwen2MoeForCausalLM|Qwen2MoeModel|null"), kQwenLayers, expertCount("4"),
                                   std::to_array<KeyRule>({{"intermediate_size", "", nullptr, "5632"},
                                                           {"moe_intermediate_size", "d_expert", nullptr, "1408"},
                                                           {"shared_expert_intermediate_size", "", nullptr, "5632"},
                                                           {"num_key_value_heads", nullptr, nullptr, "16"},
                                                           {"qkv_bias", "", "true|false", "true", "attn/b_Q attn/b_K attn/b_V"}}),
                                   kSizeKeys, kHeadDim, longest("32768"), eps("rms_norm_eps", "1e-06"), act("hidden_act", "\"silu\""),
                                   tied("false"), whole(), kWindow);
constexpr const char* kQwen2Types[] = {"qwen2_moe"};

Status qwen2(const nlohmann::json& config, const AddValue& add)
{
    return qwenLayers(config, wholeNumber(config, "shared_expert_intermediate_size"), "60", add);
}

// Qwen3-MoE: norms of each head's queries and keys, no MLP beside the experts.
constexpr auto kQwen3Rules = joined(kPlaces, kExperts, kStacks, kQkvBiases, kOutputBias, qkNorms(), kGatedMlp);
constexpr auto kQwen3Defaults = joined(std::to_array<KeyDefault>({{"qk_norm", "rms_heads", Origin::FamilyDefault}}), kRouted, kRmsGated);
constexpr auto kQwen3Keys = joined(architectures("Qwen3MoeForCausalLM|Qwen3MoeModel|null"), kQwenLayers, expertCount("8"),
                                   std::to_array<KeyRule>({{"intermediate_size", "", nullptr, "6144"},
                                                           {"moe_intermediate_size", "d_expert", nullptr, "768"},
                                                           {"num_key_value_heads", nullptr, nullptr, "4"}}),
                                   kSizeKeys, kHeadDim, longest("32768"), eps("rms_norm_eps", "1e-06"), act("hidden_act", "\"silu\""),
                                   tied("false"), whole(), attentionBias("false"), kWindow);
constexpr const char* kQwen3Types[] = {"qwen3_moe"};

Status qwen3(const nlohmann::json& config, const AddValue& add) { return qwenLayers(config, 0, "128", add); }

// OLMoE: norms over all queries and all keys, then a clip.
constexpr auto kOlmoeRules = joined(kPlaces, kExperts, kStacks, kQkvBiases, kOutputBias, qkNorms());
constexpr auto kOlmoeDefaults = joined(std::to_array<KeyDefault>({{"qk_norm", "rms_width", Origin::FamilyDefault}}), kRouted, kRmsGated);
constexpr auto kOlmoeKeys = joined(architectures("OlmoeForCausalLM|OlmoeModel|null"), expertCount("8"),
                                   std::to_array<KeyRule>({{"intermediate_size", "d_expert", nullptr, "2048"},
                                                           {"norm_topk_prob", "router_normalised", "true|false", "false"},
                                                           {"clip_qkv", "qkv_clip"},
                                                           {"rope_theta", nullptr, nullptr, "10000.0"}}),
                                   kSizeKeys, longest("4096"), eps("rms_norm_eps", "1e-05"), act("hidden_act", "\"silu\""), tied("false"),
                                   whole(), attentionBias("false"));
constexpr const char* kOlmoeTypes[] = {"olmoe"};

Status olmoe(const nlohmann::json& config, const AddValue& add)
{
    if (const Status s = countExperts(config, "64", add); !s) return s;
    return addSparseLayers(config, 0, 0, everyLayer, add);
}

}  // namespace

extern const Layout kHfMixtral, kHfQwen2Moe, kHfQwen3Moe, kHfOlmoe;
constexpr Layout kHfMixtral{.name = "hf-mixtral",
                            .rules = kMixtralRules,
                            .defaults = kMixtralDefaults,
                            .tiedWithoutOutput = false,
                            .types = kMixtralTypes,
                            .byNames = false,
                            .keys = kMixtralKeys,
                            .derive = mixtral};
constexpr Layout kHfQwen2Moe{.name = "hf-qwen2-moe",
                             .rules = kQwen2Rules,
                             .defaults = kQwenDefaults,
                             .tiedWithoutOutput = false,
                             .types = kQwen2Types,
                             .byNames = false,
                             .keys = kQwen2Keys,
                             .derive = qwen2};
constexpr Layout kHfQwen3Moe{.name = "hf-qwen3-moe",
                             .rules = kQwen3Rules,
                             .defaults = kQwen3Defaults,
                             .tiedWithoutOutput = false,
                             .types = kQwen3Types,
                             .byNames = false,
                             .keys = kQwen3Keys,
                             .derive = qwen3};
constexpr Layout kHfOlmoe{.name = "hf-olmoe",
                          .rules = kOlmoeRules,
                          .defaults = kOlmoeDefaults,
                          .tiedWithoutOutput = false,
                          .types = kOlmoeTypes,
                          .byNames = false,
                          .keys = kOlmoeKeys,
                          .derive = olmoe};

}  // namespace hs
