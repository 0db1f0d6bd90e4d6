// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/patterns/text_evidence.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace hs::patterns {
namespace {

/// Tokens shown before and behind the row of an example.
constexpr int kBefore = 24, kBehind = 6;
/// Share of documents in which the same column wins before a position is named instead of a kind of token.
constexpr double kSamePosition = 0.5;

double meanOf(const PerDocument& values)
{
    double sum = 0;
    long count = 0;
    for (const double v : values)
        if (std::isfinite(v)) {
            sum += v;
            ++count;
        }
    return count > 0 ? sum / static_cast<double>(count) : kNoValue;
}

class Builder {
public:
    Builder(const TextPassInput& input, HeadId head, double gate, DetectorOutput& out)
        : m_input(input), m_head(head), m_gate(gate), m_out(out)
    {}

    HeadEvidence start(LabelId label, const char* analysis, AttentionView view) const
    {
        HeadEvidence e;
        e.head = m_head;
        e.label = std::move(label);
        e.analysis = analysis;
        e.view = view;
        e.weighting = m_input.weighting;
        e.mass = m_input.mass;
        e.gate = m_gate;
        return e;
    }
    double parameter(const char* key) const { return m_input.preset->value(key); }
    void score(const char* key, double value, AttentionView view) { m_out.scores.push_back({m_head, {key, value, view}}); }
    void examples(HeadEvidence& e, const std::vector<RowPick>& best, const std::vector<RowPick>& worst,
                  const std::vector<RowPick>& typical) const
    {
        const double mean = meanOf(e.x);
        e.best = choose(best, [](const RowPick& p) { return -static_cast<double>(p.value); });
        e.worst = choose(worst, [](const RowPick& p) { return static_cast<double>(p.value); });
        e.typical = choose(typical, [mean](const RowPick& p) { return std::abs(static_cast<double>(p.value) - mean); });
    }
    void add(HeadEvidence e, const std::vector<double>& rows)
    {
        if (m_input.weighting == RowWeighting::Tokens) e.weight = rows;
        m_out.evidence.push_back(std::move(e));
    }

private:
    template <typename Cost>
    std::vector<ExampleRow> choose(const std::vector<RowPick>& picks, const Cost& cost) const
    {
        std::vector<int> order;
        for (std::size_t d = 0; d < picks.size(); ++d)
            if (picks[d].query >= 0) order.push_back(static_cast<int>(d));
        const auto most = std::min(order.size(), static_cast<std::size_t>(std::max(0, m_input.examples)));
        std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(most), order.end(), [&](int a, int b) {
            const double ca = cost(picks[static_cast<std::size_t>(a)]), cb = cost(picks[static_cast<std::size_t>(b)]);
            return ca != cb ? ca < cb : a < b;
        });
        std::vector<ExampleRow> out;
        for (std::size_t k = 0; k < most; ++k) {
            const RowPick& p = picks[static_cast<std::size_t>(order[k])];
            out.push_back({order[k], p.query, {}, p.value, std::max(0, p.query - kBefore), p.query + kBehind});
        }
        return out;
    }

    const TextPassInput& m_input;
    HeadId m_head;
    double m_gate;
    DetectorOutput& m_out;
};

void addPattern(Builder& builder, const MassPattern& pattern, const PatternColumns& c, const PatternColumns* twin,
                const PatternColumns* random)
{
    if (c.events == 0) return;  // no document of this corpus can show it
    HeadEvidence e = builder.start(pattern.label, pattern.analysis.c_str(), pattern.view);
    e.variant = pattern.variant;
    e.x = c.x;
    e.events = c.events;
    e.nulls.push_back({NullKind::Uniform, c.uniform});
    if (pattern.annotated()) {
        e.nulls.push_back({NullKind::OffsetProfile, c.profile});
        e.nulls.push_back({NullKind::AnnotationShuffle, c.shuffled});
    }
    if (twin) e.nulls.push_back({NullKind::RandomWeights, twin->x});
    if (random && pattern.annotated()) e.nulls.push_back({NullKind::RandomTokens, random->x});
    const std::string& analysis = pattern.analysis;
    const auto threshold = [&](const char* name) { return builder.parameter((analysis + "." + name).c_str()); };
    const auto kappaUniform = [&] { return Criterion{"kappa-uniform", c.x, c.uniform, threshold("kappa-uniform"), false, false}; };
    const auto kappaProfile = [&] { return Criterion{"kappa-profile", c.x, c.profile, threshold("kappa-profile"), false, false}; };
    switch (pattern.proof) {
    case PatternProof::Mass:
        e.criteria = {{"mass", c.x, {}, threshold("mass"), false, false}, kappaUniform()};
        e.scoreFrom = 1;
        break;
    case PatternProof::Breadth:
        e.criteria = {kappaUniform(), kappaProfile(), {"breadth", c.breadth, {}, threshold("breadth"), false, false}};
        e.scoreFrom = 1;
        break;
    case PatternProof::Delta:
        e.criteria = {kappaUniform(), kappaProfile(), {"delta", c.delta, {}, 0.0, false, true}};
        e.scoreFrom = 1;
        break;
    case PatternProof::None: e.criteria = {kappaUniform()}; break;
    }
    if (pattern.positional) {
        const double hits = meanOf(c.hits);
        e.strict = hits >= builder.parameter("positional.hit");
        if (pattern.offset == -1) builder.score("previous-hit", hits, AttentionView::Content);
    }
    builder.examples(e, c.best, c.worst, c.typical);
    builder.add(std::move(e), c.rows);
}

HeadEvidence sinkEvidence(const Builder& builder, const PerDocument& alpha, const OtherColumns& c)
{
    HeadEvidence e = builder.start({LabelKind::Sink, 0, {}}, "sink", AttentionView::Raw);
    e.x = alpha;
    e.nulls.push_back({NullKind::Uniform, c.sinkNull});
    e.events = c.sinkEvents;
    PerDocument share(alpha.size(), kNoValue);
    const double cut = builder.parameter("sink.alpha");
    for (std::size_t d = 0; d < share.size(); ++d)
        if (std::isfinite(alpha[d])) share[d] = alpha[d] > cut ? 1.0 : 0.0;
    e.criteria = {{"documents", share, {}, builder.parameter("sink.documents"), false, false},
                  {"kappa-uniform", alpha, c.sinkNull, builder.parameter("sink.kappa-uniform"), false, false}};
    e.scoreFrom = 1;
    return e;
}

void addSink(Builder& builder, const OtherColumns& c, const OtherColumns* twin, const OtherColumns* random)
{
    if (c.sinkEvents == 0) return;
    HeadEvidence e = sinkEvidence(builder, c.sink, c);
    if (twin) e.nulls.push_back({NullKind::RandomWeights, twin->sink});
    builder.examples(e, c.sinkBest, c.sinkWorst, c.sinkTypical);
    builder.score("first-column", meanOf(c.sink), AttentionView::Raw);
    builder.add(std::move(e), c.rawRows);
    if (!random) return;
    // A head may rest on the first token only where it finds nothing to look at. Most heads do so a little with random tokens: the
    // label asks for nearly all of the attention there.
    HeadEvidence resting = sinkEvidence(builder, random->sink, c);
    resting.criteria[1].threshold = builder.parameter("sink.random-tokens");
    resting.variant = "random-tokens";
    resting.data = DataKind::Synthetic;
    builder.add(std::move(resting), c.rawRows);
}

/// The column other than the first that most rows look at, named after the kind of token that owns it.
void addColumn(Builder& builder, const OtherColumns& c, const OtherColumns* twin)
{
    const double cut = builder.parameter("vertical.column");
    PerDocument share(c.column.size(), kNoValue);
    std::map<TokenClass, int> owners;
    std::map<int, int> places;
    int winners = 0, documents = 0;
    for (std::size_t d = 0; d < share.size(); ++d) {
        if (!std::isfinite(c.column[d])) continue;
        ++documents;
        const bool above = c.column[d] - c.columnNull[d] > cut;
        share[d] = above ? 1.0 : 0.0;
        if (!above) continue;
        ++winners;
        ++owners[c.columnClass[d]];
        ++places[c.columnAt[d]];
    }
    if (documents == 0) return;
    std::string owner = "column";
    const auto byCount = [](const auto& a, const auto& b) { return a.second < b.second; };
    if (winners > 0) {
        const auto place = std::max_element(places.begin(), places.end(), byCount);
        const auto kind = std::max_element(owners.begin(), owners.end(), byCount);
        if (place->second > kSamePosition * winners) {
            owner = "position ";
            owner += std::to_string(place->first);
        } else {
            owner = tokenClassName(kind->first);
        }
    }
    HeadEvidence e = builder.start({LabelKind::Vertical, 0, owner}, "vertical", AttentionView::Raw);
    e.variant = "column";
    e.x = c.column;
    e.nulls.push_back({NullKind::Uniform, c.columnNull});
    if (twin) e.nulls.push_back({NullKind::RandomWeights, twin->column});
    for (const double rows : c.rawRows) e.events += static_cast<long>(rows);
    e.criteria = {{"documents", share, {}, builder.parameter("vertical.documents"), false, false},
                  {"kappa-column", c.column, c.columnNull, cut, false, false}};
    e.scoreFrom = 1;
    builder.add(std::move(e), c.rawRows);
}

void addBroad(Builder& builder, const OtherColumns& c)
{
    if (c.broadEvents == 0) return;
    HeadEvidence e = builder.start({LabelKind::Broad, 0, {}}, "broad", AttentionView::Content);
    e.x = c.contentEntropy;
    const double threshold = builder.parameter("broad.entropy");
    PerDocument null = c.contentEntropy;
    for (double& v : null)
        if (std::isfinite(v)) v = threshold;
    e.nulls.push_back({NullKind::Threshold, std::move(null)});
    e.criteria = {{"entropy", c.contentEntropy, {}, threshold, false, false}};
    e.events = c.broadEvents;
    builder.examples(e, c.broadBest, c.broadWorst, c.broadTypical);
    builder.add(std::move(e), c.rows);
}

void addRareWord(Builder& builder, const OtherColumns& c, const OtherColumns* twin, const OtherColumns* random)
{
    if (c.rareSentences == 0) return;
    HeadEvidence e = builder.start({LabelKind::RareWord, 0, {}}, "rare-word", AttentionView::Content);
    e.x = c.rareHits;
    e.nulls.push_back({NullKind::Uniform, c.rareNull});
    // Shifting the frequencies around the sentence makes every candidate the rarest one equally often: the mean over all shifts is 1 / n.
    e.nulls.push_back({NullKind::AnnotationShuffle, c.rareNull});
    if (twin) e.nulls.push_back({NullKind::RandomWeights, twin->rareHits});
    if (random) e.nulls.push_back({NullKind::RandomTokens, random->rareHits});
    e.events = c.rareSentences;
    e.criteria = {{"hit", c.rareHits, {}, builder.parameter("rare-word.hit"), false, false},
                  {"kappa-uniform", c.rareHits, c.rareNull, builder.parameter("rare-word.kappa-uniform"), false, false}};
    e.scoreFrom = 1;
    builder.add(std::move(e), c.rows);
}

void addNoOp(Builder& builder, const OtherColumns& c)
{
    if (!std::isfinite(meanOf(c.unwritten))) return;
    HeadEvidence e = builder.start({LabelKind::NoOp, 0, {}}, "no-op", AttentionView::Raw);
    e.x = c.unwritten;
    e.nulls.push_back({NullKind::Uniform, c.unwrittenNull});
    for (const double rows : c.rawRows) e.events += static_cast<long>(rows);
    e.criteria = {{"reference-share", c.referenceShare, {}, builder.parameter("no-op.reference-share"), true, false},
                  {"unwritten", c.unwritten, {}, builder.parameter("no-op.unwritten"), false, false}};
    e.scoreFrom = 1;
    builder.add(std::move(e), c.rawRows);
}

}  // namespace

void addEvidence(const TextPassInput& input, HeadId head, const std::vector<MassPattern>& patterns, const HeadState& state,
                 const HeadState* twin, const HeadState* random, DetectorOutput& out)
{
    const OtherColumns& c = state.other;
    Builder builder(input, head, meanOf(c.gate), out);
    constexpr auto raw = AttentionView::Raw, content = AttentionView::Content;
    builder.score("entropy", meanOf(c.entropy), raw);
    builder.score("entropy-normalised", meanOf(c.entropyNormalised), raw);
    builder.score("entropy-normalised", meanOf(c.contentEntropy), content);
    builder.score("effective-keys", meanOf(c.effectiveKeys), raw);
    builder.score("distance", c.distanceMass > 0 ? c.distanceSum / c.distanceMass : kNoValue, raw);
    builder.score("distance", c.contentDistanceMass > 0 ? c.contentDistanceSum / c.contentDistanceMass : kNoValue, content);
    builder.score("confidence", meanOf(c.confidence), raw);
    builder.score("confidence", meanOf(c.contentConfidence), content);
    builder.score("gate", meanOf(c.gate), raw);
    builder.score("previous-mass", meanOf(c.previous), raw);
    builder.score("first-mass", meanOf(c.first), raw);

    for (std::size_t p = 0; p < patterns.size(); ++p)
        addPattern(builder, patterns[p], state.columns[p], twin ? &twin->columns[p] : nullptr, random ? &random->columns[p] : nullptr);
    addSink(builder, c, twin ? &twin->other : nullptr, random ? &random->other : nullptr);
    addColumn(builder, c, twin ? &twin->other : nullptr);
    addBroad(builder, c);
    addRareWord(builder, c, twin ? &twin->other : nullptr, random ? &random->other : nullptr);
    addNoOp(builder, c);
}

}  // namespace hs::patterns
