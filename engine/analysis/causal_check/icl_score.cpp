// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/causal_check/icl_score.h"

#include <algorithm>
#include <cmath>

#include "engine/analysis/labels/work.h"
#include "engine/analysis/synthetic/run_documents.h"
#include "engine/forward/sweep/sweep.h"

namespace hs {
namespace {

constexpr int kWindow = 512, kEarly = 50, kLate = 500;
/// Below so many tokens early and late are the same.
constexpr int kLeastContext = 64;

/// Part of the budget that goes to the model's own score; the rest pays for heads.
constexpr double kScorePart = 0.25;
constexpr int kLeastSequences = 4;

double meanOf(const std::vector<double>& v)
{
    double sum = 0;
    for (const double x : v) sum += x / static_cast<double>(v.size());
    return sum;
}

}  // namespace

const AnalysisEntry& iclEntry()
{
    static const AnalysisEntry entry{
        "icl-score",
        "In-context-learning score",
        "Olsson et al. 2022, arXiv:2209.11895",
        {AnalysisInput::Text},
        "heads with a label that reads earlier context cut once each in up to 16 sequences of the longest context, within a budget",
        {},
        {{"icl-score.sequences", 16, 2, 100, "sequences of text, documents joined where they are shorter", "own"},
         {"icl-score.work", 0.8, 1e-3, 1e6, "10^12 multiply-adds: fewer sequences and heads beyond that", "own"}},
        "causal attention, output weights, a context of at least 64 tokens",
        {{"icl-score-change", "change of the in-context-learning score"}}};
    return entry;
}

std::optional<Inapplicable> iclInapplicable(const DetectorInput& input)
{
    const Model& model = *input.model;
    if (!model.canRun()) return Inapplicable{"cannot-run", {}};
    if (!model.canPredictTokens()) return Inapplicable{"no-output-weights", {}};
    if (model.config().looksAhead()) return Inapplicable{"bidirectional", {}};
    const Corpus* corpus = input.wholeCorpus ? input.wholeCorpus.get() : input.corpus.get();
    if (!corpus || !model.tokenizer()) return Inapplicable{"no-text", {}};
    if (const int n = iclPlaces(model.config().nCtx).length; n < kLeastContext)
        return Inapplicable{"context-too-short", {std::to_string(n), std::to_string(kLeastContext)}};
    if (corpus->tokens() < 2L * iclPlaces(model.config().nCtx).length)
        return Inapplicable{"text-too-short", {std::to_string(corpus->tokens())}};
    return std::nullopt;
}

IclPlan iclPlan(const Model& model, const LabelPreset& preset, const std::vector<HeadId>& heads)
{
    IclPlan plan;
    const int length = iclPlaces(model.config().nCtx).length;
    const double budget = preset.value("icl-score.work") * kWorkUnit, base = passWork(model, length, true);
    plan.sequences = affordable(kScorePart * budget, base, static_cast<int>(preset.value("icl-score.sequences")), kLeastSequences);
    plan.work = plan.sequences * base;
    for (const HeadId head : heads) {
        const double more = plan.sequences * passWork(model, length, true, head.layer);
        if (plan.work + more > budget) break;
        plan.work += more;
        plan.heads.push_back(head);
    }
    return plan;
}

Result<DetectorOutput> scoreInContext(const DetectorInput& input, const std::vector<HeadId>& heads, const Progress& progress)
{
    const Model& model = *input.model;
    const IclPlaces places = iclPlaces(model.config().nCtx);
    const IclPlan plan = iclPlan(model, *input.preset, heads);
    const Corpus& corpus = input.wholeCorpus ? *input.wholeCorpus : *input.corpus;
    const auto measured =
        measureIcl(input.model, iclSequences(corpus, *model.tokenizer(), places.length, plan.sequences), places, plan.heads, progress);
    if (!measured) return measured.error();
    DetectorOutput out;
    const double score = meanOf(measured->scores);
    double square = 0;
    const auto n = static_cast<double>(measured->scores.size());
    for (const double x : measured->scores) square += (x - score) * (x - score);
    const double error = n > 1 ? 1.96 * std::sqrt(square / (n - 1) / n) : 0.0;
    out.model.push_back({"icl-score",
                         score,
                         score - error,
                         score + error,
                         {std::to_string(places.early), std::to_string(places.late), std::to_string(measured->scores.size())}});
    for (std::size_t h = 0; h < measured->heads.size(); ++h)
        out.scores.push_back({measured->heads[h], {"icl-score-change", meanOf(measured->changes[h]), AttentionView::Raw}});
    if (!heads.empty()) out.notes.push_back({"icl-heads", "icl-score", {std::to_string(plan.heads.size()), std::to_string(heads.size())}});
    return out;
}

IclPlaces iclPlaces(int context)
{
    IclPlaces p;
    p.length = context > 0 ? std::min(context, kWindow) : kWindow;
    p.early = p.length > kLate ? kEarly : static_cast<int>(0.1 * p.length);
    p.late = p.length > kLate ? kLate : static_cast<int>(0.98 * p.length);
    // The late window must end within the sequence.
    p.window = std::max(0, std::min({p.early - 1, p.length - 2 - p.late, p.length / 50}));
    return p;
}

double iclScore(const std::vector<float>& tokenLoss, const IclPlaces& p)
{
    const auto around = [&](int at) {
        double sum = 0;
        // Loss of the token at position i stands at i - 1.
        for (int i = at - p.window; i <= at + p.window; ++i) sum += static_cast<double>(tokenLoss[static_cast<std::size_t>(i - 1)]);
        return sum / (2 * p.window + 1);
    };
    return around(p.late) - around(p.early);
}

Result<IclMeasures> measureIcl(const std::shared_ptr<const Model>& model, const std::vector<std::vector<int>>& sequences,
                               const IclPlaces& places, const std::vector<HeadId>& heads, const Progress& progress)
{
    IclMeasures m;
    m.places = places;
    m.heads = heads;
    m.changes.resize(m.heads.size());
    const AblationValues zero;
    for (std::size_t s = 0; s < sequences.size(); ++s) {
        progress.report(Stage::LabelCauses, static_cast<std::int64_t>(s), static_cast<std::int64_t>(sequences.size()));
        if (!progress.checkpoint()) return Error::cancelled();
        SyntheticDocument document;
        document.ids = sequences[s];
        const auto base = sweepBase(model, *promptOf(document, nullptr), zero, {}, 0, {}, progress);
        if (!base) return base.error();
        std::vector<SweepLane> lanes;
        for (const HeadId head : m.heads) lanes.push_back({*base, {{head, 0.0f, -1}}, 0});
        const auto scores = sweepLanes(lanes, zero, {}, progress);
        if (!scores) return scores.error();
        m.scores.push_back(iclScore((*base)->score.tokenLoss, places));
        for (std::size_t h = 0; h < m.heads.size(); ++h) m.changes[h].push_back(iclScore((*scores)[h].tokenLoss, places) - m.scores.back());
    }
    return m;
}

std::vector<std::vector<int>> iclSequences(const Corpus& corpus, const Tokenizer& tokenizer, int length, int count)
{
    std::vector<std::vector<int>> out;
    const std::optional<int> bos = tokenizer.addsBos() ? tokenizer.bosId() : std::nullopt;
    count = std::min(count, static_cast<int>(corpus.tokens() / length));
    for (int s = 0; s < count; ++s) {
        std::vector<int> ids;
        if (bos) ids.push_back(*bos);
        int at = static_cast<int>(static_cast<long>(s) * corpus.size() / count);
        for (; at < corpus.size() && static_cast<int>(ids.size()) < length; ++at)
            for (const Token& t : corpus.document(at).prompt.tokens)
                if (!t.special && static_cast<int>(ids.size()) < length) ids.push_back(t.id);
        if (static_cast<int>(ids.size()) == length) out.push_back(std::move(ids));
    }
    return out;
}

}  // namespace hs
