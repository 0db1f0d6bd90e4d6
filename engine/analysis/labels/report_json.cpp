// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/labels/report_json.h"

#include <algorithm>
#include <cmath>
#include <exception>

#include <nlohmann/json.hpp>

#include "engine/analysis/labels/evidence.h"

namespace hs {
namespace {

using Json = nlohmann::ordered_json;

template <typename Enum, typename Name>
Enum fromName(const std::string& text, std::initializer_list<Enum> all, const Name& name)
{
    for (const Enum value : all)
        if (text == name(value)) return value;
    throw std::runtime_error(text);
}

double number(const Json& json) { return json.is_null() ? kNoValue : json.get<double>(); }

Json rowsToJson(const std::vector<ExampleRow>& rows)
{
    Json out = Json::array();
    for (const ExampleRow& row : rows)
        out.push_back({{"document", row.document},
                       {"query", row.query},
                       {"keys", row.keys},
                       {"value", row.value},
                       {"first", row.first},
                       {"last", row.last}});
    return out;
}

std::vector<ExampleRow> rowsFromJson(const Json& json)
{
    std::vector<ExampleRow> out;
    for (const Json& row : json)
        out.push_back({row.at("document"), row.at("query"), row.at("keys").get<std::vector<int>>(), row.at("value"), row.at("first"),
                       row.at("last")});
    return out;
}

Json nullToJson(const NullValue& null) { return {{"name", nullName(null.kind)}, {"value", null.value}}; }

Json labelToJson(const HeadLabel& l)
{
    Json nulls = Json::array(), criteria = Json::array();
    for (const NullValue& null : l.nulls) nulls.push_back(nullToJson(null));
    for (const LabelCriterion& c : l.criteria)
        criteria.push_back({{"name", c.name}, {"value", c.value}, {"threshold", c.threshold}, {"at_most", c.atMost}, {"met", c.met}});
    Json out{{"label", labelName(l.id)},
             {"status", statusName(l.status)},
             {"score", l.score},
             {"null", l.null},
             {"interval", {l.low, l.high}},
             {"interval_of", "observed - null"},
             {"p", l.p},
             {"q", l.q},
             {"n", l.documents},
             {"view", viewName(l.view)},
             {"cause", causeName(l.cause)},
             {"threshold", l.threshold},
             {"observed", l.observed},
             {"null_name", nullName(l.nullKind)},
             {"nulls", nulls},
             {"criteria", criteria},
             {"p_student", l.pStudent},
             {"events", l.events},
             {"analysis", l.analysis},
             {"variant", l.variant},
             {"data", dataName(l.data)},
             {"weighting", weightingName(l.weighting)},
             {"mass", massName(l.mass)},
             {"gate", l.gate},
             {"strict", l.strict},
             {"halves", {{"odd", l.scoreOdd}, {"even", l.scoreEven}, {"odd_holds", l.holdsOdd}, {"even_holds", l.holdsEven}}},
             {"cause_effect", {{"method", l.causeMethod}, {"effect", l.causeEffect}, {"interval", {l.causeLow, l.causeHigh}}}}};
    if (!l.best.empty() || !l.worst.empty() || !l.typical.empty())
        out["examples"] = {{"best", rowsToJson(l.best)}, {"worst", rowsToJson(l.worst)}, {"typical", rowsToJson(l.typical)}};
    return out;
}

NullKind nullFrom(const std::string& name)
{
    return fromName(name,
                    {NullKind::Uniform, NullKind::OffsetProfile, NullKind::AnnotationShuffle, NullKind::RandomWeights,
                     NullKind::RandomTokens, NullKind::WeightShuffle, NullKind::Threshold},
                    nullName);
}

NullValue nullFromJson(const Json& j) { return {nullFrom(j.at("name").get<std::string>()), number(j.at("value"))}; }

HeadLabel labelFromJson(const Json& j)
{
    HeadLabel l;
    const auto id = parseLabel(j.at("label").get<std::string>());
    if (!id) throw std::runtime_error(j.at("label").get<std::string>());
    l.id = *id;
    l.status = fromName(j.at("status").get<std::string>(),
                        {LabelStatus::Awarded, LabelStatus::Candidate, LabelStatus::Insufficient, LabelStatus::None}, statusName);
    l.cause = fromName(j.at("cause").get<std::string>(), {LabelCause::None, LabelCause::Confirmed, LabelCause::PatternOnly}, causeName);
    l.view = fromName(j.at("view").get<std::string>(), {AttentionView::Raw, AttentionView::Content}, viewName);
    l.data = fromName(j.at("data").get<std::string>(), {DataKind::Text, DataKind::Synthetic, DataKind::Weights}, dataName);
    l.weighting = fromName(j.at("weighting").get<std::string>(), {RowWeighting::Documents, RowWeighting::Tokens}, weightingName);
    l.mass = fromName(j.at("mass").get<std::string>(), {RowMass::Weights, RowMass::Norms}, massName);
    l.nullKind = nullFrom(j.at("null_name").get<std::string>());
    l.score = number(j.at("score"));
    l.null = number(j.at("null"));
    l.low = number(j.at("interval").at(0));
    l.high = number(j.at("interval").at(1));
    l.p = number(j.at("p"));
    l.q = number(j.at("q"));
    l.pStudent = number(j.at("p_student"));
    l.documents = j.at("n");
    l.threshold = number(j.at("threshold"));
    l.observed = number(j.at("observed"));
    l.events = j.at("events");
    l.analysis = j.at("analysis");
    l.variant = j.at("variant");
    l.gate = number(j.at("gate"));
    l.strict = j.at("strict");
    for (const Json& null : j.at("nulls")) l.nulls.push_back(nullFromJson(null));
    for (const Json& c : j.at("criteria"))
        l.criteria.push_back({c.at("name"), number(c.at("value")), number(c.at("threshold")), c.at("at_most"), c.at("met")});
    const Json& halves = j.at("halves");
    l.scoreOdd = number(halves.at("odd"));
    l.scoreEven = number(halves.at("even"));
    l.holdsOdd = halves.at("odd_holds");
    l.holdsEven = halves.at("even_holds");
    const Json& cause = j.at("cause_effect");
    l.causeMethod = cause.at("method");
    l.causeEffect = number(cause.at("effect"));
    l.causeLow = number(cause.at("interval").at(0));
    l.causeHigh = number(cause.at("interval").at(1));
    if (j.contains("examples")) {
        l.best = rowsFromJson(j["examples"].at("best"));
        l.worst = rowsFromJson(j["examples"].at("worst"));
        l.typical = rowsFromJson(j["examples"].at("typical"));
    }
    return l;
}

Json notesToJson(const std::vector<LabelNote>& notes)
{
    Json out = Json::array();
    for (const LabelNote& note : notes) out.push_back({{"code", note.code}, {"analysis", note.analysis}, {"facts", note.facts}});
    return out;
}

std::vector<LabelNote> notesFromJson(const Json& json)
{
    std::vector<LabelNote> out;
    for (const Json& note : json) out.push_back({note.at("code"), note.at("analysis"), note.at("facts").get<std::vector<std::string>>()});
    return out;
}

Json headToJson(const HeadReport& head)
{
    Json labels = Json::array(), scores = Json::array();
    for (const HeadLabel& label : head.labels) labels.push_back(labelToJson(label));
    for (const HeadScore& score : head.scores) {
        scores.push_back({{"score", score.key}, {"value", score.value}, {"view", viewName(score.view)}});
        if (score.null) scores.back()["null"] = nullToJson(*score.null);
    }
    const HeadLabel* primary = head.primaryLabel();
    return {{"head", headName(head.head)},
            {"primary", primary ? Json(labelName(primary->id)) : Json(nullptr)},
            {"labels", labels},
            {"scores", scores},
            {"gate", head.gate},
            {"explained", head.explained},
            {"unexplained", head.unexplained},
            {"explained_by", head.explainedBy},
            {"notes", notesToJson(head.notes)}};
}

HeadReport headFromJson(const Json& j)
{
    HeadReport head;
    const auto id = parseHeadName(j.at("head").get<std::string>());
    if (!id) throw std::runtime_error(j.at("head").get<std::string>());
    head.head = *id;
    for (const Json& label : j.at("labels")) head.labels.push_back(labelFromJson(label));
    if (!j.at("primary").is_null())
        for (std::size_t k = 0; k < head.labels.size() && head.primary < 0; ++k)
            if (labelName(head.labels[k].id) == j.at("primary").get<std::string>()) head.primary = static_cast<int>(k);
    for (const Json& score : j.at("scores")) {
        head.scores.push_back({score.at("score"), number(score.at("value")),
                               fromName(score.at("view").get<std::string>(), {AttentionView::Raw, AttentionView::Content}, viewName)});
        if (score.contains("null")) head.scores.back().null = nullFromJson(score["null"]);
    }
    head.gate = number(j.at("gate"));
    head.explained = number(j.at("explained"));
    head.unexplained = number(j.at("unexplained"));
    head.explainedBy = j.at("explained_by").get<std::vector<double>>();
    head.notes = notesFromJson(j.at("notes"));
    return head;
}

}  // namespace

std::string reportToJson(const LabelReport& report)
{
    const LabelProvenance& p = report.provenance;
    Json heads = Json::array(), model = Json::array(), documents = Json::array(), parameters = Json::object();
    for (const HeadReport& head : report.heads) heads.push_back(headToJson(head));
    for (const ModelScore& score : report.model)
        model.push_back({{"score", score.key}, {"value", score.value}, {"interval", {score.low, score.high}}, {"facts", score.facts}});
    for (const ExampleDocument& document : report.documents)
        documents.push_back(
            {{"document", document.document}, {"data", dataName(document.data)}, {"name", document.name}, {"ids", document.ids}});
    for (const auto& [key, value] : p.parameters) parameters[key] = value;
    Json out{{"format", "headscope-labels"},
             {"format_version", 1},
             {"complete", report.complete},
             {"provenance",
              {{"program", p.program},
               {"model", p.modelName},
               {"model_hash", p.modelHash},
               {"weight_processing", p.weightProcessing},
               {"data", p.dataName},
               {"data_hash", p.dataHash},
               {"seed", p.seed},
               {"preset", p.preset},
               {"parameters", parameters},
               {"documents", p.documents},
               {"documents_offered", std::max(p.documents, p.documentsOffered)},
               {"tokens", p.tokens},
               {"length", p.length},
               {"tests", p.tests},
               {"seconds", p.seconds}}},
             {"model", model},
             {"heads", heads},
             {"documents", documents},
             {"notes", notesToJson(report.notes)}};
    if (!p.said.empty()) out["provenance"]["said"] = p.said;
    return out.dump(1, ' ', false, Json::error_handler_t::replace) + '\n';
}

Result<LabelReport> reportFromJson(const std::string& json)
{
    try {
        const Json j = Json::parse(json);
        if (j.at("format").get<std::string>() != "headscope-labels" || j.at("format_version").get<int>() != 1)
            throw std::runtime_error("format");
        LabelReport report;
        report.complete = j.at("complete");
        const Json& p = j.at("provenance");
        LabelProvenance& to = report.provenance;
        to.program = p.at("program");
        to.modelName = p.at("model");
        to.modelHash = p.at("model_hash");
        to.said = p.value("said", std::vector<std::string>());
        to.weightProcessing = p.at("weight_processing");
        to.dataName = p.at("data");
        to.dataHash = p.at("data_hash");
        to.seed = p.at("seed");
        to.preset = p.at("preset");
        for (const auto& [key, value] : p.at("parameters").items()) to.parameters[key] = number(value);
        to.documents = p.at("documents");
        to.documentsOffered = p.value("documents_offered", to.documents);  // reports of before had no budget
        to.tokens = p.at("tokens");
        to.length = p.at("length");
        to.tests = p.at("tests");
        to.seconds = number(p.at("seconds"));
        for (const Json& score : j.at("model"))
            report.model.push_back({score.at("score"), number(score.at("value")), number(score.at("interval").at(0)),
                                    number(score.at("interval").at(1)), score.at("facts").get<std::vector<std::string>>()});
        for (const Json& head : j.at("heads")) report.heads.push_back(headFromJson(head));
        for (const Json& d : j.at("documents"))
            report.documents.push_back(
                {d.at("document"),
                 fromName(d.at("data").get<std::string>(), {DataKind::Text, DataKind::Synthetic, DataKind::Weights}, dataName),
                 d.at("name"), d.at("ids").get<std::vector<int>>()});
        report.notes = notesFromJson(j.at("notes"));
        return report;
    } catch (const std::exception& problem) {
        return Error::of(ErrorCode::JsonInvalid, problem.what(), {}, "headscope-labels");
    }
}

}  // namespace hs
