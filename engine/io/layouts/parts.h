// SPDX-License-Identifier: GPL-3.0-or-later
// Pieces of tables that families with the names of LLaMA share. Inside engine/io/layouts only.
#pragma once

#include <array>

#include "engine/io/layouts/layout.h"

namespace hs::parts {

/// One table of several.
template <typename T, std::size_t... n>
constexpr auto joined(const std::array<T, n>&... parts)
{
    std::array<T, (n + ...)> out{};
    std::size_t at = 0;
    const auto append = [&](const auto& part) {
        for (const T& x : part) out[at++] = x;
    };
    (append(parts), ...);
    return out;
}

inline constexpr auto kEnds = std::to_array<Rule>({
    {"embed_tokens.weight", "embed/W_E", Form::InOut},
    optional("lm_head.weight", "unembed/W_U", Form::OutIn),
});
inline constexpr auto kFinalNorm = std::to_array<Rule>({{"norm.weight", "ln_final/w", Form::Vector}});
/// Norms of what attention and MLP read. `plus` 1: stored as w - 1.
constexpr std::array<Rule, 2> inputNorms(int plus = 0)
{
    std::array<Rule, 2> out{{{"layers.{i}.input_layernorm.weight", "layers/{i}/ln1/w", Form::Vector},
                             {"layers.{i}.post_attention_layernorm.weight", "layers/{i}/ln2/w", Form::Vector}}};
    for (Rule& rule : out) rule.plus = plus;
    return out;
}
inline constexpr auto kInputNormBiases = std::to_array<Rule>({
    {"layers.{i}.input_layernorm.bias", "layers/{i}/ln1/b", Form::Vector},
    {"layers.{i}.post_attention_layernorm.bias", "layers/{i}/ln2/b", Form::Vector},
    {"norm.bias", "ln_final/b", Form::Vector},
});
inline constexpr auto kAttention = std::to_array<Rule>({
    {"layers.{i}.self_attn.q_proj.weight", "layers/{i}/attn/W_Q", Form::OutIn},
    {"layers.{i}.self_attn.k_proj.weight", "layers/{i}/attn/W_K", Form::OutIn},
    {"layers.{i}.self_attn.v_proj.weight", "layers/{i}/attn/W_V", Form::OutIn},
    {"layers.{i}.self_attn.o_proj.weight", "layers/{i}/attn/W_O", Form::OutIn},
});
inline constexpr auto kQkvBiases = std::to_array<Rule>({
    optional("layers.{i}.self_attn.q_proj.bias", "layers/{i}/attn/b_Q", Form::Vector),
    optional("layers.{i}.self_attn.k_proj.bias", "layers/{i}/attn/b_K", Form::Vector),
    optional("layers.{i}.self_attn.v_proj.bias", "layers/{i}/attn/b_V", Form::Vector),
});
inline constexpr auto kOutputBias = std::to_array<Rule>({
    optional("layers.{i}.self_attn.o_proj.bias", "layers/{i}/attn/b_O", Form::Vector),
});
constexpr std::array<Rule, 2> qkNorms(int plus = 0)
{
    std::array<Rule, 2> out{{{"layers.{i}.self_attn.q_norm.weight", "layers/{i}/attn/q_norm/w", Form::Vector},
                             {"layers.{i}.self_attn.k_norm.weight", "layers/{i}/attn/k_norm/w", Form::Vector}}};
    for (Rule& rule : out) rule.plus = plus;
    return out;
}
inline constexpr auto kGatedMlp = std::to_array<Rule>({
    {"layers.{i}.mlp.gate_proj.weight", "layers/{i}/mlp/W_gate", Form::OutIn},
    {"layers.{i}.mlp.up_proj.weight", "layers/{i}/mlp/W_in", Form::OutIn},
    {"layers.{i}.mlp.down_proj.weight", "layers/{i}/mlp/W_out", Form::OutIn},
});
inline constexpr auto kGatedMlpBiases = std::to_array<Rule>({
    optional("layers.{i}.mlp.gate_proj.bias", "layers/{i}/mlp/b_gate", Form::Vector),
    optional("layers.{i}.mlp.up_proj.bias", "layers/{i}/mlp/b_in", Form::Vector),
    optional("layers.{i}.mlp.down_proj.bias", "layers/{i}/mlp/b_out", Form::Vector),
});
/// Gate and linear part one under the other in one tensor.
inline constexpr auto kFusedMlp = std::to_array<Rule>({
    fused("layers.{i}.mlp.gate_up_proj.weight", "layers/{i}/mlp/W_gate", Form::OutIn, 0, 2),
    fused("layers.{i}.mlp.gate_up_proj.weight", "layers/{i}/mlp/W_in", Form::OutIn, 1, 2),
    {"layers.{i}.mlp.down_proj.weight", "layers/{i}/mlp/W_out", Form::OutIn},
});

/// Names of experts as files have them, and as a running model does: gates above linear parts, all experts in one.
inline constexpr auto kExperts = std::to_array<Rule>({
    {"layers.{i}.mlp.gate.weight", "layers/{i}/experts/router", Form::OutIn},
    {"layers.{i}.mlp.experts.{e}.gate_proj.weight", "layers/{i}/experts/{e}/W_gate", Form::OutIn},
    {"layers.{i}.mlp.experts.{e}.up_proj.weight", "layers/{i}/experts/{e}/W_in", Form::OutIn},
    {"layers.{i}.mlp.experts.{e}.down_proj.weight", "layers/{i}/experts/{e}/W_out", Form::OutIn},
});
inline constexpr auto kStacks = std::to_array<Rule>({
    optional(fused("layers.{i}.mlp.experts.gate_up_proj", "layers/{i}/experts/W_gate", Form::ExpertsOutIn, 0, 2)),
    optional(fused("layers.{i}.mlp.experts.gate_up_proj", "layers/{i}/experts/W_in", Form::ExpertsOutIn, 1, 2)),
    optional("layers.{i}.mlp.experts.down_proj", "layers/{i}/experts/W_out", Form::ExpertsOutIn),
});
/// What the families of the LLaMA line do unless a table says otherwise; its rows come first, the first of a key counts.
inline constexpr auto kRmsGated = std::to_array<KeyDefault>({
    {"normalization_type", "RMS", Origin::FamilyDefault},
    {"norm_position", "pre", Origin::FamilyDefault},
    {"act_fn", "silu", Origin::FamilyDefault},
    {"positional_embedding_type", "rotary", Origin::FamilyDefault},
    {"rotary_base", "10000", Origin::FamilyDefault},
    {"rotary_adjacent_pairs", "false", Origin::FamilyDefault},
    {"attention_dir", "causal", Origin::FamilyDefault},
    {"gated_mlp", "true", Origin::FamilyDefault},
});

/// Sizes and rotary settings of every such family.
inline constexpr auto kSizeKeys = std::to_array<KeyRule>({
    {"hidden_size"},
    {"intermediate_size"},
    {"num_hidden_layers"},
    {"num_attention_heads"},
    {"num_key_value_heads"},
    {"vocab_size"},
    {"rope_theta"},
    {"rope_scaling", ""},
    {"rope_parameters", ""},
    {"original_max_position_embeddings", ""},
    {"rope_interleaved", "", "false"},
});
inline constexpr auto kHeadDim = std::to_array<KeyRule>({{"head_dim"}});
/// A limit of the training, not of the arithmetic.
constexpr std::array<KeyRule, 1> longest(const char* usual) { return {{{"max_position_embeddings", "", nullptr, usual}}}; }
constexpr std::array<KeyRule, 1> eps(const char* key, const char* usual) { return {{{key, "eps", nullptr, usual}}}; }
constexpr std::array<KeyRule, 1> act(const char* key, const char* usual) { return {{{key, "act_fn", nullptr, usual}}}; }
constexpr std::array<KeyRule, 1> tied(const char* usual) { return {{{"tie_word_embeddings", nullptr, "true|false", usual}}}; }
constexpr std::array<KeyRule, 1> architectures(const char* names) { return {{{"architectures", "", names}}}; }
constexpr std::array<KeyRule, 1> whole() { return {{{"partial_rotary_factor", "", "1"}}}; }
/// Biases of q, k and v, and of the output where `output`.
constexpr std::array<KeyRule, 1> attentionBias(const char* usual, bool output = true, const char* key = "attention_bias")
{
    return {{{key, "", "true|false", usual, output ? "attn/b_Q attn/b_K attn/b_V attn/b_O" : "attn/b_Q attn/b_K attn/b_V"}}};
}
inline constexpr auto kMlpBias = std::to_array<KeyRule>({{"mlp_bias", "", "true|false", "false", "mlp/b_gate mlp/b_in mlp/b_out"}});
inline constexpr auto kWindow = std::to_array<KeyRule>({{"sliding_window", ""}, {"layer_types", ""}});

}  // namespace hs::parts
