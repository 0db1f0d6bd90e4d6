// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/config/config_window.h"

#include <algorithm>
#include <climits>
#include <string_view>
#include <vector>

namespace hs {
namespace {

using nlohmann::json;

constexpr double kMost = INT_MAX;

double number(const json& in, const char* key)
{
    return in.contains(key) && in[key].is_number() ? std::clamp(in[key].get<double>(), 0.0, kMost) : 0.0;
}
bool isTrue(const json& in, const char* key) { return in.contains(key) && in[key].is_boolean() && in[key].get<bool>(); }
std::string word(const json& in, const char* key)
{
    return in.contains(key) && in[key].is_string() ? in[key].get<std::string>() : std::string();
}
std::string sizeText(double size) { return std::to_string(static_cast<int>(size)); }

/// One word a layer: those that are `local` have the window, those that are `global` have none.
Result<std::string> byLayer(const json& words, const char* key, const char* local, const char* global, double size, const std::string& file)
{
    std::string out;
    for (const json& w : words) {
        const bool windowed = w == local;
        if (!windowed && w != global)
            return Error::in(file, ErrorCode::ConfigInvalid, key, w.dump().substr(0, 80), std::string(local) + " | " + global);
        if (windowed && size < 1) return Error::in(file, ErrorCode::ConfigInvalid, key, local, "a window size");
        if (!out.empty()) out += ',';
        out += windowed ? sizeText(size) : "0";
    }
    return out;
}

/// TransformerLens: attn_types names the layers; without a causal mask its local layers have none either.
Status addLens(const json& object, const std::string& file, const std::function<void(const char*, std::string)>& add)
{
    if (!isTrue(object, "use_local_attn") || word(object, "attention_dir") == "bidirectional") return {};
    if (!object.contains("attn_types") || !object["attn_types"].is_array())
        return Error::in(file, ErrorCode::ConfigInvalid, "attn_types", object.value("attn_types", json()).dump().substr(0, 80),
                         "global | local");
    auto text = byLayer(object["attn_types"], "attn_types", "local", "global", number(object, "window_size"), file);
    if (!text) return text.error();
    add("window", *std::move(text));
    return {};
}

/// How a family's layers come by their kind where layer_types does not name them.
enum class Order { None, Even, EveryNthFull, AllFull };
struct Family {
    const char* type;
    Order order;
    int pattern;        ///< EveryNthFull: every so many layers one is full, unless sliding_window_pattern says another number
    bool named = true;  ///< layer_types is read
};
constexpr Family kFamilies[] = {
    {"gpt_oss", Order::Even, 0},       {"gemma2", Order::Even, 0},          {"gemma3_text", Order::EveryNthFull, 6},
    {"olmo3", Order::EveryNthFull, 4}, {"cohere2", Order::EveryNthFull, 4}, {"exaone4", Order::EveryNthFull, 4},
    {"smollm3", Order::AllFull, 0}};

/// Which layers of these families are windowed.
Result<std::vector<bool>> windowed(const json& object, const Family& family, int layers, const std::string& file)
{
    std::vector<bool> out(static_cast<std::size_t>(layers), false);
    if (object.contains("layer_types") && object["layer_types"].is_array()) {
        const json& words = object["layer_types"];
        if (static_cast<int>(words.size()) != layers)
            return Error::in(file, ErrorCode::ConfigInvalid, "layer_types", std::to_string(words.size()) + " values",
                             std::to_string(layers) + " (num_hidden_layers)");
        for (std::size_t l = 0; l < out.size(); ++l) {
            out[l] = words[l] == "sliding_attention";
            if (!out[l] && words[l] != "full_attention")
                return Error::in(file, ErrorCode::ConfigInvalid, "layer_types", words[l].dump().substr(0, 80),
                                 "sliding_attention | full_attention");
        }
        return out;
    }
    if (family.order == Order::AllFull || (std::string_view(family.type) == "exaone4" && number(object, "sliding_window") < 1)) return out;
    int pattern = family.pattern;
    for (const char* key : {"_sliding_window_pattern", "sliding_window_pattern"}) {
        if (family.order != Order::EveryNthFull || std::string_view(family.type) == "olmo3" || !object.contains(key)) continue;
        if (object[key].is_null()) continue;
        if (!object[key].is_number_integer() || object[key].get<double>() < 1)
            return Error::in(file, ErrorCode::ConfigInvalid, key, object[key].dump().substr(0, 80), "1, 2, 3 ... or layer_types");
        pattern = static_cast<int>(std::min(object[key].get<double>(), kMost));
    }
    for (int l = 0; l < layers; ++l) out[static_cast<std::size_t>(l)] = family.order == Order::Even ? l % 2 == 0 : (l + 1) % pattern != 0;
    return out;
}

/// Layers of SmolLM 3 that turn queries and keys: a 1 in the list, or all but every so many.
Result<std::string> turned(const json& object, int layers, const std::string& file)
{
    std::string text;
    if (object.contains("no_rope_layers") && object["no_rope_layers"].is_array()) {
        const json& list = object["no_rope_layers"];
        if (static_cast<int>(list.size()) != layers)
            return Error::in(file, ErrorCode::ConfigInvalid, "no_rope_layers", std::to_string(list.size()) + " values",
                             std::to_string(layers) + " (num_hidden_layers)");
        for (const json& x : list) text += (text.empty() ? "" : ",") + std::string(x == 1 || x == true ? "1" : "0");
        return text;
    }
    const double interval = object.contains("no_rope_layer_interval") ? number(object, "no_rope_layer_interval") : 4;
    if (interval < 1)
        return Error::in(file, ErrorCode::ConfigInvalid, "no_rope_layer_interval", object["no_rope_layer_interval"].dump().substr(0, 80),
                         "1, 2, 3 ...");
    for (int l = 0; l < layers; ++l) text += (text.empty() ? "" : ",") + std::string((l + 1) % static_cast<int>(interval) != 0 ? "1" : "0");
    return text;
}

Status addFamily(const json& object, const Family& family, const std::string& file,
                 const std::function<void(const char*, std::string)>& add)
{
    const std::string_view type = family.type;
    const double count = number(object, "num_hidden_layers");
    if (count < 1 || count > 1 << 16) return Error::in(file, ErrorCode::ConfigMissing, "num_hidden_layers");
    const int layers = static_cast<int>(count);
    const auto kinds = windowed(object, family, layers, file);
    if (!kinds) return kinds.error();
    const bool any = std::find(kinds->begin(), kinds->end(), true) != kinds->end();
    const double size = number(object, "sliding_window");
    if (any && size < 1) return Error::in(file, ErrorCode::ConfigInvalid, "sliding_window", "null", "a window size (layer_types)");
    if (type == "smollm3") {
        if (any && !isTrue(object, "use_sliding_window"))
            return Error::in(file, ErrorCode::ConfigInvalid, "use_sliding_window", "false", "true (layer_types)");
        auto list = turned(object, layers, file);
        if (!list) return list.error();
        if (!any && isTrue(object, "use_sliding_window") && size >= 1 && !object.contains("layer_types"))
            return Error::in(file, ErrorCode::ConfigMissing, "layer_types");
        add("rotary_layers", *std::move(list));
    }
    const bool aloneTurned = type == "cohere2" || (type == "exaone4" && size >= 1);
    const bool ownBase = type == "gemma3_text" || type == "olmo3";
    std::string windows, turns;
    for (const bool local : *kinds) {
        windows += (windows.empty() ? "" : ",") + (local ? sizeText(size) : std::string("0"));
        turns += (turns.empty() ? "" : ",") + std::string(local ? (ownBase ? "2" : "1") : (aloneTurned ? "0" : "1"));
    }
    add("window", windows);
    if (aloneTurned || ownBase) add("rotary_layers", turns);
    return {};
}

}  // namespace

Status addLayerKinds(const json& object, const std::string& file, const std::function<void(const char*, std::string)>& add)
{
    if (object.contains("window")) return {};
    if (object.contains("use_local_attn")) return addLens(object, file, add);
    const std::string type = word(object, "model_type");
    if (type == "llama4_text") return {};        // chunks: its own reader
    if (object.contains("n_layers")) return {};  // our own names: they say it themselves
    for (const Family& family : kFamilies)
        if (type == family.type) return addFamily(object, family, file, add);
    const bool whole = type == "starcoder2" || type == "phi3";  // every layer, or none
    const bool named = object.contains("layer_types") && object["layer_types"].is_array();
    if (type == "olmoe" && number(object, "sliding_window") > 0)
        return Error::in(file, ErrorCode::ConfigInvalid, "sliding_window", object["sliding_window"].dump().substr(0, 80), "null");
    const bool qwen = type == "qwen2" || type == "qwen3" || type == "qwen2_moe";
    const bool mistral = type == "mistral", ministral = type == "ministral", mixtral = type == "mixtral" || type == "qwen3_moe";
    // What a missing key means is the family's; an explicit null switches the window off.
    double size = number(object, "sliding_window");
    if ((qwen || mistral || ministral) && object.contains("num_hidden_layers") && !object.contains("sliding_window")) size = 4096;
    if (named && (mistral || whole || mixtral))  // transformers passes over it
        return Error::in(file, ErrorCode::ConfigInvalid, "layer_types", object["layer_types"].dump().substr(0, 80), "nothing");
    if (type == "qwen2_moe" && !named && isTrue(object, "use_sliding_window"))  // releases of the code differ in which layers those are
        return Error::in(file, ErrorCode::ConfigInvalid, "use_sliding_window", "true", "false, or layer_types beside it");
    if (type == "qwen3_moe" && isTrue(object, "use_sliding_window") && !object.contains("sliding_window")) size = 4096;
    const bool off = object.contains("use_sliding_window") ? !isTrue(object, "use_sliding_window") : qwen || type == "qwen3_moe";

    if ((qwen || ministral) && named) {
        auto text = byLayer(object["layer_types"], "layer_types", "sliding_attention", "full_attention", off ? 0 : size, file);
        if (!text) return text.error();
        add("window", *std::move(text));
        return {};
    }
    if (off) return {};
    if (mistral || ministral || whole || mixtral) {
        if (size >= 1) add("window", sizeText(size));
        return {};
    }
    if (const double layers = number(object, "num_hidden_layers"); qwen && layers >= 1 && layers <= 1 << 16) {
        const double full = object.contains("max_window_layers") ? number(object, "max_window_layers") : 28;
        std::string text;
        for (int l = 0; l < static_cast<int>(layers); ++l)
            text += (l > 0 ? "," : "") + (l >= static_cast<int>(full) ? sizeText(size) : std::string("0"));
        add("window", text);
        return {};
    }
    // Which layers of another family have the window is not certain. Within it every layer is ordinary causal attention.
    for (const char* key : {"sliding_window", "window_size"})
        if (number(object, key) > 0) add("window_limit", sizeText(number(object, key)));
    return {};
}

}  // namespace hs
