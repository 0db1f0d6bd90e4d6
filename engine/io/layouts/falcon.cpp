// SPDX-License-Identifier: GPL-3.0-or-later
// Falcon in its three styles: one key/value head for all queries, one for each group, one for each query head; the last with ALiBi in
// bfloat16 or rotary. Which it is shows in the shapes; the configuration must agree.
#include "engine/io/bytes/json_text.h"
#include "engine/io/layouts/layout.h"

namespace hs {

namespace {

constexpr Rule kRules[] = {
    {"word_embeddings.weight", "embed/W_E", Form::InOut},
    {"h.{i}.input_layernorm.weight", "layers/{i}/ln1/w", Form::Vector},
    {"h.{i}.input_layernorm.bias", "layers/{i}/ln1/b", Form::Vector},
    {"h.{i}.ln_attn.weight", "layers/{i}/ln1/w", Form::Vector},
    {"h.{i}.ln_attn.bias", "layers/{i}/ln1/b", Form::Vector},
    optional("h.{i}.post_attention_layernorm.weight", "layers/{i}/ln2/w", Form::Vector),
    optional("h.{i}.post_attention_layernorm.bias", "layers/{i}/ln2/b", Form::Vector),
    optional("h.{i}.ln_mlp.weight", "layers/{i}/ln2/w", Form::Vector),
    optional("h.{i}.ln_mlp.bias", "layers/{i}/ln2/b", Form::Vector),
    fused("h.{i}.self_attention.query_key_value.weight", "layers/{i}/attn/W_Q", Form::OutIn, 0, Split::Groups),
    fused("h.{i}.self_attention.query_key_value.weight", "layers/{i}/attn/W_K", Form::OutIn, 1, Split::Groups),
    fused("h.{i}.self_attention.query_key_value.weight", "layers/{i}/attn/W_V", Form::OutIn, 2, Split::Groups),
    optional(fused("h.{i}.self_attention.query_key_value.bias", "layers/{i}/attn/b_Q", Form::Vector, 0, Split::Groups)),
    optional(fused("h.{i}.self_attention.query_key_value.bias", "layers/{i}/attn/b_K", Form::Vector, 1, Split::Groups)),
    optional(fused("h.{i}.self_attention.query_key_value.bias", "layers/{i}/attn/b_V", Form::Vector, 2, Split::Groups)),
    {"h.{i}.self_attention.dense.weight", "layers/{i}/attn/W_O", Form::OutIn},
    optional("h.{i}.self_attention.dense.bias", "layers/{i}/attn/b_O", Form::Vector),
    {"h.{i}.mlp.dense_h_to_4h.weight", "layers/{i}/mlp/W_in", Form::OutIn},
    optional("h.{i}.mlp.dense_h_to_4h.bias", "layers/{i}/mlp/b_in", Form::Vector),
    {"h.{i}.mlp.dense_4h_to_h.weight", "layers/{i}/mlp/W_out", Form::OutIn},
    optional("h.{i}.mlp.dense_4h_to_h.bias", "layers/{i}/mlp/b_out", Form::Vector),
    {"ln_f.weight", "ln_final/w", Form::Vector},
    {"ln_f.bias", "ln_final/b", Form::Vector},
    optional("lm_head.weight", "unembed/W_U", Form::OutIn),
};
constexpr KeyDefault kDefaults[] = {
    {"model_type", "falcon", Origin::FamilyDefault},
    {"normalization_type", "LN", Origin::FamilyDefault},
    {"norm_position", "pre", Origin::FamilyDefault},
    {"act_fn", "gelu", Origin::FamilyDefault},
    {"eps", "1e-05", Origin::FamilyDefault},
    {"positional_embedding_type", "rotary", Origin::FamilyDefault},
    {"rotary_base", "10000", Origin::FamilyDefault},
    {"rotary_adjacent_pairs", "false", Origin::FamilyDefault},
    {"alibi_slopes", "standard", Origin::FamilyDefault},
    {"alibi_bfloat16", "true", Origin::FamilyDefault},
    {"attention_dir", "causal", Origin::FamilyDefault},
    {"gated_mlp", "false", Origin::FamilyDefault},
    {"parallel_attn_mlp", "true", Origin::FamilyDefault},
};
constexpr KeyRule kKeys[] = {
    {"architectures", "", "FalconForCausalLM|FalconModel|RWForCausalLM|null"},
    {"hidden_size"},
    {"n_embed", "d_model"},
    {"num_attention_heads"},
    {"n_head"},
    {"num_hidden_layers"},
    {"n_layer"},
    {"layer_norm_epsilon"},
    {"vocab_size"},
    {"tie_word_embeddings"},
    {"ffn_hidden_size", "d_mlp"},
    {"ff_factor", ""},
    {"activation", "act_fn"},
    {"bias", "", "true|false", "false", "attn/b_Q attn/b_K attn/b_V attn/b_O mlp/b_in mlp/b_out"},
    {"alibi", "", "true|false"},
    {"multi_query", "", "true|false"},
    {"num_kv_heads", ""},
    {"new_decoder_architecture", "", "true|false"},
    {"parallel_attn", "", "true|false"},
    {"num_ln_in_parallel_attn", "", "1|2|null"},
    {"apply_residual_connection_post_layernorm", "", "false"},
    {"max_position_embeddings", ""},
    {"rope_theta"},
    {"rope_scaling"},
    {"rope_parameters"},
};
constexpr const char* kTypes[] = {"falcon", "RefinedWeb", "RefinedWebModel"};

bool isTrue(const nlohmann::json& config, const char* key, bool usual)
{
    return config.contains(key) && config[key].is_boolean() ? config[key].get<bool>() : usual;
}

Status derive(const nlohmann::json& config, const AddValue& add)
{
    const bool grouped = isTrue(config, "new_decoder_architecture", false), shared = isTrue(config, "multi_query", true);
    const bool parallel = isTrue(config, "parallel_attn", true);
    const nlohmann::json norms = config.value("num_ln_in_parallel_attn", nlohmann::json());
    if (grouped && !parallel) return Error::of(ErrorCode::ConfigInvalid, "parallel_attn", "false", "new_decoder_architecture = false");
    if (!grouped && norms == 2)
        return Error::of(ErrorCode::ConfigInvalid, "num_ln_in_parallel_attn", "2", "new_decoder_architecture = true");
    add("parallel_attn_mlp", parallel ? "true" : "false");
    if (parallel) add("parallel_shared_norm", grouped && norms != 1 ? "false" : "true");
    if (isTrue(config, "alibi", false)) add("positional_embedding_type", "alibi");
    if (!grouped && shared) add("n_kv_heads", "1");
    else if (config.contains("num_kv_heads") && config["num_kv_heads"].is_number()) add("n_kv_heads", config["num_kv_heads"].dump());
    return {};
}

}  // namespace

extern const Layout kFalcon;
constexpr Layout kFalcon{.name = "hf-falcon",
                         .rules = kRules,
                         .defaults = kDefaults,
                         .blockers = {},
                         .sharedNormByShape = true,
                         .tied = true,
                         .types = kTypes,
                         .byNames = false,
                         .keys = kKeys,
                         .derive = derive};

}  // namespace hs
