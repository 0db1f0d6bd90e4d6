// SPDX-License-Identifier: GPL-3.0-or-later
// Hugging Face LLaMA, and what has its arithmetic under its names: Mistral, Ministral, Qwen2, SmolLM 3, EuroBERT, Granite.
#include "engine/base/plain_text.h"
#include "engine/io/bytes/json_text.h"
#include "engine/io/layouts/parts.h"

namespace hs {

namespace {

using namespace parts;

constexpr auto kRules = joined(kEnds, kFinalNorm, inputNorms(), kAttention, kQkvBiases, kOutputBias, kGatedMlp, kGatedMlpBiases);
/// EuroBERT: a bias of the output goes with those of the MLP.
constexpr auto kEuroBertRules = joined(kRules, std::to_array<Rule>({optional("lm_head.bias", "unembed/b_U", Form::Vector)}));
constexpr auto kWithoutBiases = joined(kEnds, kFinalNorm, inputNorms(), kAttention, kGatedMlp);
/// Qwen2: biases of q, k and v always.
constexpr auto kQwenRules = joined(kEnds, kFinalNorm, inputNorms(), kAttention, kGatedMlp,
                                   std::to_array<Rule>({
                                       {"layers.{i}.self_attn.q_proj.bias", "layers/{i}/attn/b_Q", Form::Vector},
                                       {"layers.{i}.self_attn.k_proj.bias", "layers/{i}/attn/b_K", Form::Vector},
                                       {"layers.{i}.self_attn.v_proj.bias", "layers/{i}/attn/b_V", Form::Vector},
                                   }));

// A file without a configuration does not say its epsilon and its base.
constexpr auto kLlamaDefaults =
    joined(std::to_array<KeyDefault>(
               {{"model_type", "llama", Origin::FamilyDefault}, {"eps", "1e-05", Origin::Guess}, {"rotary_base", "10000", Origin::Guess}}),
           kRmsGated);
constexpr auto kDefaults = kRmsGated;
constexpr auto kEncoderDefaults = joined(std::to_array<KeyDefault>({{"attention_dir", "bidirectional", Origin::FamilyDefault}}), kRmsGated);
// Query/key norms (Qwen3), four norms (Gemma 2), experts: other blocks under nearly the same names.
constexpr const char* kBlockers[] = {"layers.{i}.self_attn.q_norm.weight", "layers.{i}.self_attn.k_norm.weight",
                                     "layers.{i}.pre_feedforward_layernorm.weight", "layers.{i}.post_feedforward_layernorm.weight",
                                     "layers.{i}.block_sparse_moe.gate.weight"};

constexpr auto kTheta = std::to_array<KeyRule>({{"rope_theta", nullptr, nullptr, "10000.0"}});
constexpr auto kLlamaKeys = joined(architectures("LlamaForCausalLM|LlamaModel|LLaMAForCausalLM|LLaMAModel|null"), kTheta, kSizeKeys,
                                   kHeadDim, longest("2048"), eps("rms_norm_eps", "1e-06"), act("hidden_act", "\"silu\""), tied("false"),
                                   whole(), attentionBias("false"), kMlpBias, std::to_array<KeyRule>({{"is_llama_config", "", "true"}}));
constexpr auto kMistralKeys =
    joined(architectures("MistralForCausalLM|MistralModel|MinistralForCausalLM|MinistralModel|null"), kTheta, kSizeKeys, kHeadDim,
           longest("131072"), eps("rms_norm_eps", "1e-06"), act("hidden_act", "\"silu\""), tied("false"), whole(), kWindow);
constexpr auto kQwenKeys = joined(architectures("Qwen2ForCausalLM|Qwen2Model|null"), kTheta, kSizeKeys, kHeadDim, longest("32768"),
                                  eps("rms_norm_eps", "1e-06"), act("hidden_act", "\"silu\""), tied("false"), whole(), kWindow,
                                  std::to_array<KeyRule>({{"use_sliding_window", "", "true|false"}, {"max_window_layers", ""}}));
constexpr auto kSmolLm3Keys = joined(
    architectures("SmolLM3ForCausalLM|SmolLM3Model|null"), std::to_array<KeyRule>({{"rope_theta", nullptr, nullptr, "2000000.0"}}),
    kSizeKeys, kHeadDim, longest("32768"), eps("rms_norm_eps", "1e-06"), act("hidden_act", "\"silu\""), tied("true"), whole(),
    attentionBias("false"), kMlpBias, kWindow,
    std::to_array<KeyRule>(
        {{"use_sliding_window", "", "true|false"}, {"max_window_layers", ""}, {"no_rope_layers", ""}, {"no_rope_layer_interval", ""}}));
constexpr auto kEuroBertKeys =
    joined(architectures("EuroBertForMaskedLM|EuroBertModel|null"), std::to_array<KeyRule>({{"rope_theta", nullptr, nullptr, "10000.0"}}),
           kSizeKeys, kHeadDim, longest("8192"), eps("rms_norm_eps", "1e-05"), act("hidden_act", "\"silu\""), tied("false"), whole(),
           attentionBias("false"),
           std::to_array<KeyRule>({{"mlp_bias", "", "true|false", "false", "mlp/b_gate mlp/b_in mlp/b_out unembed/b_U"},
                                   {"classifier_pooling", ""},
                                   {"mask_token", ""},
                                   {"pad_token", ""}}));
constexpr auto kGraniteKeys =
    joined(architectures("GraniteForCausalLM|GraniteModel|null"), kTheta, kSizeKeys, kHeadDim, longest("2048"),
           eps("rms_norm_eps", "1e-06"), act("hidden_act", "\"silu\""), tied("false"), whole(), attentionBias("false"), kMlpBias,
           std::to_array<KeyRule>({{"embedding_multiplier", "embed_scale", nullptr, "1.0"},
                                   {"attention_multiplier", "attn_scale", nullptr, "1.0"},
                                   {"residual_multiplier", "residual_scale", nullptr, "1.0"},
                                   {"logits_scaling", "", nullptr, "1.0"}}));
constexpr const char *kLlamaTypes[] = {"llama"}, *kMistralTypes[] = {"mistral", "ministral"}, *kQwenTypes[] = {"qwen2"},
                     *kSmolLm3Types[] = {"smollm3"}, *kEuroBertTypes[] = {"eurobert"}, *kGraniteTypes[] = {"granite"};

/// transformers takes no width that its heads do not share evenly, even where head_dim says how wide a head is.
Status evenHeads(const nlohmann::json& config, const AddValue&)
{
    const auto number = [&](const char* key) {
        return config.contains(key) && config[key].is_number_integer() ? config[key].get<long long>() : 0;
    };
    const long long heads = number("num_attention_heads"), width = number("hidden_size");
    if (heads > 0 && width % heads != 0)
        return Error::of(ErrorCode::ConfigInvalid, "num_attention_heads", std::to_string(heads), "divisor of " + std::to_string(width));
    return {};
}

/// Granite divides its logits.
Status granite(const nlohmann::json& config, const AddValue& add)
{
    const nlohmann::json& divisor = config["logits_scaling"];
    if (!divisor.is_number() || !(divisor.get<double>() > 0))
        return Error::of(ErrorCode::ConfigInvalid, "logits_scaling", divisor.dump(), "> 0");
    for (const char* key : {"embedding_multiplier", "attention_multiplier", "residual_multiplier"})
        if (!config[key].is_number() || !(config[key].get<double>() > 0))
            return Error::of(ErrorCode::ConfigInvalid, key, config[key].dump(), "> 0");
    add("logit_scale", shortestText(1.0 / divisor.get<double>()));
    return {};
}

}  // namespace

extern const Layout kHfLlama, kHfMistral, kHfQwen2, kHfSmolLm3, kHfEuroBert, kHfGranite;
constexpr Layout kHfLlama{.name = "hf-llama",
                          .rules = kRules,
                          .defaults = kLlamaDefaults,
                          .blockers = kBlockers,
                          .types = kLlamaTypes,
                          .keys = kLlamaKeys,
                          .derive = evenHeads};
constexpr Layout kHfMistral{.name = "hf-mistral",
                            .rules = kWithoutBiases,
                            .defaults = kDefaults,
                            .tiedWithoutOutput = false,
                            .types = kMistralTypes,
                            .byNames = false,
                            .keys = kMistralKeys};
constexpr Layout kHfQwen2{.name = "hf-qwen2",
                          .rules = kQwenRules,
                          .defaults = kDefaults,
                          .tiedWithoutOutput = false,
                          .types = kQwenTypes,
                          .byNames = false,
                          .keys = kQwenKeys};
constexpr Layout kHfSmolLm3{
    .name = "hf-smollm3", .rules = kRules, .defaults = kDefaults, .types = kSmolLm3Types, .byNames = false, .keys = kSmolLm3Keys};
constexpr Layout kHfEuroBert{.name = "hf-eurobert",
                             .rules = kEuroBertRules,
                             .defaults = kEncoderDefaults,
                             .types = kEuroBertTypes,
                             .byNames = false,
                             .keys = kEuroBertKeys};
constexpr Layout kHfGranite{.name = "hf-granite",
                            .rules = kRules,
                            .defaults = kDefaults,
                            .types = kGraniteTypes,
                            .byNames = false,
                            .keys = kGraniteKeys,
                            .derive = granite};

}  // namespace hs
