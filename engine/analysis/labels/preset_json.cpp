// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/labels/preset_json.h"

#include <nlohmann/json.hpp>

namespace hs {
namespace {

constexpr const char* kFormat = "headscope-preset";

}  // namespace

Result<LabelPreset> presetFromJson(const std::string& json)
{
    constexpr int kDepth = 4;
    const nlohmann::json all = nlohmann::json::parse(
        json, [](int depth, nlohmann::json::parse_event_t, nlohmann::json&) { return depth <= kDepth; }, false);
    if (all.is_discarded() || !all.is_object()) return Error::of(ErrorCode::JsonInvalid, {}, {}, "{");
    LabelPreset preset;
    for (const auto& [key, value] : all.items()) {
        if (key == "id" || key == "title") {
            if (!value.is_string()) return Error::of(ErrorCode::JsonInvalid, key, value.dump(), "\"...\"");
            (key == "id" ? preset.id : preset.title) = value.get<std::string>();
        } else if (key == "format") {
            if (value != kFormat) return Error::of(ErrorCode::JsonInvalid, key, value.dump(), kFormat);
        } else if (key == "values") {
            if (!value.is_object()) return Error::of(ErrorCode::JsonInvalid, key, value.dump(), "{...}");
            for (const auto& [name, number] : value.items()) {
                if (!number.is_number()) return Error::of(ErrorCode::JsonInvalid, name, number.dump(), "0.5");
                if (const Status status = preset.set(name, number.get<double>()); !status) return status.error();
            }
        } else {
            return Error::of(ErrorCode::JsonInvalid, key, {}, "id, title, values");
        }
    }
    return preset;
}

std::string presetToJson(const LabelPreset& preset)
{
    const LabelPreset defaults;
    nlohmann::json values = nlohmann::json::object();
    for (const auto& [key, value] : preset.values())
        if (value != defaults.value(key)) values[key] = value;
    return nlohmann::json{{"format", kFormat}, {"id", preset.id}, {"title", preset.title}, {"values", values}}.dump(2) + '\n';
}

}  // namespace hs
