// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/config/config_window.h"

#include <algorithm>
#include <climits>

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

}  // namespace

Status addWindows(const json& object, const std::string& file, const std::function<void(const char*, std::string)>& add)
{
    if (object.contains("window")) return {};
    if (object.contains("use_local_attn")) return addLens(object, file, add);
    const std::string type = word(object, "model_type");
    const bool named = object.contains("layer_types") && object["layer_types"].is_array();
    const bool qwen = type == "qwen2" || type == "qwen3", mistral = type == "mistral", ministral = type == "ministral";
    // What a missing key means is the family's; an explicit null switches the window off.
    double size = number(object, "sliding_window");
    if ((qwen || mistral || ministral) && object.contains("num_hidden_layers") && !object.contains("sliding_window")) size = 4096;
    const bool off = object.contains("use_sliding_window") ? !isTrue(object, "use_sliding_window") : qwen;

    if ((qwen || ministral) && named) {
        auto text = byLayer(object["layer_types"], "layer_types", "sliding_attention", "full_attention", off ? 0 : size, file);
        if (!text) return text.error();
        add("window", *std::move(text));
        return {};
    }
    if (off) return {};
    if ((mistral && !named) || ministral) {
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
