// SPDX-License-Identifier: GPL-3.0-or-later
// PyTorch's nn.TransformerEncoder in the model of its language-modelling tutorial, in both of the tutorial's spellings: scaled embeddings,
// a table of waves, norms behind each branch. The file says neither how many heads there are, nor the activation, nor whether a mask was
// given: somebody has to.
#include "engine/io/layouts/layout.h"

namespace hs {

namespace {

constexpr Rule kRules[] = {
    {"embedding.weight", "embed/W_E", Form::InOut},
    {"encoder.weight", "embed/W_E", Form::InOut},
    {"pos_encoder.pe", "pos_embed/W_pos", Form::InOut},
    fused("transformer_encoder.layers.{i}.self_attn.in_proj_weight", "layers/{i}/attn/W_Q", Form::OutIn, 0, 3),
    fused("transformer_encoder.layers.{i}.self_attn.in_proj_weight", "layers/{i}/attn/W_K", Form::OutIn, 1, 3),
    fused("transformer_encoder.layers.{i}.self_attn.in_proj_weight", "layers/{i}/attn/W_V", Form::OutIn, 2, 3),
    optional(fused("transformer_encoder.layers.{i}.self_attn.in_proj_bias", "layers/{i}/attn/b_Q", Form::Vector, 0, 3)),
    optional(fused("transformer_encoder.layers.{i}.self_attn.in_proj_bias", "layers/{i}/attn/b_K", Form::Vector, 1, 3)),
    optional(fused("transformer_encoder.layers.{i}.self_attn.in_proj_bias", "layers/{i}/attn/b_V", Form::Vector, 2, 3)),
    {"transformer_encoder.layers.{i}.self_attn.out_proj.weight", "layers/{i}/attn/W_O", Form::OutIn},
    optional("transformer_encoder.layers.{i}.self_attn.out_proj.bias", "layers/{i}/attn/b_O", Form::Vector),
    {"transformer_encoder.layers.{i}.norm1.weight", "layers/{i}/ln1/w", Form::Vector},
    optional("transformer_encoder.layers.{i}.norm1.bias", "layers/{i}/ln1/b", Form::Vector),
    {"transformer_encoder.layers.{i}.norm2.weight", "layers/{i}/ln2/w", Form::Vector},
    optional("transformer_encoder.layers.{i}.norm2.bias", "layers/{i}/ln2/b", Form::Vector),
    {"transformer_encoder.layers.{i}.linear1.weight", "layers/{i}/mlp/W_in", Form::OutIn},
    optional("transformer_encoder.layers.{i}.linear1.bias", "layers/{i}/mlp/b_in", Form::Vector),
    {"transformer_encoder.layers.{i}.linear2.weight", "layers/{i}/mlp/W_out", Form::OutIn},
    optional("transformer_encoder.layers.{i}.linear2.bias", "layers/{i}/mlp/b_out", Form::Vector),
    optional("transformer_encoder.norm.weight", "ln_final/w", Form::Vector),
    optional("transformer_encoder.norm.bias", "ln_final/b", Form::Vector),
    {"linear.weight", "unembed/W_U", Form::OutIn},
    optional("linear.bias", "unembed/b_U", Form::Vector),
    {"decoder.weight", "unembed/W_U", Form::OutIn},
    optional("decoder.bias", "unembed/b_U", Form::Vector),
};
constexpr KeyDefault kDefaults[] = {
    {"model_type", "nn.TransformerEncoder", Origin::FamilyDefault},
    {"normalization_type", "LN", Origin::FamilyDefault},
    {"norm_position", "post", Origin::FamilyDefault},
    {"act_fn", "relu", Origin::Guess},
    {"eps", "1e-05", Origin::FamilyDefault},
    {"positional_embedding_type", "standard", Origin::FamilyDefault},
    {"attention_dir", "causal", Origin::Guess},
    {"gated_mlp", "false", Origin::FamilyDefault},
    {"embed_scale", "sqrt(d_model)", Origin::FamilyDefault},
};

}  // namespace

extern const Layout kNnTransformer;
constexpr Layout kNnTransformer{
    .name = "nn-transformer", .rules = kRules, .defaults = kDefaults, .blockers = {}, .tiedWithoutOutput = false};

}  // namespace hs
