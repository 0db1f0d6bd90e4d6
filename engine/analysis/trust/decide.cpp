// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/trust/decide.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "engine/analysis/labels/label_kinds.h"
#include "engine/analysis/trust/statistics.h"

namespace hs {
namespace {

enum class Half { All, Even, Odd };

double meanOf(const PerDocument& values, const std::vector<double>& weight, Half half)
{
    double sum = 0, total = 0;
    for (std::size_t s = 0; s < values.size(); ++s) {
        if (half != Half::All && (s % 2 == 1) != (half == Half::Odd)) continue;
        const double w = weight.empty() ? 1.0 : weight[s];
        if (!std::isfinite(values[s]) || !(w > 0)) continue;
        sum += w * values[s];
        total += w;
    }
    return total > 0 ? sum / total : kNoValue;
}

double criterionValue(const Criterion& criterion, const std::vector<double>& weight, Half half)
{
    // A criterion of a weight detector has one value, whatever the half.
    const Half asked = criterion.a.size() == 1 ? Half::All : half;
    const std::vector<double> none;
    const std::vector<double>& w = criterion.a.size() == weight.size() ? weight : none;
    const double a = meanOf(criterion.a, w, asked);
    if (criterion.u.empty()) return a;
    const double u = meanOf(criterion.u, w, asked);
    return u < 1 ? (a - u) / (1 - u) : 0.0;
}

bool met(const Criterion& criterion, double value)
{
    if (!std::isfinite(value)) return false;
    if (criterion.atMost) return value <= criterion.threshold;
    return criterion.above ? value > criterion.threshold : value >= criterion.threshold;
}

bool allMet(const HeadEvidence& evidence, Half half)
{
    return !evidence.criteria.empty() && std::all_of(evidence.criteria.begin(), evidence.criteria.end(), [&](const Criterion& c) {
        return met(c, criterionValue(c, evidence.weight, half));
    });
}

double scoreOf(const HeadEvidence& evidence, Half half)
{
    const auto at = static_cast<std::size_t>(evidence.scoreFrom);
    double value = kNoValue;
    if (evidence.scoreFrom >= 0 && at < evidence.criteria.size()) value = criterionValue(evidence.criteria[at], evidence.weight, half);
    else if (evidence.weights) value = evidence.weights->value;
    else value = meanOf(evidence.x, evidence.weight, half);
    return std::isfinite(value) ? std::clamp(value, 0.0, 1.0) : 0.0;
}

/// Everything about one piece of evidence that needs no test.
HeadLabel describe(const HeadEvidence& e)
{
    HeadLabel label;
    label.id = e.label;
    label.analysis = e.analysis;
    label.variant = e.variant;
    label.data = e.data;
    label.view = e.view;
    label.weighting = e.weighting;
    label.mass = e.mass;
    label.gate = e.gate;
    label.strict = e.strict;
    label.events = e.events;
    label.best = e.best;
    label.worst = e.worst;
    label.typical = e.typical;
    label.score = scoreOf(e, Half::All);
    label.scoreOdd = scoreOf(e, Half::Odd);
    label.scoreEven = scoreOf(e, Half::Even);
    label.holdsOdd = allMet(e, Half::Odd);
    label.holdsEven = allMet(e, Half::Even);
    for (const Criterion& c : e.criteria) {
        const double value = criterionValue(c, e.weight, Half::All);
        label.criteria.push_back({c.name, value, c.threshold, c.atMost, met(c, value)});
    }
    const std::size_t from =
        e.scoreFrom >= 0 && static_cast<std::size_t>(e.scoreFrom) < e.criteria.size() ? static_cast<std::size_t>(e.scoreFrom) : 0;
    if (!e.criteria.empty()) label.threshold = e.criteria[from].threshold;
    for (const NullColumn& null : e.nulls) {
        const double value = meanOf(null.u, e.weight, Half::All);
        if (!std::isfinite(value)) continue;
        if (label.nulls.empty() || value > label.null) {
            label.nullKind = null.kind;
            label.null = value;
        }
        label.nulls.push_back({null.kind, value});
    }
    if (e.weights) {
        label.observed = e.weights->value;
        label.nullKind = NullKind::WeightShuffle;
        label.null = e.weights->nullMean;
        label.nulls.push_back({NullKind::WeightShuffle, label.null});
    } else {
        const double observed = meanOf(e.x, e.weight, Half::All);
        label.observed = std::isfinite(observed) ? observed : 0.0;
    }
    return label;
}

PerDocument difference(const HeadEvidence& e, NullKind kind)
{
    PerDocument d = e.x;
    for (const NullColumn& null : e.nulls) {
        if (null.kind != kind) continue;
        for (std::size_t s = 0; s < d.size(); ++s) d[s] -= s < null.u.size() ? null.u[s] : kNoValue;
        break;
    }
    return d;
}

struct Support {
    int documents = 20;
    long events = 100;
    double q = 0.01, z = 4;
};

LabelStatus statusOf(const HeadEvidence& e, const HeadLabel& label, const Support& support, bool criteriaHold)
{
    const bool large =
        !label.criteria.empty() && std::all_of(label.criteria.begin(), label.criteria.end(), [](const LabelCriterion& c) { return c.met; });
    if (e.weights) {
        if (!large) return LabelStatus::None;
        return e.weights->z() >= support.z && label.q <= support.q ? LabelStatus::Awarded : LabelStatus::Candidate;
    }
    if (label.documents < support.documents || label.events < support.events) return LabelStatus::Insufficient;
    if (!large) return LabelStatus::None;
    return label.low > 0 && label.q <= support.q && label.holdsOdd && label.holdsEven && criteriaHold ? LabelStatus::Awarded
                                                                                                      : LabelStatus::Candidate;
}

int rankOf(LabelStatus status) { return static_cast<int>(status); }

/// Which of two pieces of evidence for one label stands for it: the better status, then what was seen in text, then the higher score.
bool prefer(const HeadLabel& a, const HeadLabel& b)
{
    if (a.status != b.status) return rankOf(a.status) < rankOf(b.status);
    if (a.status == LabelStatus::Awarded && (a.data == DataKind::Text) != (b.data == DataKind::Text)) return a.data == DataKind::Text;
    return a.score > b.score;
}

/// Rules between labels of one head, from the rows of their kinds: local yields to a fixed place, no-op needs attention that rests.
void relate(HeadReport& report)
{
    const auto awarded = [&](LabelGroup group) {
        return std::any_of(report.labels.begin(), report.labels.end(), [&](const HeadLabel& label) {
            return label.status == LabelStatus::Awarded && labelKind(label.id.kind).group == group;
        });
    };
    const bool has[] = {false, awarded(LabelGroup::FixedPlace), awarded(LabelGroup::Rest)};
    const auto given = [&](LabelGroup group) { return has[static_cast<std::size_t>(group)]; };
    for (HeadLabel& label : report.labels) {
        if (label.status != LabelStatus::Awarded && label.status != LabelStatus::Candidate) continue;
        const LabelKindInfo& kind = labelKind(label.id.kind);
        const bool lacking = kind.needs != LabelGroup::None && !given(kind.needs);
        if (!given(kind.yieldsTo) && !lacking) continue;
        label.status = LabelStatus::None;
        report.notes.push_back({kind.note, label.analysis, {}});
    }
}

/// One piece of evidence with what was found out about it.
struct Judged {
    const HeadEvidence* evidence = nullptr;
    HeadLabel label;
    bool criteriaHold = true;  ///< every criterion that must lie above its threshold does so with confidence
};

/// Interval and p of everything that has documents: of the difference to its null, and of the criteria that must lie above.
Status testDocuments(std::vector<Judged>& judged, const TestOptions& options, const Progress& progress)
{
    // Documents of different data sets differ in number: columns are tested in groups of equal length.
    struct Column {
        std::size_t judged;
        int criterion;
    };
    std::map<std::size_t, std::pair<std::vector<DifferenceColumn>, std::vector<Column>>> groups;
    for (std::size_t k = 0; k < judged.size(); ++k) {
        const HeadEvidence& e = *judged[k].evidence;
        if (e.weights) continue;
        auto& [columns, owners] = groups[e.x.size()];
        columns.push_back({difference(e, judged[k].label.nullKind), e.weight});
        owners.push_back({k, -1});
        for (std::size_t c = 0; c < e.criteria.size(); ++c) {
            if (!e.criteria[c].above || e.criteria[c].a.size() != e.x.size()) continue;
            PerDocument d = e.criteria[c].a;
            for (double& v : d) v -= e.criteria[c].threshold;
            columns.push_back({std::move(d), e.weight});
            owners.push_back({k, static_cast<int>(c)});
        }
    }
    for (const auto& [documents, group] : groups) {
        auto tested = testColumns(group.first, options, progress);
        if (!tested) return tested.error();
        for (std::size_t c = 0; c < group.second.size(); ++c) {
            const ColumnTests& t = (*tested)[c];
            Judged& owner = judged[group.second[c].judged];
            if (group.second[c].criterion >= 0) {
                if (!(t.low > 0)) owner.criteriaHold = false;
                continue;
            }
            owner.label.documents = t.documents;
            owner.label.low = t.low;
            owner.label.high = t.high;
            owner.label.p = t.p;
            owner.label.pStudent = t.pStudent;
        }
    }
    return {};
}

/// The same of what comes from weights, against shuffled ones.
void testWeights(Judged& judged)
{
    const auto& w = judged.evidence->weights;
    if (!w) return;
    HeadLabel& label = judged.label;
    label.p = label.pStudent = w->nullSd > 0 ? normalUpperTail(w->z()) : 1.0;
    label.low = label.high = w->value - w->nullMean;
    label.documents = w->draws;
}

/// Order of the labels and which of them is the primary one.
void arrange(HeadReport& report)
{
    relate(report);
    std::stable_sort(report.labels.begin(), report.labels.end(), [](const HeadLabel& a, const HeadLabel& b) {
        if (a.status != b.status) return rankOf(a.status) < rankOf(b.status);
        return a.score != b.score ? a.score > b.score : a.id < b.id;
    });
    // Every induction head retrieves the value of a key: where both are awarded, the label that says how is the primary one.
    const auto awarded = [&](LabelKind kind) {
        const HeadLabel* label = report.find({kind, 0, {}});
        return label && label->status == LabelStatus::Awarded;
    };
    for (std::size_t k = 0; k < report.labels.size() && report.primary < 0; ++k) {
        const HeadLabel& label = report.labels[k];
        const LabelKindInfo& kind = labelKind(label.id.kind);
        if (label.status != LabelStatus::Awarded || kind.attribute || (kind.behind && awarded(*kind.behind))) continue;
        report.primary = static_cast<int>(k);
    }
    report.explainedBy.assign(report.labels.size(), 0.0);
}

}  // namespace

Result<std::vector<HeadReport>> decideLabels(const std::vector<HeadId>& heads, const std::vector<DetectorOutput>& outputs,
                                             const LabelPreset& preset, std::uint64_t seed, int& tests, const Progress& progress)
{
    std::vector<Judged> judged;
    for (const DetectorOutput& output : outputs)
        for (const HeadEvidence& e : output.evidence) judged.push_back({&e, describe(e), true});
    TestOptions options;
    options.flips = static_cast<int>(preset.value("trust.flips"));
    options.resamples = static_cast<int>(preset.value("trust.resamples"));
    options.confidence = preset.value("trust.confidence");
    options.seed = seed;
    if (Status status = testDocuments(judged, options, progress); !status) return status.error();
    std::vector<double> p;
    for (Judged& j : judged) {
        testWeights(j);
        p.push_back(j.label.p);
    }
    const std::vector<double> q = benjaminiHochberg(p);
    tests = static_cast<int>(p.size());

    const Support support{static_cast<int>(preset.value("trust.documents")), static_cast<long>(preset.value("trust.events")),
                          preset.value("trust.q"), preset.value("trust.z")};
    std::map<HeadId, HeadReport> reports;
    for (const HeadId head : heads) reports[head].head = head;
    for (std::size_t k = 0; k < judged.size(); ++k) {
        const HeadEvidence& e = *judged[k].evidence;
        HeadLabel& label = judged[k].label;
        label.q = q[k];
        label.status = statusOf(e, label, support, judged[k].criteriaHold);
        const auto found = reports.find(e.head);
        if (found == reports.end()) continue;
        HeadReport& report = found->second;
        for (const LabelNote& note : e.notes) report.notes.push_back(note);
        const auto same = std::find_if(report.labels.begin(), report.labels.end(), [&](const HeadLabel& l) { return l.id == label.id; });
        if (same == report.labels.end()) report.labels.push_back(std::move(label));
        else if (prefer(label, *same)) *same = std::move(label);
    }
    for (const DetectorOutput& output : outputs)
        for (const DetectorOutput::Score& score : output.scores)
            if (const auto found = reports.find(score.head); found != reports.end()) {
                found->second.scores.push_back(score.score);
                if (score.score.key == "gate") found->second.gate = score.score.value;
            }
    std::vector<HeadReport> out;
    for (auto& [head, report] : reports) {
        arrange(report);
        out.push_back(std::move(report));
    }
    return out;
}

}  // namespace hs
