// SPDX-License-Identifier: GPL-3.0-or-later
// Phi 1 and 2: attention and MLP beside each other under one LayerNorm, a part of each head turned, a bias of the output. Phi 3: LLaMA's
// block with q, k, v in one tensor and gate and linear part of the MLP in another.
#include "engine/io/bytes/json_text.h"
#include "engine/io/layouts/parts.h"

namespace hs {

namespace {

using namespace parts;

constexpr Rule kRules[] = {
    {"embed_tokens.weight", "embed/W_E", Form::InOut},
    {"layers.{i}.input_layernorm.weight", "layers/{i}/ln1/w", Form::Vector},
    {"layers.{i}.input_layernorm.bias", "layers/{i}/ln1/b", Form::Vector},
    {"layers.{i}.self_attn.q_proj.weight", "layers/{i}/attn/W_Q", Form::OutIn},
    {"layers.{i}.self_attn.k_proj.weight", "layers/{i}/attn/W_K", Form::OutIn},
    {"layers.{i}.self_attn.v_proj.weight", "layers/{i}/attn/W_V", Form::OutIn},
    {"layers.{i}.self_attn.dense.weight", "layers/{i}/attn/W_O", Form::OutIn},
    {"layers.{i}.self_attn.q_proj.bias", "layers/{i}/attn/b_Q", Form::Vector},
    {"layers.{i}.self_attn.k_proj.bias", "layers/{i}/attn/b_K", Form::Vector},
    {"layers.{i}.self_attn.v_proj.bias", "layers/{i}/attn/b_V", Form::Vector},
    {"layers.{i}.self_attn.dense.bias", "layers/{i}/attn/b_O", Form::Vector},
    optional("layers.{i}.self_attn.q_layernorm.weight", "layers/{i}/attn/q_norm/w", Form::Vector),
    optional("layers.{i}.self_attn.q_layernorm.bias", "layers/{i}/attn/q_norm/b", Form::Vector),
    optional("layers.{i}.self_attn.k_layernorm.weight", "layers/{i}/attn/k_norm/w", Form::Vector),
    optional("layers.{i}.self_attn.k_layernorm.bias", "layers/{i}/attn/k_norm/b", Form::Vector),
    {"layers.{i}.mlp.fc1.weight", "layers/{i}/mlp/W_in", Form::OutIn},
    {"layers.{i}.mlp.fc1.bias", "layers/{i}/mlp/b_in", Form::Vector},
    {"layers.{i}.mlp.fc2.weight", "layers/{i}/mlp/W_out", Form::OutIn},
    {"layers.{i}.mlp.fc2.bias", "layers/{i}/mlp/b_out", Form::Vector},
    {"final_layernorm.weight", "ln_final/w", Form::Vector},
    {"final_layernorm.bias", "ln_final/b", Form::Vector},
    optional("lm_head.weight", "unembed/W_U", Form::OutIn),
    optional("lm_head.bias", "unembed/b_U", Form::Vector),
};
constexpr auto kDefaults = joined(std::to_array<KeyDefault>({{"normalization_type", "LN", Origin::FamilyDefault},
                                                             {"gated_mlp", "false", Origin::FamilyDefault},
                                                             {"rotary_fraction", "0.5", Origin::FamilyDefault},
                                                             {"parallel_attn_mlp", "true", Origin::FamilyDefault},
                                                             {"parallel_shared_norm", "true", Origin::FamilyDefault}}),
                                  kRmsGated);
constexpr auto kTheta = std::to_array<KeyRule>({{"rope_theta", nullptr, nullptr, "10000.0"}});
constexpr auto kKeys = joined(architectures("PhiForCausalLM|PhiModel|null"), kTheta, kSizeKeys, longest("2048"),
                              eps("layer_norm_eps", "1e-05"), act("hidden_act", "\"gelu_new\""), tied("false"),
                              std::to_array<KeyRule>({{"partial_rotary_factor", ""},
                                                      {"qk_layernorm", "", "true|false", "false",
                                                       "attn/q_norm/w attn/q_norm/b attn/k_norm/w attn/k_norm/b"}}));
constexpr const char* kTypes[] = {"phi"};

constexpr auto kRules3 = joined(kEnds, kFinalNorm, inputNorms(), kFusedMlp,
                                std::to_array<Rule>({
                                    fused("layers.{i}.self_attn.qkv_proj.weight", "layers/{i}/attn/W_Q", Form::OutIn, 0, Split::Stacked),
                                    fused("layers.{i}.self_attn.qkv_proj.weight", "layers/{i}/attn/W_K", Form::OutIn, 1, Split::Stacked),
                                    fused("layers.{i}.self_attn.qkv_proj.weight", "layers/{i}/attn/W_V", Form::OutIn, 2, Split::Stacked),
                                    {"layers.{i}.self_attn.o_proj.weight", "layers/{i}/attn/W_O", Form::OutIn},
                                }));
constexpr auto kDefaults3 = kRmsGated;
constexpr auto kKeys3 = joined(architectures("Phi3ForCausalLM|Phi3Model|null"), kTheta,
                               std::to_array<KeyRule>({{"original_max_position_embeddings", "", nullptr, "4096"}}), kSizeKeys,
                               longest("4096"), eps("rms_norm_eps", "1e-05"), act("hidden_act", "\"silu\""), tied("false"),
                               std::to_array<KeyRule>({{"partial_rotary_factor", ""}, {"sliding_window", ""}}));
constexpr const char* kTypes3[] = {"phi3"};

Status phi(const nlohmann::json& config, const AddValue& add)
{
    if (config["qk_layernorm"] == true) add("qk_norm", "ln_heads");
    return {};
}

}  // namespace

extern const Layout kHfPhi, kHfPhi3;
constexpr Layout kHfPhi{.name = "hf-phi",
                        .rules = kRules,
                        .defaults = kDefaults,
                        .tiedWithoutOutput = false,
                        .types = kTypes,
                        .byNames = false,
                        .keys = kKeys,
                        .derive = phi};
constexpr Layout kHfPhi3{.name = "hf-phi3",
                         .rules = kRules3,
                         .defaults = kDefaults3,
                         .tiedWithoutOutput = false,
                         .types = kTypes3,
                         .byNames = false,
                         .keys = kKeys3};

}  // namespace hs
