// SPDX-License-Identifier: GPL-3.0-or-later
// BLOOM: ALiBi, a norm over the token embeddings, q, k and v of each head side by side.
#include "engine/io/layouts/layout.h"

namespace hs {

namespace {

constexpr Rule kRules[] = {
    {"word_embeddings.weight", "embed/W_E", Form::InOut},
    {"word_embeddings_layernorm.weight", "embed/ln/w", Form::Vector},
    {"word_embeddings_layernorm.bias", "embed/ln/b", Form::Vector},
    {"h.{i}.input_layernorm.weight", "layers/{i}/ln1/w", Form::Vector},
    {"h.{i}.input_layernorm.bias", "layers/{i}/ln1/b", Form::Vector},
    {"h.{i}.post_attention_layernorm.weight", "layers/{i}/ln2/w", Form::Vector},
    {"h.{i}.post_attention_layernorm.bias", "layers/{i}/ln2/b", Form::Vector},
    fused("h.{i}.self_attention.query_key_value.weight", "layers/{i}/attn/W_Q", Form::OutIn, 0, Split::Groups),
    fused("h.{i}.self_attention.query_key_value.weight", "layers/{i}/attn/W_K", Form::OutIn, 1, Split::Groups),
    fused("h.{i}.self_attention.query_key_value.weight", "layers/{i}/attn/W_V", Form::OutIn, 2, Split::Groups),
    fused("h.{i}.self_attention.query_key_value.bias", "layers/{i}/attn/b_Q", Form::Vector, 0, Split::Groups),
    fused("h.{i}.self_attention.query_key_value.bias", "layers/{i}/attn/b_K", Form::Vector, 1, Split::Groups),
    fused("h.{i}.self_attention.query_key_value.bias", "layers/{i}/attn/b_V", Form::Vector, 2, Split::Groups),
    {"h.{i}.self_attention.dense.weight", "layers/{i}/attn/W_O", Form::OutIn},
    {"h.{i}.self_attention.dense.bias", "layers/{i}/attn/b_O", Form::Vector},
    {"h.{i}.mlp.dense_h_to_4h.weight", "layers/{i}/mlp/W_in", Form::OutIn},
    {"h.{i}.mlp.dense_h_to_4h.bias", "layers/{i}/mlp/b_in", Form::Vector},
    {"h.{i}.mlp.dense_4h_to_h.weight", "layers/{i}/mlp/W_out", Form::OutIn},
    {"h.{i}.mlp.dense_4h_to_h.bias", "layers/{i}/mlp/b_out", Form::Vector},
    {"ln_f.weight", "ln_final/w", Form::Vector},
    {"ln_f.bias", "ln_final/b", Form::Vector},
    optional("lm_head.weight", "unembed/W_U", Form::OutIn),
};
constexpr KeyDefault kDefaults[] = {
    {"model_type", "bloom", Origin::FamilyDefault},
    {"normalization_type", "LN", Origin::FamilyDefault},
    {"norm_position", "pre", Origin::FamilyDefault},
    {"act_fn", "gelu_new", Origin::FamilyDefault},
    {"eps", "1e-05", Origin::FamilyDefault},
    {"positional_embedding_type", "alibi", Origin::FamilyDefault},
    {"alibi_slopes", "standard", Origin::FamilyDefault},
    {"attention_dir", "causal", Origin::FamilyDefault},
    {"gated_mlp", "false", Origin::FamilyDefault},
};
constexpr KeyRule kKeys[] = {
    {"architectures", "", "BloomForCausalLM|BloomModel|null"},
    {"hidden_size"},
    {"n_embed", "d_model"},
    {"n_head"},
    {"num_attention_heads"},
    {"n_layer"},
    {"num_hidden_layers"},
    {"layer_norm_epsilon"},
    {"vocab_size"},
    {"tie_word_embeddings"},
    {"apply_residual_connection_post_layernorm", "", "false"},
    {"offset_alibi", ""},
    {"seq_length", ""},
    {"skip_bias_add", ""},
    {"skip_bias_add_qkv", ""},
    {"attention_softmax_in_fp32", ""},
    {"masked_softmax_fusion", ""},
    {"bias_dropout_fusion", ""},
};
constexpr const char* kTypes[] = {"bloom"};

}  // namespace

extern const Layout kBloom;
constexpr Layout kBloom{.name = "hf-bloom",
                        .rules = kRules,
                        .defaults = kDefaults,
                        .blockers = {},
                        .tied = true,
                        .types = kTypes,
                        .byNames = false,
                        .keys = kKeys};

}  // namespace hs
