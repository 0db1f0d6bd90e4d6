// SPDX-License-Identifier: GPL-3.0-or-later
// Losses against given answers, and padding that is hidden from every query, against the double-precision pass and its slopes.
#include <QTest>

#include "engine/forward/sweep/sweep.h"
#include "tests/support/backward_setup.h"
#include "tests/support/compare.h"
#include "tests/support/flat.h"

using namespace hs;
using namespace hs::test;

namespace {

constexpr Tolerance kClose{3e-5, 3e-5};
constexpr int kPad = 3;

/// A model whose five outputs are no tokens, and a prompt that is answered at its first, fourth and last position.
Setup classifier()
{
    ForwardCase c{"classifier", smallConfig(), {}};
    c.config.output = OutputKind::Untied;
    c.config.dVocabOut = 5;
    c.options.unembeddingBias = true;
    Setup s = setup(c);
    auto prompt = std::make_shared<Prompt>(*s.prompt);
    prompt->targets = {{0, 4}, {3, 0}, {kTokens - 1, 2}};
    s.prompt = prompt;
    return s;
}

/// Padding in front (its first query sees nothing), inside and at the end.
Setup padded(ForwardCase c)
{
    c.config.paddingToken = kPad;
    Setup s = setup(c);
    std::vector<int> ids = s.prompt->ids();
    for (int& id : ids) id = id == kPad ? kPad + 1 : id;
    for (const int p : {0, 1, 4, kTokens - 1}) ids[static_cast<std::size_t>(p)] = kPad;
    s.prompt = promptOfIds(ids);
    for (const int id : ids) s.padding.push_back(id == kPad);
    return s;
}

bool hidden(const Setup& s, int p) { return s.padding[static_cast<std::size_t>(p)]; }

/// The same cuts as the oracle knows them: a head's z at each position.
Interventions oracleCut(const Setup& s, HeadId head, const AblationValues& values, int donor)
{
    const ModelConfig& config = s.model->config();
    Interventions out;
    for (int i = 0; i < kTokens; ++i) {
        if (values.kind == AblationKind::Uniform) {
            std::vector<float> even(kTokens, 0.0f);
            float seen = 0;
            const auto sees = [&](int j) { return oracleSees(config, head.layer, i, j) && !hidden(s, j); };
            for (int j = 0; j < kTokens; ++j) seen += sees(j) ? 1.0f : 0.0f;
            for (int j = 0; j < kTokens; ++j)
                if (sees(j)) even[static_cast<std::size_t>(j)] = 1.0f / seen;
            out.push_back(forceRow(head, i, even));
            continue;
        }
        std::vector<float> row(static_cast<std::size_t>(config.dHead), 0.0f);
        const auto layer = static_cast<std::size_t>(head.layer);
        const float* from = nullptr;
        if (values.kind == AblationKind::Mean) from = values.means[layer].data() + head.head * config.dHead;
        if (values.kind == AblationKind::Resample) {
            const AblationDonor& d = *values.donors[static_cast<std::size_t>(donor)];
            from = d.z[layer]->row(d.rowFor(i)) + head.head * config.dHead;
        }
        if (from) row.assign(from, from + config.dHead);
        out.push_back(scaleHead(head, 0.0f, {i}));
        out.push_back(addToHead(head, row, {i}));
    }
    return out;
}

}  // namespace

class tst_targets_and_padding : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void targetsAgree();
    void targetsOfTokens();
    void wrongTargets();
    void paddingForward_data();
    void paddingForward();
    void paddingBackward_data();
    void paddingBackward();
    void paddingLanes_data();
    void paddingLanes();
    void paddingStatistics();
    void paddingMeans();
};

/// Value, gates and lanes of a model without a next-token loss.
void tst_targets_and_padding::targetsAgree()
{
    Setup s = classifier();
    s.forwardPass();
    const double expected = s.oracle([](OracleForward&) {});
    const auto value = metricValue(*s.run, {});
    QVERIFY(value.ok());
    QVERIFY(std::abs(*value - expected) < 1e-5);
    const auto gradients = gradientsOf(s.model, s.prompt, {}, {}, {});
    QVERIFY(gradients.ok());
    QVERIFY(std::abs(gradients->value - expected) < 1e-5);
    for (int l = 0; l < s.model->config().nLayers; ++l)
        for (int h = 0; h < s.model->config().heads(l); ++h)
            QVERIFY(near(gradients->gates[static_cast<std::size_t>(l)][static_cast<std::size_t>(h)], s.slopeOfGate({l, h})));
    const AblationValues zero;
    const auto base = sweepBase(s.model, *s.prompt, zero, {}, 0, {});
    QVERIFY(base.ok());
    QVERIFY(std::abs((*base)->score.loss - expected) < 1e-5);
    QCOMPARE((*base)->score.tokenLoss.size(), static_cast<std::size_t>(kTokens));
    QVERIFY(std::isnan((*base)->score.tokenLoss[1]) && !std::isnan((*base)->score.tokenLoss.back()));
    const auto scores = sweepLanes({{*base, {{{1, 2}, 0.0f, -1}}, 0}}, zero, {});
    QVERIFY(scores.ok());
    Setup cut = s;
    cut.interventions = {zeroHead({1, 2})};
    QVERIFY(std::abs((*scores)[0].loss - cut.oracle([](OracleForward&) {})) < 1e-5);
    const OracleRun run = OracleForward(*s.model).run(s.prompt->ids());
    int right = 0;
    for (const Target& t : s.prompt->targets) {
        const auto& row = run.logits[static_cast<std::size_t>(t.position)];
        right += std::max_element(row.begin(), row.end()) - row.begin() == t.id;
    }
    QCOMPARE((*base)->score.accuracy, right / 3.0);
}

/// Targets that are the next tokens give the next-token loss.
void tst_targets_and_padding::targetsOfTokens()
{
    Setup s = setup({"plain", smallConfig(), {}});
    s.forwardPass();
    const auto plain = metricValue(*s.run, {});
    auto prompt = std::make_shared<Prompt>(*s.prompt);
    for (int p = 0; p + 1 < kTokens; ++p) prompt->targets.push_back({p, prompt->tokens[static_cast<std::size_t>(p) + 1].id});
    s.prompt = prompt;
    s.forwardPass();
    const auto named = metricValue(*s.run, {});
    QVERIFY(plain.ok() && named.ok());
    QVERIFY(std::abs(*plain - *named) < 1e-6);
    prompt->targets = {{kTokens - 1, 0}};
    const auto last = metricValue(*s.run, {});
    QVERIFY(last.ok() && std::abs(*last - *plain) > 1e-3);
}

void tst_targets_and_padding::wrongTargets()
{
    Setup s = classifier();
    s.forwardPass();
    auto prompt = std::make_shared<Prompt>(*s.prompt);
    prompt->targets = {{0, 5}};
    QCOMPARE(sweepBase(s.model, *prompt, {}, {}, 0, {}).error().code, ErrorCode::TokenOutOfRange);
    QCOMPARE(gradientsOf(s.model, prompt, {}, {}, {}).error().code, ErrorCode::TokenOutOfRange);
    prompt->targets = {{kTokens, 1}};
    QCOMPARE(gradientsOf(s.model, prompt, {}, {}, {}).error().item, std::string("position"));
    Metric elsewhere;
    elsewhere.positions = {1};
    QCOMPARE(metricValue(*s.run, elsewhere).error().expected, std::string("a target"));
    prompt->targets.clear();
    QCOMPARE(gradientsOf(s.model, prompt, {}, {}, {}).error().item, std::string("d_vocab_out"));
}

void tst_targets_and_padding::paddingForward_data()
{
    QTest::addColumn<int>("index");
    const auto cases = backwardCases();
    for (std::size_t i = 0; i < cases.size(); ++i) QTest::addRow("%s", cases[i].name.c_str()) << static_cast<int>(i);
}

/// The model alone says what is hidden: no option is given to the pass.
void tst_targets_and_padding::paddingForward()
{
    QFETCH(int, index);
    const Setup s = padded(backwardCases()[static_cast<std::size_t>(index)]);
    const auto run = forward(s.model, s.prompt, {});
    QVERIFY(run.ok());
    QCOMPARE((*run)->padding, s.padding);
    const ModelConfig& config = s.model->config();
    const OracleRun oracle = OracleForward(*s.model, {}, s.padding).run(s.prompt->ids());
    HS_COMPARE_ARRAYS(flat((*run)->residFinal), flat(oracle.residFinal), kClose);
    QVERIFY(std::abs((*run)->loss - oracle.loss) < 1e-5);
    for (int l = 0; l < config.nLayers; ++l)
        for (int h = 0; h < config.heads(l); ++h) {
            const auto map = (*run)->tile({l, h}, MapKind::Weights, 0, kTokens, 0, kTokens);
            QVERIFY(map.ok());
            HS_COMPARE_ARRAYS(flat(*map), flat(oracle.pattern[static_cast<std::size_t>(l)][static_cast<std::size_t>(h)]), kClose);
            if (config.looksAhead()) continue;
            // Nothing is left to the first query: it attends to nothing and gets nothing.
            const float nothing = config.sinks ? (*s.model->layer(l))->sinks[static_cast<std::size_t>(h)]  // all of the row is the sink's
                                               : -std::numeric_limits<float>::infinity();
            QCOMPARE((*run)->layerRuns[static_cast<std::size_t>(l)]->lse[static_cast<std::size_t>(h * kTokens)], nothing);
            for (int c = 0; c < config.dHead; ++c)
                QCOMPARE((*run)->layerRuns[static_cast<std::size_t>(l)]->z(0, h * config.dHead + c), 0.0f);
            for (int j = 0; j < kTokens; ++j) QCOMPARE((*map)(0, j), 0.0f);
        }
}

void tst_targets_and_padding::paddingBackward_data() { paddingForward_data(); }

void tst_targets_and_padding::paddingBackward()
{
    QFETCH(int, index);
    const Setup s = padded(backwardCases()[static_cast<std::size_t>(index)]);
    const auto gradients = gradientsOf(s.model, s.prompt, {}, {}, {});
    QVERIFY(gradients.ok());
    QVERIFY(std::abs(gradients->value - s.oracle([](OracleForward&) {})) < 1e-5);
    for (int l = 0; l < s.model->config().nLayers; ++l)
        for (int h = 0; h < s.model->config().heads(l); ++h)
            QVERIFY(near(gradients->gates[static_cast<std::size_t>(l)][static_cast<std::size_t>(h)], s.slopeOfGate({l, h})));
}

void tst_targets_and_padding::paddingLanes_data()
{
    QTest::addColumn<int>("index");
    QTest::addColumn<int>("kind");
    const auto cases = backwardCases();
    for (const std::size_t i : {std::size_t{0}, kWindow, kCapsAndWindow})
        for (int kind = 0; kind < 4; ++kind)
            QTest::addRow("%s, %s", cases[i].name.c_str(), ablationName(static_cast<AblationKind>(kind))) << static_cast<int>(i) << kind;
}

void tst_targets_and_padding::paddingLanes()
{
    QFETCH(int, index);
    QFETCH(int, kind);
    const Setup s = padded(backwardCases()[static_cast<std::size_t>(index)]);
    const int vocabulary = s.model->config().dVocab;
    const auto values = collectAblationValues(s.model, {randomPrompt(9, vocabulary, 21), randomPrompt(8, vocabulary, 22)},
                                              static_cast<AblationKind>(kind), {});
    QVERIFY(values.ok());
    const int donor = (*values)->donorFor(0, 0, s.prompt->ids());
    SweepOptions options;
    options.kl = true;
    const auto base = sweepBase(s.model, *s.prompt, **values, {}, donor, options);
    QVERIFY(base.ok());
    QVERIFY(std::abs((*base)->score.loss - s.oracle([](OracleForward&) {})) < 2e-5);
    std::vector<SweepLane> lanes;
    for (const HeadId head : {HeadId{0, 1}, HeadId{1, 0}}) lanes.push_back({*base, {{head, 0.0f, -1}}, donor});
    const auto scores = sweepLanes(lanes, **values, options);
    QVERIFY(scores.ok());
    for (std::size_t i = 0; i < lanes.size(); ++i) {
        Setup cut = s;
        cut.interventions = oracleCut(s, lanes[i].cuts[0].head, **values, donor);
        const double expected = cut.oracle([](OracleForward&) {});
        QVERIFY2(std::abs((*scores)[i].loss - expected) < 2e-5, qPrintable(QString("%1 %2").arg((*scores)[i].loss).arg(expected)));
        // The same cut as a list for one pass.
        ForwardOptions single;
        single.interventions = cutInterventions(lanes[i].cuts, **values, s.model->config(), kTokens, donor, s.padding);
        const auto run = forward(s.model, s.prompt, single);
        QVERIFY(run.ok() && std::abs((*run)->loss - expected) < 2e-5);
    }
}

/// Against the maps themselves, one cell after another.
void tst_targets_and_padding::paddingStatistics()
{
    const Setup s = padded({"plain", smallConfig(), {}});
    const auto run = forward(s.model, s.prompt, {});
    QVERIFY(run.ok());
    const HeadId head{1, 1};
    const auto map = (*run)->tile(head, MapKind::Weights, 0, kTokens, 0, kTokens);
    QVERIFY(map.ok());
    const auto stats = (*run)->stats(head);
    double previous = 0;
    int previousRows = 0;
    for (int d = 0; d < kTokens; ++d) {
        double sum = 0;
        int rows = 0;
        for (int i = d; i < kTokens; ++i) {
            if (hidden(s, i) || hidden(s, i - d)) continue;
            sum += static_cast<double>((*map)(i, i - d));
            ++rows;
        }
        QVERIFY(std::abs(static_cast<double>(stats->offsetMass[static_cast<std::size_t>(d)]) - (rows > 0 ? sum / rows : 0.0)) < 1e-6);
        if (d == 1) {
            previous = sum;
            previousRows = rows;
        }
    }
    QVERIFY(previousRows > 0);
    QVERIFY(std::abs(static_cast<double>(stats->previousMass) - previous / previousRows) < 1e-6);
    QCOMPARE(stats->rowMax[1], 0.0f);  // padding is no row that counts
    QCOMPARE(stats->columnMean[4], 0.0f);
    const auto overview = (*run)->overview(head, MapKind::Weights, kTokens);
    QVERIFY(overview.ok());
    QVERIFY(std::isnan((*overview)->mean(5, 4)) && !std::isnan((*overview)->mean(5, 3)));
}

/// What stands on padding is in no mean that takes a head's place.
void tst_targets_and_padding::paddingMeans()
{
    const Setup s = padded({"plain", smallConfig(), {}});
    const auto values = collectAblationValues(s.model, {s.prompt}, AblationKind::Mean, {});
    QVERIFY(values.ok());
    QCOMPARE((*values)->tokens, long(kTokens - 4));
    const OracleRun oracle = OracleForward(*s.model, {}, s.padding).run(s.prompt->ids());
    double mean = 0;
    for (int p = 0; p < kTokens; ++p)
        if (!hidden(s, p)) mean += oracle.z[1][static_cast<std::size_t>(p)][2] / (kTokens - 4);
    QVERIFY(std::abs(static_cast<double>((*values)->means[1][2]) - mean) < 1e-5);
}

QTEST_APPLESS_MAIN(tst_targets_and_padding)
#include "tst_targets_and_padding.moc"
