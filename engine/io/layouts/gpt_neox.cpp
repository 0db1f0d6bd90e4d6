// SPDX-License-Identifier: GPL-3.0-or-later
// GPT-NeoX and Pythia: q, k and v of each head side by side, attention and MLP beside each other under norms of their own.
#include "engine/io/bytes/json_text.h"
#include "engine/io/layouts/layout.h"

namespace hs {

namespace {

constexpr Rule kRules[] = {
    {"embed_in.weight", "embed/W_E", Form::InOut},
    {"layers.{i}.input_layernorm.weight", "layers/{i}/ln1/w", Form::Vector},
    {"layers.{i}.input_layernorm.bias", "layers/{i}/ln1/b", Form::Vector},
    {"layers.{i}.post_attention_layernorm.weight", "layers/{i}/ln2/w", Form::Vector},
    {"layers.{i}.post_attention_layernorm.bias", "layers/{i}/ln2/b", Form::Vector},
    fused("layers.{i}.attention.query_key_value.weight", "layers/{i}/attn/W_Q", Form::OutIn, 0, Split::Groups),
    fused("layers.{i}.attention.query_key_value.weight", "layers/{i}/attn/W_K", Form::OutIn, 1, Split::Groups),
    fused("layers.{i}.attention.query_key_value.weight", "layers/{i}/attn/W_V", Form::OutIn, 2, Split::Groups),
    optional(fused("layers.{i}.attention.query_key_value.bias", "layers/{i}/attn/b_Q", Form::Vector, 0, Split::Groups)),
    optional(fused("layers.{i}.attention.query_key_value.bias", "layers/{i}/attn/b_K", Form::Vector, 1, Split::Groups)),
    optional(fused("layers.{i}.attention.query_key_value.bias", "layers/{i}/attn/b_V", Form::Vector, 2, Split::Groups)),
    {"layers.{i}.attention.dense.weight", "layers/{i}/attn/W_O", Form::OutIn},
    optional("layers.{i}.attention.dense.bias", "layers/{i}/attn/b_O", Form::Vector),
    {"layers.{i}.mlp.dense_h_to_4h.weight", "layers/{i}/mlp/W_in", Form::OutIn},
    {"layers.{i}.mlp.dense_h_to_4h.bias", "layers/{i}/mlp/b_in", Form::Vector},
    {"layers.{i}.mlp.dense_4h_to_h.weight", "layers/{i}/mlp/W_out", Form::OutIn},
    {"layers.{i}.mlp.dense_4h_to_h.bias", "layers/{i}/mlp/b_out", Form::Vector},
    {"final_layer_norm.weight", "ln_final/w", Form::Vector},
    {"final_layer_norm.bias", "ln_final/b", Form::Vector},
    optional("embed_out.weight", "unembed/W_U", Form::OutIn),
    optional("lm_head.weight", "unembed/W_U", Form::OutIn),
};
constexpr KeyDefault kDefaults[] = {
    {"model_type", "gpt_neox", Origin::FamilyDefault},
    {"normalization_type", "LN", Origin::FamilyDefault},
    {"norm_position", "pre", Origin::FamilyDefault},
    {"act_fn", "gelu", Origin::FamilyDefault},
    {"eps", "1e-05", Origin::FamilyDefault},
    {"positional_embedding_type", "rotary", Origin::FamilyDefault},
    {"rotary_fraction", "0.25", Origin::FamilyDefault},
    {"rotary_base", "10000", Origin::FamilyDefault},
    {"rotary_adjacent_pairs", "false", Origin::FamilyDefault},
    {"attention_dir", "causal", Origin::FamilyDefault},
    {"gated_mlp", "false", Origin::FamilyDefault},
    {"parallel_attn_mlp", "true", Origin::FamilyDefault},
};
constexpr KeyRule kKeys[] = {
    {"architectures", "", "GPTNeoXForCausalLM|GPTNeoXModel|null"},
    {"hidden_size"},
    {"num_hidden_layers"},
    {"num_attention_heads"},
    {"intermediate_size"},
    {"hidden_act"},
    {"layer_norm_eps"},
    {"vocab_size"},
    {"max_position_embeddings", ""},
    {"use_parallel_residual"},
    {"attention_bias", "", "true|false", "true", "attn/b_Q attn/b_K attn/b_V attn/b_O"},
    {"tie_word_embeddings"},
    {"rotary_pct"},
    {"rotary_emb_base"},
    {"rope_theta", ""},
    {"partial_rotary_factor", ""},
    {"rope_scaling"},
    {"rope_parameters"},
};
constexpr const char* kTypes[] = {"gpt_neox"};

/// The family's code reads the rotary settings under its own names and passes over the general ones.
Status derive(const nlohmann::json& config, const AddValue&)
{
    const auto agree = [&](const char* general, const char* own, double usual) {
        if (!config.contains(general) || !config[general].is_number()) return true;
        return config[general].get<double>() == (config.contains(own) && config[own].is_number() ? config[own].get<double>() : usual);
    };
    for (const auto& [general, own, usual] :
         {std::tuple{"rope_theta", "rotary_emb_base", 10000.0}, std::tuple{"partial_rotary_factor", "rotary_pct", 0.25}})
        if (!agree(general, own, usual)) return Error::of(ErrorCode::ConfigInvalid, general, config[general].dump(), own);
    return {};
}

}  // namespace

extern const Layout kGptNeoX;
constexpr Layout kGptNeoX{.name = "hf-gpt-neox",
                          .rules = kRules,
                          .defaults = kDefaults,
                          .blockers = {},
                          .tiedWithoutOutput = false,
                          .types = kTypes,
                          .byNames = false,
                          .keys = kKeys,
                          .derive = derive};

}  // namespace hs
