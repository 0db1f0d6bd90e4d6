// SPDX-License-Identifier: GPL-3.0-or-later
// The backward pass against central differences of the double-precision forward pass.
#include <mutex>

#include <QList>
#include <QTest>

#include "tests/support/backward_setup.h"

using namespace hs;
using namespace hs::test;

namespace {

const std::vector<Site> kSites{Site::ResidPre, Site::ResidMid, Site::ResidPost, Site::AttnOut, Site::MlpOut,
                               Site::Z,        Site::Q,        Site::K,         Site::V};

}  // namespace

class TestBackward : public QObject {
    Q_OBJECT
    void compareAll(const Setup& s, std::uint64_t seed);
private slots:
    void allSitesMatchCentralDifferences_data();
    void allSitesMatchCentralDifferences();
    void metricsMatchCentralDifferences_data();
    void metricsMatchCentralDifferences();
    void interventionsAreRespected_data();
    void interventionsAreRespected();
};

/// Gates, some entries of every site of every layer, and pattern and scores of one head a layer.
void TestBackward::compareAll(const Setup& s, std::uint64_t seed)
{
    const ModelConfig& config = s.model->config();
    GradientRequest request;
    request.gatesByPosition = true;
    for (const Site site : kSites)
        if (hasSite(config, site)) request.sites.push_back(site);
    for (int l = 0; l < config.nLayers; ++l) request.panelHeads.push_back({l, config.heads(l) - 1});
    std::mutex mutex;
    std::vector<MatrixF> dPattern(static_cast<std::size_t>(config.nLayers), MatrixF(kTokens, kTokens)), dScores = dPattern;
    request.onPanel = [&](const AttentionPanel& p) {
        const std::lock_guard lock(mutex);
        for (std::ptrdiff_t i = 0; i < p.pattern.rows; ++i)
            for (std::ptrdiff_t j = 0; j < p.pattern.cols; ++j) {
                dPattern[static_cast<std::size_t>(p.head.layer)](p.q0 + i, p.k0 + j) = p.dPattern(i, j);
                dScores[static_cast<std::size_t>(p.head.layer)](p.q0 + i, p.k0 + j) = p.dScores(i, j);
            }
    };
    const auto g = backward(*s.run, s.metric, request);
    QVERIFY2(g.ok(), g.ok() ? "" : g.error().item.c_str());
    const double value = s.oracle([](OracleForward&) {});
    QVERIFY2(std::abs(g->value - value) < 1e-5 * std::max(1.0, std::abs(value)), qPrintable(QString("%1 %2").arg(g->value).arg(value)));

    Random random(seed);
    for (int l = 0; l < config.nLayers; ++l) {
        const auto layer = static_cast<std::size_t>(l);
        for (int h = 0; h < config.heads(l); ++h) QVERIFY(near(g->gates[layer][static_cast<std::size_t>(h)], s.slopeOfGate({l, h})));
        const int h = config.heads(l) - 1, p = random.below(kTokens);
        QVERIFY(near(static_cast<double>(g->positionGates[layer](h, p)), s.slopeOfGate({l, h}, p)));
        for (const Site site : request.sites) {
            const MatrixF& d = g->layers[layer].at(site);
            QCOMPARE(d.rows(), std::ptrdiff_t(kTokens));
            for (int k = 0; k < 4; ++k) {
                const int row = random.below(kTokens), column = random.below(static_cast<int>(d.cols()));
                QVERIFY2(near(static_cast<double>(d(row, column)), s.slopeAt(site, l, row, column)),
                         qPrintable(QString("%1 layer %2 [%3, %4]").arg(siteName(site)).arg(l).arg(row).arg(column)));
            }
        }
        for (int k = 0; k < 6; ++k) {
            const int i = random.below(kTokens);
            int j = random.below(kTokens);
            while (!oracleSees(config, l, i, j)) j = random.below(kTokens);
            const auto cell = [=](Rows& x, double by) { x[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)] += by; };
            const double slopePattern = s.slope([&](OracleForward& f, double by) {
                f.touch = [=](Site site, int at, int head, Rows& x) {
                    if (site == Site::Pattern && at == l && head == h) cell(x, by);
                };
            });
            const double slopeScores = s.slope([&](OracleForward& f, double by) {
                f.touchScores = [=](int at, int head, Rows& x) {
                    if (at == l && head == h) cell(x, by);
                };
            });
            QVERIFY(near(static_cast<double>(dPattern[layer](i, j)), slopePattern));
            QVERIFY(near(static_cast<double>(dScores[layer](i, j)), slopeScores));
        }
    }
}

void TestBackward::allSitesMatchCentralDifferences_data()
{
    QTest::addColumn<int>("index");
    const auto cases = backwardCases();
    for (std::size_t i = 0; i < cases.size(); ++i) QTest::newRow(cases[i].name.c_str()) << static_cast<int>(i);
}

void TestBackward::allSitesMatchCentralDifferences()
{
    QFETCH(int, index);
    Setup s = setup(backwardCases()[static_cast<std::size_t>(index)]);
    s.forwardPass();
    compareAll(s, 3);
}

void TestBackward::metricsMatchCentralDifferences_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QList<int>>("positions");
    QTest::addColumn<int>("answer");
    QTest::addColumn<int>("wrong");
    QTest::newRow("loss at three positions") << 0 << QList<int>{1, 4, 5} << -1 << -1;
    QTest::newRow("logit difference") << 1 << QList<int>{} << 3 << 8;
    QTest::newRow("one logit at two positions") << 1 << QList<int>{2, 6} << 3 << -1;
    QTest::newRow("log probability of a token") << 2 << QList<int>{-1} << 9 << -1;
    QTest::newRow("log probability of the text") << 2 << QList<int>{0, 3} << -1 << -1;
    QTest::newRow("divergence from a reference") << 3 << QList<int>{} << -1 << -1;
    QTest::newRow("divergence at one position") << 3 << QList<int>{4} << -1 << -1;
}

void TestBackward::metricsMatchCentralDifferences()
{
    QFETCH(int, kind);
    QFETCH(QList<int>, positions);
    QFETCH(int, answer);
    QFETCH(int, wrong);
    Metric metric;
    metric.kind = static_cast<MetricKind>(kind);
    metric.positions.assign(positions.begin(), positions.end());
    metric.answer = answer;
    metric.wrong = wrong;
    for (const std::size_t index : {std::size_t(0), std::size_t(1), kCapsAndWindow}) {
        Setup s = setup(backwardCases()[index], metric);
        if (metric.kind == MetricKind::Kl) {
            Setup other = setup(backwardCases()[index], {}, 99);
            other.forwardPass();
            s.metric.reference = other.run;
            s.reference = std::make_shared<OracleRun>(OracleForward(*other.model).run(other.prompt->ids()));
        }
        s.forwardPass();
        compareAll(s, 8);
        const auto value = metricValue(*s.run, s.metric);
        QVERIFY(value.ok());
        QVERIFY(near(*value, s.oracle([](OracleForward&) {})));
    }
}

void TestBackward::interventionsAreRespected_data()
{
    QTest::addColumn<int>("model");
    QTest::addColumn<Interventions>("list");
    QTest::addColumn<bool>("padded");
    const std::vector<float> vector{0.3f, -0.2f, 0.5f, 0.1f, -0.7f, 0.2f, 0.0f, 0.9f};
    const Intervention mean = meanHead({1, 0}), fixed = meanHead({1, 0}, vector, {0, 5}), add = addToHead({0, 2}, vector, {1, 2});
    const Intervention edges = knockOut({0, 3}, {{3, 1}, {6, 6}, {6, 0}}), clamp = clampEdges({1, 3}, {{3, 1}, {6, 6}, {6, 0}}, 0.3f);
    const Intervention row = forceRow({1, 3}, 4, {0.5f, 0, 0.25f, 0.25f, 0, 0, 0});
    const auto replace = [&](Site site, HeadId head, std::ptrdiff_t cols, std::vector<int> positions) {
        auto stored = std::make_shared<MatrixF>(kTokens, cols);
        Random random(static_cast<std::uint64_t>(site) + 40);
        for (std::ptrdiff_t i = 0; i < stored->rows(); ++i) {
            for (std::ptrdiff_t j = 0; j < cols; ++j) (*stored)(i, j) = random.symmetric();
            if (site == Site::Pattern)
                for (std::ptrdiff_t j = 0; j < cols; ++j) (*stored)(i, j) = j > i ? 0.0f : 1.0f / static_cast<float>(i + 1);
        }
        return patchIn(site, head, std::move(stored), std::move(positions));
    };
    QTest::newRow("scales") << 0 << Interventions{scaleHead({0, 1}, 0.5f), scaleHead({1, 2}, -2.0f, {1, 4})} << false;
    QTest::newRow("zero") << 0 << Interventions{zeroHead({0, 1}), zeroHead({1, 1}, {2})} << false;
    QTest::newRow("means") << 0 << Interventions{mean, fixed} << false;
    QTest::newRow("mean with padding") << 0 << Interventions{mean, add} << true;
    QTest::newRow("add, scale, add") << 0 << Interventions{add, scaleHead({0, 2}, 3.0f), add} << false;
    QTest::newRow("edges, rows and clamps") << 0 << Interventions{edges, row, clamp} << false;
    QTest::newRow("grouped heads, all of it") << 1 << Interventions{edges, row, clamp, mean, add} << true;
    QTest::newRow("post-norm, all of it") << 5 << Interventions{edges, row, clamp, mean, add} << false;
    // Within three keys, which every window here shows.
    Intervention nearRow = row, nearClamp = clamp;
    nearRow.vector = {0, 0, 0.5f, 0.25f, 0.25f, 0, 0};
    nearClamp.edges = {{3, 1}, {6, 6}, {6, 4}};
    QTest::newRow("window, all of it") << int(kWindow) << Interventions{edges, nearRow, nearClamp, mean, add} << false;
    QTest::newRow("window, padding") << int(kWindow) << Interventions{edges, nearRow, mean, add} << true;
    QTest::newRow("caps and window, all of it") << int(kCapsAndWindow) << Interventions{edges, nearRow, nearClamp, mean, add} << false;
    for (const int model : {0, 1, 2, 3, 5, 6}) {
        const ModelConfig config = backwardCases()[static_cast<std::size_t>(model)].config;
        for (const Site site : {Site::ResidPre, Site::ResidMid, Site::ResidPost, Site::AttnOut, Site::MlpOut, Site::Z, Site::Q, Site::K,
                                Site::V, Site::Pattern}) {
            if (!hasSite(config, site)) continue;
            const int heads = siteHeads(config, site, 1);
            const std::ptrdiff_t cols = site == Site::Pattern ? kTokens : isHeadSite(site) ? heads * config.dHead : config.dModel;
            QTest::newRow((std::string("replace ") + siteName(site) + " in model " + std::to_string(model)).c_str())
                << model << Interventions{replace(site, {1, isHeadSite(site) ? heads - 1 : -1}, cols, {1, 3, 4})} << false;
        }
    }
    QTest::newRow("replace z and k of all heads")
        << 1 << Interventions{replace(Site::Z, {1, -1}, 32, {2}), replace(Site::K, {0, -1}, 16, {})} << false;
}

void TestBackward::interventionsAreRespected()
{
    QFETCH(int, model);
    QFETCH(Interventions, list);
    QFETCH(bool, padded);
    Setup s = setup(backwardCases()[static_cast<std::size_t>(model)]);
    s.interventions = list;
    if (padded) s.padding = {false, false, false, false, false, true, true};
    s.forwardPass();
    compareAll(s, 21);
}

QTEST_APPLESS_MAIN(TestBackward)
#include "tst_backward.moc"
