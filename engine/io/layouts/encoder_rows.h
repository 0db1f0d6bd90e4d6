// SPDX-License-Identifier: GPL-3.0-or-later
// Rows that the tables of encoders share. Included by the files of those families alone.
#pragma once

#include "engine/io/layouts/layout.h"

/// A torch Linear with its bias.
#define HS_LINEAR(source, matrix, bias) \
    {source ".weight", matrix, Form::OutIn}, { source ".bias", bias, Form::Vector }
/// A LayerNorm under its names of today and those of TensorFlow's checkpoints.
#define HS_NORM(source, role)                                                                                                           \
    {source ".weight", role "/w", Form::Vector}, {source ".bias", role "/b", Form::Vector}, {source ".gamma", role "/w", Form::Vector}, \
    {                                                                                                                                   \
        source ".beta", role "/b", Form::Vector                                                                                         \
    }
/// An output behind a transform: it is there or it is not.
#define HS_TRANSFORM(dense, layerNorm) \
    optional(dense ".weight", "unembed/W_T", Form::OutIn), {dense ".bias", "unembed/b_T", Form::Vector}, HS_NORM(layerNorm, "unembed/ln_T")
/// A block as BERT's, with the names of its four projections and of its two norms.
#define HS_POST_BLOCK(q, k, v, o, ln1, up, down, ln2)                                                                           \
    HS_LINEAR(q, "layers/{i}/attn/W_Q", "layers/{i}/attn/b_Q"), HS_LINEAR(k, "layers/{i}/attn/W_K", "layers/{i}/attn/b_K"),     \
        HS_LINEAR(v, "layers/{i}/attn/W_V", "layers/{i}/attn/b_V"), HS_LINEAR(o, "layers/{i}/attn/W_O", "layers/{i}/attn/b_O"), \
        HS_NORM(ln1, "layers/{i}/ln1"), HS_LINEAR(up, "layers/{i}/mlp/W_in", "layers/{i}/mlp/b_in"),                            \
        HS_LINEAR(down, "layers/{i}/mlp/W_out", "layers/{i}/mlp/b_out"), HS_NORM(ln2, "layers/{i}/ln2")
/// What post-norm encoders have in common; the activation of MLP and output, and eps, where the settings do not say.
#define HS_POST_DEFAULTS(type, activation, eps)                                                                                      \
    {"model_type", type, Origin::FamilyDefault}, {"normalization_type", "LN", Origin::FamilyDefault},                                \
        {"norm_position", "post", Origin::FamilyDefault}, {"act_fn", activation, Origin::FamilyDefault},                             \
        {"output_act_fn", activation, Origin::FamilyDefault}, {"eps", eps, Origin::FamilyDefault},                                   \
        {"positional_embedding_type", "standard", Origin::FamilyDefault}, {"attention_dir", "bidirectional", Origin::FamilyDefault}, \
    {                                                                                                                                \
        "gated_mlp", "false", Origin::FamilyDefault                                                                                  \
    }
/// Keys of BERT that its relatives have too.
#define HS_BERT_KEYS                                                                                                               \
    {"architectures", ""}, {"hidden_size"}, {"num_hidden_layers"}, {"num_attention_heads"}, {"intermediate_size"}, {"hidden_act"}, \
        {"layer_norm_eps"}, {"vocab_size"}, {"type_vocab_size", ""}, {"tie_word_embeddings"}, {"directionality", ""},              \
        {"position_embedding_type", "", "absolute|null"},                                                                          \
    {                                                                                                                              \
        "is_decoder", "", "false|null"                                                                                             \
    }

namespace hs {

/// Tensors of other tasks on top of an encoder.
inline constexpr const char* kOtherTasks[] = {"pooler.dense.weight",
                                              "pooler.dense.bias",
                                              "pooler.weight",
                                              "pooler.bias",
                                              "seq_relationship.weight",
                                              "seq_relationship.bias",
                                              "qa_outputs.weight",
                                              "qa_outputs.bias",
                                              "classifier.weight",
                                              "classifier.bias",
                                              "classifier.dense.weight",
                                              "classifier.dense.bias",
                                              "classifier.out_proj.weight",
                                              "classifier.out_proj.bias",
                                              "pre_classifier.weight",
                                              "pre_classifier.bias",
                                              "sop_classifier.classifier.weight",
                                              "sop_classifier.classifier.bias",
                                              "mask_predictions.dense.weight",
                                              "mask_predictions.dense.bias",
                                              "mask_predictions.LayerNorm.weight",
                                              "mask_predictions.LayerNorm.bias",
                                              "mask_predictions.classifier.weight",
                                              "mask_predictions.classifier.bias"};

}  // namespace hs
