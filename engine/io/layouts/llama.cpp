// SPDX-License-Identifier: GPL-3.0-or-later
// Hugging Face LLaMA; Mistral and Qwen2 (with q, k, v biases) have the same names. Rotary pairs are halves.
#include "engine/io/layouts/layout.h"

namespace hs {

namespace {

constexpr Rule kRules[] = {
    {"embed_tokens.weight", "embed/W_E", Form::InOut},
    {"layers.{i}.input_layernorm.weight", "layers/{i}/ln1/w", Form::Vector},
    {"layers.{i}.post_attention_layernorm.weight", "layers/{i}/ln2/w", Form::Vector},
    {"layers.{i}.self_attn.q_proj.weight", "layers/{i}/attn/W_Q", Form::OutIn},
    {"layers.{i}.self_attn.k_proj.weight", "layers/{i}/attn/W_K", Form::OutIn},
    {"layers.{i}.self_attn.v_proj.weight", "layers/{i}/attn/W_V", Form::OutIn},
    {"layers.{i}.self_attn.o_proj.weight", "layers/{i}/attn/W_O", Form::OutIn},
    optional("layers.{i}.self_attn.q_proj.bias", "layers/{i}/attn/b_Q", Form::Vector),
    optional("layers.{i}.self_attn.k_proj.bias", "layers/{i}/attn/b_K", Form::Vector),
    optional("layers.{i}.self_attn.v_proj.bias", "layers/{i}/attn/b_V", Form::Vector),
    optional("layers.{i}.self_attn.o_proj.bias", "layers/{i}/attn/b_O", Form::Vector),
    {"layers.{i}.mlp.gate_proj.weight", "layers/{i}/mlp/W_gate", Form::OutIn},
    {"layers.{i}.mlp.up_proj.weight", "layers/{i}/mlp/W_in", Form::OutIn},
    optional("layers.{i}.mlp.up_proj.bias", "layers/{i}/mlp/b_in", Form::Vector),
    {"layers.{i}.mlp.down_proj.weight", "layers/{i}/mlp/W_out", Form::OutIn},
    optional("layers.{i}.mlp.down_proj.bias", "layers/{i}/mlp/b_out", Form::Vector),
    {"norm.weight", "ln_final/w", Form::Vector},
    optional("lm_head.weight", "unembed/W_U", Form::OutIn),
};
constexpr KeyDefault kDefaults[] = {
    {"model_type", "llama", Origin::FamilyDefault},
    {"normalization_type", "RMS", Origin::FamilyDefault},
    {"norm_position", "pre", Origin::FamilyDefault},
    {"act_fn", "silu", Origin::FamilyDefault},
    {"eps", "1e-05", Origin::Guess},
    {"positional_embedding_type", "rotary", Origin::FamilyDefault},
    {"rotary_base", "10000", Origin::Guess},
    {"rotary_adjacent_pairs", "false", Origin::FamilyDefault},
    {"attention_dir", "causal", Origin::FamilyDefault},
    {"gated_mlp", "true", Origin::FamilyDefault},
};
// Query/key norms (Qwen3), four norms (Gemma 2), gate biases: other blocks under nearly the same names.
constexpr const char* kBlockers[] = {
    "layers.{i}.self_attn.q_norm.weight",           "layers.{i}.self_attn.k_norm.weight", "layers.{i}.pre_feedforward_layernorm.weight",
    "layers.{i}.post_feedforward_layernorm.weight", "layers.{i}.mlp.gate_proj.bias",      "layers.{i}.block_sparse_moe.gate.weight"};
// Many families use these names for other arithmetic (gains stored as w - 1, scaled residuals, two softmaxes, layers without rotation):
// what is not known to be this one does not run.
constexpr const char* kTypes[] = {"llama", "mistral", "ministral", "qwen2"};

}  // namespace

extern const Layout kHfLlama;
constexpr Layout kHfLlama{.name = "hf-llama", .rules = kRules, .defaults = kDefaults, .blockers = kBlockers, .types = kTypes};

}  // namespace hs
