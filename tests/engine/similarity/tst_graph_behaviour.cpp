// SPDX-License-Identifier: GPL-3.0-or-later
// Distances of maps and CKA of outputs, against slow versions in double.
#include <QTest>

#include <cmath>
#include <numbers>

#include "engine/base/parallel.h"
#include "engine/forward/forward.h"
#include "engine/similarity/behaviour/js_kernel.h"
#include "tests/support/random_corpus.h"

using namespace hs;
using namespace hs::test;

namespace {

bool near(double a, double b, double tolerance) { return std::abs(a - b) <= tolerance; }

double slowJs(const std::vector<double>& p, const std::vector<double>& q)
{
    double sum = 0;
    for (std::size_t j = 0; j < p.size(); ++j) {
        const double m = (p[j] + q[j]) / 2;
        if (p[j] > 0) sum += 0.5 * p[j] * std::log(p[j] / m);
        if (q[j] > 0) sum += 0.5 * q[j] * std::log(q[j] / m);
    }
    return sum;
}

/// Maps given as they are: [heads] of [n, n], all in layer 0.
class MapSource final : public AttentionSource {
public:
    MapSource(std::vector<MatrixF> maps, Visibility mask = {})
        : m_maps(std::move(maps)), m_mask(mask), m_tokens(std::size_t(m_maps[0].rows()))
    {}
    int layers() const override { return 1; }
    int heads(int) const override { return int(m_maps.size()); }
    int queries() const override { return int(m_maps[0].rows()); }
    int keys() const override { return queries(); }
    Visibility visibility(int) const override { return m_mask; }
    const std::vector<Token>& queryTokens() const override { return m_tokens; }
    const std::vector<Token>& keyTokens() const override { return m_tokens; }
    int readyLayers() const override { return 1; }
    bool has(MapKind) const override { return true; }
    std::shared_ptr<const HeadStats> stats(HeadId) const override { return nullptr; }
    Result<MatrixF> tile(HeadId h, MapKind, int q0, int nq, int k0, int nk) const override
    {
        MatrixF out(nq, nk);
        for (int q = 0; q < nq; ++q)
            for (int k = 0; k < nk; ++k) out(q, k) = m_maps[std::size_t(h.head)](q0 + q, k0 + k);
        return out;
    }
    std::vector<Token>& tokens() { return m_tokens; }

private:
    std::vector<MatrixF> m_maps;
    Visibility m_mask;
    std::vector<Token> m_tokens;
};

std::vector<HeadId> headsOf(int count)
{
    std::vector<HeadId> out;
    for (int h = 0; h < count; ++h) out.push_back({0, h});
    return out;
}

PatternDistanceOptions allRows()
{
    PatternDistanceOptions o;
    o.rowsPerDocument = 0;
    o.minimumKeys = 1;
    return o;
}

/// Linear CKA by its definition, in double.
double slowCka(const std::vector<std::vector<double>>& x, const std::vector<std::vector<double>>& y)
{
    const auto centred = [](std::vector<std::vector<double>> m) {
        for (std::size_t c = 0; c < m[0].size(); ++c) {
            double mean = 0;
            for (const auto& row : m) mean += row[c] / double(m.size());
            for (auto& row : m) row[c] -= mean;
        }
        return m;
    };
    const auto norm = [](const std::vector<std::vector<double>>& a, const std::vector<std::vector<double>>& b) {
        double sum = 0;
        for (std::size_t i = 0; i < a[0].size(); ++i)
            for (std::size_t j = 0; j < b[0].size(); ++j) {
                double dot = 0;
                for (std::size_t t = 0; t < a.size(); ++t) dot += a[t][i] * b[t][j];
                sum += dot * dot;
            }
        return sum;
    };
    const auto a = centred(x), b = centred(y);
    return norm(a, b) / std::sqrt(norm(a, a) * norm(b, b));
}

}  // namespace

class tst_graph_behaviour : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void kernelAgreesWithTheSlowOne();
    void kernelKeepsSmallDifferences();
    void golden();
    void streamedAgreesWithWholeMaps_data();
    void streamedAgreesWithWholeMaps();
    void contentView();
    void rowsAreMeansInsideDocuments();
    void ckaGolden();
    void ckaAgreesWithTheSlowOne_data();
    void ckaAgreesWithTheSlowOne();
    void resultsDoNotDependOnThreads();
    void distances();
    void badInput();
    void cancel();
};

void tst_graph_behaviour::kernelAgreesWithTheSlowOne()
{
    Random random(2);
    for (int n = 1; n < 70; ++n) {
        std::vector<float> p(std::size_t(n), 0.0f), q(std::size_t(n), 0.0f);
        for (auto* row : {&p, &q}) {
            float sum = 0;
            for (float& x : *row) {
                x = random.below(4) == 0 ? 0.0f : std::exp(6 * random.symmetric());
                sum += x;
            }
            if (sum == 0) row->front() = sum = 1;
            for (float& x : *row) x /= sum;
        }
        const double slow = slowJs({p.begin(), p.end()}, {q.begin(), q.end()}), fast = double(jsDivergence(p.data(), q.data(), n));
        QVERIFY2(near(fast, slow, 3e-7), qPrintable(QString("%1: %2 %3").arg(n).arg(fast).arg(slow)));
        QVERIFY(near(double(jsDivergence(q.data(), p.data(), n)), fast, 1e-7));
        QCOMPARE(jsDivergence(p.data(), p.data(), n), 0.0f);
    }
}

void tst_graph_behaviour::kernelKeepsSmallDifferences()
{
    // Rows that differ by one part in 10 000: divergence about 1e-9, far below what a difference of float entropies could show.
    std::vector<float> p(40, 1.0f / 40), q = p;
    for (std::size_t j = 0; j < 40; ++j) q[j] *= j % 2 == 0 ? 1.0001f : 0.9999f;
    const double slow = slowJs({p.begin(), p.end()}, {q.begin(), q.end()});
    QVERIFY(slow > 1e-10 && slow < 1e-8);
    QVERIFY(near(double(jsDivergence(p.data(), q.data(), 40)) / slow, 1, 2e-3));
}

void tst_graph_behaviour::golden()
{
    // engine/methods/patterns.md section 7: disjoint rows have divergence ln 2, distance 1; three disjoint one-hot heads have a diversity of ln 3.
    std::vector<MatrixF> maps(3, MatrixF(3, 3));
    for (int i = 0; i < 3; ++i)
        for (int h = 0; h < 3; ++h) maps[std::size_t(h)](i, h) = 1;
    const MapSource source(std::move(maps), MaskKind::Bidirectional);
    PatternDistance d(headsOf(3), allRows());
    QVERIFY(d.add(source).ok());
    QCOMPARE(d.rows(), std::int64_t(3));
    QVERIFY(near(d.divergences()(1, 0), std::numbers::ln2, 1e-7));
    QVERIFY(near(d.distances()(2, 1), 1, 1e-7));
    QVERIFY(near(d.layerDiversity()[0], 1.0986, 1e-4));
    QCOMPARE(d.distances()(0, 0), 0.0);
    QCOMPARE(d.referenceMass()[0], 0.0);  // a bidirectional map without special tokens has no reference

    // Clark's smoothing: rows .999 p + .001/n.
    PatternDistanceOptions smooth = allRows();
    smooth.smoothing = 0.001;
    PatternDistance s(headsOf(3), smooth);
    QVERIFY(s.add(source).ok());
    const double a = .999 + .001 / 3, b = .001 / 3;
    QVERIFY(near(s.divergences()(1, 0), slowJs({a, b, b}, {b, a, b}), 1e-6));
}

void tst_graph_behaviour::streamedAgreesWithWholeMaps_data()
{
    QTest::addColumn<int>("panelBytes");
    QTest::newRow("one row a panel") << 1;
    QTest::newRow("all rows in few panels") << (1 << 24);
}

void tst_graph_behaviour::streamedAgreesWithWholeMaps()
{
    QFETCH(int, panelBytes);
    const auto model = randomModel(smallConfig(2, 4, 32, 50, 64), {.gain = 3.0f});
    const PromptCorpus corpus = randomCorpus(3, 40, 50);
    std::vector<HeadId> heads;
    for (int l = 0; l < 2; ++l)
        for (int h = 0; h < 4; ++h) heads.push_back({l, h});
    PatternDistanceOptions options = allRows();
    options.minimumKeys = 3;
    options.panelBytes = std::size_t(panelBytes);
    PatternDistance fast(heads, options);
    std::vector<double> slow(64);
    std::vector<double> first(8);
    for (const auto& prompt : corpus.prompts) {
        const auto run = *forward(model, prompt, {});
        QVERIFY(fast.add(*run).ok());
        const int n = run->queries();
        std::vector<MatrixF> maps;
        for (const HeadId& h : heads) maps.push_back(*run->tile(h, MapKind::Weights, 0, n, 0, n));
        for (std::size_t a = 0; a < 8; ++a) {
            for (std::size_t b = 0; b < 8; ++b) {
                double sum = 0;
                for (int i = 3; i < n; ++i)  // at least 3 visible keys beside position 0
                    sum += slowJs({maps[a].row(i), maps[a].row(i) + i + 1}, {maps[b].row(i), maps[b].row(i) + i + 1});
                slow[a * 8 + b] += sum / (n - 3) / 3;
            }
            double mass = 0;
            for (int i = 3; i < n; ++i) mass += double(maps[a](i, 0));
            first[a] += mass / (n - 3) / 3;
        }
    }
    const DistanceMatrix divergence = fast.divergences(), distance = fast.distances();
    for (int a = 0; a < 8; ++a) {
        QVERIFY(near(fast.referenceMass()[std::size_t(a)], first[std::size_t(a)], 1e-6));
        for (int b = 0; b < 8; ++b) {
            const double expected = slow[std::size_t(a * 8 + b)];
            QVERIFY2(near(divergence(a, b), expected, 1e-6), qPrintable(QString("%1 %2").arg(divergence(a, b)).arg(expected)));
            QVERIFY(near(distance(a, b), std::sqrt(std::max(0.0, expected) / std::numbers::ln2), 2e-5));
        }
    }
    QCOMPARE(fast.documents(), 3);

    // A sample of rows is near the mean of all.
    options.rowsPerDocument = 12;
    PatternDistance sampled(heads, options);
    for (const auto& prompt : corpus.prompts) QVERIFY(sampled.add(**forward(model, prompt, {})).ok());
    QVERIFY(sampled.rows() < fast.rows() && sampled.rows() >= 3 * 10);
    QVERIFY(near(sampled.distances()(5, 1), distance(5, 1), 0.1));
}

void tst_graph_behaviour::contentView()
{
    // Two heads that differ only in how much goes to position 0: apart in the raw view, the same in the content view.
    MatrixF a(4, 4), b(4, 4), c(4, 4);
    const float content[4][4] = {{}, {0, 1, 0, 0}, {0, .25f, .75f, 0}, {0, .2f, .3f, .5f}};
    for (int i = 0; i < 4; ++i) {
        a(i, 0) = i == 0 ? 1 : .9f;
        b(i, 0) = i == 0 ? 1 : .1f;
        c(i, 0) = i == 0 ? 1 : .98f;  // below the gate of .05: never counts
        for (int j = 1; j <= i; ++j) {
            a(i, j) = .1f * content[i][j];
            b(i, j) = .9f * content[i][j];
            c(i, j) = .02f * content[i][j];
        }
    }
    const MapSource source({a, b, c});
    PatternDistanceOptions options = allRows();
    options.minimumKeys = 2;
    PatternDistance raw(headsOf(3), options);
    options.content = true;
    PatternDistance view(headsOf(3), options);
    QVERIFY(raw.add(source).ok() && view.add(source).ok());
    QCOMPARE(raw.rows(), std::int64_t(2));  // rows 2 and 3
    QVERIFY(raw.distances()(0, 1) > 0.5);
    QVERIFY(near(view.distances()(0, 1), 0, 1e-3));
    QVERIFY(std::isnan(view.distances()(0, 2)) && !std::isnan(raw.distances()(0, 2)));
    QVERIFY(near(view.referenceMass()[0], .9, 1e-6));

    // A special token in the middle is a reference too.
    MapSource marked({a, b});
    marked.tokens()[1].special = true;
    PatternDistance fewer(headsOf(2), options);
    QVERIFY(fewer.add(marked).ok());
    QCOMPARE(fewer.rows(), std::int64_t(1));
    QVERIFY(near(fewer.referenceMass()[0], .9 + .1 * .2, 1e-6));
}

void tst_graph_behaviour::rowsAreMeansInsideDocuments()
{
    // A short document (2 rows, distance 1) and a long one (8 rows, distance 0) count the same.
    const auto source = [](int n, bool differ) {
        std::vector<MatrixF> maps(2, MatrixF(n, n));
        for (int i = 0; i < n; ++i) {
            maps[0](i, 0) = 1;
            maps[1](i, differ ? 1 : 0) = 1;
        }
        return MapSource(std::move(maps), MaskKind::Bidirectional);
    };
    PatternDistance d(headsOf(2), allRows());
    QVERIFY(d.add(source(2, true)).ok() && d.add(source(8, false)).ok());
    QVERIFY(near(d.divergences()(0, 1), std::numbers::ln2 / 2, 1e-7));
    PatternDistance none(headsOf(2), allRows());
    QVERIFY(std::isnan(none.distances()(0, 1)));
}

void tst_graph_behaviour::ckaGolden()
{
    // engine/methods/patterns.md section 7, on the slow version that the fast one is compared with.
    QVERIFY(near(slowCka({{1}, {2}, {5}}, {{2}, {4}, {10}}), 1, 1e-12));
    QVERIFY(near(slowCka({{1}, {-1}, {0}, {0}}, {{0}, {0}, {1}, {-1}}), 0, 1e-12));
}

void tst_graph_behaviour::ckaAgreesWithTheSlowOne_data()
{
    QTest::addColumn<bool>("throughOutput");
    QTest::addColumn<bool>("small");
    QTest::newRow("z") << false << false;
    QTest::newRow("z W_O") << true << false;
    QTest::newRow("z, not kept by the run") << false << true;
}

void tst_graph_behaviour::ckaAgreesWithTheSlowOne()
{
    QFETCH(bool, throughOutput);
    QFETCH(bool, small);
    const auto model = randomModel(smallConfig(2, 4, 32, 50, 64), {.gain = 2.0f});
    const PromptCorpus corpus = randomCorpus(4, 40, 50);
    OutputCkaOptions options;
    options.throughOutput = throughOutput;
    OutputCka cka(model, 4, options);
    std::vector<std::vector<std::vector<double>>> x(8);  // [heads][tokens][columns]
    ForwardOptions forwardOptions;
    if (small) forwardOptions.keepBytes = 1;
    for (const auto& prompt : corpus.prompts) {
        const auto run = *forward(model, prompt, forwardOptions);
        QCOMPARE(run->layerRuns[0]->z.empty(), small);
        QVERIFY(cka.add(*run).ok());
        for (int l = 0; l < 2; ++l) {
            std::string name = "blocks.";
            name += std::to_string(l);
            const MatrixF z = *run->activation(name + ".attn.hook_z");
            const auto weights = *model->layer(l);
            for (int h = 0; h < 4; ++h)
                for (int i = 1; i < run->queries(); ++i) {  // position 0 is dropped
                    std::vector<double> row(z.row(i) + h * 8, z.row(i) + h * 8 + 8);
                    if (throughOutput) {
                        std::vector<double> out(32);
                        for (int k = 0; k < 8; ++k)
                            for (int c = 0; c < 32; ++c) out[std::size_t(c)] += row[std::size_t(k)] * double(weights->headO(h)(k, c));
                        row = out;
                    }
                    x[std::size_t(l * 4 + h)].push_back(row);
                }
        }
    }
    QCOMPARE(cka.tokens(), std::int64_t(x[0].size()));
    QCOMPARE(cka.recommendedTokens(), std::int64_t(80));
    const auto fast = cka.finish();
    QVERIFY(fast.ok());
    QCOMPARE(fast->heads.size(), std::size_t(8));
    for (std::size_t a = 0; a < 8; ++a)
        for (std::size_t b = 0; b < 8; ++b) {
            const double slow = slowCka(x[a], x[b]);
            QVERIFY2(near(fast->values[a * 8 + b], slow, 2e-5), qPrintable(QString("%1 %2").arg(fast->values[a * 8 + b]).arg(slow)));
        }
}

void tst_graph_behaviour::resultsDoNotDependOnThreads()
{
    const auto model = randomModel(smallConfig(2, 4, 32, 50, 64), {.gain = 2.0f});
    const PromptCorpus corpus = randomCorpus(3, 40, 50);
    const int threads = threadCount();
    std::vector<std::shared_ptr<const BehaviourResult>> results;
    for (const int count : {1, 4}) {
        setThreadCount(count);
        std::vector<int> partial;
        const auto r = compareBehaviour(model, corpus, {}, {},
                                        [&](const std::shared_ptr<const BehaviourResult>& p) { partial.push_back(p->documents); });
        QVERIFY(r.ok());
        QCOMPARE(partial, (std::vector<int>{1, 2}));
        results.push_back(*r);
    }
    setThreadCount(threads);
    QCOMPARE(results[0]->patterns->values, results[1]->patterns->values);
    QCOMPARE(results[0]->outputs->values, results[1]->outputs->values);
    QVERIFY(results[0]->complete);
    QCOMPARE(results[0]->patterns->rows.heads[5].label, std::string("L1H1"));
    QVERIFY(!results[0]->patterns->pairing);
}

void tst_graph_behaviour::distances()
{
    const auto model = randomModel(smallConfig(2, 4, 32, 50, 64), {.gain = 2.0f});
    const auto r = *compareBehaviour(model, randomCorpus(2, 30, 50), {});
    const auto js = distancesFrom(*r->patterns), cka = distancesFrom(*r->outputs);
    QVERIFY(js.ok() && cka.ok());
    QCOMPARE((*js)(3, 1), r->patterns->value(3, 1));
    QVERIFY(near((*cka)(3, 1), 1 - r->outputs->value(3, 1), 1e-12));
    HeadMatrix composition = *r->outputs;
    composition.pairing = parseRolePair("OQ");
    QCOMPARE(distancesFrom(composition).error().code, ErrorCode::InvalidArgument);
}

void tst_graph_behaviour::badInput()
{
    const auto model = randomModel(smallConfig());
    QCOMPARE(compareBehaviour(model, {}, {}).error().code, ErrorCode::TextEmpty);
    QCOMPARE(compareBehaviour(nullptr, randomCorpus(1, 9, 50), {}).error().code, ErrorCode::InvalidArgument);
    const auto run = *forward(model, randomPrompt(9, 50), {});
    PatternDistance d({{5, 0}}, {});
    QCOMPARE(d.add(*run).error().code, ErrorCode::HeadOutOfRange);
    OutputCka other(randomModel(smallConfig()), 1, {});
    QCOMPARE(other.add(*run).error().code, ErrorCode::InvalidArgument);
    QCOMPARE(makePromptCorpus(*model, {}, {}).error().code, ErrorCode::TokenizerMissing);
    // One-token documents have no rows and no outputs: n/a everywhere, never a number.
    const auto nothing = compareBehaviour(model, {"one token", {randomPrompt(1, 50)}}, {});
    QVERIFY(nothing.ok());
    for (double v : (*nothing)->patterns->values) QVERIFY(std::isnan(v));
    for (double v : (*nothing)->outputs->values) QVERIFY(std::isnan(v));
    QCOMPARE((*nothing)->patterns->rows.heads[0].fault, NoValue::TooFewSamples);
}

void tst_graph_behaviour::cancel()
{
    const auto model = randomModel(smallConfig(2, 4, 32, 50, 64));
    std::stop_source stop;
    int reports = 0;
    const Progress progress(stop.get_token(), [&](const ProgressReport&) {
        if (++reports == 2) stop.request_stop();
    });
    QCOMPARE(compareBehaviour(model, randomCorpus(5, 30, 50), {}, progress).error().code, ErrorCode::Cancelled);
    QCOMPARE(reports, 2);
}

QTEST_APPLESS_MAIN(tst_graph_behaviour)
#include "tst_graph_behaviour.moc"
