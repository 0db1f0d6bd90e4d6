// SPDX-License-Identifier: GPL-3.0-or-later
// Causal analyses on random models: exact patches and knock-outs against the double-precision pass, sums that must close, refusals.
#include <QTest>

#include "engine/analysis/causes/attribution_patching.h"
#include "engine/analysis/causes/edges.h"
#include "engine/analysis/causes/flow_routes.h"
#include "engine/analysis/causes/logit_attribution.h"
#include "engine/analysis/causes/path_patching.h"
#include "engine/forward/backward/backward.h"
#include "engine/forward/forward.h"
#include "engine/text/tokenizer.h"
#include "tests/support/compare.h"
#include "tests/support/forward_cases.h"
#include "tests/support/must.h"
#include "tests/support/oracle_metric.h"

using namespace hs;
using namespace hs::test;

namespace {

constexpr int kTokens = 8;

std::shared_ptr<const Run> runOf(const std::shared_ptr<const Model>& model, const std::shared_ptr<const Prompt>& prompt,
                                 Interventions list = {})
{
    ForwardOptions options;
    options.interventions = std::move(list);
    return must(forward(model, prompt, options));
}

Metric difference(int answer, int wrong, int position = -1)
{
    Metric m;
    m.kind = MetricKind::LogitDifference;
    m.answer = answer;
    m.wrong = wrong;
    m.positions = {position};
    return m;
}

ForwardCase caseOf(std::size_t index)
{
    ForwardCase c = forwardCases()[index];
    if (c.config.output == OutputKind::None) c.config.output = OutputKind::Tied;
    return c;
}

PatchPair pairOf(const ForwardCase& c, const Metric& metric)
{
    const auto model = randomModel(c.config, c.options);
    return {runOf(model, randomPrompt(kTokens, c.config.dVocab, 5)), runOf(model, randomPrompt(kTokens, c.config.dVocab, 6)), metric};
}

double oracle(const Run& base, const Interventions& list, const Metric& metric)
{
    return oracleMetric(OracleForward(*base.model, list).run(base.prompt->ids()), metric, *base.prompt, {});
}

bool close(double got, double expected, double tolerance = 2e-5)
{
    if (std::abs(got - expected) <= tolerance * std::max(1.0, std::abs(expected))) return true;
    qWarning("got %.9g expected %.9g", got, expected);
    return false;
}

/// One layer whose head writes straight to the logits: everything behind z is linear.
ForwardCase linearCase()
{
    ForwardCase c = caseOf(6);  // attention only, no norm
    c.config.nLayers = 1;
    return c;
}

/// "both soft caps, window on alternate layers".
constexpr int kCapsAndWindow = 15;

void everyCase()
{
    QTest::addColumn<int>("index");
    const auto cases = forwardCases();
    for (std::size_t i = 0; i < cases.size(); ++i) QTest::newRow(cases[i].name.c_str()) << static_cast<int>(i);
}

}  // namespace

class tst_patching : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void patchesAreExact_data();
    void patchesAreExact();
    void wholeInputRegainsEverything();
    void knockOutsAreExact();
    void influenceFollowsScores();
    void partsSumToTheLogit_data() { everyCase(); }
    void partsSumToTheLogit();
    void sourcesSumToTheHead_data() { everyCase(); }
    void sourcesSumToTheHead();
    void flowSumsToOne();
    void linearModelsNeedNoCheck();
    void integratedGradientsAreComplete();
    void queriesByExactSoftmax_data();
    void queriesByExactSoftmax();
    void amplification();
    void badPairs_data();
    void badPairs();
    void answersOfOneToken();
    void answersAndTheirSpace();
    void cancelledAndPartial();
};

void tst_patching::patchesAreExact_data()
{
    QTest::addColumn<int>("index");
    QTest::addColumn<int>("site");
    QTest::addColumn<int>("axes");
    for (const int index : {0, 1, 3, 5, kCapsAndWindow})
        for (int site = 0; site <= int(Site::Pattern); ++site)
            for (int axes = 0; axes < 3; ++axes) {
                if (!hasSite(caseOf(static_cast<std::size_t>(index)).config, static_cast<Site>(site))) continue;
                if (!isHeadSite(static_cast<Site>(site)) && axes != int(PatchAxes::LayerPosition)) continue;
                QTest::addRow("%d %s %d", index, siteName(static_cast<Site>(site)), axes) << index << site << axes;
            }
}

void tst_patching::patchesAreExact()
{
    QFETCH(int, index);
    QFETCH(int, site);
    QFETCH(int, axes);
    const ForwardCase c = caseOf(static_cast<std::size_t>(index));
    const PatchPair pair = pairOf(c, axes == 0 ? Metric{} : difference(3, 8));
    PatchOptions options;
    options.site = static_cast<Site>(site);
    options.axes = static_cast<PatchAxes>(axes);
    options.direction = site % 2 ? PatchDirection::Noise : PatchDirection::Denoise;
    const PatchMap map = must(patchActivations(pair, options));
    QCOMPARE(map.done, map.total);
    const bool noise = options.direction == PatchDirection::Noise;
    const auto &base = noise ? pair.clean : pair.corrupt, &source = noise ? pair.corrupt : pair.clean;
    QVERIFY(close(map.clean, oracle(*pair.clean, {}, pair.metric)));
    Random random(static_cast<std::uint64_t>(site + 10 * axes));
    for (int k = 0; k < 4; ++k) {
        const int l = random.below(map.layers), p = random.below(map.positions);
        const int h = axes == int(PatchAxes::LayerPosition) ? 0 : random.below(siteHeads(c.config, options.site, l));
        const std::vector<int> rows = axes == int(PatchAxes::LayerHead) ? std::vector<int>{} : std::vector<int>{p};
        const Interventions list = must(patchOf(source, options.site, l, axes == int(PatchAxes::LayerPosition) ? -1 : h, rows));
        QVERIFY(close(map.at(l, h, p), oracle(*base, list, pair.metric)));
    }
}

void tst_patching::wholeInputRegainsEverything()
{
    const PatchPair pair = pairOf(caseOf(1), difference(3, 8));
    const Interventions all = must(patchOf(pair.clean, Site::ResidPre, 0, -1, {}));
    const auto run = runOf(pair.corrupt->model, pair.corrupt->prompt, all);
    PatchMap map;
    map.layers = map.heads = map.positions = 1;
    map.clean = must(metricValue(*pair.clean, pair.metric));
    map.corrupt = must(metricValue(*pair.corrupt, pair.metric));
    map.value = {must(metricValue(*run, pair.metric))};
    QVERIFY(std::abs(map.clean - map.corrupt) >= kLeastMetricDifference);
    QVERIFY(close(must(map.normalised())[0], 1));
    map.options.direction = PatchDirection::Noise;
    QVERIFY(close(must(map.normalised())[0], 0));
}

void tst_patching::knockOutsAreExact()
{
    for (const std::size_t index : {std::size_t(0), std::size_t(1), std::size_t(4)}) {
        const PatchPair pair = pairOf(caseOf(index), {});
        const std::vector<AttentionEdge> edges{{{0, 1}, 4, 2}, {{1, 3}, 7, 7}, {{1, 0}, 0, 0}};
        const std::vector<double> got = must(knockOutEdges(pair.clean, pair.metric, edges));
        for (std::size_t i = 0; i < edges.size(); ++i) {
            const Intervention cut = knockOut(edges[i].head, {{edges[i].query, edges[i].key}});
            QVERIFY(close(got[i], oracle(*pair.clean, {cut}, {}) - oracle(*pair.clean, {}, {})));
        }
    }
}

/// I_ij = -dS_ij / (1 - A_ij), the same number the backward pass has by another way.
void tst_patching::influenceFollowsScores()
{
    const PatchPair pair = pairOf(caseOf(1), difference(3, 8));
    const EdgeInfluence influence = must(edgeInfluence(*pair.clean, pair.metric, {{0, 2}, {1, 1}}));
    GradientRequest request;
    request.panelHeads = influence.heads;
    int checked = 0;
    std::vector<std::string> wrong(2);
    request.onPanel = [&](const AttentionPanel& p) {
        const std::size_t at = p.head.layer == 0 ? 0 : 1;
        for (std::ptrdiff_t i = 1; i < p.pattern.rows; ++i)
            for (std::ptrdiff_t j = 0; j <= i; ++j) {
                const double expected = -static_cast<double>(p.dScores(i, j)) / (1 - static_cast<double>(p.pattern(i, j)));
                if (!close(static_cast<double>(influence.influence[at](i, j)), expected, 1e-5)) wrong[at] = "cell " + std::to_string(i);
            }
    };
    must(backward(*pair.clean, pair.metric, request));
    for (const std::string& w : wrong) {
        QVERIFY2(w.empty(), w.c_str());
        ++checked;
    }
    QCOMPARE(checked, 2);
    QVERIFY(close(influence.value, must(metricValue(*pair.clean, pair.metric))));
}

void tst_patching::partsSumToTheLogit()
{
    QFETCH(int, index);
    const ForwardCase c = caseOf(static_cast<std::size_t>(index));
    const auto model = randomModel(c.config, c.options);
    const auto prompt = randomPrompt(kTokens, c.config.dVocab, 5);
    const std::vector<float> added(static_cast<std::size_t>(c.config.dHead), 0.4f);
    std::vector<Interventions> lists{{}, {zeroHead({1, 0}), addToHead({0, 0}, added)}};
    const auto other = runOf(model, randomPrompt(kTokens, c.config.dVocab, 6));
    for (const Site site : {Site::ResidPre, Site::ResidMid, Site::ResidPost, Site::AttnOut, Site::MlpOut, Site::Z})
        if (hasSite(c.config, site)) lists.push_back(must(patchOf(other, site, 1, -1, {5})));
    for (const Interventions& list : lists) {
        const auto run = runOf(model, prompt, list);
        for (const LogitTarget& target : {LogitTarget{-1, 3, 8}, LogitTarget{5, 4, -1}}) {
            const LogitAttribution a = must(logitAttribution(*run, target));
            QVERIFY(close(a.total, a.exact, 1e-5));
            const LogitLens lens = must(logitLens(*run, target));
            const int p = target.position < 0 ? kTokens - 1 : target.position;
            const OracleRun exact = OracleForward(*model, list).run(prompt->ids());
            const auto read = [&](const Rows& logits) {
                const auto& row = logits[static_cast<std::size_t>(p)];
                return row[static_cast<std::size_t>(target.answer)] - (target.wrong >= 0 ? row[static_cast<std::size_t>(target.wrong)] : 0);
            };
            QVERIFY(close(a.exact, read(exact.beforeCap)));  // a sum has no cap
            QVERIFY(close(lens.value.back(), read(exact.logits)));
            if (c.config.finalSoftcap == 0) QVERIFY(close(lens.value.back(), a.exact, 1e-5));
        }
    }
}

void tst_patching::sourcesSumToTheHead()
{
    QFETCH(int, index);
    const ForwardCase c = caseOf(static_cast<std::size_t>(index));
    const auto model = randomModel(c.config, c.options);
    for (const Interventions& list : {Interventions{}, Interventions{scaleHead({0, 0}, 0.5f), meanHead({1, 0})}}) {
        const auto run = runOf(model, randomPrompt(kTokens, c.config.dVocab, 5), list);
        const LogitTarget target{-1, 3, 8};
        const LogitAttribution a = must(logitAttribution(*run, target));
        const SourceAttribution s = must(sourceAttribution(*run, target));
        for (std::size_t l = 0; l < a.heads.size(); ++l)
            for (std::size_t h = 0; h < a.heads[l].size(); ++h) {
                double sum = s.unsourced[l][h];
                for (int j = 0; j < kTokens; ++j) sum += static_cast<double>(s.heads[l](static_cast<std::ptrdiff_t>(h), j));
                QVERIFY(close(sum, a.heads[l][h], 1e-6));
                const bool fixed = !list.empty() && l == 1 && h == 0;
                QVERIFY(fixed || std::abs(s.unsourced[l][h]) < 1e-5);
            }
    }
}

void tst_patching::flowSumsToOne()
{
    for (const std::size_t index : {std::size_t(0), std::size_t(1), std::size_t(6)}) {
        const ForwardCase c = caseOf(index);
        const auto run = runOf(randomModel(c.config, c.options), randomPrompt(kTokens, c.config.dVocab, 5));
        const FlowRoutes all = must(flowRoutes(*run, {-1, 0.0, false}));
        std::vector<double> into(all.nodes.size());
        for (const FlowEdge& e : all.edges) into[static_cast<std::size_t>(e.to)] += e.weight;
        double rows = 0, missing = 0;
        for (std::size_t i = 0; i < all.nodes.size(); ++i) {
            if (all.nodes[i].kind == FlowNode::Kind::Embed) continue;
            if (all.nodes[i].kind != FlowNode::Kind::Mid) QVERIFY(close(into[i], 1, 1e-6));
            else if (all.nodes[i].layer == 0) {
                ++rows;
                missing += 1 - into[i];
            }
        }
        QVERIFY(rows > 0 && close(missing / rows, all.biasWeight[0], 1e-6));  // what no token sent
        const FlowRoutes few = must(flowRoutes(*run, {-1, 0.1, true}));
        QVERIFY(few.edges.size() < all.edges.size());
        std::vector<double> kept(few.nodes.size());
        for (const FlowEdge& e : few.edges) kept[static_cast<std::size_t>(e.to)] += e.weight;
        QVERIFY(close(kept[0], 1, 1e-6));
        QCOMPARE(few.nodes[0].token, kTokens - 1);
    }
    const auto post = runOf(randomModel(caseOf(5).config), randomPrompt(kTokens, 50, 5));
    QCOMPARE(flowRoutes(*post, {}).error().item, std::string("norm_position"));
}

void tst_patching::linearModelsNeedNoCheck()
{
    const ForwardCase c = linearCase();
    const PatchPair pair = pairOf(c, difference(3, 8));
    for (const Site site : {Site::Z, Site::V, Site::Pattern}) {
        AttributionOptions options;
        options.patch.site = site;
        options.patch.axes = PatchAxes::LayerHeadPosition;
        const PatchMap estimate = must(attributePatches(pair, options)), exact = must(patchActivations(pair, options.patch));
        const AttributionCheck check = compareMaps(estimate, exact);
        QCOMPARE(check.cells, exact.total);
        QVERIFY2(check.largestError < 1e-5, siteName(site));
        QVERIFY2(check.spearman > 0.99, siteName(site));
    }
    // Two layers with norms and an MLP: only nearly so.
    const PatchPair deep = pairOf(caseOf(0), difference(3, 8));
    const AttributionCheck check = compareMaps(must(attributePatches(deep, {})), must(patchActivations(deep, {})));
    QCOMPARE(check.cells, std::size_t(8));
    QVERIFY(check.spearman > 0.3 && check.largestError > 1e-4);
}

void tst_patching::integratedGradientsAreComplete()
{
    const PatchPair pair = pairOf(caseOf(1), difference(3, 8));
    AttributionOptions options;
    options.patch.site = Site::ResidPre;
    options.patch.axes = PatchAxes::LayerPosition;
    options.steps = 60;
    const PatchMap map = must(attributePatches(pair, options));
    double sum = 0;
    for (int p = 0; p < kTokens; ++p) sum += map.change(0, 0, p);
    QVERIFY(close(sum, map.clean - map.corrupt, 0.01));
    // Along one activation's own line the steps add up to the exact patch.
    PatchOptions z;
    const double exact = must(patchActivations(pair, z)).change(1, 2, 0);
    QVERIFY(close(must(integratedPatch(pair, z, 1, 2, {}, 40)), exact, 0.005));
}

void tst_patching::queriesByExactSoftmax_data()
{
    QTest::addColumn<int>("site");
    QTest::addColumn<int>("axes");
    QTest::addColumn<bool>("bent");
    for (const bool bent : {false, true}) {
        const char* end = bent ? ", window and soft cap" : "";
        QTest::addRow("queries by head%s", end) << int(Site::Q) << int(PatchAxes::LayerHead) << bent;
        QTest::addRow("queries by position%s", end) << int(Site::Q) << int(PatchAxes::LayerHeadPosition) << bent;
        QTest::addRow("keys by position%s", end) << int(Site::K) << int(PatchAxes::LayerHeadPosition) << bent;
    }
}

/// Behind the pattern everything is linear here, so with the softmax computed again the estimate is exact.
void tst_patching::queriesByExactSoftmax()
{
    QFETCH(int, site);
    QFETCH(int, axes);
    QFETCH(bool, bent);
    ForwardCase c = linearCase();
    if (bent) {
        c.config.window = 4;
        c.config.attnSoftcap = 0.8;
    }
    const PatchPair pair = pairOf(c, difference(3, 8));
    AttributionOptions options;
    options.patch.site = static_cast<Site>(site);
    options.patch.axes = static_cast<PatchAxes>(axes);
    const PatchMap exact = must(patchActivations(pair, options.patch));
    const double plain = compareMaps(must(attributePatches(pair, options)), exact).largestError;
    options.exactSoftmax = true;
    const double fixed = compareMaps(must(attributePatches(pair, options)), exact).largestError;
    QVERIFY2(fixed < 1e-5, qPrintable(QString::number(fixed)));
    QVERIFY(plain > 100 * fixed);
}

/// Linear read-out: M(m) - M(1) = (m - 1) dM/dxi.
void tst_patching::amplification()
{
    const PatchPair pair = pairOf(linearCase(), difference(3, 8));
    const Gradients g = must(backward(*pair.clean, pair.metric, {}));
    for (const float m : {0.0f, 0.5f, 2.0f, 4.0f}) {
        const auto run = runOf(pair.clean->model, pair.clean->prompt, {scaleHead({0, 1}, m)});
        QVERIFY(close(must(metricValue(*run, pair.metric)) - g.value, (static_cast<double>(m) - 1) * g.gates[0][1]));
    }
}

void tst_patching::badPairs_data()
{
    QTest::addColumn<int>("what");
    QTest::addColumn<int>("code");
    QTest::newRow("numbers of tokens differ") << 0 << int(ErrorCode::PromptsDiffer);
    QTest::newRow("other model") << 1 << int(ErrorCode::InvalidArgument);
    QTest::newRow("no clean run") << 2 << int(ErrorCode::InvalidArgument);
    QTest::newRow("residuals dropped") << 3 << int(ErrorCode::InvalidArgument);
    QTest::newRow("site without heads by head") << 4 << int(ErrorCode::InvalidArgument);
    QTest::newRow("no such site") << 5 << int(ErrorCode::InvalidArgument);
    QTest::newRow("position out of range") << 6 << int(ErrorCode::InvalidArgument);
    QTest::newRow("answer out of range") << 7 << int(ErrorCode::TokenOutOfRange);
    QTest::newRow("no output layer") << 8 << int(ErrorCode::ModelPartial);
}

void tst_patching::badPairs()
{
    QFETCH(int, what);
    QFETCH(int, code);
    ForwardCase c = what == 5 ? linearCase() : caseOf(0);
    if (what == 8) c.config.output = OutputKind::None;
    PatchPair pair = what == 8 ? PatchPair{} : pairOf(c, difference(3, 8));
    PatchOptions options;
    if (what == 0) pair.corrupt = runOf(pair.clean->model, randomPrompt(kTokens + 1, 50, 5));
    if (what == 1) pair.corrupt = pairOf(c, {}).corrupt;
    if (what == 2) pair.clean = nullptr;
    if (what == 3) {
        ForwardOptions bare;
        bare.keepResiduals = false;
        pair.corrupt = must(forward(pair.corrupt->model, pair.corrupt->prompt, bare));
    }
    if (what == 4) options.site = Site::ResidPre;
    if (what == 5) {
        options.site = Site::MlpOut;
        options.axes = PatchAxes::LayerPosition;
    }
    if (what == 6) options.positions = {kTokens};
    if (what == 7) pair.metric.answer = 50;
    if (what == 8) {
        const auto model = randomModel(c.config, c.options);
        pair = {runOf(model, randomPrompt(kTokens, 50, 5)), runOf(model, randomPrompt(kTokens, 50, 6)), difference(3, 8)};
    }
    QCOMPARE(int(patchActivations(pair, options).error().code), code);
    QCOMPARE(int(attributePatches(pair, {options, 1, false}).error().code), code);
    if (what == 0) QCOMPARE(patchActivations(pair, options).error().found, std::to_string(kTokens));
    if (what < 4 || what > 6) QCOMPARE(int(patchPaths(pair, {}).error().code), code);
    if (what == 8) {
        QCOMPARE(int(logitAttribution(*pair.clean, {-1, 1, 2}).error().code), code);
        QCOMPARE(int(edgeInfluence(*pair.clean, {}, {{0, 0}}).error().code), code);
    }
}

void tst_patching::answersOfOneToken()
{
    Model::Parts parts;
    parts.config = smallConfig();
    parts.config.dVocab = 6;
    SpecialIds special;
    special.unk = 0;
    parts.tokenizer = must(makeWordLevel({"<unk>", "Paris", "Rome", "is", "in", "Italy"}, special));
    const Model model(std::move(parts));
    QCOMPARE(must(singleToken(model, "Rome", "answer")), 2);
    QCOMPARE(must(singleToken(model, "#5", "answer")), 5);
    const auto several = singleToken(model, "is in", "wrong");
    QVERIFY(!several.ok());
    QCOMPARE(int(several.error().code), int(ErrorCode::InvalidArgument));
    QCOMPARE(several.error().item, std::string("wrong"));
    QCOMPARE(several.error().found, std::string("is | in"));
    QCOMPARE(int(singleToken(model, "#6", "answer").error().code), int(ErrorCode::TokenOutOfRange));
    QCOMPARE(int(singleToken(model, "", "answer").error().code), int(ErrorCode::TextEmpty));
}

/// "Mary" is several tokens where " Mary" is one, and the other way: that one is named.
void tst_patching::answersAndTheirSpace()
{
    Model::Parts parts;
    const std::vector<std::string> vocab{"M", "a", "r", "y", "\u0120", "\u0120M", "ry", "ary", "\u0120Mary", "ar"};
    parts.config = smallConfig();
    parts.config.dVocab = static_cast<int>(vocab.size());
    parts.tokenizer = must(makeGpt2Bpe(vocab, {"\u0120 M", "r y", "a ry", "\u0120M ary"}, {}));
    const Model model(std::move(parts));
    QCOMPARE(must(singleToken(model, " Mary", "answer")), 8);
    const auto without = singleToken(model, "Mary", "answer");
    QVERIFY(!without.ok());
    QCOMPARE(without.error().found, std::string("M | ary"));
    QCOMPARE(without.error().expected, std::string("\" Mary\""));
    const auto with = singleToken(model, " ary", "wrong");
    QVERIFY(!with.ok());
    QCOMPARE(with.error().expected, std::string("\"ary\""));
    QCOMPARE(singleToken(model, "Ma", "wrong").error().expected, std::string("1 token"));
}

void tst_patching::cancelledAndPartial()
{
    const PatchPair pair = pairOf(caseOf(0), difference(3, 8));
    std::stop_source stop;
    std::vector<std::size_t> stages;
    const auto map = patchActivations(pair, {}, Progress(stop.get_token(), {}), [&](const PatchMap& m) {
        stages.push_back(m.done);
        QVERIFY(!std::isnan(m.at(1, 0, 0)) && std::isnan(m.at(0, 0, 0)));
        stop.request_stop();
    });
    QCOMPARE(int(map.error().code), int(ErrorCode::Cancelled));
    QCOMPARE(stages.size(), std::size_t(1));
    QCOMPARE(stages[0], std::size_t(4));
}

QTEST_APPLESS_MAIN(tst_patching)
#include "tst_patching.moc"
