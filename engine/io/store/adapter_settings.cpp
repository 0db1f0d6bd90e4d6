// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/store/adapter_settings.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "engine/io/bytes/json_text.h"

namespace hs {
namespace {

using Json = nlohmann::ordered_json;  // of several patterns that fit, the first counts

/// What training, loading or bookkeeping needs: it changes no merged weight. fan_in_fan_out says how the weights stand, which the
/// model's own names say too.
constexpr std::string_view kIgnored[] = {"auto_mapping",     "base_model_name_or_path",
                                         "revision",         "inference_mode",
                                         "task_type",        "lora_dropout",
                                         "fan_in_fan_out",   "peft_version",
                                         "eva_config",       "megatron_core",
                                         "runtime_config",   "bias",
                                         "qalora_group_size"};
constexpr std::string_view kRead[] = {"peft_type",       "r",
                                      "lora_alpha",      "use_rslora",
                                      "target_modules",  "exclude_modules",
                                      "modules_to_save", "rank_pattern",
                                      "alpha_pattern",   "layers_to_transform",
                                      "layers_pattern",  "init_lora_weights"};
/// Starts that leave the base weights as they are. Others (PiSSA, OLoRA, LoftQ ...) change them when training begins.
constexpr std::string_view kStarts[] = {"gaussian", "eva", "orthogonal"};

template <std::size_t N>
bool among(const std::string_view (&list)[N], std::string_view key)
{
    return std::find(std::begin(list), std::end(list), key) != std::end(list);
}

/// As a key that is not there: null, false, or nothing in it.
bool isUnset(const Json& value)
{
    if (value.is_boolean()) return !value.get<bool>();
    return value.is_null() || ((value.is_object() || value.is_array() || value.is_string()) && value.empty());
}

class Reader {
public:
    Reader(const Json& json, const std::string& file) : m_json(json), m_file(file) {}

    Result<AdapterSettings> read()
    {
        AdapterSettings out;
        for (const auto& [key, value] : m_json.items())
            if (!among(kRead, key) && !among(kIgnored, key) && !isUnset(value)) return refuse(key, "plain LoRA");
        if (const Json& type = at("peft_type"); !type.is_string() || type.get<std::string>() != "LORA") return refuse("peft_type", "LORA");
        const Json& start = at("init_lora_weights");
        if (start.is_string() && !among(kStarts, start.get<std::string>())) return refuse("init_lora_weights", "gaussian, eva, orthogonal");
        const Json &rank = at("r"), &alpha = at("lora_alpha");
        if (!rank.is_number_integer() || rank.get<double>() < 1 || rank.get<double>() > 65536) return refuse("r", "1 .. 65536");
        if (!alpha.is_number()) return refuse("lora_alpha", "a number");
        out.rank = rank.get<int>();
        out.alpha = alpha.get<double>();
        out.rankStabilised = at("use_rslora") == true;
        if (!modules("target_modules", out.targets) || (out.targets.names.empty() && !out.targets.pattern && !out.targets.all))
            return refuse("target_modules", "names, or one pattern");
        if (!modules("exclude_modules", out.excluded)) return refuse("exclude_modules", "names, or one pattern");
        if (!names(at("modules_to_save"), out.saved)) return refuse("modules_to_save", "names");
        if (!patterns("rank_pattern", out.ranks)) return refuse("rank_pattern", "a number for each pattern");
        if (!patterns("alpha_pattern", out.alphas)) return refuse("alpha_pattern", "a number for each pattern");
        if (std::any_of(out.ranks.begin(), out.ranks.end(), [](const auto& r) { return r.second < 1; }))
            return refuse("rank_pattern", "ranks from 1 on");
        if (!layers(out)) return refuse("layers_to_transform", "numbers of layers");
        std::vector<std::string> before;
        if (!names(at("layers_pattern"), before)) return refuse("layers_pattern", "names");
        for (const std::string& name : before)
            if (!pattern(".*\\." + name + "\\.(\\d+)\\..*", out.layerPatterns)) return refuse("layers_pattern", "names");
        return out;
    }

private:
    const Json& at(const char* key) const
    {
        static const Json nothing;
        const auto it = m_json.find(key);
        return it == m_json.end() ? nothing : *it;
    }
    Error refuse(const std::string& key, const char* expected) const
    {
        return Error::in(m_file, ErrorCode::ConfigInvalid, key,
                         at(key.c_str()).dump(-1, ' ', false, Json::error_handler_t::replace).substr(0, 80), expected);
    }
    /// One text or a list of them; nothing: an empty list.
    static bool names(const Json& value, std::vector<std::string>& out)
    {
        if (value.is_null()) return true;
        if (value.is_string()) {
            out.push_back(value.get<std::string>());
            return true;
        }
        if (!value.is_array()) return false;
        for (const Json& name : value) {
            if (!name.is_string()) return false;
            out.push_back(name.get<std::string>());
        }
        return true;
    }
    /// False for a pattern that this library does not understand.
    static bool pattern(const std::string& text, std::vector<std::regex>& out)
    {
        if (text.size() > 2000) return false;
        try {
            out.emplace_back(text, std::regex::ECMAScript);
        } catch (const std::regex_error&) {
            return false;
        }
        return true;
    }
    bool modules(const char* key, ModuleNames& out) const
    {
        const Json& value = at(key);
        if (!value.is_string()) return names(value, out.names);
        if (value == "all-linear") {
            out.all = true;
            return true;
        }
        std::vector<std::regex> one;
        if (!pattern(value.get<std::string>(), one)) return false;
        out.pattern = one.front();
        return true;
    }
    template <typename T>
    bool patterns(const char* key, std::vector<std::pair<std::regex, T>>& out) const
    {
        const Json& value = at(key);
        if (isUnset(value)) return true;
        if (!value.is_object()) return false;
        for (const auto& [name, number] : value.items()) {
            std::vector<std::regex> one;
            if (!number.is_number() || std::abs(number.template get<double>()) > 1e9 || !pattern("(.*\\.)?(" + name + ")$", one))
                return false;
            out.emplace_back(one.front(), number.template get<T>());
        }
        return true;
    }
    bool layers(AdapterSettings& out) const
    {
        const Json& value = at("layers_to_transform");
        if (isUnset(value)) return true;
        std::vector<int> found;
        for (const Json& layer : value.is_array() ? value : Json::array({value})) {
            if (!layer.is_number_integer()) return false;
            found.push_back(layer.get<int>());
        }
        out.layers = std::move(found);
        return true;
    }

    const Json& m_json;
    const std::string& m_file;
};

/// The first pattern that fits a name, or what holds for all.
template <typename T>
T firstOf(const std::vector<std::pair<std::regex, T>>& patterns, const std::string& module, T otherwise)
{
    for (const auto& [pattern, value] : patterns)
        if (std::regex_match(module, pattern)) return value;
    return otherwise;
}

}  // namespace

bool ModuleNames::has(const std::string& module) const
{
    if (all) return !(module == "lm_head" || module.ends_with(".lm_head"));
    if (pattern) return std::regex_match(module, *pattern);
    return std::any_of(names.begin(), names.end(), [&](const std::string& name) { return module == name || module.ends_with("." + name); });
}

bool AdapterSettings::targetsModule(const std::string& module) const
{
    if (excluded.has(module) || !targets.has(module)) return false;
    const bool whole = std::find(targets.names.begin(), targets.names.end(), module) != targets.names.end();
    if (!layers || targets.pattern || whole) return true;
    static const std::regex anyLayer(".*\\.[^.]*\\.(\\d+)\\..*");
    std::smatch found;
    bool numbered = layerPatterns.empty() && std::regex_match(module, found, anyLayer);
    for (std::size_t i = 0; i < layerPatterns.size() && !numbered; ++i) numbered = std::regex_match(module, found, layerPatterns[i]);
    if (!numbered || found[1].length() > 6) return false;
    return std::find(layers->begin(), layers->end(), std::stoi(found[1].str())) != layers->end();
}

int AdapterSettings::rankOf(const std::string& module) const { return firstOf(ranks, module, rank); }

double AdapterSettings::scaleOf(const std::string& module) const
{
    const double r = rankOf(module), a = firstOf(alphas, module, alpha);
    return rankStabilised ? a / std::sqrt(r) : a / r;
}

Result<AdapterSettings> readAdapterSettings(const std::string& path)
{
    const auto text = readJsonText(path);
    if (!text) return text.error();
    if (const auto checked = parseJson(*text, path); !checked) return checked.error();
    else if (!checked->is_object()) return Error::in(path, ErrorCode::JsonInvalid, {}, checked->type_name(), "object");
    const Json json = Json::parse(*text, nullptr, false);
    if (json.is_discarded()) return Error::in(path, ErrorCode::JsonInvalid);
    return Reader(json, path).read();
}

}  // namespace hs
