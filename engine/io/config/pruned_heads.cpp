// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/config/pruned_heads.h"

#include <cstdlib>
#include <map>
#include <set>

namespace hs {

namespace {

using nlohmann::json;

constexpr int kMostNumber = 1 << 16;  ///< layers and heads; no real model comes near

/// A layer's number as the key of an object: "0", "11".
int layerOf(const std::string& key)
{
    const bool digits = !key.empty() && key.size() <= 5 && key.find_first_not_of("0123456789") == std::string::npos;
    return digits ? std::atoi(key.c_str()) : kMostNumber;
}

/// The text of addPrunedHeads again.
std::map<int, std::set<int>> cutHeads(const std::string& text)
{
    std::map<int, std::set<int>> out;
    const char* at = text.c_str();
    while (*at) {
        char* end = nullptr;
        const int layer = static_cast<int>(std::strtol(at, &end, 10));
        for (at = end; *at == ':' || *at == ','; at = end) out[layer].insert(static_cast<int>(std::strtol(at + 1, &end, 10)));
        if (*at == ';') ++at;
    }
    return out;
}

}  // namespace

Status addPrunedHeads(const json& object, const std::string& file, const std::function<void(const char*, std::string)>& add)
{
    if (!object.contains("pruned_heads") || object["pruned_heads"].is_null()) return {};
    const json& layers = object["pruned_heads"];
    const auto invalid = [&] {
        return Error::in(file, ErrorCode::ConfigInvalid, "pruned_heads", layers.dump().substr(0, 80), R"({"0": [1], "1": [0, 3]})");
    };
    if (layers.is_array() && layers.empty()) return {};
    if (!layers.is_object()) return invalid();
    std::string text;
    for (const auto& [key, heads] : layers.items()) {
        if (layerOf(key) >= kMostNumber || !heads.is_array()) return invalid();
        std::string list;
        for (const json& head : heads) {
            if (!head.is_number_unsigned() || head.get<std::uint64_t>() >= kMostNumber) return invalid();
            list += (list.empty() ? ":" : ",") + std::to_string(head.get<int>());
        }
        if (!list.empty()) text.append(text.empty() ? "" : ";").append(key).append(list);
    }
    if (!text.empty()) add("pruned_heads", text);
    return {};
}

Result<std::vector<std::vector<int>>> namesAfterPruning(const std::string& text, int whole, const ModelConfig& config)
{
    std::vector<std::vector<int>> names(static_cast<std::size_t>(config.nLayers));
    for (const auto& [layer, cut] : cutHeads(text)) {
        const std::string where = "layer " + std::to_string(layer);
        if (layer >= config.nLayers)
            return Error::of(ErrorCode::ConfigContradiction, "pruned_heads", where, std::to_string(config.nLayers) + " (n_layers)");
        std::vector<int>& left = names[static_cast<std::size_t>(layer)];
        for (int head = 0; head < whole; ++head)
            if (!cut.contains(head)) left.push_back(head);
        if (static_cast<int>(left.size()) != config.heads(layer))
            return Error::of(ErrorCode::ConfigContradiction, "pruned_heads", where + ": " + std::to_string(left.size()),
                             std::to_string(config.heads(layer)));
    }
    return names;
}

}  // namespace hs
