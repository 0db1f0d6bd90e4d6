// SPDX-License-Identifier: GPL-3.0-or-later
// GPT-Neo (scores without a scale, local layers) and GPT-BigCode (one key/value head, or [q|k|v] of each head): GPT-2's relatives with
// linear layers.
#include "engine/io/bytes/json_text.h"
#include "engine/io/layouts/layout.h"

namespace hs {

namespace {

constexpr Rule kNeoRules[] = {
    {"wte.weight", "embed/W_E", Form::InOut},
    {"wpe.weight", "pos_embed/W_pos", Form::InOut},
    {"h.{i}.ln_1.weight", "layers/{i}/ln1/w", Form::Vector},
    {"h.{i}.ln_1.bias", "layers/{i}/ln1/b", Form::Vector},
    {"h.{i}.ln_2.weight", "layers/{i}/ln2/w", Form::Vector},
    {"h.{i}.ln_2.bias", "layers/{i}/ln2/b", Form::Vector},
    {"h.{i}.attn.attention.q_proj.weight", "layers/{i}/attn/W_Q", Form::OutIn},
    {"h.{i}.attn.attention.k_proj.weight", "layers/{i}/attn/W_K", Form::OutIn},
    {"h.{i}.attn.attention.v_proj.weight", "layers/{i}/attn/W_V", Form::OutIn},
    {"h.{i}.attn.attention.out_proj.weight", "layers/{i}/attn/W_O", Form::OutIn},
    {"h.{i}.attn.attention.out_proj.bias", "layers/{i}/attn/b_O", Form::Vector},
    {"h.{i}.mlp.c_fc.weight", "layers/{i}/mlp/W_in", Form::OutIn},
    {"h.{i}.mlp.c_fc.bias", "layers/{i}/mlp/b_in", Form::Vector},
    {"h.{i}.mlp.c_proj.weight", "layers/{i}/mlp/W_out", Form::OutIn},
    {"h.{i}.mlp.c_proj.bias", "layers/{i}/mlp/b_out", Form::Vector},
    {"ln_f.weight", "ln_final/w", Form::Vector},
    {"ln_f.bias", "ln_final/b", Form::Vector},
    optional("lm_head.weight", "unembed/W_U", Form::OutIn),
};
constexpr Rule kBigCodeRules[] = {
    {"wte.weight", "embed/W_E", Form::InOut},
    {"wpe.weight", "pos_embed/W_pos", Form::InOut},
    {"h.{i}.ln_1.weight", "layers/{i}/ln1/w", Form::Vector},
    {"h.{i}.ln_1.bias", "layers/{i}/ln1/b", Form::Vector},
    {"h.{i}.ln_2.weight", "layers/{i}/ln2/w", Form::Vector},
    {"h.{i}.ln_2.bias", "layers/{i}/ln2/b", Form::Vector},
    fused("h.{i}.attn.c_attn.weight", "layers/{i}/attn/W_Q", Form::OutIn, 0, Split::Groups),
    fused("h.{i}.attn.c_attn.weight", "layers/{i}/attn/W_K", Form::OutIn, 1, Split::Groups),
    fused("h.{i}.attn.c_attn.weight", "layers/{i}/attn/W_V", Form::OutIn, 2, Split::Groups),
    fused("h.{i}.attn.c_attn.bias", "layers/{i}/attn/b_Q", Form::Vector, 0, Split::Groups),
    fused("h.{i}.attn.c_attn.bias", "layers/{i}/attn/b_K", Form::Vector, 1, Split::Groups),
    fused("h.{i}.attn.c_attn.bias", "layers/{i}/attn/b_V", Form::Vector, 2, Split::Groups),
    {"h.{i}.attn.c_proj.weight", "layers/{i}/attn/W_O", Form::OutIn},
    {"h.{i}.attn.c_proj.bias", "layers/{i}/attn/b_O", Form::Vector},
    {"h.{i}.mlp.c_fc.weight", "layers/{i}/mlp/W_in", Form::OutIn},
    {"h.{i}.mlp.c_fc.bias", "layers/{i}/mlp/b_in", Form::Vector},
    {"h.{i}.mlp.c_proj.weight", "layers/{i}/mlp/W_out", Form::OutIn},
    {"h.{i}.mlp.c_proj.bias", "layers/{i}/mlp/b_out", Form::Vector},
    {"ln_f.weight", "ln_final/w", Form::Vector},
    {"ln_f.bias", "ln_final/b", Form::Vector},
    optional("lm_head.weight", "unembed/W_U", Form::OutIn),
};
constexpr KeyDefault kNeoDefaults[] = {
    {"model_type", "gpt_neo", Origin::FamilyDefault},
    {"normalization_type", "LN", Origin::FamilyDefault},
    {"norm_position", "pre", Origin::FamilyDefault},
    {"act_fn", "gelu_new", Origin::FamilyDefault},
    {"eps", "1e-05", Origin::FamilyDefault},
    {"positional_embedding_type", "standard", Origin::FamilyDefault},
    {"attention_dir", "causal", Origin::FamilyDefault},
    {"gated_mlp", "false", Origin::FamilyDefault},
    {"attn_scale", "1", Origin::FamilyDefault},
};
constexpr KeyDefault kBigCodeDefaults[] = {
    {"model_type", "gpt_bigcode", Origin::FamilyDefault},
    {"normalization_type", "LN", Origin::FamilyDefault},
    {"norm_position", "pre", Origin::FamilyDefault},
    {"act_fn", "gelu_pytorch_tanh", Origin::FamilyDefault},
    {"eps", "1e-05", Origin::FamilyDefault},
    {"positional_embedding_type", "standard", Origin::FamilyDefault},
    {"attention_dir", "causal", Origin::FamilyDefault},
    {"gated_mlp", "false", Origin::FamilyDefault},
};
constexpr KeyRule kNeoKeys[] = {
    {"architectures", "", "GPTNeoForCausalLM|GPTNeoModel|null"},
    {"hidden_size"},
    {"num_layers", "n_layers"},
    {"num_heads", "n_heads"},
    {"intermediate_size"},
    {"max_position_embeddings"},
    {"vocab_size"},
    {"activation_function"},
    {"layer_norm_epsilon"},
    {"tie_word_embeddings"},
    {"attention_types", ""},
    {"attention_layers", ""},
    {"window_size", ""},
};
constexpr KeyRule kBigCodeKeys[] = {
    {"architectures", "", "GPTBigCodeForCausalLM|GPTBigCodeModel|null"},
    {"n_embd"},
    {"n_layer"},
    {"n_head"},
    {"n_positions"},
    {"n_inner"},
    {"vocab_size"},
    {"activation_function"},
    {"layer_norm_epsilon"},
    {"tie_word_embeddings"},
    {"multi_query", "", "true|false"},
    {"num_key_value_heads", ""},
    {"scale_attn_weights", "", "true|false"},
    {"attention_softmax_in_fp32", ""},
    {"scale_attention_softmax_in_fp32", ""},
    {"inference_runner", ""},
    {"validate_runner_input", ""},
    {"pre_allocate_kv_cache", ""},
    {"max_sequence_length", ""},
    {"max_batch_size", ""},
    {"pad_key_length", ""},
};
constexpr const char* kNeoTypes[] = {"gpt_neo"};
constexpr const char* kBigCodeTypes[] = {"gpt_bigcode"};

/// attention_types [[[words of some layers], times], ...] layer by layer.
Status deriveNeo(const nlohmann::json& config, const AddValue& add)
{
    using nlohmann::json;
    constexpr std::size_t most = 1 << 16;
    const json types = config.value("attention_types", json::array({json::array({json::array({"global", "local"}), 12})}));
    const auto invalid = [&] {
        return Error::of(ErrorCode::ConfigInvalid, "attention_types", types.dump().substr(0, 80), R"([[["global", "local"], 12]])");
    };
    json words = json::array();
    if (!types.is_array()) return invalid();
    for (const json& entry : types) {
        if (!entry.is_array() || entry.size() != 2 || !entry[0].is_array() || !entry[1].is_number_unsigned()) return invalid();
        for (std::uint64_t time = 0; time < entry[1].get<std::uint64_t>() && words.size() < most; ++time)
            for (const json& word : entry[0]) words.push_back(word);
    }
    if (config.contains("attention_layers") && !config["attention_layers"].is_null() && config["attention_layers"] != words)
        return Error::of(ErrorCode::ConfigContradiction, "attention_layers", config["attention_layers"].dump().substr(0, 80), words.dump());
    const json layers = config.value("num_layers", json(24)), size = config.value("window_size", json(256));
    if (!layers.is_number_unsigned() || words.size() != layers.get<std::size_t>())
        return Error::of(ErrorCode::ConfigContradiction, "attention_types", std::to_string(words.size()) + " layers",
                         layers.dump() + " (num_layers)");
    if (!size.is_number_unsigned() || size == 0) return Error::of(ErrorCode::ConfigInvalid, "window_size", size.dump(), ">= 1");
    std::string text;
    for (const json& word : words) {
        if (word != "global" && word != "local") return invalid();
        text += (text.empty() ? "" : ",") + (word == "local" ? size.dump() : std::string("0"));
    }
    add("window", text);
    return {};
}

Status deriveBigCode(const nlohmann::json& config, const AddValue& add)
{
    if (config.value("multi_query", nlohmann::json(true)) == true) add("n_kv_heads", "1");
    else if (config.contains("n_head") && config["n_head"].is_number()) add("n_kv_heads", config["n_head"].dump());
    if (config.value("scale_attn_weights", nlohmann::json(true)) == false) add("attn_scale", "1");
    return {};
}

}  // namespace

extern const Layout kGptNeo, kGptBigCode;
constexpr Layout kGptNeo{.name = "hf-gpt-neo",
                         .rules = kNeoRules,
                         .defaults = kNeoDefaults,
                         .blockers = {},
                         .tied = true,
                         .types = kNeoTypes,
                         .byNames = false,
                         .keys = kNeoKeys,
                         .derive = deriveNeo};
constexpr Layout kGptBigCode{.name = "hf-gpt-bigcode",
                             .rules = kBigCodeRules,
                             .defaults = kBigCodeDefaults,
                             .blockers = {},
                             .tied = true,
                             .types = kBigCodeTypes,
                             .byNames = false,
                             .keys = kBigCodeKeys,
                             .derive = deriveBigCode};

}  // namespace hs
