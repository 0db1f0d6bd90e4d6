// SPDX-License-Identifier: GPL-3.0-or-later
// The GPT of Raschka, "Build a Large Language Model (From Scratch)", as its torch state dictionary names it: GPT-2's arithmetic with
// nn.Linear and an output of its own. Query, key and value stand apart, or side by side in `qkv`; a classifier's output has a bias.
#include "engine/io/layouts/layout.h"

namespace hs {

namespace {

constexpr Rule kRules[] = {
    {"tok_emb.weight", "embed/W_E", Form::InOut},
    {"pos_emb.weight", "pos_embed/W_pos", Form::InOut},
    {"trf_blocks.{i}.norm1.scale", "layers/{i}/ln1/w", Form::Vector},
    {"trf_blocks.{i}.norm1.shift", "layers/{i}/ln1/b", Form::Vector},
    {"trf_blocks.{i}.norm2.scale", "layers/{i}/ln2/w", Form::Vector},
    {"trf_blocks.{i}.norm2.shift", "layers/{i}/ln2/b", Form::Vector},
    {"trf_blocks.{i}.att.W_query.weight", "layers/{i}/attn/W_Q", Form::OutIn},
    {"trf_blocks.{i}.att.W_key.weight", "layers/{i}/attn/W_K", Form::OutIn},
    {"trf_blocks.{i}.att.W_value.weight", "layers/{i}/attn/W_V", Form::OutIn},
    optional("trf_blocks.{i}.att.W_query.bias", "layers/{i}/attn/b_Q", Form::Vector),
    optional("trf_blocks.{i}.att.W_key.bias", "layers/{i}/attn/b_K", Form::Vector),
    optional("trf_blocks.{i}.att.W_value.bias", "layers/{i}/attn/b_V", Form::Vector),
    fused("trf_blocks.{i}.att.qkv.weight", "layers/{i}/attn/W_Q", Form::OutIn, 0, 3),
    fused("trf_blocks.{i}.att.qkv.weight", "layers/{i}/attn/W_K", Form::OutIn, 1, 3),
    fused("trf_blocks.{i}.att.qkv.weight", "layers/{i}/attn/W_V", Form::OutIn, 2, 3),
    optional(fused("trf_blocks.{i}.att.qkv.bias", "layers/{i}/attn/b_Q", Form::Vector, 0, 3)),
    optional(fused("trf_blocks.{i}.att.qkv.bias", "layers/{i}/attn/b_K", Form::Vector, 1, 3)),
    optional(fused("trf_blocks.{i}.att.qkv.bias", "layers/{i}/attn/b_V", Form::Vector, 2, 3)),
    {"trf_blocks.{i}.att.out_proj.weight", "layers/{i}/attn/W_O", Form::OutIn},
    optional("trf_blocks.{i}.att.out_proj.bias", "layers/{i}/attn/b_O", Form::Vector),
    {"trf_blocks.{i}.att.proj.weight", "layers/{i}/attn/W_O", Form::OutIn},  // beside `qkv` the book calls it so
    optional("trf_blocks.{i}.att.proj.bias", "layers/{i}/attn/b_O", Form::Vector),
    {"trf_blocks.{i}.ff.layers.0.weight", "layers/{i}/mlp/W_in", Form::OutIn},
    optional("trf_blocks.{i}.ff.layers.0.bias", "layers/{i}/mlp/b_in", Form::Vector),
    {"trf_blocks.{i}.ff.layers.2.weight", "layers/{i}/mlp/W_out", Form::OutIn},
    optional("trf_blocks.{i}.ff.layers.2.bias", "layers/{i}/mlp/b_out", Form::Vector),
    {"final_norm.scale", "ln_final/w", Form::Vector},
    {"final_norm.shift", "ln_final/b", Form::Vector},
    {"out_head.weight", "unembed/W_U", Form::OutIn},
    optional("out_head.bias", "unembed/b_U", Form::Vector),
};
constexpr KeyDefault kDefaults[] = {
    {"model_type", "gpt2", Origin::FamilyDefault},
    {"normalization_type", "LN", Origin::FamilyDefault},
    {"norm_position", "pre", Origin::FamilyDefault},
    {"act_fn", "gelu_new", Origin::FamilyDefault},
    {"eps", "1e-05", Origin::FamilyDefault},
    {"positional_embedding_type", "standard", Origin::FamilyDefault},
    {"attention_dir", "causal", Origin::FamilyDefault},
    {"gated_mlp", "false", Origin::FamilyDefault},
};

}  // namespace

extern const Layout kTeaching;
constexpr Layout kTeaching{.name = "raschka-gpt", .rules = kRules, .defaults = kDefaults, .blockers = {}, .tiedWithoutOutput = false};

}  // namespace hs
