// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/session/importance_file.h"

#include <charconv>

#include <nlohmann/json.hpp>

#include "engine/base/version.h"

namespace hs {
namespace {

/// Shortest text that reads back as the same number; the point is a point in every language.
std::string number(double value)
{
    char text[40];
    const auto end = std::to_chars(text, text + sizeof text, value).ptr;
    return std::string(text, end);
}

/// A file's name may hold a line break; a comment may not.
std::string plainLine(std::string text)
{
    for (char& c : text)
        if (static_cast<unsigned char>(c) < ' ') c = ' ';
    return text;
}

std::string nameOf(const ImportanceEntry& e) { return headName({e.head.layer, e.originalHead}); }

}  // namespace

MeasuredLoss measuredLoss(const ImportanceData& data)
{
    using Json = nlohmann::ordered_json;
    MeasuredLoss out;
    Json json{{"targets", nullptr}, {"mask_padding", nullptr}, {"adapter", nullptr}};
    if (!data.adapter.empty()) {
        json["adapter"] = data.adapter;
        out.csv.append("# adapter: ").append(plainLine(data.adapter)).append("\n");
    }
    if (!data.targetsHash.empty()) {
        json["targets"] = {{"name", data.targetsName}, {"sha256", data.targetsHash}};
        out.csv.append("# targets: ").append(plainLine(data.targetsName)).append(" ").append(data.targetsHash).append("\n");
    }
    if (data.paddingToken >= 0) {
        json["mask_padding"] = data.paddingToken;
        out.csv.append("# mask_padding: ").append(std::to_string(data.paddingToken)).append("\n");
    }
    out.json = json.dump(-1, ' ', false, Json::error_handler_t::replace);
    return out;
}

std::string importanceJson(const ImportanceTable& table)
{
    using Json = nlohmann::ordered_json;
    const ImportanceData& data = table.data;
    const auto orNull = [](const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); };
    Json out;
    out["format"] = "headscope-importance";
    out["tool_version"] = kVersion;
    out["score"] = importanceName(table.kind);
    out["normalise"] = table.normalise == ImportanceNormalisation::Layer ? "layer" : "none";
    const auto ablation = ablationOf(table.kind);
    out["ablation"] = ablation ? Json(ablationName(*ablation)) : Json(nullptr);
    out["model"] = {{"name", data.modelName}, {"sha256", orNull(data.modelHash)}};
    out.update(Json::parse(measuredLoss(data).json));
    if (needsText(table.kind)) {
        out["text"] = {{"name", orNull(data.textName)},
                       {"sha256", orNull(data.textHash)},
                       {"prompts", data.prompts},
                       {"tokens", data.tokens}};
        out["loss"] = ablation ? Json(table.loss) : Json(nullptr);
        out["calibration"] = orNull(data.calibration);
        out["seed"] = data.seed;
        out["bootstrap_resamples"] = data.resamples;
        if (data.draws > 0) out["draws"] = data.draws;
    }
    out["heads"] = Json::array();
    for (const ImportanceEntry& e : table.heads) {
        if (!e.known) continue;
        Json head{{"head", nameOf(e)}, {"value", e.value}, {"signed", e.signedValue}};
        head["interval"] = e.interval ? Json::array({e.interval->low, e.interval->high}) : Json(nullptr);
        out["heads"].push_back(std::move(head));
    }
    return out.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string importanceCsv(const ImportanceTable& table)
{
    std::string out = measuredLoss(table.data).csv + "head,value,signed,lo,hi\n";
    for (const ImportanceEntry& e : table.heads) {
        if (!e.known) continue;
        out.append(nameOf(e)).append(",").append(number(e.value)).append(",").append(number(e.signedValue)).append(",");
        if (e.interval) out.append(number(e.interval->low));
        out.append(",");
        if (e.interval) out.append(number(e.interval->high));
        out.append("\n");
    }
    return out;
}

}  // namespace hs
