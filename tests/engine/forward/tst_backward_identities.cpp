// SPDX-License-Identifier: GPL-3.0-or-later
// The backward pass: identities of its pieces, long prompts, threads, parts of a model, and what it refuses.
#include <QTest>

#include "engine/base/parallel.h"
#include "tests/support/backward_setup.h"
#include "tests/support/compare.h"

using namespace hs;
using namespace hs::test;

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

class TestBackwardIdentities : public QObject {
    Q_OBJECT
private slots:
    void identitiesHold_data();
    void identitiesHold();
    void longPromptsAgreeWithWholeMaps();
    void threadsAndStorageChangeNothing();
    void lowestLayerAlone();
    void badRequests_data();
    void badRequests();
};

void TestBackwardIdentities::identitiesHold_data()
{
    QTest::addColumn<int>("index");
    const auto cases = backwardCases();
    for (std::size_t i = 0; i < cases.size(); ++i) QTest::newRow(cases[i].name.c_str()) << static_cast<int>(i);
}

/// engine/methods/circuits.md section 8: xi dM/dxi = sum A A' = sum z z'; rows of S' sum to 0; heads and b_O make up the attention output, where no norm
/// stands between.
void TestBackwardIdentities::identitiesHold()
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
        for (int i = 0; i < 40 && !config.sinks; ++i) {  // a sink takes a part of each row
            double sum = 0, terms = 0;
            for (int j = 0; j < 40; ++j) {
                sum += static_cast<double>(maps.dScores(i, j));
                terms += std::abs(static_cast<double>(maps.dScores(i, j)));
            }
            QVERIFY(std::abs(sum) <= 1e-6 * std::max(1.0, terms));
        }
        if (config.normsOutput()) continue;  // what attention writes is no sum of what its heads write
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
void TestBackwardIdentities::longPromptsAgreeWithWholeMaps()
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
        const double scale = c.config.effectiveScale(l);
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

void TestBackwardIdentities::threadsAndStorageChangeNothing()
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
            QVERIFY(std::abs(product(again.layers[l].residPre, again.layers[l].residPre)
                                 / product(first.layers[l].residPre, first.layers[l].residPre)
                             - 1)
                    < 1e-5);
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

void TestBackwardIdentities::lowestLayerAlone()
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

void TestBackwardIdentities::badRequests_data()
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
    QTest::newRow("wrong out of range") << metric(MetricKind::LogitDifference, 1, 999) << GradientRequest{}
                                        << int(ErrorCode::TokenOutOfRange);
    QTest::newRow("position out of range") << metric(MetricKind::LogProb, 1, -1, {7}) << GradientRequest{}
                                           << int(ErrorCode::InvalidArgument);
    QTest::newRow("nothing follows") << metric(MetricKind::Loss, -1, -1, {6}) << GradientRequest{} << int(ErrorCode::InvalidArgument);
    QTest::newRow("no reference") << metric(MetricKind::Kl) << GradientRequest{} << int(ErrorCode::InvalidArgument);
    QTest::newRow("pattern as a matrix") << Metric{} << pattern << int(ErrorCode::InvalidArgument);
    QTest::newRow("no such layer") << Metric{} << layer << int(ErrorCode::InvalidArgument);
    QTest::newRow("no such head") << Metric{} << head << int(ErrorCode::HeadOutOfRange);
}

void TestBackwardIdentities::badRequests()
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

QTEST_APPLESS_MAIN(TestBackwardIdentities)
#include "tst_backward_identities.moc"
