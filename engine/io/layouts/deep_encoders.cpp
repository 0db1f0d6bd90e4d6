// SPDX-License-Identifier: GPL-3.0-or-later
// Encoders with arithmetic of their own: ALBERT (Lan et al. 2020), ModernBERT (Warner et al. 2024), DeBERTa v2 and v3 (He et al. 2021, 2023).
#include <cmath>

#include "engine/base/plain_text.h"
#include "engine/io/bytes/json_text.h"
#include "engine/io/layouts/encoder_rows.h"

namespace hs {

namespace {

using nlohmann::json;

#define HS_ALBERT(name) "albert_layer_groups.{g}.albert_layers.{i}." name
constexpr Rule kAlbertRules[] = {
    {"embeddings.word_embeddings.weight", "embed/W_E", Form::InOut},
    {"embeddings.position_embeddings.weight", "pos_embed/W_pos", Form::InOut},
    {"embeddings.token_type_embeddings.weight", "embed/W_type", Form::InOut},
    HS_NORM("embeddings.LayerNorm", "embed/ln"),
    HS_LINEAR("embedding_hidden_mapping_in", "embed/W_widen", "embed/b_widen"),
    HS_POST_BLOCK(HS_ALBERT("attention.query"), HS_ALBERT("attention.key"), HS_ALBERT("attention.value"), HS_ALBERT("attention.dense"),
                  HS_ALBERT("attention.LayerNorm"), HS_ALBERT("ffn"), HS_ALBERT("ffn_output"), HS_ALBERT("full_layer_layer_norm")),
    HS_TRANSFORM("predictions.dense", "predictions.LayerNorm"),
    optional("predictions.decoder.weight", "unembed/W_U", Form::OutIn),
    {"predictions.bias", "unembed/b_U", Form::Vector},
    {"predictions.decoder.bias", "unembed/b_U", Form::Vector},
};
// The first layer has no attn_norm. The first half of Wi goes through the activation.
constexpr Rule kModernRules[] = {
    {"embeddings.tok_embeddings.weight", "embed/W_E", Form::InOut},
    {"embeddings.norm.weight", "embed/ln/w", Form::Vector},
    optional("embeddings.norm.bias", "embed/ln/b", Form::Vector),
    {"layers.{i}.attn_norm.weight", "layers/{i}/ln1/w", Form::Vector},
    optional("layers.{i}.attn_norm.bias", "layers/{i}/ln1/b", Form::Vector),
    fused("layers.{i}.attn.Wqkv.weight", "layers/{i}/attn/W_Q", Form::OutIn, 0, 3),
    fused("layers.{i}.attn.Wqkv.weight", "layers/{i}/attn/W_K", Form::OutIn, 1, 3),
    fused("layers.{i}.attn.Wqkv.weight", "layers/{i}/attn/W_V", Form::OutIn, 2, 3),
    optional(fused("layers.{i}.attn.Wqkv.bias", "layers/{i}/attn/b_Q", Form::Vector, 0, 3)),
    optional(fused("layers.{i}.attn.Wqkv.bias", "layers/{i}/attn/b_K", Form::Vector, 1, 3)),
    optional(fused("layers.{i}.attn.Wqkv.bias", "layers/{i}/attn/b_V", Form::Vector, 2, 3)),
    {"layers.{i}.attn.Wo.weight", "layers/{i}/attn/W_O", Form::OutIn},
    optional("layers.{i}.attn.Wo.bias", "layers/{i}/attn/b_O", Form::Vector),
    {"layers.{i}.mlp_norm.weight", "layers/{i}/ln2/w", Form::Vector},
    optional("layers.{i}.mlp_norm.bias", "layers/{i}/ln2/b", Form::Vector),
    fused("layers.{i}.mlp.Wi.weight", "layers/{i}/mlp/W_gate", Form::OutIn, 0, 2),
    fused("layers.{i}.mlp.Wi.weight", "layers/{i}/mlp/W_in", Form::OutIn, 1, 2),
    {"layers.{i}.mlp.Wo.weight", "layers/{i}/mlp/W_out", Form::OutIn},
    {"final_norm.weight", "ln_final/w", Form::Vector},
    optional("final_norm.bias", "ln_final/b", Form::Vector),
    optional("head.dense.weight", "unembed/W_T", Form::OutIn),
    optional("head.dense.bias", "unembed/b_T", Form::Vector),
    {"head.norm.weight", "unembed/ln_T/w", Form::Vector},
    optional("head.norm.bias", "unembed/ln_T/b", Form::Vector),
    optional("decoder.weight", "unembed/W_U", Form::OutIn),
    optional("decoder.bias", "unembed/b_U", Form::Vector),
};
constexpr Rule kDebertaRules[] = {
    {"embeddings.word_embeddings.weight", "embed/W_E", Form::InOut},
    {"embeddings.position_embeddings.weight", "pos_embed/W_pos", Form::InOut},
    optional("embeddings.token_type_embeddings.weight", "embed/W_type", Form::InOut),
    HS_NORM("embeddings.LayerNorm", "embed/ln"),
    optional("encoder.rel_embeddings.weight", "rel/W_E", Form::InOut),
    optional("encoder.LayerNorm.weight", "rel/ln/w", Form::Vector),
    optional("encoder.LayerNorm.bias", "rel/ln/b", Form::Vector),
    HS_POST_BLOCK("layer.{i}.attention.self.query_proj", "layer.{i}.attention.self.key_proj", "layer.{i}.attention.self.value_proj",
                  "layer.{i}.attention.output.dense", "layer.{i}.attention.output.LayerNorm", "layer.{i}.intermediate.dense",
                  "layer.{i}.output.dense", "layer.{i}.output.LayerNorm"),
    optional("layer.{i}.attention.self.pos_key_proj.weight", "layers/{i}/attn/W_relK", Form::OutIn),
    optional("layer.{i}.attention.self.pos_key_proj.bias", "layers/{i}/attn/b_relK", Form::Vector),
    optional("layer.{i}.attention.self.pos_query_proj.weight", "layers/{i}/attn/W_relQ", Form::OutIn),
    optional("layer.{i}.attention.self.pos_query_proj.bias", "layers/{i}/attn/b_relQ", Form::Vector),
    HS_TRANSFORM("cls.predictions.transform.dense", "cls.predictions.transform.LayerNorm"),
    HS_TRANSFORM("lm_predictions.lm_head.dense", "lm_predictions.lm_head.LayerNorm"),
    optional("cls.predictions.decoder.weight", "unembed/W_U", Form::OutIn),
    {"cls.predictions.bias", "unembed/b_U", Form::Vector},
    {"cls.predictions.decoder.bias", "unembed/b_U", Form::Vector},
    {"lm_predictions.lm_head.bias", "unembed/b_U", Form::Vector},
};

constexpr KeyDefault kAlbertDefaults[] = {HS_POST_DEFAULTS("albert", "gelu_new", "1e-12")};
constexpr KeyDefault kDebertaDefaults[] = {HS_POST_DEFAULTS("deberta-v2", "gelu", "1e-07")};
constexpr KeyDefault kModernDefaults[] = {
    {"model_type", "modernbert", Origin::FamilyDefault},
    {"normalization_type", "LN", Origin::FamilyDefault},
    {"norm_position", "pre", Origin::FamilyDefault},
    {"first_norm", "false", Origin::FamilyDefault},
    {"act_fn", "gelu", Origin::FamilyDefault},
    {"output_act_fn", "gelu", Origin::FamilyDefault},
    {"eps", "1e-05", Origin::FamilyDefault},
    {"positional_embedding_type", "rotary", Origin::FamilyDefault},
    {"rotary_adjacent_pairs", "false", Origin::FamilyDefault},
    {"attention_dir", "bidirectional", Origin::FamilyDefault},
    {"gated_mlp", "true", Origin::FamilyDefault},
};

constexpr KeyRule kAlbertKeys[] = {
    {"num_hidden_layers", ""},
    {"num_hidden_groups", ""},
    {"inner_group_num", ""},
    {"embedding_size", ""},
    {"net_structure_type", "", "0|null"},
    {"gap_size", "", "0|null"},
    {"num_memory_blocks", "", "0|null"},
    {"down_scale_factor", "", "1|null"},
    {"max_position_embeddings"},
    HS_BERT_KEYS,
};
// Biases of the MLP would stand at the gate, too.
constexpr KeyRule kModernKeys[] = {
    {"architectures", ""},
    {"hidden_size"},
    {"intermediate_size"},
    {"num_hidden_layers"},
    {"num_attention_heads"},
    {"hidden_activation", "act_fn"},
    {"norm_eps", "eps"},
    {"vocab_size"},
    {"max_position_embeddings"},
    {"tie_word_embeddings"},
    {"norm_bias", "", "true|false"},
    {"attention_bias", "", "true|false", "false", "attn/b_Q attn/b_K attn/b_V attn/b_O"},
    {"mlp_bias", "", "false"},
    {"decoder_bias", "", "true|false"},
    {"classifier_bias", "", "true|false"},
    {"classifier_activation", "output_act_fn"},
    {"local_attention", ""},
    {"global_attn_every_n_layers", ""},
    {"layer_types", ""},
    {"global_rope_theta", ""},
    {"local_rope_theta", ""},
    {"rope_parameters", ""},
    {"layer_norm_eps", ""},
    {"position_embedding_type", "", "absolute|rope|sans_pos|null"},
    {"sparse_prediction", ""},
    {"sparse_pred_ignore_index", ""},
    {"reference_compile", ""},
    {"repad_logits_with_grad", ""},
    {"deterministic_flash_attn", ""},
    {"initializer_cutoff_factor", ""},
    {"is_decoder", "", "false|null"},
};
// A convolution beside the first layer, and embeddings of another width, are other arithmetic.
constexpr KeyRule kDebertaKeys[] = {
    {"max_position_embeddings"},
    {"relative_attention", "", "true|false"},
    {"max_relative_positions", ""},
    {"position_buckets", ""},
    {"norm_rel_ebd", ""},
    {"share_att_key", "", "true|false"},
    {"pos_att_type", ""},
    {"position_biased_input", "", "true|false"},
    {"embedding_size", ""},
    {"attention_head_size", "d_head"},
    {"conv_kernel_size", "", "0|null"},
    {"conv_groups", ""},
    {"conv_act", ""},
    {"legacy", "", "true|false"},
    HS_BERT_KEYS,
};

constexpr const char* kAlbertTypes[] = {"albert"};
constexpr const char* kModernTypes[] = {"modernbert"};
constexpr const char* kDebertaTypes[] = {"deberta-v2"};

double number(const json& config, const char* key, double usual)
{
    return config.contains(key) && config[key].is_number() ? config[key].get<double>() : usual;
}
std::string whole(double value) { return std::to_string(static_cast<std::int64_t>(value)); }

Status deriveAlbert(const json& config, const AddValue& add)
{
    const double inner = number(config, "inner_group_num", 1), groups = number(config, "num_hidden_groups", 1);
    const double layers = number(config, "num_hidden_layers", 12) * inner;
    for (const auto& [key, value] : {std::pair{"inner_group_num", inner}, std::pair{"num_hidden_groups", groups}})
        if (!(value >= 1 && value <= 1024)) return Error::of(ErrorCode::ConfigInvalid, key, shortestText(value), "1, 2, 3 ...");
    if (!(layers >= 1 && layers <= 4096))
        return Error::of(ErrorCode::ConfigInvalid, "num_hidden_layers", shortestText(layers), "1 .. 4096");
    add("n_layers", whole(layers));
    add("layer_groups", whole(groups));
    add("inner_layers", whole(inner));
    add("output_act_fn", config.contains("hidden_act") && config["hidden_act"].is_string() ? config["hidden_act"].get<std::string>() : "");
    return {};
}

/// Base of the layers of a kind: `rope_parameters` of today's settings, else the older key; the usual one where neither is there.
Result<double> modernBase(const json& config, const char* kind, const char* older, double usual)
{
    const bool nested = config.contains("rope_parameters") && config["rope_parameters"].is_object();
    if (!nested) {
        if (config.contains("rope_parameters") && !config["rope_parameters"].is_null())
            return Error::of(ErrorCode::ConfigInvalid, "rope_parameters", config["rope_parameters"].dump().substr(0, 80), kind);
        if (!config.contains(older)) return usual;
        if (!config[older].is_number() || !(config[older].get<double>() > 0))
            return Error::of(ErrorCode::ConfigInvalid, older, config[older].dump().substr(0, 80), "> 0");
        return config[older].get<double>();
    }
    const json own = config["rope_parameters"].value(kind, json());
    const auto wrong = [&] {
        return Error::of(ErrorCode::ConfigInvalid, "rope_parameters", own.dump().substr(0, 80), "default, rope_theta");
    };
    if (!own.is_object() || own.value("rope_type", json("default")) != "default") return wrong();
    for (const auto& [key, value] : own.items())
        if (key != "rope_type" && key != "rope_theta" && !value.is_null()) return wrong();
    if (!own.contains("rope_theta") || !own["rope_theta"].is_number() || !(own["rope_theta"].get<double>() > 0)) return wrong();
    return own["rope_theta"].get<double>();
}

Status deriveModern(const json& config, const AddValue& add)
{
    const double local = number(config, "local_attention", 128), layers = number(config, "num_hidden_layers", 22);
    const double every = number(config, "global_attn_every_n_layers", 3);
    if (!(local >= 0 && local <= 1 << 30)) return Error::of(ErrorCode::ConfigInvalid, "local_attention", shortestText(local), ">= 0");
    if (!(every >= 1 && layers >= 1 && layers <= 4096))
        return Error::of(ErrorCode::ConfigInvalid, "global_attn_every_n_layers", shortestText(every), ">= 1");
    // Its window counts half of local_attention on either side; ours the token itself besides.
    const std::string window = whole(std::floor(local / 2) + 1);
    std::string windows, turns;
    const bool named = config.contains("layer_types") && config["layer_types"].is_array();
    if (named && config["layer_types"].size() != static_cast<std::size_t>(layers))
        return Error::of(ErrorCode::ConfigInvalid, "layer_types", std::to_string(config["layer_types"].size()), whole(layers));
    for (int l = 0; l < static_cast<int>(layers); ++l) {
        bool full = l % static_cast<int>(every) == 0;
        if (named) {
            const json& type = config["layer_types"][static_cast<std::size_t>(l)];
            full = type == "full_attention";
            if (!full && type != "sliding_attention")
                return Error::of(ErrorCode::ConfigInvalid, "layer_types", type.dump().substr(0, 80), "full_attention | sliding_attention");
        }
        windows += (l > 0 ? "," : "") + (full ? std::string("0") : window);
        turns += (l > 0 ? "," : "") + std::string(full ? "1" : "2");
    }
    add("window", windows);
    add("rotary_layers", turns);
    const Result<double> whole = modernBase(config, "full_attention", "global_rope_theta", 160000),
                         windowed = modernBase(config, "sliding_attention", "local_rope_theta", 10000);
    for (const auto* base : {&whole, &windowed})
        if (!*base) return base->error();
    add("rotary_base", shortestText(*whole));
    add("rotary_base_local", shortestText(*windowed));
    return {};
}

/// Words of a list, or of a text with bars between them.
std::vector<std::string> words(const json& value)
{
    std::vector<std::string> out;
    if (value.is_array())
        for (const json& word : value) out.push_back(word.is_string() ? word.get<std::string>() : word.dump());
    if (!value.is_string()) return out;
    const std::string text = value.get<std::string>();
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t bar = std::min(text.find('|', at), text.size());
        if (bar > at) out.push_back(text.substr(at, bar - at));
        at = bar + 1;
    }
    return out;
}

Status deriveDeberta(const json& config, const AddValue& add)
{
    const double width = number(config, "hidden_size", 1536), heads = number(config, "num_attention_heads", 24);
    if (number(config, "embedding_size", width) != width)
        return Error::of(ErrorCode::ConfigInvalid, "embedding_size", config["embedding_size"].dump(), shortestText(width));
    const bool relative = config.value("relative_attention", json(false)) == true;
    bool keys = false, queries = false;
    for (const std::string& word : words(config.value("pos_att_type", json()))) {
        if (word != "c2p" && word != "p2c") return Error::of(ErrorCode::ConfigInvalid, "pos_att_type", word, "c2p | p2c");
        (word == "c2p" ? keys : queries) = true;
    }
    const double dHead = number(config, "attention_head_size", heads > 0 ? width / heads : 0);
    if (!(dHead >= 1)) return Error::of(ErrorCode::ConfigInvalid, "num_attention_heads", shortestText(heads), ">= 1");
    add("attn_scale", shortestText(1.0 / std::sqrt(dHead * (1 + (keys ? 1 : 0) + (queries ? 1 : 0)))));
    add("positional_embedding_type", config.value("position_biased_input", json(true)) == false ? "none" : "standard");
    if (config.contains("hidden_act") && config["hidden_act"].is_string()) add("output_act_fn", config["hidden_act"].get<std::string>());
    if (!relative) return {};
    double farthest = number(config, "max_relative_positions", -1);
    if (farthest < 1) farthest = number(config, "max_position_embeddings", 512);
    const double buckets = std::max(0.0, number(config, "position_buckets", -1));
    if (!(farthest >= 2 && farthest <= 1 << 16) || (buckets > 0 && (buckets < 4 || farthest - 1 <= std::floor(buckets / 2))))
        return Error::of(ErrorCode::ConfigInvalid, "position_buckets", shortestText(buckets),
                         "4 .. 2 x " + shortestText(farthest) + " (max_relative_positions)");
    const std::vector<std::string> norms = words(config.value("norm_rel_ebd", json("none")));
    for (const std::string& word : norms)
        if (word != "none" && word != "layer_norm") return Error::of(ErrorCode::ConfigInvalid, "norm_rel_ebd", word, "none | layer_norm");
    add("place_buckets", whole(buckets));
    add("place_farthest", whole(farthest));
    add("place_kinds", std::string(keys ? "k" : "") + (queries ? "q" : "") + "."
                           + (std::find(norms.begin(), norms.end(), "layer_norm") != norms.end() ? "n" : "")
                           + (config.value("share_att_key", json(false)) == true ? "s" : ""));
    return {};
}

constexpr Layout encoder(const char* name, std::span<const Rule> rules, std::span<const KeyDefault> defaults,
                         std::span<const char* const> types, std::span<const KeyRule> keys,
                         Status (*derive)(const nlohmann::json&, const AddValue&))
{
    Layout out{.name = name, .rules = rules, .defaults = defaults, .blockers = {}};
    out.tied = true;
    out.types = types;
    out.byNames = false;
    out.keys = keys;
    out.derive = derive;
    out.outputTransform = true;
    out.passed = kOtherTasks;
    return out;
}
constexpr Layout withSharedLayers(Layout layout)
{
    layout.sharedLayers = true;
    return layout;
}

}  // namespace

extern const Layout kAlbert, kModernBert, kDebertaV2;
constexpr Layout kAlbert = withSharedLayers(encoder("hf-albert", kAlbertRules, kAlbertDefaults, kAlbertTypes, kAlbertKeys, deriveAlbert));
constexpr Layout kModernBert = encoder("hf-modernbert", kModernRules, kModernDefaults, kModernTypes, kModernKeys, deriveModern);
constexpr Layout kDebertaV2 = encoder("hf-deberta-v2", kDebertaRules, kDebertaDefaults, kDebertaTypes, kDebertaKeys, deriveDeberta);

}  // namespace hs
