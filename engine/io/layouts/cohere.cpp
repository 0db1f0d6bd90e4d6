// SPDX-License-Identifier: GPL-3.0-or-later
// Cohere's Command models: attention and MLP beside each other under one LayerNorm without bias, neighbouring entries turned as pairs,
// logits scaled. In the second generation windowed layers turn queries and keys, full ones have no positions.
#include "engine/io/bytes/json_text.h"
#include "engine/io/layouts/parts.h"

namespace hs {

namespace {

using namespace parts;

constexpr auto kNorms = std::to_array<Rule>(
    {{"layers.{i}.input_layernorm.weight", "layers/{i}/ln1/w", Form::Vector}, {"norm.weight", "ln_final/w", Form::Vector}});
/// A gain for every entry of every head: (H, dh).
constexpr auto kQkNorms = std::to_array<Rule>({
    optional("layers.{i}.self_attn.q_norm.weight", "layers/{i}/attn/q_norm/w", Form::Vector),
    optional("layers.{i}.self_attn.k_norm.weight", "layers/{i}/attn/k_norm/w", Form::Vector),
});
constexpr auto kRules1 = joined(kEnds, kNorms, kAttention, kQkvBiases, kOutputBias, kQkNorms, kGatedMlp);
constexpr auto kRules2 = joined(kEnds, kNorms, kAttention, kQkvBiases, kOutputBias, kGatedMlp);
constexpr auto kDefaults = joined(std::to_array<KeyDefault>({{"normalization_type", "LN", Origin::FamilyDefault},
                                                             {"rotary_adjacent_pairs", "true", Origin::FamilyDefault},
                                                             {"parallel_attn_mlp", "true", Origin::FamilyDefault},
                                                             {"parallel_shared_norm", "true", Origin::FamilyDefault}}),
                                  kRmsGated);
constexpr auto kCommon =
    joined(kSizeKeys, longest("8192"), eps("layer_norm_eps", "1e-05"), act("hidden_act", "\"silu\""), tied("true"), whole(),
           attentionBias("false"),
           std::to_array<KeyRule>({{"rope_theta", nullptr, nullptr, "500000.0"}, {"logit_scale", nullptr, nullptr, "0.0625"}}));
constexpr auto kKeys1 =
    joined(architectures("CohereForCausalLM|CohereModel|null"), std::to_array<KeyRule>({{"rope_theta", nullptr, nullptr, "500000.0"}}),
           kCommon, kHeadDim, std::to_array<KeyRule>({{"use_qk_norm", "", "true|false", "false", "attn/q_norm/w attn/k_norm/w"}}));
// Published files repeat in words what the arithmetic is.
constexpr auto kKeys2 = joined(architectures("Cohere2ForCausalLM|Cohere2Model|null"), kCommon, kHeadDim,
                               std::to_array<KeyRule>({{"sliding_window", "", nullptr, "4096"},
                                                       {"layer_types", ""},
                                                       {"sliding_window_pattern", ""},
                                                       {"_sliding_window_pattern", ""},
                                                       {"layer_switch", ""},
                                                       {"order_of_interleaved_layers", "", "local_attn_first"},
                                                       {"position_embedding_type", "", "rope_gptj"},
                                                       {"rotary_pct", "", "1"},
                                                       {"use_gated_activation", "", "true"},
                                                       {"use_parallel_block", "", "true"},
                                                       {"use_parallel_embedding", "", "true"},
                                                       {"use_embedding_sharing", "", "true"}}));
constexpr const char *kTypes1[] = {"cohere"}, *kTypes2[] = {"cohere2"};

Status cohere(const nlohmann::json& config, const AddValue& add)
{
    if (!config["logit_scale"].is_number() || !(config["logit_scale"].get<double>() > 0))
        return Error::of(ErrorCode::ConfigInvalid, "logit_scale", config["logit_scale"].dump(), "> 0");
    if (config.contains("use_qk_norm") && config["use_qk_norm"] == true) add("qk_norm", "ln_heads");
    return {};
}

/// A head is as wide as the heads share the width.
Status cohere2(const nlohmann::json& config, const AddValue& add)
{
    const auto number = [&](const char* key) {
        return config.contains(key) && config[key].is_number_integer() ? config[key].get<long long>() : 0;
    };
    const long long heads = number("num_attention_heads"), width = number("hidden_size"), head = number("head_dim");
    if (head > 0 && heads > 0 && head * heads != width)
        return Error::of(ErrorCode::ConfigInvalid, "head_dim", std::to_string(head), std::to_string(width / heads));
    if (config.contains("layer_switch") && config["layer_switch"].is_number()
        && config["layer_switch"] != config.value("sliding_window_pattern", nlohmann::json(4)))
        return Error::of(ErrorCode::ConfigInvalid, "layer_switch", config["layer_switch"].dump(), "sliding_window_pattern");
    return cohere(config, add);
}

}  // namespace

extern const Layout kHfCohere, kHfCohere2;
constexpr Layout kHfCohere{.name = "hf-cohere",
                           .rules = kRules1,
                           .defaults = kDefaults,
                           .tied = true,
                           .types = kTypes1,
                           .byNames = false,
                           .keys = kKeys1,
                           .derive = cohere};
constexpr Layout kHfCohere2{.name = "hf-cohere2",
                            .rules = kRules2,
                            .defaults = kDefaults,
                            .tied = true,
                            .types = kTypes2,
                            .byNames = false,
                            .keys = kKeys2,
                            .derive = cohere2};

}  // namespace hs
