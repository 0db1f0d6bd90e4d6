// SPDX-License-Identifier: GPL-3.0-or-later
// GLM-4 (norms around both branches, half of each head turned in neighbouring pairs) and ERNIE 4.5 (LLaMA's block with such pairs).
#include "engine/io/layouts/parts.h"

namespace hs {

namespace {

using namespace parts;

constexpr auto kFourNorms = std::to_array<Rule>({
    {"layers.{i}.input_layernorm.weight", "layers/{i}/ln1/w", Form::Vector},
    {"layers.{i}.post_self_attn_layernorm.weight", "layers/{i}/ln1_post/w", Form::Vector},
    {"layers.{i}.post_attention_layernorm.weight", "layers/{i}/ln2/w", Form::Vector},  // what the MLP reads
    {"layers.{i}.post_mlp_layernorm.weight", "layers/{i}/ln2_post/w", Form::Vector},
});
constexpr auto kGlmRules = joined(kEnds, kFinalNorm, kFourNorms, kAttention, kQkvBiases, kFusedMlp);
constexpr auto kPairs = std::to_array<KeyDefault>({{"rotary_adjacent_pairs", "true", Origin::FamilyDefault}});
constexpr auto kGlmDefaults =
    joined(std::to_array<KeyDefault>({{"norm_position", "both", Origin::FamilyDefault}, {"rotary_fraction", "0.5", Origin::FamilyDefault}}),
           kPairs, kRmsGated);
constexpr auto kTheta = std::to_array<KeyRule>({{"rope_theta", nullptr, nullptr, "10000.0"}});
constexpr auto kGlmKeys = joined(architectures("Glm4ForCausalLM|Glm4Model|null"), kTheta, kSizeKeys, kHeadDim, longest("131072"),
                                 eps("rms_norm_eps", "1.5625e-07"), act("hidden_act", "\"silu\""), tied("false"),
                                 attentionBias("true", false), std::to_array<KeyRule>({{"partial_rotary_factor", ""}}));
constexpr const char* kGlmTypes[] = {"glm4"};

constexpr auto kErnieRules = joined(kEnds, kFinalNorm, inputNorms(), kAttention, kQkvBiases, kOutputBias, kGatedMlp, kGatedMlpBiases);
constexpr auto kErnieDefaults = joined(kPairs, kRmsGated);
constexpr auto kErnieKeys = joined(architectures("Ernie4_5ForCausalLM|Ernie4_5Model|Ernie4_5_ForCausalLM|null"),
                                   std::to_array<KeyRule>({{"rope_theta", nullptr, nullptr, "500000.0"}}), kSizeKeys, kHeadDim,
                                   longest("131072"), eps("rms_norm_eps", "1e-05"), act("hidden_act", "\"silu\""), tied("true"), whole(),
                                   std::to_array<KeyRule>({{"use_bias", "", "true|false", "false",
                                                            "attn/b_Q attn/b_K attn/b_V attn/b_O mlp/b_gate mlp/b_in mlp/b_out"}}));
constexpr const char* kErnieTypes[] = {"ernie4_5"};

}  // namespace

extern const Layout kHfGlm4, kHfErnie;
constexpr Layout kHfGlm4{.name = "hf-glm4",
                         .rules = kGlmRules,
                         .defaults = kGlmDefaults,
                         .tiedWithoutOutput = false,
                         .types = kGlmTypes,
                         .byNames = false,
                         .keys = kGlmKeys};
constexpr Layout kHfErnie{.name = "hf-ernie4_5",
                          .rules = kErnieRules,
                          .defaults = kErnieDefaults,
                          .tied = true,
                          .types = kErnieTypes,
                          .byNames = false,
                          .keys = kErnieKeys};

}  // namespace hs
