// SPDX-License-Identifier: GPL-3.0-or-later
// MPT: ALiBi, norms and projections without biases, [Q | K | V] in one tensor that may be clipped.
#include <algorithm>
#include <iterator>
#include <string_view>

#include "engine/base/plain_text.h"
#include "engine/io/bytes/json_text.h"
#include "engine/io/layouts/layout.h"

namespace hs {

namespace {

constexpr Rule kRules[] = {
    {"wte.weight", "embed/W_E", Form::InOut},
    {"blocks.{i}.norm_1.weight", "layers/{i}/ln1/w", Form::Vector},
    {"blocks.{i}.norm_2.weight", "layers/{i}/ln2/w", Form::Vector},
    fused("blocks.{i}.attn.Wqkv.weight", "layers/{i}/attn/W_Q", Form::OutIn, 0, 3),
    fused("blocks.{i}.attn.Wqkv.weight", "layers/{i}/attn/W_K", Form::OutIn, 1, 3),
    fused("blocks.{i}.attn.Wqkv.weight", "layers/{i}/attn/W_V", Form::OutIn, 2, 3),
    {"blocks.{i}.attn.out_proj.weight", "layers/{i}/attn/W_O", Form::OutIn},
    {"blocks.{i}.ffn.up_proj.weight", "layers/{i}/mlp/W_in", Form::OutIn},
    {"blocks.{i}.ffn.down_proj.weight", "layers/{i}/mlp/W_out", Form::OutIn},
    {"norm_f.weight", "ln_final/w", Form::Vector},
    optional("lm_head.weight", "unembed/W_U", Form::OutIn),
};
constexpr KeyDefault kDefaults[] = {
    {"model_type", "mpt", Origin::FamilyDefault},
    {"normalization_type", "LN", Origin::FamilyDefault},
    {"norm_position", "pre", Origin::FamilyDefault},
    {"act_fn", "gelu", Origin::FamilyDefault},
    {"eps", "1e-05", Origin::FamilyDefault},
    {"positional_embedding_type", "alibi", Origin::FamilyDefault},
    {"alibi_slopes", "standard", Origin::FamilyDefault},
    {"attention_dir", "causal", Origin::FamilyDefault},
    {"gated_mlp", "false", Origin::FamilyDefault},
};
// The MLP is four times as wide whatever expansion_ratio says.
constexpr KeyRule kKeys[] = {
    {"architectures", "", "MptForCausalLM|MptModel|MPTForCausalLM|null"},
    {"d_model"},
    {"n_layers"},
    {"n_heads"},
    {"max_seq_len", "n_ctx"},
    {"vocab_size"},
    {"tie_word_embeddings"},
    {"expansion_ratio", ""},
    {"layer_norm_epsilon"},
    {"attn_config", ""},
    {"no_bias", "", "true"},
    {"logit_scale", "", "null"},
    {"norm_type", "", "low_precision_layernorm"},
    {"learned_pos_emb", ""},
    {"embedding_fraction", ""},
    {"init_device", ""},
    {"init_config", ""},
    {"verbose", ""},
};
constexpr const char* kTypes[] = {"mpt"};

/// Values inside attn_config under which the arithmetic is MPT's as published. Others that matter are read by derive.
struct Inner {
    std::string_view key;
    nlohmann::json (*usual)();
};
const Inner kFixed[] = {
    {"alibi", [] { return nlohmann::json(true); }},
    {"alibi_bias_max", [] { return nlohmann::json(8); }},
    {"attn_type", [] { return nlohmann::json("multihead_attention"); }},
    {"attn_uses_sequence_id", [] { return nlohmann::json(false); }},
    {"prefix_lm", [] { return nlohmann::json(false); }},
    {"qk_ln", [] { return nlohmann::json(false); }},
};

Status derive(const nlohmann::json& config, const AddValue& add)
{
    const nlohmann::json inner = config.value("attn_config", nlohmann::json::object());
    if (inner.is_null()) return {};
    if (!inner.is_object()) return Error::of(ErrorCode::ConfigInvalid, "attn_config", inner.dump().substr(0, 80), "{...}");
    for (const auto& [key, value] : inner.items()) {
        const auto* fixed =
            std::find_if(std::begin(kFixed), std::end(kFixed), [&, name = std::string_view(key)](const Inner& i) { return i.key == name; });
        if (fixed != std::end(kFixed) && value != fixed->usual())
            return Error::of(ErrorCode::ConfigInvalid, "attn_config." + key, value.dump().substr(0, 80), fixed->usual().dump());
        if (key == "clip_qkv" && value.is_number() && value.get<double>() > 0) add("qkv_clip", shortestText(value.get<double>()));
        else if (key == "softmax_scale" && value.is_number() && value.get<double>() > 0)
            add("attn_scale", shortestText(value.get<double>()));
        else if ((key == "clip_qkv" || key == "softmax_scale") && !value.is_null() && value != 0)
            return Error::of(ErrorCode::ConfigInvalid, "attn_config." + key, value.dump().substr(0, 80), "> 0");
    }
    return {};
}

}  // namespace

extern const Layout kMpt;
constexpr Layout kMpt{.name = "hf-mpt",
                      .rules = kRules,
                      .defaults = kDefaults,
                      .blockers = {},
                      .tied = true,
                      .types = kTypes,
                      .byNames = false,
                      .keys = kKeys,
                      .derive = derive};

}  // namespace hs
