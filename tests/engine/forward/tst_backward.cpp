// SPDX-License-Identifier: GPL-3.0-or-later
// The backward pass against central differences of the double-precision forward pass, and the identities of its pieces.
#include <mutex>

#include <QtTest/QtTest>

#include "engine/base/parallel.h"
#include "engine/forward/backward/backward.h"
#include "engine/forward/forward.h"
#include "tests/support/compare.h"
#include "tests/support/forward_cases.h"
#include "tests/support/oracle_metric.h"

using namespace hs;
using namespace hs::test;

namespace {

constexpr int kTokens = 7;
constexpr double kStep = 1e-6;

const std::vector<Site> kSites{Site::ResidPre, Site::ResidMid, Site::ResidPost, Site::AttnOut, Site::MlpOut, Site::Z, Site::Q, Site::K, Site::V};

/// Configurations of the forward pass's tests that can predict, BERT with an output layer, and a gated MLP of each activation.
std::vector<ForwardCase> backwardCases()
{
    std::vector<ForwardCase> cases = forwardCases();
    for (ForwardCase& c : cases)
        if (c.config.output == OutputKind::None) c.config.output = OutputKind::Tied;
    for (const Activation activation : {Activation::Relu, Activation::GeluExact, Activation::GeluTanh}) {
        ForwardCase c{"gated " + std::to_string(static_cast<int>(activation)), smallConfig(), {}};
        c.config.gatedMlp = true;
        c.config.activation = activation;
        c.config.norm = NormKind::RmsNorm;
        c.options.seed = 70 + static_cast<std::uint64_t>(activation);
        cases.push_back(c);
    }
    return cases;
}

/// Of the forward pass's cases: "window on every layer", "both soft caps, window on alternate layers".
constexpr std::size_t kWindow = 10, kCapsAndWindow = 15;

struct Setup {
    std::shared_ptr<const Model> model;
    std::shared_ptr<const Prompt> prompt;
    Interventions interventions;
    std::vector<bool> padding;
    Metric metric;
    std::shared_ptr<const Run> run;
    std::shared_ptr<OracleRun> reference;

    void forwardPass()
    {
        ForwardOptions options;
        options.interventions = interventions;
        options.padding = padding;
        auto made = forward(model, prompt, options);
        QVERIFY2(made.ok(), made.ok() ? "" : made.error().item.c_str());
        run = *made;
    }
    double oracle(const std::function<void(OracleForward&)>& prepare) const
    {
        OracleForward pass(*model, interventions, padding);
        prepare(pass);
        return oracleMetric(pass.run(prompt->ids()), metric, *prompt, padding, reference.get());
    }
    double slope(const std::function<void(OracleForward&, double)>& change) const
    {
        return (oracle([&](OracleForward& f) { change(f, kStep); }) - oracle([&](OracleForward& f) { change(f, -kStep); })) / (2 * kStep);
    }
    double slopeAt(Site site, int layer, std::ptrdiff_t row, std::ptrdiff_t column) const
    {
        return slope([&](OracleForward& f, double by) {
            f.touch = [=](Site s, int l, int, Rows& x) {
                if (s == site && l == layer) x[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)] += by;
            };
        });
    }
    double slopeOfGate(HeadId head, int position = -1) const
    {
        const auto dh = static_cast<std::size_t>(model->config().dHead);
        return slope([&](OracleForward& f, double by) {
            f.touch = [=](Site s, int l, int, Rows& x) {
                if (s != Site::Z || l != head.layer) return;
                for (std::size_t r = 0; r < x.size(); ++r)
                    for (std::size_t i = 0; i < dh; ++i)
                        if (position < 0 || static_cast<std::size_t>(position) == r) x[r][static_cast<std::size_t>(head.head) * dh + i] *= 1 + by;
            };
        });
    }
};

/// The engine's gradient is made in float, the slope in double.
bool near(double got, double expected)
{
    if (std::abs(got - expected) <= 4e-6 * std::max(1.0, std::abs(expected))) return true;
    qWarning("got %.9g expected %.9g", got, expected);
    return false;
}

Setup setup(const ForwardCase& c, const Metric& metric = {}, std::uint64_t seed = 5)
{
    Setup s;
    s.model = randomModel(c.config, c.options);
    s.prompt = randomPrompt(kTokens, c.config.dVocab, seed);
    s.metric = metric;
    return s;
}

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
    void identitiesHold_data();
    void identitiesHold();
    void longPromptsAgreeWithWholeMaps();
    void threadsAndStorageChangeNothing();
    void lowestLayerAlone();
    void badRequests_data();
    void badRequests();
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
        for (const Site site : {Site::ResidPre, Site::ResidMid, Site::ResidPost, Site::AttnOut, Site::MlpOut, Site::Z, Site::Q, Site::K, Site::V, Site::Pattern}) {
            if (!hasSite(config, site)) continue;
            const int heads = siteHeads(config, site, 1);
            const std::ptrdiff_t cols = site == Site::Pattern ? kTokens : isHeadSite(site) ? heads * config.dHead : config.dModel;
            QTest::newRow((std::string("replace ") + siteName(site) + " in model " + std::to_string(model)).c_str())
                << model << Interventions{replace(site, {1, isHeadSite(site) ? heads - 1 : -1}, cols, {1, 3, 4})} << false;
        }
    }
    QTest::newRow("replace z and k of all heads") << 1 << Interventions{replace(Site::Z, {1, -1}, 32, {2}), replace(Site::K, {0, -1}, 16, {})} << false;
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

namespace {

struct Maps {
    MatrixF pattern, dPattern, dScores;
};

/// Gradients with the whole maps of one head.
Gradients withMaps(const Setup& s, HeadId head, Maps& maps)
{
    const int n = s.prompt->size();
    maps = {MatrixF(n, n), MatrixF(n, n), MatrixF(n, n)};
    GradientRequest request;
    request.gatesByPosition = true;
    request.sites = {Site::ResidPre, Site::AttnOut, Site::Z, Site::Q, Site::K, Site::V};
    request.panelHeads = {head};
    request.onPanel = [&](const AttentionPanel& p) {
        for (std::ptrdiff_t i = 0; i < p.pattern.rows; ++i)
            for (std::ptrdiff_t j = 0; j < p.pattern.cols; ++j) {
                maps.pattern(p.q0 + i, p.k0 + j) = p.pattern(i, j);
                maps.dPattern(p.q0 + i, p.k0 + j) = p.dPattern(i, j);
                maps.dScores(p.q0 + i, p.k0 + j) = p.dScores(i, j);
            }
    };
    return *backward(*s.run, s.metric, request);
}

bool sameBits(const MatrixF& a, const MatrixF& b)
{
    return a.rows() == b.rows() && a.cols() == b.cols() && std::equal(a.data(), a.data() + a.rows() * a.cols(), b.data());
}

double product(const MatrixF& a, const MatrixF& b)
{
    double sum = 0;
    for (std::ptrdiff_t i = 0; i < a.rows() * a.cols(); ++i) sum += static_cast<double>(a.data()[i]) * static_cast<double>(b.data()[i]);
    return sum;
}

}  // namespace

void TestBackward::identitiesHold_data() { allSitesMatchCentralDifferences_data(); }

/// engine/methods/circuits.md section 8: xi dM/dxi = sum A A' = sum z z'; rows of S' sum to 0; heads and b_O make up the attention output.
void TestBackward::identitiesHold()
{
    QFETCH(int, index);
    Setup s = setup(backwardCases()[static_cast<std::size_t>(index)]);
    s.prompt = randomPrompt(40, s.model->config().dVocab);
    s.forwardPass();
    const ModelConfig& config = s.model->config();
    for (int l = 0; l < config.nLayers; ++l) {
        const int h = config.heads(l) / 2;
        Maps maps;
        const Gradients g = withMaps(s, {l, h}, maps);
        const auto layer = static_cast<std::size_t>(l);
        const double gate = g.gates[layer][static_cast<std::size_t>(h)];
        QVERIFY(near(product(maps.pattern, maps.dPattern), gate));
        for (int i = 0; i < 40; ++i) {
            double sum = 0, terms = 0;
            for (int j = 0; j < 40; ++j) {
                sum += static_cast<double>(maps.dScores(i, j));
                terms += std::abs(static_cast<double>(maps.dScores(i, j)));
            }
            QVERIFY(std::abs(sum) <= 1e-6 * std::max(1.0, terms));
        }
        const auto w = *s.model->layer(l);
        const MatrixF out = *s.run->activation("blocks." + std::to_string(l) + ".hook_attn_out");
        double heads = 0;
        for (const double x : g.gates[layer]) heads += x;
        for (std::ptrdiff_t r = 0; r < out.rows() && !w->bO.empty(); ++r)
            for (std::ptrdiff_t c = 0; c < out.cols(); ++c)
                heads += static_cast<double>(w->bO[static_cast<std::size_t>(c)]) * static_cast<double>(g.layers[layer].attnOut(r, c));
        QVERIFY(near(heads, product(out, g.layers[layer].attnOut)));
    }
}

/// Prompts of several row panels: the panels' maps, put together, give the derivatives of z's inputs by the plain formulas.
void TestBackward::longPromptsAgreeWithWholeMaps()
{
    for (const std::size_t index : {std::size_t(0), std::size_t(1), std::size_t(4)}) {
        ForwardCase c = backwardCases()[index];
        c.config.nCtx = 400;
        Setup s = setup(c);
        s.prompt = randomPrompt(300, c.config.dVocab);
        s.forwardPass();
        const int l = 1, groups = c.config.kvHeads(l), dh = c.config.dHead;
        const auto layer = s.run->layerRuns[1];
        std::vector<double> dv(static_cast<std::size_t>(300 * dh)), dk = dv;
        const double scale = c.config.effectiveScale();
        for (int h = 0; h < c.config.heads(l); ++h) {
            if (c.config.kvHeadOf(l, h) != groups - 1) continue;
            Maps maps;
            const Gradients g = withMaps(s, {l, h}, maps);
            const MatrixF& dz = g.layers[1].z;
            double largest = 0, off = 0;
            const auto note = [&](double got, double expected) {
                off = std::max(off, std::abs(got - expected));
                largest = std::max(largest, std::abs(expected));
            };
            for (int i = 0; i < 300; ++i) {
                for (int e = 0; e < dh; ++e) {
                    double dq = 0;
                    for (int j = 0; j < 300; ++j) {
                        const auto key = static_cast<std::size_t>(j * dh + e);
                        dq += scale * static_cast<double>(maps.dScores(i, j)) * static_cast<double>(layer->k(j, (groups - 1) * dh + e));
                        dv[key] += static_cast<double>(maps.pattern(i, j)) * static_cast<double>(dz(i, h * dh + e));
                        dk[key] += scale * static_cast<double>(maps.dScores(i, j)) * static_cast<double>(layer->q(i, h * dh + e));
                    }
                    note(static_cast<double>(g.layers[1].q(i, h * dh + e)), dq);
                }
                for (int j = 0; j < 300; j += 7) {
                    double da = 0;
                    const bool seen = oracleSees(c.config, 1, i, j);
                    for (int e = 0; e < dh && seen; ++e)
                        da += static_cast<double>(dz(i, h * dh + e)) * static_cast<double>(layer->v(j, (groups - 1) * dh + e));
                    note(static_cast<double>(maps.dPattern(i, j)), da);
                }
            }
            QVERIFY2(off <= 1e-5 * largest && largest > 0, qPrintable(QString("%1 of %2").arg(off).arg(largest)));
            if (h + 1 < c.config.heads(l)) continue;
            largest = off = 0;
            for (int j = 0; j < 300; ++j)
                for (int e = 0; e < dh; ++e) {
                    note(static_cast<double>(g.layers[1].v(j, (groups - 1) * dh + e)), dv[static_cast<std::size_t>(j * dh + e)]);
                    note(static_cast<double>(g.layers[1].k(j, (groups - 1) * dh + e)), dk[static_cast<std::size_t>(j * dh + e)]);
                }
            QVERIFY2(off <= 1e-5 * largest && largest > 0, qPrintable(QString("%1 of %2").arg(off).arg(largest)));
        }
    }
}

void TestBackward::threadsAndStorageChangeNothing()
{
    const int threads = threadCount();
    for (const std::size_t index : {std::size_t(1), std::size_t(5)}) {
        Setup s = setup(backwardCases()[index]);
        s.prompt = randomPrompt(60, s.model->config().dVocab);
        s.forwardPass();
        Maps maps;
        const Gradients first = withMaps(s, {0, 1}, maps);
        // A run that kept next to nothing.
        ForwardOptions small;
        small.keepBytes = 0;
        s.run = *forward(s.model, s.prompt, small);
        QVERIFY(s.run->layerRuns[0]->z.empty() && s.run->logits.empty());
        const Gradients again = withMaps(s, {0, 1}, maps);
        for (std::size_t l = 0; l < first.layers.size(); ++l) {
            HS_COMPARE_ARRAYS(again.gates[l], first.gates[l], (Tolerance{1e-6, 1e-5}));
            QVERIFY(std::abs(product(again.layers[l].residPre, again.layers[l].residPre) / product(first.layers[l].residPre, first.layers[l].residPre) - 1) < 1e-5);
        }
        setThreadCount(threads == 1 ? 2 : 1);
        const Gradients other = withMaps(s, {0, 1}, maps);
        setThreadCount(threads);
        for (std::size_t l = 0; l < first.layers.size(); ++l) {
            QVERIFY(other.gates[l] == again.gates[l]);
            QVERIFY(sameBits(other.layers[l].residPre, again.layers[l].residPre));
            QVERIFY(sameBits(other.layers[l].k, again.layers[l].k));
        }
    }
}

void TestBackward::lowestLayerAlone()
{
    Setup s = setup(backwardCases()[9]);
    s.forwardPass();
    Maps maps;
    const Gradients all = withMaps(s, {1, 0}, maps);
    GradientRequest request;
    request.firstLayer = 1;
    const auto upper = backward(*s.run, s.metric, request);
    QVERIFY(upper.ok());
    QVERIFY(upper->gates[0].empty());
    QVERIFY(upper->gates[1] == all.gates[1] && upper->gates[2] == all.gates[2]);
    QVERIFY(upper->layers[1].q.empty());

    // Gates that are trained: the derivative with respect to a scale, also where it is 0.
    for (const float scale : {0.4f, 0.0f}) {
        s.interventions = {scaleHead({0, 1}, scale, {1, 2, 5})};
        s.forwardPass();
        const auto g = backward(*s.run, s.metric, {});
        QVERIFY(g.ok());
        const auto with = [&](double by) {
            OracleForward pass(*s.model);
            pass.touch = [&](Site site, int l, int, Rows& z) {
                if (site != Site::Z || l != 0) return;
                for (const std::size_t r : {1u, 2u, 5u})
                    for (std::size_t i = 8; i < 16; ++i) z[r][i] *= static_cast<double>(scale) + by;
            };
            return oracleMetric(pass.run(s.prompt->ids()), s.metric, *s.prompt, {});
        };
        QVERIFY(near(g->scaleGates[0][1], (with(kStep) - with(-kStep)) / (2 * kStep)));
        QVERIFY(scale != 0.0f || std::abs(g->scaleGates[0][1]) > 1e-4);
        QCOMPARE(g->scaleGates[0][0], g->gates[0][0]);
    }
}

void TestBackward::badRequests_data()
{
    QTest::addColumn<Metric>("metric");
    QTest::addColumn<GradientRequest>("request");
    QTest::addColumn<int>("code");
    const auto metric = [](MetricKind kind, int answer = -1, int wrong = -1, std::vector<int> positions = {}) {
        Metric m;
        m.kind = kind;
        m.answer = answer;
        m.wrong = wrong;
        m.positions = std::move(positions);
        return m;
    };
    GradientRequest pattern, layer, head;
    pattern.sites = {Site::Pattern};
    layer.firstLayer = 2;
    head.panelHeads = {{0, 4}};
    QTest::newRow("no answer") << metric(MetricKind::LogitDifference) << GradientRequest{} << int(ErrorCode::TokenOutOfRange);
    QTest::newRow("answer out of range") << metric(MetricKind::LogitDifference, 50) << GradientRequest{} << int(ErrorCode::TokenOutOfRange);
    QTest::newRow("wrong out of range") << metric(MetricKind::LogitDifference, 1, 999) << GradientRequest{} << int(ErrorCode::TokenOutOfRange);
    QTest::newRow("position out of range") << metric(MetricKind::LogProb, 1, -1, {7}) << GradientRequest{} << int(ErrorCode::InvalidArgument);
    QTest::newRow("nothing follows") << metric(MetricKind::Loss, -1, -1, {6}) << GradientRequest{} << int(ErrorCode::InvalidArgument);
    QTest::newRow("no reference") << metric(MetricKind::Kl) << GradientRequest{} << int(ErrorCode::InvalidArgument);
    QTest::newRow("pattern as a matrix") << Metric{} << pattern << int(ErrorCode::InvalidArgument);
    QTest::newRow("no such layer") << Metric{} << layer << int(ErrorCode::InvalidArgument);
    QTest::newRow("no such head") << Metric{} << head << int(ErrorCode::HeadOutOfRange);
}

void TestBackward::badRequests()
{
    QFETCH(Metric, metric);
    QFETCH(GradientRequest, request);
    QFETCH(int, code);
    Setup s = setup(backwardCases()[0]);
    s.forwardPass();
    const auto g = backward(*s.run, metric, request);
    QVERIFY(!g.ok());
    QCOMPARE(int(g.error().code), code);
    // The run itself: no residuals, stopped, no output layer.
    ForwardOptions bare;
    bare.keepResiduals = false;
    QCOMPARE(int(backward(**forward(s.model, s.prompt, bare), {}, {}).error().code), int(ErrorCode::InvalidArgument));
    std::stop_source stop;
    stop.request_stop();
    QCOMPARE(int(backward(*s.run, {}, {}, Progress(stop.get_token(), {})).error().code), int(ErrorCode::Cancelled));
    Setup blind = setup(forwardCases()[4]);
    blind.forwardPass();
    QCOMPARE(int(backward(*blind.run, {}, {}).error().code), int(ErrorCode::ModelPartial));
}

QTEST_APPLESS_MAIN(TestBackward)
#include "tst_backward.moc"
