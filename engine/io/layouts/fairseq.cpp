// SPDX-License-Identifier: GPL-3.0-or-later
// OPT, BioGPT and XGLM: fairseq's decoders. Positions begin at row 2 of the table; XGLM computes its table.
#include <array>
#include <cmath>

#include "engine/base/plain_text.h"
#include "engine/io/bytes/json_text.h"
#include "engine/io/layouts/layout.h"

namespace hs {

namespace {

/// The layer's final_layer_norm is the MLP's. `biases` and `norms` say whether a file must have them.
constexpr std::array<Rule, 16> block(bool biases, bool norms)
{
    std::array<Rule, 16> rules{{
        {"layers.{i}.self_attn_layer_norm.weight", "layers/{i}/ln1/w", Form::Vector},
        {"layers.{i}.self_attn_layer_norm.bias", "layers/{i}/ln1/b", Form::Vector},
        {"layers.{i}.final_layer_norm.weight", "layers/{i}/ln2/w", Form::Vector},
        {"layers.{i}.final_layer_norm.bias", "layers/{i}/ln2/b", Form::Vector},
        {"layers.{i}.self_attn.q_proj.weight", "layers/{i}/attn/W_Q", Form::OutIn},
        {"layers.{i}.self_attn.k_proj.weight", "layers/{i}/attn/W_K", Form::OutIn},
        {"layers.{i}.self_attn.v_proj.weight", "layers/{i}/attn/W_V", Form::OutIn},
        {"layers.{i}.self_attn.out_proj.weight", "layers/{i}/attn/W_O", Form::OutIn},
        {"layers.{i}.fc1.weight", "layers/{i}/mlp/W_in", Form::OutIn},
        {"layers.{i}.fc2.weight", "layers/{i}/mlp/W_out", Form::OutIn},
        {"layers.{i}.self_attn.q_proj.bias", "layers/{i}/attn/b_Q", Form::Vector},
        {"layers.{i}.self_attn.k_proj.bias", "layers/{i}/attn/b_K", Form::Vector},
        {"layers.{i}.self_attn.v_proj.bias", "layers/{i}/attn/b_V", Form::Vector},
        {"layers.{i}.self_attn.out_proj.bias", "layers/{i}/attn/b_O", Form::Vector},
        {"layers.{i}.fc1.bias", "layers/{i}/mlp/b_in", Form::Vector},
        {"layers.{i}.fc2.bias", "layers/{i}/mlp/b_out", Form::Vector},
    }};
    for (std::size_t i = 0; i < 4; ++i) rules[i].required = norms;
    for (std::size_t i = 10; i < rules.size(); ++i) rules[i].required = biases;
    return rules;
}

template <std::size_t N>
constexpr std::array<Rule, N + 16> withBlock(const std::array<Rule, 16>& block, const Rule (&ends)[N])
{
    std::array<Rule, N + 16> out{};
    for (std::size_t i = 0; i < N; ++i) out[i] = ends[i];
    for (std::size_t i = 0; i < block.size(); ++i) out[N + i] = block[i];
    return out;
}

constexpr Rule kOptEnds[] = {
    {"embed_tokens.weight", "embed/W_E", Form::InOut},
    from(2, {"embed_positions.weight", "pos_embed/W_pos", Form::InOut}),
    optional("project_in.weight", "embed/W_proj", Form::OutIn),
    optional("project_out.weight", "unembed/W_proj", Form::OutIn),
    optional("decoder.final_layer_norm.weight", "ln_final/w", Form::Vector),
    optional("decoder.final_layer_norm.bias", "ln_final/b", Form::Vector),
    optional("lm_head.weight", "unembed/W_U", Form::OutIn),
};
constexpr Rule kBioGptEnds[] = {
    {"embed_tokens.weight", "embed/W_E", Form::InOut},
    from(2, {"embed_positions.weight", "pos_embed/W_pos", Form::InOut}),
    {"layer_norm.weight", "ln_final/w", Form::Vector},
    {"layer_norm.bias", "ln_final/b", Form::Vector},
    optional("output_projection.weight", "unembed/W_U", Form::OutIn),
};
constexpr Rule kXglmEnds[] = {
    {"embed_tokens.weight", "embed/W_E", Form::InOut},
    {"layer_norm.weight", "ln_final/w", Form::Vector},
    {"layer_norm.bias", "ln_final/b", Form::Vector},
    optional("lm_head.weight", "unembed/W_U", Form::OutIn),
};
constexpr auto kOptRules = withBlock(block(false, false), kOptEnds);
constexpr auto kBioGptRules = withBlock(block(true, true), kBioGptEnds);
constexpr auto kXglmRules = withBlock(block(true, true), kXglmEnds);

constexpr std::array<KeyDefault, 8> defaultsOf(const char* type, const char* activation, const char* positions)
{
    return {{
        {"model_type", type, Origin::FamilyDefault},
        {"normalization_type", "LN", Origin::FamilyDefault},
        {"norm_position", "pre", Origin::FamilyDefault},
        {"act_fn", activation, Origin::FamilyDefault},
        {"eps", "1e-05", Origin::FamilyDefault},
        {"positional_embedding_type", positions, Origin::FamilyDefault},
        {"attention_dir", "causal", Origin::FamilyDefault},
        {"gated_mlp", "false", Origin::FamilyDefault},
    }};
}
constexpr auto kOptDefaults = defaultsOf("opt", "relu", "standard");
constexpr auto kBioGptDefaults = defaultsOf("biogpt", "gelu", "standard");
constexpr auto kXglmDefaults = defaultsOf("xglm", "gelu", "sinusoidal");

constexpr KeyRule kOptKeys[] = {
    {"architectures", "", "OPTForCausalLM|OPTModel|null"},
    {"hidden_size"},
    {"num_hidden_layers"},
    {"num_attention_heads"},
    {"ffn_dim", "d_mlp"},
    {"max_position_embeddings"},
    {"vocab_size"},
    {"activation_function"},
    {"tie_word_embeddings"},
    {"word_embed_proj_dim", ""},
    {"do_layer_norm_before", ""},
    {"_remove_final_layer_norm", "", "true|false"},
    {"enable_bias", "", "true|false", "true", "attn/b_Q attn/b_K attn/b_V attn/b_O mlp/b_in mlp/b_out"},
    {"layer_norm_elementwise_affine", "", "true|false"},
};
// Its eps is not that of the file.
constexpr KeyRule kBioGptKeys[] = {
    {"architectures", "", "BioGptForCausalLM|BioGptModel|null"},
    {"hidden_size"},
    {"num_hidden_layers"},
    {"num_attention_heads"},
    {"intermediate_size"},
    {"max_position_embeddings"},
    {"vocab_size"},
    {"hidden_act"},
    {"tie_word_embeddings"},
    {"layer_norm_eps", ""},
    {"scale_embedding", "", "true|false"},
};
// Another padding token would blank one row of the computed table.
constexpr KeyRule kXglmKeys[] = {
    {"architectures", "", "XGLMForCausalLM|XGLMModel|null"},
    {"d_model"},
    {"num_layers", "n_layers"},
    {"attention_heads", "n_heads"},
    {"ffn_dim", "d_mlp"},
    {"max_position_embeddings"},
    {"vocab_size"},
    {"activation_function"},
    {"tie_word_embeddings"},
    {"scale_embedding", "", "true|false"},
    {"pad_token_id", nullptr, "0|1|null"},
};
constexpr const char* kOptTypes[] = {"opt"};
constexpr const char* kBioGptTypes[] = {"biogpt"};
constexpr const char* kXglmTypes[] = {"xglm"};

Status deriveOpt(const nlohmann::json& config, const AddValue& add)
{
    const bool before = config.value("do_layer_norm_before", nlohmann::json(true)) != false;
    const bool removed = config.value("_remove_final_layer_norm", nlohmann::json(false)) == true;
    add("norm_position", before ? "pre" : "post");
    add("final_norm", before && !removed ? "true" : "false");
    return {};
}

/// Token embeddings times the root of their width, unless the configuration says that they are not.
Status deriveScale(const nlohmann::json& config, const AddValue& add)
{
    const char* width = config.contains("d_model") ? "d_model" : "hidden_size";
    if (config.value("scale_embedding", nlohmann::json(true)) == false) return {};
    if (!config.contains(width) || !config[width].is_number()) return Error::of(ErrorCode::ConfigMissing, width);
    add("embed_scale", shortestText(std::sqrt(config[width].get<double>())));
    return {};
}

}  // namespace

extern const Layout kOpt, kBioGpt, kXglm;
constexpr Layout kOpt{.name = "hf-opt",
                      .rules = kOptRules,
                      .defaults = kOptDefaults,
                      .blockers = {},
                      .tied = true,
                      .types = kOptTypes,
                      .byNames = false,
                      .keys = kOptKeys,
                      .derive = deriveOpt};
constexpr Layout kBioGpt{.name = "hf-biogpt",
                         .rules = kBioGptRules,
                         .defaults = kBioGptDefaults,
                         .blockers = {},
                         .tied = true,
                         .types = kBioGptTypes,
                         .byNames = false,
                         .keys = kBioGptKeys,
                         .derive = deriveScale};
constexpr Layout kXglm{.name = "hf-xglm",
                       .rules = kXglmRules,
                       .defaults = kXglmDefaults,
                       .blockers = {},
                       .waves = Waves::HalvesFromTwo,
                       .tied = true,
                       .types = kXglmTypes,
                       .byNames = false,
                       .keys = kXglmKeys,
                       .derive = deriveScale};

}  // namespace hs
