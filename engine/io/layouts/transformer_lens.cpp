// SPDX-License-Identifier: GPL-3.0-or-later
// TransformerLens state dictionaries. Weights may be folded (no ln1.w), so norms are never required.
#include "engine/base/plain_text.h"
#include "engine/io/bytes/json_text.h"
#include "engine/io/layouts/layout.h"
#include "engine/io/layouts/sparse_layers.h"
#include "engine/model/rotary.h"

namespace hs {

namespace {

constexpr Rule kRules[] = {
    {"embed.W_E", "embed/W_E", Form::InOut},
    optional("embed.ln.w", "embed/ln/w", Form::Vector),
    optional("embed.ln.b", "embed/ln/b", Form::Vector),
    optional("pos_embed.W_pos", "pos_embed/W_pos", Form::InOut),
    {"blocks.{i}.attn.W_Q", "layers/{i}/attn/W_Q", Form::HeadsInOut},
    {"blocks.{i}.attn.W_K", "layers/{i}/attn/W_K", Form::HeadsInOut},
    {"blocks.{i}.attn._W_K", "layers/{i}/attn/W_K", Form::HeadsInOut},  // grouped keys and values
    {"blocks.{i}.attn.W_V", "layers/{i}/attn/W_V", Form::HeadsInOut},
    {"blocks.{i}.attn._W_V", "layers/{i}/attn/W_V", Form::HeadsInOut},
    {"blocks.{i}.attn.W_O", "layers/{i}/attn/W_O", Form::HeadsOut},
    optional("blocks.{i}.attn.b_Q", "layers/{i}/attn/b_Q", Form::Vector),
    optional("blocks.{i}.attn.b_K", "layers/{i}/attn/b_K", Form::Vector),
    optional("blocks.{i}.attn._b_K", "layers/{i}/attn/b_K", Form::Vector),
    optional("blocks.{i}.attn.b_V", "layers/{i}/attn/b_V", Form::Vector),
    optional("blocks.{i}.attn._b_V", "layers/{i}/attn/b_V", Form::Vector),
    optional("blocks.{i}.attn.b_O", "layers/{i}/attn/b_O", Form::Vector),
    optional("blocks.{i}.ln1.w", "layers/{i}/ln1/w", Form::Vector),
    optional("blocks.{i}.ln1.b", "layers/{i}/ln1/b", Form::Vector),
    optional("blocks.{i}.ln2.w", "layers/{i}/ln2/w", Form::Vector),
    optional("blocks.{i}.ln2.b", "layers/{i}/ln2/b", Form::Vector),
    {"blocks.{i}.mlp.W_in", "layers/{i}/mlp/W_in", Form::InOut},
    optional("blocks.{i}.mlp.W_gate", "layers/{i}/mlp/W_gate", Form::InOut),
    {"blocks.{i}.mlp.W_out", "layers/{i}/mlp/W_out", Form::InOut},
    optional("blocks.{i}.mlp.b_in", "layers/{i}/mlp/b_in", Form::Vector),
    optional("blocks.{i}.mlp.b_out", "layers/{i}/mlp/b_out", Form::Vector),
    optional("blocks.{i}.ln1_post.w", "layers/{i}/ln1_post/w", Form::Vector),
    optional("blocks.{i}.ln2_post.w", "layers/{i}/ln2_post/w", Form::Vector),
    optional("blocks.{i}.attn.q_norm.w", "layers/{i}/attn/q_norm/w", Form::Vector),
    optional("blocks.{i}.attn.k_norm.w", "layers/{i}/attn/k_norm/w", Form::Vector),
    optional("blocks.{i}.mlp.ln.w", "layers/{i}/mlp/ln/w", Form::Vector),
    optional("blocks.{i}.mlp.ln.b", "layers/{i}/mlp/ln/b", Form::Vector),
    // Experts are torch Linear modules: (out, in), and always gated.
    {"blocks.{i}.mlp.W_gate.weight", "layers/{i}/experts/router", Form::OutIn},
    {"blocks.{i}.mlp.experts.{e}.W_gate.weight", "layers/{i}/experts/{e}/W_gate", Form::OutIn},
    {"blocks.{i}.mlp.experts.{e}.W_in.weight", "layers/{i}/experts/{e}/W_in", Form::OutIn},
    {"blocks.{i}.mlp.experts.{e}.W_out.weight", "layers/{i}/experts/{e}/W_out", Form::OutIn},
    optional("ln_final.w", "ln_final/w", Form::Vector),
    optional("ln_final.b", "ln_final/b", Form::Vector),
    {"unembed.W_U", "unembed/W_U", Form::InOut},
    optional("unembed.b_U", "unembed/b_U", Form::Vector),
};
constexpr KeyDefault kDefaults[] = {
    {"normalization_type", "LN", Origin::Guess},
    {"norm_position", "pre", Origin::FamilyDefault},
    {"act_fn", "gelu_new", Origin::Guess},
    {"eps", "1e-05", Origin::FamilyDefault},
    {"attention_dir", "causal", Origin::FamilyDefault},
    {"rotary_base", "10000", Origin::Guess},
    {"alibi_slopes", "plain", Origin::FamilyDefault},
    {"mlp_bias_after_gate", "true", Origin::FamilyDefault},
};
constexpr const char* kBlockers[] = {"blocks.{i}.attn.rel_pos_bias.weight", "embed.embed.W_E"};

// Fields of HookedTransformerConfig (TransformerLens 3.5).
constexpr KeyRule kKeys[] = {
    {"d_model"},
    {"d_head"},
    {"n_layers"},
    {"n_ctx"},
    {"n_heads"},
    {"d_mlp", ""},
    {"d_vocab"},
    {"d_vocab_out"},
    {"n_key_value_heads", nullptr, nullptr, nullptr},
    {"normalization_type", nullptr, "LN|LNPre|RMS|RMSPre|null"},
    {"eps"},
    {"final_rms", "", "true|false"},
    {"post_embedding_ln", "", "true|false"},
    {"positional_embedding_type", nullptr, "standard|rotary|alibi|shortformer"},
    {"attn_only"},
    {"parallel_attn_mlp"},
    {"use_normalization_before_and_after", "", "true|false"},
    {"use_attn_scale", "", "true|false"},
    {"attn_scale"},
    {"scale_attn_by_inverse_layer_idx"},
    {"attn_scores_soft_cap"},
    {"output_logits_soft_cap"},
    {"attention_dir", nullptr, "causal|bidirectional"},
    {"use_local_attn", "", "true|false"},
    {"window_size", ""},
    {"attn_types", ""},
    {"use_qk_norm", "", "true|false", "false", "attn/q_norm/w attn/k_norm/w"},
    {"rotary_dim"},
    {"rotary_base"},
    {"rotary_base_local", ""},
    {"rotary_adjacent_pairs"},
    {"rotary_scaling_factor", ""},
    {"use_NTK_by_parts_rope", "", "true|false"},
    {"NTK_by_parts_low_freq_factor", ""},
    {"NTK_by_parts_high_freq_factor", ""},
    {"NTK_by_parts_factor", ""},
    {"NTK_original_ctx_len", ""},
    {"use_yarn_rope", "", "true|false"},
    {"yarn_factor", ""},
    {"yarn_attention_factor", ""},
    {"yarn_beta_fast", ""},
    {"yarn_beta_slow", ""},
    {"yarn_original_max_position_embeddings", ""},
    {"gated_mlp"},
    {"act_fn", "", "relu|gelu|gelu_new|gelu_fast|gelu_pytorch_tanh|silu|solu|solu_ln|null"},
    {"num_experts", "n_experts"},
    {"experts_per_token"},
    {"norm_topk_prob", "", "true|false|null"},
    {"original_architecture", ""},
    {"tie_word_embeddings", ""},
    {"load_in_4bit", "", "false"},
    // What hooks see, where it ran, how it was made, and its text.
    {"use_attn_result", ""},
    {"use_split_qkv_input", ""},
    {"use_attn_in", ""},
    {"use_hook_mlp_in", ""},
    {"use_hook_tokens", ""},
    {"ungroup_grouped_query_attention", ""},
    {"device", ""},
    {"n_devices", ""},
    {"seed", ""},
    {"init_mode", ""},
    {"init_weights", ""},
    {"n_params", ""},
    {"model_name", ""},
    {"tokenizer_name", ""},
    {"default_prepend_bos", ""},
    {"tokenizer_prepends_bos", ""},
    {"checkpoint_index", ""},
    {"checkpoint_label_type", ""},
    {"checkpoint_value", ""},
    {"from_checkpoint", ""},
    {"trust_remote_code", ""},
    {"uses_rms_norm", ""},
    {"layer_norm_folding", ""},
    {"relative_attention_max_distance", ""},
    {"relative_attention_num_buckets", ""},
};

class Lens {
public:
    Lens(const nlohmann::json& config, const AddValue& add) : m_config(config), m_add(add) {}

    Status derive() const
    {
        const std::string norm = word("normalization_type");
        if (isTrue("final_rms") && norm.starts_with("LN"))
            return Error::of(ErrorCode::ConfigInvalid, "final_rms", "true", "false (normalization_type " + norm + ")");
        if (isTrue("use_normalization_before_and_after") && !norm.empty()) {
            if (norm.starts_with("LN"))
                return Error::of(ErrorCode::ConfigInvalid, "use_normalization_before_and_after", "true", "normalization_type = RMS");
            m_add("norm_position", "both");
        }
        for (const char* other : {"Olmo2ForCausalLM", "Olmo3ForCausalLM", "OlmoeForCausalLM", "GptOssForCausalLM"})
            if (word("original_architecture") == other)
                return Error::of(ErrorCode::ConfigInvalid, "original_architecture", other, "another architecture");
        if (isTrue("use_qk_norm")) m_add("qk_norm", "rms_heads");
        const bool experts = number("num_experts", 0) > 0;
        if (number("d_mlp", 0) > 0) m_add(experts ? "d_expert" : "d_mlp", shortestText(number("d_mlp", 0)));
        if (experts) {
            m_add("router", "softmax");
            m_add("router_normalised", isTrue("norm_topk_prob") ? "true" : "false");
            m_add("gated_mlp", "true");
            if (const Status s = parts::addSparseLayers(m_config, 0, 0, parts::everyLayer, m_add); !s) return s;
        }
        const std::string act = word("act_fn");
        m_add("act_fn", act == "solu_ln" ? "solu" : act);
        if (act == "solu_ln") m_add("mlp_norm", "true");
        return rotary();
    }

private:
    bool isTrue(const char* key) const { return m_config.contains(key) && m_config[key] == true; }
    std::string word(const char* key) const
    {
        return m_config.contains(key) && m_config[key].is_string() ? m_config[key].get<std::string>() : std::string();
    }
    double number(const char* key, double usual) const
    {
        return m_config.contains(key) && m_config[key].is_number() ? m_config[key].get<double>() : usual;
    }

    Status rotary() const
    {
        if (word("positional_embedding_type") != "rotary") return {};
        RotaryScaling s;
        if (isTrue("use_NTK_by_parts_rope")) {
            s.kind = RotaryKind::Llama3;
            s.factor = number("NTK_by_parts_factor", 8);
            s.low = number("NTK_by_parts_low_freq_factor", 1);
            s.high = number("NTK_by_parts_high_freq_factor", 4);
            s.original = number("NTK_original_ctx_len", 8192);
        } else if (isTrue("use_yarn_rope")) {
            s.kind = RotaryKind::Yarn;
            s.factor = number("yarn_factor", 1);
            s.attention = number("yarn_attention_factor", 1);
            s.high = number("yarn_beta_fast", 32);
            s.low = number("yarn_beta_slow", 1);
            s.original = number("yarn_original_max_position_embeddings", 4096);
        } else if (const double factor = number("rotary_scaling_factor", 1); factor != 1) {
            s.kind = RotaryKind::Linear;
            s.factor = factor;
        }
        const std::string text = rotaryText(s);
        m_add("rotary_scaling", text);
        // Local layers: a base of their own, and no stretching by one factor.
        const double local = number("rotary_base_local", 0);
        if (!isTrue("use_local_attn") || (local == 0 && s.kind != RotaryKind::Linear)) return {};
        m_add("rotary_base_local", shortestText(local != 0 ? local : number("rotary_base", 10000)));
        if (s.kind != RotaryKind::Linear) m_add("rotary_scaling_local", text);
        std::string layers;
        for (const nlohmann::json& type : m_config.value("attn_types", nlohmann::json::array()))
            layers += (layers.empty() ? "" : ",") + std::string(type == "local" ? "2" : "1");
        m_add("rotary_layers", layers);
        return {};
    }

    const nlohmann::json& m_config;
    const AddValue& m_add;
};

Status derive(const nlohmann::json& config, const AddValue& add) { return Lens(config, add).derive(); }

}  // namespace

extern const Layout kTransformerLens;
constexpr Layout kTransformerLens{.name = "transformer-lens",
                                  .rules = kRules,
                                  .defaults = kDefaults,
                                  .blockers = kBlockers,
                                  .mlpOptional = true,
                                  .tiedWithoutOutput = false,
                                  .embedNormFirst = true,
                                  .scaleIsDivisor = true,
                                  .keys = kKeys,
                                  .keysAlways = true,
                                  .derive = derive};

}  // namespace hs
