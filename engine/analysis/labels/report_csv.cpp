// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <cstdio>

#include "engine/analysis/labels/report_json.h"
#include "engine/base/plain_text.h"

namespace hs {
namespace {

std::string field(const std::string& text) { return csvField(text); }

std::string field(double value)
{
    if (!std::isfinite(value)) return {};
    char text[32];
    std::snprintf(text, sizeof text, "%.9g", value);
    return text;
}

std::string field(bool value) { return value ? "1" : "0"; }
std::string field(const char* text) { return text; }
std::string field(int value) { return std::to_string(value); }
std::string field(long value) { return std::to_string(value); }

template <typename... Fields>
void line(std::string& out, const Fields&... fields)
{
    bool first = true;
    ((out += first ? "" : ",", out += field(fields), first = false), ...);
    out += '\n';
}

void comment(std::string& out, const std::string& key, const std::string& value)
{
    out += "# ";
    out += key;
    out += ": ";
    out += value;
    out += '\n';
}

}  // namespace

std::string reportToCsv(const LabelReport& report)
{
    const LabelProvenance& p = report.provenance;
    std::string out;
    comment(out, "program", "HeadScope " + p.program);
    comment(out, "model", p.modelName);
    comment(out, "model_hash", p.modelHash);
    for (const std::string& value : p.said) comment(out, "said", value);
    comment(out, "weight_processing", p.weightProcessing);
    comment(out, "data", p.dataName);
    comment(out, "data_hash", p.dataHash);
    comment(out, "documents", std::to_string(p.documents));
    comment(out, "documents_offered", std::to_string(std::max(p.documents, p.documentsOffered)));
    comment(out, "tokens", std::to_string(p.tokens));
    comment(out, "length", std::to_string(p.length));
    comment(out, "seed", std::to_string(p.seed));
    comment(out, "preset", p.preset);
    comment(out, "tests", std::to_string(p.tests));
    for (const auto& [key, value] : p.parameters) comment(out, key, field(value));
    out +=
        "head,record,label,primary,status,score,threshold,observed,null,null_name,low,high,p,p_student,q,n,events,view,weighting,mass,"
        "cause,"
        "cause_effect,analysis,variant,data,gate,odd_holds,even_holds,explained\n";
    for (const HeadReport& head : report.heads) {
        const std::string name = headName(head.head);
        for (std::size_t k = 0; k < head.labels.size(); ++k) {
            const HeadLabel& l = head.labels[k];
            line(out, name, "label", labelName(l.id), static_cast<int>(k) == head.primary, statusName(l.status), l.score, l.threshold,
                 l.observed, l.null, nullName(l.nullKind), l.low, l.high, l.p, l.pStudent, l.q, l.documents, l.events, viewName(l.view),
                 weightingName(l.weighting), massName(l.mass), causeName(l.cause), l.causeEffect, l.analysis, l.variant, dataName(l.data),
                 l.gate, l.holdsOdd, l.holdsEven, k < head.explainedBy.size() ? head.explainedBy[k] : 0.0);
        }
        for (const HeadScore& s : head.scores)
            line(out, name, "score", s.key, "", "", s.value, "", "", s.null ? s.null->value : std::nan(""),
                 s.null ? nullName(s.null->kind) : "", "", "", "", "", "", "", "", viewName(s.view), "", "", "", "", "", "", "", "", "", "",
                 "");
        line(out, name, "score", "explained", "", "", head.explained, "", "", "", "", "", "", "", "", "", "", "", "raw", "", "", "", "", "",
             "", "", "", "", "", "");
    }
    return out;
}

}  // namespace hs
