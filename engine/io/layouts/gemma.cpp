// SPDX-License-Identifier: GPL-3.0-or-later
// Gemma 1 to 3: gains stored as w - 1, embeddings times the root of the width; from Gemma 2 on norms around both branches, windows on some
// layers and (Gemma 2) soft caps; in Gemma 3 norms of queries and keys, and another rotary base under the windows.
#include <cmath>

#include "engine/base/plain_text.h"
#include "engine/io/bytes/json_text.h"
#include "engine/io/layouts/parts.h"

namespace hs {

namespace {

using namespace parts;

constexpr auto kNorm = std::to_array<Rule>({plusOne({"norm.weight", "ln_final/w", Form::Vector})});
constexpr auto kFourNorms = std::to_array<Rule>({
    plusOne({"layers.{i}.input_layernorm.weight", "layers/{i}/ln1/w", Form::Vector}),
    plusOne({"layers.{i}.post_attention_layernorm.weight", "layers/{i}/ln1_post/w", Form::Vector}),
    plusOne({"layers.{i}.pre_feedforward_layernorm.weight", "layers/{i}/ln2/w", Form::Vector}),
    plusOne({"layers.{i}.post_feedforward_layernorm.weight", "layers/{i}/ln2_post/w", Form::Vector}),
});
constexpr auto kRules1 = joined(kEnds, kNorm, inputNorms(1), kAttention, kQkvBiases, kOutputBias, kGatedMlp);
constexpr auto kRules2 = joined(kEnds, kNorm, kFourNorms, kAttention, kQkvBiases, kOutputBias, kGatedMlp);
constexpr auto kRules3 = joined(kRules2, qkNorms(1));

constexpr auto kBoth = std::to_array<KeyDefault>({{"norm_position", "both", Origin::FamilyDefault}});
constexpr auto kDefaults1 = kRmsGated;
constexpr auto kDefaults2 = joined(kBoth, kRmsGated);
constexpr auto kDefaults3 = joined(kBoth, std::to_array<KeyDefault>({{"qk_norm", "rms_heads", Origin::FamilyDefault}}), kRmsGated);

constexpr auto kCommon = joined(std::to_array<KeyRule>({{"rope_theta", nullptr, nullptr, "10000.0"}}), kSizeKeys, kHeadDim,
                                eps("rms_norm_eps", "1e-06"), tied("true"), whole(), attentionBias("false"));
constexpr auto kScores = std::to_array<KeyRule>({{"query_pre_attn_scalar", "", nullptr, "256"},
                                                 {"sliding_window", "", nullptr, "4096"},
                                                 {"layer_types", ""},
                                                 {"hidden_activation", "act_fn", nullptr, "\"gelu_pytorch_tanh\""},
                                                 {"hidden_act", "", "gelu|gelu_pytorch_tanh|null"}});
// Gemma 1 reads hidden_act and passes over hidden_activation.
constexpr auto kKeys1 =
    joined(architectures("GemmaForCausalLM|GemmaModel|null"), kCommon, longest("8192"),
           std::to_array<KeyRule>({{"hidden_act", "act_fn", nullptr, "\"gelu_pytorch_tanh\""}, {"hidden_activation", ""}}));
constexpr auto kKeys2 = joined(architectures("Gemma2ForCausalLM|Gemma2Model|null"), kCommon, longest("8192"), kScores,
                               std::to_array<KeyRule>({{"attn_logit_softcapping", "attn_softcap", nullptr, "50.0"},
                                                       {"final_logit_softcapping", "final_softcap", nullptr, "30.0"},
                                                       {"cache_implementation", ""}}));
constexpr auto kKeys3 = joined(architectures("Gemma3ForCausalLM|Gemma3TextModel|null"),
                               std::to_array<KeyRule>({{"rope_theta", nullptr, nullptr, "1000000.0"}}), kCommon, longest("131072"), kScores,
                               std::to_array<KeyRule>({{"attn_logit_softcapping", "", "null"},  // Gemma 3's code passes over it
                                                       {"final_logit_softcapping", "final_softcap"},
                                                       {"sliding_window_pattern", ""},
                                                       {"_sliding_window_pattern", ""},
                                                       {"rope_local_base_freq", "", nullptr, "10000.0"}}));
constexpr const char *kTypes1[] = {"gemma"}, *kTypes2[] = {"gemma2"}, *kTypes3[] = {"gemma3_text"};

Status scaled(const nlohmann::json& config, const AddValue& add)
{
    if (!config.contains("hidden_size") || !config["hidden_size"].is_number()) return Error::of(ErrorCode::ConfigMissing, "hidden_size");
    // The factor is rounded to the type of the weights; they are read as float32.
    add("embed_scale", shortestText(static_cast<double>(std::sqrt(config["hidden_size"].get<float>()))));
    return {};
}

Status gemma2(const nlohmann::json& config, const AddValue& add)
{
    const nlohmann::json& width = config["query_pre_attn_scalar"];
    if (!width.is_number() || !(width.get<double>() > 0))
        return Error::of(ErrorCode::ConfigInvalid, "query_pre_attn_scalar", width.dump(), "> 0");
    add("attn_scale", shortestText(1.0 / std::sqrt(width.get<double>())));
    return scaled(config, add);
}

Status gemma3(const nlohmann::json& config, const AddValue& add)
{
    // A dictionary for each kind of layer says the windowed layers' own base.
    const auto nested = [&](const char* key) {
        return config.contains(key) && config[key].is_object() && config[key].contains("sliding_attention");
    };
    if (!nested("rope_parameters") || (config.contains("rope_scaling") && config["rope_scaling"].is_object()))
        if (config["rope_local_base_freq"].is_number())
            add("rotary_base_local", shortestText(config["rope_local_base_freq"].get<double>()));
    return gemma2(config, add);
}

}  // namespace

extern const Layout kHfGemma, kHfGemma2, kHfGemma3;
constexpr Layout kHfGemma{.name = "hf-gemma",
                          .rules = kRules1,
                          .defaults = kDefaults1,
                          .tied = true,
                          .types = kTypes1,
                          .byNames = false,
                          .keys = kKeys1,
                          .derive = scaled};
constexpr Layout kHfGemma2{.name = "hf-gemma2",
                           .rules = kRules2,
                           .defaults = kDefaults2,
                           .tied = true,
                           .types = kTypes2,
                           .byNames = false,
                           .keys = kKeys2,
                           .derive = gemma2};
constexpr Layout kHfGemma3{.name = "hf-gemma3",
                           .rules = kRules3,
                           .defaults = kDefaults3,
                           .tied = true,
                           .types = kTypes3,
                           .byNames = false,
                           .keys = kKeys3,
                           .derive = gemma3};

}  // namespace hs
