// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/config/config_sources.h"

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <string_view>

#include <nlohmann/json.hpp>

#include "engine/base/plain_text.h"
#include "engine/io/bytes/json_text.h"
#include "engine/io/config/config_rotary.h"
#include "engine/io/config/config_window.h"
#include "engine/io/config/neutral_keys.h"
#include "engine/io/config/pruned_heads.h"

namespace hs {

namespace {

using nlohmann::json;

struct Alias {
    const char* theirs;
    const char* ours;
};
// Ours first, then Hugging Face GPT-2, LLaMA and BERT lines, NeoX, TransformerLens, nanoGPT, Raschka.
constexpr Alias aliases[] = {
    {"n_layer", "n_layers"},
    {"n_head", "n_heads"},
    {"n_embd", "d_model"},
    {"n_positions", "n_ctx"},
    {"n_inner", "d_mlp"},
    {"vocab_size", "d_vocab"},
    {"activation_function", "act_fn"},
    {"layer_norm_epsilon", "eps"},
    {"num_hidden_layers", "n_layers"},
    {"num_attention_heads", "n_heads"},
    {"num_key_value_heads", "n_kv_heads"},
    {"head_dim", "d_head"},
    {"hidden_size", "d_model"},
    {"intermediate_size", "d_mlp"},
    {"max_position_embeddings", "n_ctx"},
    {"rms_norm_eps", "eps"},
    {"layer_norm_eps", "eps"},
    {"rope_theta", "rotary_base"},
    {"hidden_act", "act_fn"},
    {"rotary_emb_base", "rotary_base"},
    {"use_parallel_residual", "parallel_attn_mlp"},
    {"n_key_value_heads", "n_kv_heads"},
    {"block_size", "n_ctx"},
    {"attn_logit_softcapping", "attn_softcap"},
    {"final_logit_softcapping", "final_softcap"},
    {"attn_scores_soft_cap", "attn_softcap"},
    {"output_logits_soft_cap", "final_softcap"},
    {"emb_dim", "d_model"},
    {"context_length", "n_ctx"},
    {"pad_token_id", "pad_token_id"},  // says nothing about the architecture; asked for where padding is masked
};

// Keys that change what must be computed, with the only values that we can compute.
struct Unsupported {
    const char* key;
    bool (*fine)(const json&);
    const char* expected;
};
bool isFalse(const json& v) { return v.is_boolean() ? !v.get<bool>() : v.is_null(); }
constexpr Unsupported unsupported[] = {
    {"add_cross_attention", isFalse, "false"},
    {"is_encoder_decoder", isFalse, "false"},
    {"alibi", isFalse, "false"},
    {"use_normalization_before_and_after", isFalse, "false"},
    {"use_NTK_by_parts_rope", isFalse, "false"},
    {"use_yarn_rope", isFalse, "false"},
    {"num_local_experts", [](const json& v) { return v.is_null(); }, "null"},
    {"num_experts", [](const json& v) { return v.is_null(); }, "null"},
};

/// "" for values that say nothing (null, objects) or that are sentinels (TransformerLens writes -1 for "derive it").
std::string valueText(const json& v)
{
    if (v.is_string()) return v.get<std::string>();
    if (v.is_boolean()) return v.get<bool>() ? "true" : "false";
    if (v.is_number_integer() || v.is_number_unsigned()) return v.is_number_integer() && v < 0 ? std::string() : v.dump();
    if (v.is_number_float()) return v.get<double>() < 0 ? std::string() : shortestText(v.get<double>());
    if (!v.is_array()) return {};
    std::string out;
    for (const json& e : v) {
        if (!e.is_number_integer()) return {};
        if (!out.empty()) out += ',';
        out += e.dump();
    }
    return out;
}

void addSpecial(const json& object, bool scaleIsDivisor, const std::function<void(const char*, std::string)>& add)
{
    const auto number = [&](const json& in, const char* key) {
        return in.contains(key) && in[key].is_number() ? in[key].get<double>() : 0.0;
    };
    if (object.contains("architectures") && object["architectures"].is_array() && !object["architectures"].empty())
        add("original_architecture", valueText(object["architectures"][0]));
    for (const char* key : {"scale_attn_weights", "use_attn_scale"})
        if (object.contains(key) && object[key].is_boolean() && !object[key].get<bool>()) add("attn_scale", "1");
    if (scaleIsDivisor && number(object, "attn_scale") > 0) add("attn_scale", shortestText(1.0 / number(object, "attn_scale")));
    if (object.contains("normalization_type") && object["normalization_type"].is_null()) add("normalization_type", "none");
    if (object.contains("do_layer_norm_before") && object["do_layer_norm_before"].is_boolean())
        add("norm_position", object["do_layer_norm_before"].get<bool>() ? "pre" : "post");
    if (object.contains("multi_query") && object["multi_query"] == true
        && !(object.contains("new_decoder_architecture") && object["new_decoder_architecture"] == true))
        add("n_kv_heads", "1");
    for (const char* key : {"partial_rotary_factor", "rotary_pct"})
        if (number(object, key) > 0) add("rotary_fraction", shortestText(number(object, key)));
    if (object.contains("post_norm") && object["post_norm"].is_boolean())
        add("norm_position", object["post_norm"].get<bool>() ? "post" : "pre");
}

/// The object is a family's own configuration, not a list of ours.
bool isForeign(const json& object) { return object.contains("model_type") || object.contains("architectures"); }

const KeyRule* ruleFor(const Layout& layout, const std::string& key)
{
    for (const KeyRule& rule : layout.keys)
        if (key == rule.name) return &rule;
    return nullptr;
}

/// Is the value one of "a|b"? Numbers compare as numbers, lists by their only element or as JSON.
bool isOneOf(const json& value, std::string_view only)
{
    for (std::size_t at = 0; at <= only.size();) {
        const std::size_t bar = std::min(only.find('|', at), only.size());
        const std::string word(only.substr(at, bar - at));
        if (value.is_string() ? value.get<std::string>() == word : value.dump() == word) return true;
        char* end = nullptr;
        const double number = std::strtod(word.c_str(), &end);
        if (value.is_number() && !word.empty() && *end == 0 && value.get<double>() == number) return true;
        at = bar + 1;
    }
    return value.is_array() && value.size() == 1 && isOneOf(value[0], only);
}

/// Files of tools that write our own names may have all of them.
bool isOurs(const std::string& key)
{
    const auto& known = configKeys();
    return std::find(known.begin(), known.end(), key) != known.end();
}

bool saysNothing(const json& value)
{
    return value.is_null() || value == false || ((value.is_string() || value.is_structured()) && value.empty());
}

/// Every key of a family's configuration is known to be computed, or to change nothing.
Status checkKeys(const json& object, const Layout& layout, const std::string& detail)
{
    for (const auto& [key, value] : object.items()) {
        const std::string found = value.dump().substr(0, 80);
        if (const KeyRule* rule = ruleFor(layout, key)) {
            if (rule->only && !isOneOf(value, rule->only))
                return Error::in(detail, ErrorCode::ConfigInvalid, key, found, std::string(rule->only) + " (" + layout.name + ")");
        } else if (const char* only = onlyNeutral(key)) {
            if (!isOneOf(value, only))
                return Error::in(detail, ErrorCode::ConfigInvalid, key, found, std::string(only) + " (" + layout.name + ")");
        } else if (!isNeutralKey(key) && !saysNothing(value) && !(layout.keysAlways && isOurs(key))) {
            return Error::in(detail, ErrorCode::ConfigUnknownKey, key, found, layout.name);
        }
    }
    return {};
}

/// The configuration as the family's code has it: with the values that it takes for missing keys.
json completed(const json& object, const Layout& layout)
{
    json out = object;
    for (const KeyRule& rule : layout.keys)
        if (rule.usual && !out.contains(rule.name))  // the first of several rows of a key counts
            out[rule.name] = json::parse(rule.usual, nullptr, false);
    return out;
}

/// Says which tensors a key wants, and which it does not: "key=true: attn/b_Q attn/b_K".
void addGoverned(const json& object, const Layout& layout, const AddValue& add)
{
    for (const KeyRule& rule : layout.keys) {
        if (!rule.governs) continue;
        const bool wanted = object.contains(rule.name) && object[rule.name] == true;
        add("governs", std::string(rule.name) + (wanted ? "=true: " : "=false: ") + rule.governs);
    }
}

Status addObject(const json& given, Origin origin, const std::string& detail, const Layout& layout, ConfigCandidates& out)
{
    const bool listed = !layout.keys.empty() && (isForeign(given) || (layout.keysAlways && given.contains("d_model")));
    const json object = listed ? completed(given, layout) : given;
    const auto add = [&](const char* key, std::string text) {
        if (!text.empty()) out.push_back({key, std::move(text), origin, detail});
    };
    if (object.contains("model_type")) add("model_type", valueText(object["model_type"]));  // first: what follows may not be ours to read
    if (listed)
        if (const Status s = checkKeys(object, layout, detail); !s) return s;
    if (listed) addGoverned(object, layout, add);
    if (layout.derive && (listed || isForeign(object))) {
        if (const Status s = layout.derive(object, add); !s) {
            Error e = s.error();
            e.file = detail;
            return e;
        }
    }
    for (const Unsupported& u : unsupported)
        if (!(listed && ruleFor(layout, u.key)) && object.contains(u.key) && !u.fine(object[u.key]))
            return Error::in(detail, ErrorCode::ConfigInvalid, u.key, object[u.key].dump().substr(0, 200), u.expected);
    const bool scaleIsDivisor = layout.scaleIsDivisor;
    if (const Status s = addRotary(object, detail, add); !s) return s;
    addSpecial(object, scaleIsDivisor, add);
    if (const Status s = addLayerKinds(object, detail, add); !s) return s;
    if (const Status s = addPrunedHeads(object, detail, add); !s) return s;
    for (const auto& [key, value] : object.items()) {
        const KeyRule* rule = listed ? ruleFor(layout, key) : nullptr;
        const std::string ours = rule && rule->ours ? rule->ours : configKeyFor(key);
        if (ours.empty() || (scaleIsDivisor && ours == "attn_scale")) continue;
        const bool assumed = rule && !given.contains(key);
        if (const std::string text = valueText(value); !text.empty())
            out.push_back({ours, text, assumed ? Origin::FamilyDefault : origin, assumed ? layout.name : detail});
    }
    return {};
}

}  // namespace

std::string configKeyFor(const std::string& key)
{
    const auto& known = configKeys();
    if (std::find(known.begin(), known.end(), key) != known.end()) return key;
    for (const Alias& a : aliases)
        if (key == a.theirs) return a.ours;
    return {};
}

Status addJson(const std::string& text, Origin origin, const std::string& detail, const Layout& layout, ConfigCandidates& out)
{
    auto parsed = parseJson(text, detail);
    if (!parsed) return parsed.error();
    if (!parsed->is_object()) return Error::in(detail, ErrorCode::JsonInvalid, {}, parsed->type_name(), "object");
    return addObject(*parsed, origin, detail, layout, out);
}

Status addHdf5(const h5::File& file, const Layout& layout, ConfigCandidates& out)
{
    const h5::Inventory& inventory = file.inventory();
    static constexpr Layout asOurs{};  // attributes are a choice of keys, written by a tool of its own: scales multiply, no list is whole
    // Attributes one by one, our names and theirs.
    for (const char* group : {"", "config"}) {
        json object = json::object();
        for (const auto& [name, attribute] : inventory.attributesOf(group)) {
            const auto text = attribute.asConfigText();
            if (text && !configKeyFor(name).empty()) object[name] = *text;
            if (name == "window_size" && attribute.asInt()) object[name] = *attribute.asInt();
            if (name == "post_norm" && attribute.asInt()) object[name] = *attribute.asInt() != 0;
            if (name == "rope_scaling" && text) object[name] = json::parse(*text, nullptr, false);
        }
        const std::string where = *group ? "/config" : "/";
        if (const Status s = addObject(object, Origin::FileAttribute, where, asOurs, out); !s) return s;
    }
    const auto fromText = [&](const std::string& text, Origin origin, const std::string& detail) {
        return addJson(text, origin, detail, layout, out);
    };
    if (const auto* d = inventory.find("config"); d && d->isString) {
        const auto strings = file.strings("config", 1);
        if (!strings) return strings.error();
        if (!strings->empty())
            if (const Status s = fromText(strings->front(), Origin::FileAttribute, "/config"); !s) return s;
    }
    const h5::Attributes& root = inventory.attributesOf("");
    if (const auto it = root.find("config"); it != root.end() && it->second.asText())
        if (const Status s = fromText(*it->second.asText(), Origin::FileAttribute, "/@config"); !s) return s;
    if (const auto it = root.find("model_config"); it != root.end() && it->second.asText()) {
        // Keras: {"class_name": ..., "config": {...}}
        const auto parsed = parseJson(*it->second.asText(), "/@model_config");
        if (!parsed) return parsed.error();
        const json& inner = parsed->is_object() && parsed->contains("config") ? (*parsed)["config"] : *parsed;
        if (inner.is_object())
            if (const Status s = addObject(inner, Origin::ModelConfigJson, "/@model_config", layout, out); !s) return s;
    }
    return {};
}

Status addUser(const std::map<std::string, std::string>& values, const std::string& file, const Layout& layout, ConfigCandidates& out)
{
    for (const auto& [key, text] : values) {
        const std::string ours = configKeyFor(key);
        if (ours.empty()) return Error::of(ErrorCode::ConfigUnknownKey, key, text);
        out.push_back({ours, text, Origin::User, "--config"});
    }
    if (file.empty()) return {};
    const auto text = readJsonText(file);
    if (!text) return text.error();
    const auto parsed = parseJson(*text, file);
    if (!parsed) return parsed.error();
    if (!parsed->is_object()) return Error::in(file, ErrorCode::JsonInvalid, {}, parsed->type_name(), "object");
    // A Hugging Face config.json has dozens of other keys; in a list of our own an unknown one is a slip.
    for (const auto& [key, value] : parsed->items())
        if (!isForeign(*parsed) && configKeyFor(key).empty())
            return Error::in(file, ErrorCode::ConfigUnknownKey, key, value.dump().substr(0, 80));
    return addObject(*parsed, Origin::User, file, layout, out);
}

std::string declaredType(const ConfigCandidates& candidates)
{
    const auto at = std::find_if(candidates.begin(), candidates.end(), [](const ConfigCandidate& c) { return c.key == "model_type"; });
    return at == candidates.end() ? std::string() : at->text;
}

}  // namespace hs
