// SPDX-License-Identifier: GPL-3.0-or-later
// The first GPT (norms after each addition, none at the end) and CTRL (computed positions, wide embeddings, an output bias).
#include <cmath>

#include "engine/base/plain_text.h"
#include "engine/io/bytes/json_text.h"
#include "engine/io/layouts/layout.h"

namespace hs {

namespace {

constexpr Rule kGpt1Rules[] = {
    {"tokens_embed.weight", "embed/W_E", Form::InOut},
    {"positions_embed.weight", "pos_embed/W_pos", Form::InOut},
    {"h.{i}.ln_1.weight", "layers/{i}/ln1/w", Form::Vector},
    {"h.{i}.ln_1.bias", "layers/{i}/ln1/b", Form::Vector},
    {"h.{i}.ln_2.weight", "layers/{i}/ln2/w", Form::Vector},
    {"h.{i}.ln_2.bias", "layers/{i}/ln2/b", Form::Vector},
    fused("h.{i}.attn.c_attn.weight", "layers/{i}/attn/W_Q", Form::InOut, 0, 3),
    fused("h.{i}.attn.c_attn.weight", "layers/{i}/attn/W_K", Form::InOut, 1, 3),
    fused("h.{i}.attn.c_attn.weight", "layers/{i}/attn/W_V", Form::InOut, 2, 3),
    fused("h.{i}.attn.c_attn.bias", "layers/{i}/attn/b_Q", Form::Vector, 0, 3),
    fused("h.{i}.attn.c_attn.bias", "layers/{i}/attn/b_K", Form::Vector, 1, 3),
    fused("h.{i}.attn.c_attn.bias", "layers/{i}/attn/b_V", Form::Vector, 2, 3),
    {"h.{i}.attn.c_proj.weight", "layers/{i}/attn/W_O", Form::InOut},
    {"h.{i}.attn.c_proj.bias", "layers/{i}/attn/b_O", Form::Vector},
    {"h.{i}.mlp.c_fc.weight", "layers/{i}/mlp/W_in", Form::InOut},
    {"h.{i}.mlp.c_fc.bias", "layers/{i}/mlp/b_in", Form::Vector},
    {"h.{i}.mlp.c_proj.weight", "layers/{i}/mlp/W_out", Form::InOut},
    {"h.{i}.mlp.c_proj.bias", "layers/{i}/mlp/b_out", Form::Vector},
    optional("lm_head.weight", "unembed/W_U", Form::OutIn),
};
constexpr Rule kCtrlRules[] = {
    {"w.weight", "embed/W_E", Form::InOut},
    {"h.{i}.layernorm1.weight", "layers/{i}/ln1/w", Form::Vector},
    {"h.{i}.layernorm1.bias", "layers/{i}/ln1/b", Form::Vector},
    {"h.{i}.layernorm2.weight", "layers/{i}/ln2/w", Form::Vector},
    {"h.{i}.layernorm2.bias", "layers/{i}/ln2/b", Form::Vector},
    {"h.{i}.multi_head_attention.Wq.weight", "layers/{i}/attn/W_Q", Form::OutIn},
    {"h.{i}.multi_head_attention.Wk.weight", "layers/{i}/attn/W_K", Form::OutIn},
    {"h.{i}.multi_head_attention.Wv.weight", "layers/{i}/attn/W_V", Form::OutIn},
    {"h.{i}.multi_head_attention.dense.weight", "layers/{i}/attn/W_O", Form::OutIn},
    {"h.{i}.multi_head_attention.Wq.bias", "layers/{i}/attn/b_Q", Form::Vector},
    {"h.{i}.multi_head_attention.Wk.bias", "layers/{i}/attn/b_K", Form::Vector},
    {"h.{i}.multi_head_attention.Wv.bias", "layers/{i}/attn/b_V", Form::Vector},
    {"h.{i}.multi_head_attention.dense.bias", "layers/{i}/attn/b_O", Form::Vector},
    {"h.{i}.ffn.0.weight", "layers/{i}/mlp/W_in", Form::OutIn},
    {"h.{i}.ffn.0.bias", "layers/{i}/mlp/b_in", Form::Vector},
    {"h.{i}.ffn.2.weight", "layers/{i}/mlp/W_out", Form::OutIn},
    {"h.{i}.ffn.2.bias", "layers/{i}/mlp/b_out", Form::Vector},
    {"layernorm.weight", "ln_final/w", Form::Vector},
    {"layernorm.bias", "ln_final/b", Form::Vector},
    optional("lm_head.weight", "unembed/W_U", Form::OutIn),
    {"lm_head.bias", "unembed/b_U", Form::Vector},
};
constexpr KeyDefault kGpt1Defaults[] = {
    {"model_type", "openai-gpt", Origin::FamilyDefault},
    {"normalization_type", "LN", Origin::FamilyDefault},
    {"norm_position", "post", Origin::FamilyDefault},
    {"final_norm", "false", Origin::FamilyDefault},
    {"act_fn", "gelu_new", Origin::FamilyDefault},
    {"eps", "1e-05", Origin::FamilyDefault},
    {"positional_embedding_type", "standard", Origin::FamilyDefault},
    {"attention_dir", "causal", Origin::FamilyDefault},
    {"gated_mlp", "false", Origin::FamilyDefault},
};
constexpr KeyDefault kCtrlDefaults[] = {
    {"model_type", "ctrl", Origin::FamilyDefault},
    {"normalization_type", "LN", Origin::FamilyDefault},
    {"norm_position", "pre", Origin::FamilyDefault},
    {"act_fn", "relu", Origin::FamilyDefault},
    {"eps", "1e-06", Origin::FamilyDefault},
    {"positional_embedding_type", "sinusoidal", Origin::FamilyDefault},
    {"attention_dir", "causal", Origin::FamilyDefault},
    {"gated_mlp", "false", Origin::FamilyDefault},
};
constexpr KeyRule kGpt1Keys[] = {
    {"architectures", "", "OpenAIGPTLMHeadModel|OpenAIGPTModel|null"},
    {"n_embd"},
    {"n_layer"},
    {"n_head"},
    {"n_positions"},
    {"n_ctx", ""},
    {"vocab_size"},
    {"afn", ""},
    {"layer_norm_epsilon"},
    {"tie_word_embeddings"},
    {"n_special", ""},
    {"predict_special_tokens", ""},
};
// The last norm has the eps of the file, those of the blocks this one.
constexpr KeyRule kCtrlKeys[] = {
    {"architectures", "", "CTRLLMHeadModel|CTRLModel|null"},
    {"n_embd"},
    {"n_layer"},
    {"n_head"},
    {"n_positions"},
    {"vocab_size"},
    {"dff", "d_mlp"},
    {"tie_word_embeddings"},
    {"layer_norm_epsilon", nullptr, "1e-06"},
    {"n_ctx", ""},
};
constexpr const char* kGpt1Types[] = {"openai-gpt"};
constexpr const char* kCtrlTypes[] = {"ctrl"};

/// The family's own words for activations: its gelu is the tanh form.
Status deriveGpt1(const nlohmann::json& config, const AddValue& add)
{
    const nlohmann::json word = config.value("afn", nlohmann::json("gelu"));
    if (word == "gelu") add("act_fn", "gelu_new");
    else if (word == "relu") add("act_fn", "relu");
    else if (word == "silu" || word == "swish") add("act_fn", "silu");
    else return Error::of(ErrorCode::ConfigInvalid, "afn", word.dump(), "gelu | relu | silu | swish");
    return {};
}

Status deriveCtrl(const nlohmann::json& config, const AddValue& add)
{
    if (!config.contains("n_embd") || !config["n_embd"].is_number()) return Error::of(ErrorCode::ConfigMissing, "n_embd");
    add("embed_scale", shortestText(std::sqrt(config["n_embd"].get<double>())));
    return {};
}

}  // namespace

extern const Layout kGpt1, kCtrl;
constexpr Layout kGpt1{.name = "hf-openai-gpt",
                       .rules = kGpt1Rules,
                       .defaults = kGpt1Defaults,
                       .blockers = {},
                       .tied = true,
                       .types = kGpt1Types,
                       .byNames = false,
                       .keys = kGpt1Keys,
                       .derive = deriveGpt1};
constexpr Layout kCtrl{.name = "hf-ctrl",
                       .rules = kCtrlRules,
                       .defaults = kCtrlDefaults,
                       .blockers = {},
                       .waves = Waves::Halves,
                       .tied = true,
                       .types = kCtrlTypes,
                       .byNames = false,
                       .keys = kCtrlKeys,
                       .derive = deriveCtrl};

}  // namespace hs
