// SPDX-License-Identifier: GPL-3.0-or-later
// Llama 4's text model: chunks of keys, norms of turned queries and keys, one expert a token that weighs what it reads.
#include "engine/base/plain_text.h"
#include "engine/io/bytes/json_text.h"
#include "engine/io/layouts/parts.h"
#include "engine/io/layouts/sparse_layers.h"

namespace hs {

namespace {

using namespace parts;

constexpr auto kMlp = std::to_array<Rule>({
    {"layers.{i}.feed_forward.gate_proj.weight", "layers/{i}/mlp/W_gate", Form::OutIn},
    {"layers.{i}.feed_forward.up_proj.weight", "layers/{i}/mlp/W_in", Form::OutIn},
    {"layers.{i}.feed_forward.down_proj.weight", "layers/{i}/mlp/W_out", Form::OutIn},
    {"layers.{i}.feed_forward.shared_expert.gate_proj.weight", "layers/{i}/mlp/W_gate", Form::OutIn},
    {"layers.{i}.feed_forward.shared_expert.up_proj.weight", "layers/{i}/mlp/W_in", Form::OutIn},
    {"layers.{i}.feed_forward.shared_expert.down_proj.weight", "layers/{i}/mlp/W_out", Form::OutIn},
    {"layers.{i}.feed_forward.router.weight", "layers/{i}/experts/router", Form::OutIn},
    fused("layers.{i}.feed_forward.experts.gate_up_proj", "layers/{i}/experts/W_gate", Form::ExpertsInOut, 0, 2),
    fused("layers.{i}.feed_forward.experts.gate_up_proj", "layers/{i}/experts/W_in", Form::ExpertsInOut, 1, 2),
    {"layers.{i}.feed_forward.experts.down_proj", "layers/{i}/experts/W_out", Form::ExpertsInOut},
});
constexpr auto kRules = joined(kEnds, kFinalNorm, inputNorms(), kAttention, kQkvBiases, kOutputBias, kMlp);
constexpr auto kDefaults = joined(std::to_array<KeyDefault>({{"rotary_adjacent_pairs", "true", Origin::FamilyDefault},
                                                             {"router", "sigmoid", Origin::FamilyDefault},
                                                             {"router_weighs_input", "true", Origin::FamilyDefault}}),
                                  kRmsGated);
constexpr auto kKeys = joined(architectures("Llama4ForCausalLM|Llama4TextModel|null"),
                              std::to_array<KeyRule>({{"intermediate_size", "d_expert", nullptr, "8192"},
                                                      {"intermediate_size_mlp", "", nullptr, "16384"},
                                                      {"num_local_experts", "n_experts", nullptr, "16"},
                                                      {"num_experts_per_tok", "experts_per_token", nullptr, "1"},
                                                      {"num_key_value_heads", nullptr, nullptr, "8"},
                                                      {"head_dim", nullptr, nullptr, "128"},
                                                      {"rope_theta", nullptr, nullptr, "500000.0"},
                                                      {"moe_layers", ""},
                                                      {"interleave_moe_layer_step", "", nullptr, "1"},
                                                      {"no_rope_layers", ""},
                                                      {"no_rope_layer_interval", "", nullptr, "4"},
                                                      {"use_qk_norm", "", "true|false", "true"},
                                                      {"attn_temperature_tuning", "", "true|false", "true"},
                                                      {"attn_scale", "", nullptr, "0.1"},
                                                      {"floor_scale", "", nullptr, "8192"},
                                                      {"attention_chunk_size", "", nullptr, "8192"},
                                                      {"layer_types", ""},
                                                      {"for_llm_compressor", "", "false"}}),
                              kSizeKeys, longest("131072"), eps("rms_norm_eps", "1e-05"), act("hidden_act", "\"silu\""), tied("false"),
                              whole(), attentionBias("false"));
constexpr const char* kTypes[] = {"llama4_text"};

class Reader {
public:
    Reader(const nlohmann::json& config, const AddValue& add) : m_config(config), m_add(add) {}

    Status read()
    {
        m_layers = number("num_hidden_layers");
        if (m_layers < 1 || m_layers > 1 << 16) return Error::of(ErrorCode::ConfigMissing, "num_hidden_layers");
        if (const Status s = turned(); !s) return s;
        if (const Status s = chunks(); !s) return s;
        if (m_config["use_qk_norm"] == true) m_add("qk_norm", "rms_turned");
        if (m_config["attn_temperature_tuning"] == true) {
            if (number("floor_scale") < 1 || !m_config["attn_scale"].is_number())
                return Error::of(ErrorCode::ConfigInvalid, "floor_scale", m_config["floor_scale"].dump().substr(0, 80), ">= 1");
            m_add("query_temperature",
                  shortestText(m_config["attn_scale"].get<double>()) + " per " + std::to_string(number("floor_scale")));
        }
        return experts();
    }

private:
    int number(const char* key) const
    {
        if (!m_config.contains(key) || !m_config[key].is_number()) return 0;
        const double value = m_config[key].get<double>();
        return value >= 0 && value <= 1 << 30 ? static_cast<int>(value) : 0;
    }
    bool hasList(const char* key) const { return m_config.contains(key) && m_config[key].is_array(); }
    Error wrongLength(const char* key) const
    {
        return Error::of(ErrorCode::ConfigInvalid, key, std::to_string(m_config[key].size()) + " values",
                         std::to_string(m_layers) + " (num_hidden_layers)");
    }

    /// "No rope" 1 means that there is rotary.
    Status turned()
    {
        const bool listed = hasList("no_rope_layers") && !m_config["no_rope_layers"].empty();
        const int interval = number("no_rope_layer_interval");
        if (listed && static_cast<int>(m_config["no_rope_layers"].size()) != m_layers) return wrongLength("no_rope_layers");
        if (!listed && interval < 1)
            return Error::of(ErrorCode::ConfigInvalid, "no_rope_layer_interval", std::to_string(interval), "1, 2, 3 ...");
        std::string text;
        for (int l = 0; l < m_layers; ++l) {
            const bool on = listed ? m_config["no_rope_layers"][static_cast<std::size_t>(l)] != 0 : (l + 1) % interval != 0;
            m_turned.push_back(on);
            text += std::string(l > 0 ? "," : "") + (on ? "1" : "0");
        }
        m_add("rotary_layers", text);
        return {};
    }

    Status chunks()
    {
        const bool listed = hasList("layer_types");
        if (listed && static_cast<int>(m_config["layer_types"].size()) != m_layers) return wrongLength("layer_types");
        const int size = number("attention_chunk_size");
        std::string text;
        for (int l = 0; l < m_layers; ++l) {
            bool chunked = m_turned[static_cast<std::size_t>(l)] && size > 0;
            if (listed) {
                const nlohmann::json& type = m_config["layer_types"][static_cast<std::size_t>(l)];
                chunked = type == "chunked_attention";
                if (!chunked && type != "full_attention")
                    return Error::of(ErrorCode::ConfigInvalid, "layer_types", type.dump().substr(0, 80),
                                     "chunked_attention | full_attention");
                if (chunked && size < 1)
                    return Error::of(ErrorCode::ConfigInvalid, "attention_chunk_size", std::to_string(size), ">= 1 (layer_types)");
            }
            text += (l > 0 ? "," : "") + std::to_string(chunked ? size : 0);
        }
        m_add("attention_chunk", text);
        return {};
    }

    Status experts()
    {
        const int step = number("interleave_moe_layer_step"), width = number("intermediate_size");
        std::vector<bool> sparse(static_cast<std::size_t>(m_layers), false);
        if (hasList("moe_layers")) {
            for (const nlohmann::json& layer : m_config["moe_layers"])
                if (layer.is_number_integer() && layer >= 0 && layer < m_layers) sparse[layer.get<std::size_t>()] = true;
        } else {
            if (step < 1) return Error::of(ErrorCode::ConfigInvalid, "interleave_moe_layer_step", std::to_string(step), "1, 2, 3 ...");
            for (int l = step - 1; l < m_layers; l += step) sparse[static_cast<std::size_t>(l)] = true;
        }
        return addSparseLayers(
            m_config, number("intermediate_size_mlp"), width, [&](int layer) { return sparse[static_cast<std::size_t>(layer)]; }, m_add);
    }

    const nlohmann::json& m_config;
    const AddValue& m_add;
    int m_layers = 0;
    std::vector<bool> m_turned;
};

Status llama4(const nlohmann::json& config, const AddValue& add) { return Reader(config, add).read(); }

}  // namespace

extern const Layout kLlama4;
constexpr Layout kLlama4{.name = "llama4",
                         .rules = kRules,
                         .defaults = kDefaults,
                         .tiedWithoutOutput = false,
                         .types = kTypes,
                         .byNames = false,
                         .keys = kKeys,
                         .derive = llama4};

}  // namespace hs
