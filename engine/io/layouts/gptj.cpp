// SPDX-License-Identifier: GPL-3.0-or-later
// GPT-J and CodeGen: attention and MLP under one norm, neighbouring pairs of the first rotary_dim entries turned, an output bias.
#include <array>

#include "engine/io/bytes/json_text.h"
#include "engine/io/layouts/layout.h"

namespace hs {

namespace {

constexpr std::array<Rule, 13> rulesWith(Rule q, Rule k, Rule v)
{
    return {{
        {"wte.weight", "embed/W_E", Form::InOut},
        {"h.{i}.ln_1.weight", "layers/{i}/ln1/w", Form::Vector},
        {"h.{i}.ln_1.bias", "layers/{i}/ln1/b", Form::Vector},
        q,
        k,
        v,
        {"h.{i}.attn.out_proj.weight", "layers/{i}/attn/W_O", Form::OutIn},
        {"h.{i}.mlp.fc_in.weight", "layers/{i}/mlp/W_in", Form::OutIn},
        {"h.{i}.mlp.fc_in.bias", "layers/{i}/mlp/b_in", Form::Vector},
        {"h.{i}.mlp.fc_out.weight", "layers/{i}/mlp/W_out", Form::OutIn},
        {"h.{i}.mlp.fc_out.bias", "layers/{i}/mlp/b_out", Form::Vector},
        {"ln_f.weight", "ln_final/w", Form::Vector},
        {"ln_f.bias", "ln_final/b", Form::Vector},
    }};
}
constexpr std::array<Rule, 15> withOutput(const std::array<Rule, 13>& rules)
{
    std::array<Rule, 15> out{};
    for (std::size_t i = 0; i < rules.size(); ++i) out[i] = rules[i];
    out[13] = optional("lm_head.weight", "unembed/W_U", Form::OutIn);
    out[14] = {"lm_head.bias", "unembed/b_U", Form::Vector};
    return out;
}
constexpr auto kGptJRules = withOutput(rulesWith({"h.{i}.attn.q_proj.weight", "layers/{i}/attn/W_Q", Form::OutIn},
                                                 {"h.{i}.attn.k_proj.weight", "layers/{i}/attn/W_K", Form::OutIn},
                                                 {"h.{i}.attn.v_proj.weight", "layers/{i}/attn/W_V", Form::OutIn}));
constexpr auto kCodeGenRules =
    withOutput(rulesWith(fused("h.{i}.attn.qkv_proj.weight", "layers/{i}/attn/W_Q", Form::OutIn, 0, Split::Shards),
                         fused("h.{i}.attn.qkv_proj.weight", "layers/{i}/attn/W_K", Form::OutIn, 1, Split::Shards),
                         fused("h.{i}.attn.qkv_proj.weight", "layers/{i}/attn/W_V", Form::OutIn, 2, Split::Shards)));

constexpr std::array<KeyDefault, 12> defaultsOf(const char* type)
{
    return {{
        {"model_type", type, Origin::FamilyDefault},
        {"normalization_type", "LN", Origin::FamilyDefault},
        {"norm_position", "pre", Origin::FamilyDefault},
        {"act_fn", "gelu_new", Origin::FamilyDefault},
        {"eps", "1e-05", Origin::FamilyDefault},
        {"positional_embedding_type", "rotary", Origin::FamilyDefault},
        {"rotary_base", "10000", Origin::FamilyDefault},
        {"rotary_adjacent_pairs", "true", Origin::FamilyDefault},
        {"attention_dir", "causal", Origin::FamilyDefault},
        {"gated_mlp", "false", Origin::FamilyDefault},
        {"parallel_attn_mlp", "true", Origin::FamilyDefault},
        {"parallel_shared_norm", "true", Origin::FamilyDefault},
    }};
}
constexpr auto kGptJDefaults = defaultsOf("gptj");
constexpr auto kCodeGenDefaults = defaultsOf("codegen");
constexpr KeyRule kKeys[] = {
    {"architectures", "", "GPTJForCausalLM|GPTJModel|CodeGenForCausalLM|CodeGenModel|null"},
    {"n_embd"},
    {"n_layer"},
    {"n_head"},
    {"n_positions"},
    {"n_inner"},
    {"activation_function"},
    {"layer_norm_epsilon"},
    {"vocab_size"},
    {"tie_word_embeddings"},
    {"rotary_dim"},
    {"n_ctx", ""},
    {"rotary", "", "true"},
    {"scale_attn_weights", "", "true"},
};
constexpr const char* kGptJTypes[] = {"gptj"};
constexpr const char* kCodeGenTypes[] = {"codegen"};

/// Without rotary_dim the family's code turns with frequencies of the whole stream: nothing is known to be made so.
Status derive(const nlohmann::json& config, const AddValue& add)
{
    if (!config.contains("rotary_dim")) add("rotary_dim", "64");
    else if (!config["rotary_dim"].is_number_unsigned() || config["rotary_dim"] == 0)
        return Error::of(ErrorCode::ConfigInvalid, "rotary_dim", config["rotary_dim"].dump(), "2, 4, 6 ...");
    return {};
}

/// Four shards hold whole heads.
Status deriveCodeGen(const nlohmann::json& config, const AddValue& add)
{
    if (config.contains("n_head") && config["n_head"].is_number_unsigned() && config["n_head"].get<std::uint64_t>() % 4 != 0)
        return Error::of(ErrorCode::ConfigInvalid, "n_head", config["n_head"].dump(), "4, 8, 12 ...");
    return derive(config, add);
}

}  // namespace

extern const Layout kGptJ, kCodeGen;
constexpr Layout kGptJ{.name = "hf-gptj",
                       .rules = kGptJRules,
                       .defaults = kGptJDefaults,
                       .blockers = {},
                       .tiedWithoutOutput = false,
                       .types = kGptJTypes,
                       .byNames = false,
                       .keys = kKeys,
                       .derive = derive};
constexpr Layout kCodeGen{.name = "hf-codegen",
                          .rules = kCodeGenRules,
                          .defaults = kCodeGenDefaults,
                          .blockers = {},
                          .tiedWithoutOutput = false,
                          .types = kCodeGenTypes,
                          .byNames = false,
                          .keys = kKeys,
                          .derive = deriveCodeGen};

}  // namespace hs
