// SPDX-License-Identifier: GPL-3.0-or-later
// OLMo 1 to 3, and EXAONE 4. OLMo 1 norms without any gain. The others norm what attention and MLP write, not what they read, and queries
// and keys besides: OLMo over all heads together, EXAONE over each.
#include "engine/io/bytes/json_text.h"
#include "engine/io/layouts/parts.h"

namespace hs {

namespace {

using namespace parts;

constexpr auto kOutputNorms = std::to_array<Rule>({
    {"layers.{i}.post_attention_layernorm.weight", "layers/{i}/ln1_post/w", Form::Vector},
    {"layers.{i}.post_feedforward_layernorm.weight", "layers/{i}/ln2_post/w", Form::Vector},
});
constexpr auto kRules1 = joined(kEnds, kAttention, kQkvBiases, kOutputBias, kGatedMlp);
constexpr auto kRules2 = joined(kEnds, kFinalNorm, kOutputNorms, kAttention, kQkvBiases, kOutputBias, qkNorms(), kGatedMlp);
constexpr auto kRulesExaone = joined(kEnds, kFinalNorm, kOutputNorms, kAttention, qkNorms(), kGatedMlp);

constexpr auto kDefaults1 =
    joined(std::to_array<KeyDefault>({{"normalization_type", "LN", Origin::FamilyDefault}, {"eps", "1e-05", Origin::FamilyDefault}}),
           kRmsGated);
constexpr auto kOutput = std::to_array<KeyDefault>({{"norm_position", "output", Origin::FamilyDefault}});
constexpr auto kDefaults2 = joined(kOutput, std::to_array<KeyDefault>({{"qk_norm", "rms_width", Origin::FamilyDefault}}), kRmsGated);
constexpr auto kDefaultsExaone = joined(kOutput, std::to_array<KeyDefault>({{"qk_norm", "rms_heads", Origin::FamilyDefault}}), kRmsGated);

constexpr auto kTheta = std::to_array<KeyRule>({{"rope_theta", nullptr, nullptr, "10000.0"}});
constexpr auto kCommon = joined(kSizeKeys, act("hidden_act", "\"silu\""), tied("false"), whole());
constexpr auto kKeys1 = joined(architectures("OlmoForCausalLM|OlmoModel|null"), kTheta, kCommon, longest("2048"), attentionBias("false"),
                               std::to_array<KeyRule>({{"clip_qkv", "qkv_clip"}}));
constexpr auto kKeys2 = joined(architectures("Olmo2ForCausalLM|Olmo2Model|null"), kTheta, kCommon, longest("2048"),
                               eps("rms_norm_eps", "1e-05"), attentionBias("false"));
constexpr auto kKeys3 =
    joined(architectures("Olmo3ForCausalLM|Olmo3Model|null"),
           std::to_array<KeyRule>(
               {{"rope_theta", nullptr, nullptr, "500000.0"}, {"sliding_window", "", nullptr, "4096"}, {"layer_types", ""}}),
           kCommon, longest("2048"), eps("rms_norm_eps", "1e-05"), attentionBias("false"));
constexpr auto kKeysExaone = joined(
    architectures("Exaone4ForCausalLM|Exaone4Model|null"), kTheta, kCommon, kHeadDim, longest("2048"), eps("rms_norm_eps", "1e-05"),
    std::to_array<KeyRule>(
        {{"sliding_window", "", nullptr, "4096"}, {"sliding_window_pattern", ""}, {"_sliding_window_pattern", ""}, {"layer_types", ""}}));
constexpr const char *kTypes1[] = {"olmo"}, *kTypes2[] = {"olmo2"}, *kTypes3[] = {"olmo3"}, *kTypesExaone[] = {"exaone4"};

/// Windowed layers have settings of their own, or the usual base: an old rope_theta reaches the full layers alone.
Status olmo3(const nlohmann::json& config, const AddValue& add)
{
    const auto nested = [&](const char* key) {
        return config.contains(key) && config[key].is_object() && config[key].contains("sliding_attention");
    };
    const bool old = config.contains("rope_scaling") && config["rope_scaling"].is_object();
    if (nested("rope_parameters") && !old) return {};
    if (config["rope_theta"] != 500000.0) return Error::of(ErrorCode::ConfigInvalid, "rope_theta", config["rope_theta"].dump(), "500000");
    add("rotary_base_local", "500000");
    return {};
}

}  // namespace

extern const Layout kHfOlmo, kHfOlmo2, kHfOlmo3, kHfExaone4;
constexpr Layout kHfOlmo{.name = "hf-olmo",
                         .rules = kRules1,
                         .defaults = kDefaults1,
                         .tiedWithoutOutput = false,
                         .types = kTypes1,
                         .byNames = false,
                         .keys = kKeys1};
constexpr Layout kHfOlmo2{.name = "hf-olmo2",
                          .rules = kRules2,
                          .defaults = kDefaults2,
                          .tiedWithoutOutput = false,
                          .types = kTypes2,
                          .byNames = false,
                          .keys = kKeys2};
constexpr Layout kHfOlmo3{.name = "hf-olmo3",
                          .rules = kRules2,
                          .defaults = kDefaults2,
                          .tiedWithoutOutput = false,
                          .types = kTypes3,
                          .byNames = false,
                          .keys = kKeys3,
                          .derive = olmo3};
constexpr Layout kHfExaone4{.name = "hf-exaone4",
                            .rules = kRulesExaone,
                            .defaults = kDefaultsExaone,
                            .tiedWithoutOutput = false,
                            .types = kTypesExaone,
                            .byNames = false,
                            .keys = kKeysExaone};

}  // namespace hs
