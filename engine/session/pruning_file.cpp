// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/session/pruning_file.h"

#include <cmath>
#include <limits>

#include <nlohmann/json.hpp>

#include "engine/base/version.h"
#include "engine/io/bytes/json_text.h"
#include "engine/session/importance_file.h"

namespace hs {
namespace {

using Json = nlohmann::ordered_json;
constexpr int kVersionOfFormat = 1;

Json headsJson(const std::vector<HeadId>& heads)
{
    Json out = Json::array();
    for (const HeadId head : heads) out.push_back(headName(head));
    return out;
}

Json seriesJson(const PruningSeries& s)
{
    Json points = Json::array();
    for (const PruningPoint& p : s.points)
        points.push_back({{"step", p.step},
                          {"heads_left", p.headsLeft},
                          {"loss", p.loss},
                          {"accuracy", p.accuracy},
                          {"kl", p.kl},
                          {"lo", p.low},
                          {"hi", p.high},
                          {"seconds", p.seconds},
                          {"losses", p.losses}});
    return {{"order", orderName(s.order)}, {"seed", s.seed}, {"complete", s.complete}, {"cut", headsJson(s.cut)}, {"points", points}};
}

Json specJson(const PruningSpec& spec)
{
    Json orders = Json::array();
    for (const OrderKind order : spec.orders) orders.push_back(orderName(order));
    return {{"score", importanceName(spec.score)},
            {"recompute", spec.recompute},
            {"orders", orders},
            {"random_seeds", spec.randomSeeds},
            {"seed", spec.seed},
            {"step_share", spec.stepShare},
            {"step_heads", spec.stepHeads},
            {"ablation", ablationName(spec.ablation)},
            {"draws", spec.draws},
            {"resamples", spec.resamples},
            {"keep_at_least", spec.keepAtLeast}};
}

Json sourceJson(const TextRequest& text)
{
    Json out{{"files", text.files}, {"length", text.length}, {"max_prompts", text.maxPrompts}};
    if (!text.tokensFile.empty()) out["tokens_file"] = text.tokensFile;
    if (!text.targetsFile.empty()) out["targets_file"] = text.targetsFile;
    return out;
}

/// Thrown inside pruningFromJson only: the name of what is wrong.
struct Wrong {
    std::string what;
};

template <typename T, typename Parse>
T named(const nlohmann::json& value, const char* key, Parse parse)
{
    const auto parsed = parse(value.at(key).get<std::string>());
    if (!parsed) throw Wrong{key};
    return *parsed;
}

/// A whole number that a T holds and that is not negative (get<int>() would cut fractions and high bits off).
template <typename T = int>
T countFrom(const nlohmann::json& in, const char* key)
{
    const nlohmann::json& value = in.at(key);
    if (!value.is_number_unsigned() || value.get<std::uint64_t>() > static_cast<std::uint64_t>(std::numeric_limits<T>::max()))
        throw Wrong{key};
    return value.get<T>();
}

PruningSpec specFrom(const nlohmann::json& in)
{
    PruningSpec spec;
    spec.score = named<ImportanceKind>(in, "score", parseImportance);
    spec.recompute = in.at("recompute").get<bool>();
    spec.orders.clear();
    for (const auto& order : in.at("orders")) {
        const auto parsed = parseOrder(order.get<std::string>());
        if (!parsed) throw Wrong{"orders"};
        spec.orders.push_back(*parsed);
    }
    spec.randomSeeds = countFrom(in, "random_seeds");
    spec.seed = countFrom<std::uint64_t>(in, "seed");
    spec.stepShare = in.at("step_share").get<double>();
    spec.stepHeads = countFrom(in, "step_heads");
    spec.ablation = named<AblationKind>(in, "ablation", parseAblation);
    spec.draws = countFrom(in, "draws");
    spec.resamples = countFrom(in, "resamples");
    spec.keepAtLeast = countFrom(in, "keep_at_least");
    return spec;
}

PruningSeries seriesFrom(const nlohmann::json& in, int allHeads)
{
    PruningSeries s;
    s.order = named<OrderKind>(in, "order", parseOrder);
    s.seed = countFrom<std::uint64_t>(in, "seed");
    s.complete = in.at("complete").get<bool>();
    for (const auto& name : in.at("cut")) {
        const auto head = parseHeadName(name.get<std::string>());
        if (!head) throw Wrong{"cut"};
        s.cut.push_back(*head);
    }
    for (const auto& from : in.at("points")) {
        PruningPoint p;
        p.step = countFrom(from, "step");
        p.headsLeft = countFrom(from, "heads_left");
        p.loss = from.at("loss").get<double>();
        p.accuracy = from.at("accuracy").get<double>();
        p.kl = from.at("kl").get<double>();
        p.low = from.at("lo").get<double>();
        p.high = from.at("hi").get<double>();
        p.seconds = from.at("seconds").get<double>();
        p.losses = from.at("losses").get<std::vector<float>>();
        if (p.headsLeft < 0 || p.headsLeft > allHeads || allHeads - p.headsLeft > static_cast<int>(s.cut.size())) throw Wrong{"heads_left"};
        s.points.push_back(std::move(p));
    }
    return s;
}

}  // namespace

std::string pruningJson(const PruningCurve& curve, const TextRequest* test, const TextRequest* calibration)
{
    const ImportanceData& d = curve.data;
    Json out;
    out["format"] = "headscope-pruning";
    out["format_version"] = kVersionOfFormat;
    out["tool_version"] = kVersion;
    out["settings"] = specJson(curve.spec);
    out["layers"] = curve.layers;
    out["heads"] = curve.heads;
    out["model"] = {{"name", d.modelName}, {"path", d.modelPath}, {"sha256", d.modelHash}};
    out["test"] = {{"name", d.textName}, {"sha256", d.textHash}, {"prompts", d.prompts}, {"tokens", d.tokens}};
    out["calibration"] = {{"name", d.calibration}, {"sha256", curve.calibrationHash}};
    out.update(Json::parse(measuredLoss(d).json));
    if (!curve.calibrationTargetsHash.empty()) out["calibration"]["targets_sha256"] = curve.calibrationTargetsHash;
    if (test) out["test"]["source"] = sourceJson(*test);
    if (calibration) out["calibration"]["source"] = sourceJson(*calibration);
    out["score_values"] = curve.scoreValues;
    out["complete"] = curve.complete;
    out["seconds"] = curve.seconds;
    out["series"] = Json::array();
    for (const PruningSeries& s : curve.series) out["series"].push_back(seriesJson(s));
    return out.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

Result<PruningCurvePtr> pruningFromJson(const std::string& text, const std::string& file)
{
    const auto parsed = parseJson(text, file);
    if (!parsed) return parsed.error();
    const auto wrong = [&](std::string what) { return Error::in(file, ErrorCode::JsonInvalid, std::move(what), {}, "headscope-pruning"); };
    try {
        const nlohmann::json& in = *parsed;
        if (!in.is_object() || in.value("format", "") != "headscope-pruning") return wrong("format");
        if (const int version = countFrom(in, "format_version"); version > kVersionOfFormat)
            return Error::in(file, ErrorCode::FormatTooNew, {}, std::to_string(version), std::to_string(kVersionOfFormat));
        auto curve = std::make_shared<PruningCurve>();
        curve->spec = specFrom(in.at("settings"));
        curve->layers = countFrom(in, "layers");
        curve->heads = countFrom(in, "heads");
        curve->data.modelName = in.at("model").at("name").get<std::string>();
        curve->data.modelPath = in.at("model").at("path").get<std::string>();
        curve->data.modelHash = in.at("model").at("sha256").get<std::string>();
        curve->data.textName = in.at("test").at("name").get<std::string>();
        curve->data.textHash = in.at("test").at("sha256").get<std::string>();
        curve->data.prompts = countFrom(in.at("test"), "prompts");
        curve->data.tokens = countFrom<long>(in.at("test"), "tokens");
        curve->data.calibration = in.at("calibration").at("name").get<std::string>();
        curve->calibrationHash = in.at("calibration").at("sha256").get<std::string>();
        curve->calibrationTargetsHash = in.at("calibration").value("targets_sha256", "");
        if (const auto it = in.find("targets"); it != in.end() && !it->is_null()) {
            curve->data.targetsName = it->at("name").get<std::string>();
            curve->data.targetsHash = it->at("sha256").get<std::string>();
        }
        if (const auto it = in.find("mask_padding"); it != in.end() && !it->is_null())
            curve->data.paddingToken = countFrom(in, "mask_padding");
        if (const auto it = in.find("adapter"); it != in.end() && !it->is_null()) curve->data.adapter = it->get<std::string>();
        curve->data.seed = curve->spec.seed;
        curve->data.resamples = curve->spec.resamples;
        curve->data.draws = curve->spec.ablation == AblationKind::Resample ? curve->spec.draws : 0;
        curve->scoreValues = in.at("score_values").get<std::vector<double>>();
        if (!curve->scoreValues.empty() && static_cast<int>(curve->scoreValues.size()) != curve->heads) return wrong("score_values");
        curve->complete = in.at("complete").get<bool>();
        curve->seconds = in.at("seconds").get<double>();
        for (const auto& s : in.at("series")) curve->series.push_back(seriesFrom(s, curve->heads));
        return PruningCurvePtr(std::move(curve));
    } catch (const Wrong& e) {
        return wrong(e.what);
    } catch (const nlohmann::json::exception& e) {
        return wrong(e.what());
    }
}

Result<PruningExperiment> readExperiment(const std::string& path)
{
    const auto text = readJsonText(path);
    if (!text) return text.error();
    auto curve = pruningFromJson(*text, path);
    if (!curve) return curve.error();
    PruningExperiment out{*curve, {}, {}};
    const auto parsed = parseJson(*text, path);  // read well just now
    const auto source = [&](const char* which, TextRequest& into) {
        const nlohmann::json& part = parsed->at(which);
        if (!part.contains("source")) return;
        const nlohmann::json& from = part.at("source");
        into.files = from.at("files").get<std::vector<std::string>>();
        into.tokensFile = from.value("tokens_file", "");
        into.targetsFile = from.value("targets_file", "");
        into.length = countFrom(from, "length");
        into.maxPrompts = countFrom(from, "max_prompts");
        into.name = part.at("name").get<std::string>();
    };
    try {
        source("test", out.test);
        source("calibration", out.calibration);
    } catch (const Wrong& e) {
        return Error::in(path, ErrorCode::JsonInvalid, e.what, {}, "headscope-pruning");
    } catch (const nlohmann::json::exception& e) {
        return Error::in(path, ErrorCode::JsonInvalid, e.what(), {}, "headscope-pruning");
    }
    return out;
}

Result<PruningCurvePtr> readPruning(const std::string& path)
{
    const auto text = readJsonText(path);
    if (!text) return text.error();
    return pruningFromJson(*text, path);
}

}  // namespace hs
