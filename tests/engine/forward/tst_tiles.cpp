// SPDX-License-Identifier: GPL-3.0-or-later
// Tiles against the whole map, statistics against direct sums, overviews against direct pooling.
#include <QTest>

#include <cmath>
#include <numeric>

#include "engine/forward/forward.h"
#include "engine/forward/row_stats.h"
#include "engine/tensor/nn.h"
#include "tests/support/compare.h"
#include "tests/support/forward_cases.h"
#include "tests/support/oracle_forward.h"

using namespace hs;
using namespace hs::test;

namespace {

constexpr Tolerance kMapTolerance{1e-5, 1e-5};

struct Prepared {
    std::shared_ptr<const Model> model;
    std::shared_ptr<const Run> run;
    OracleRun oracle;
    int n = 0;
};

/// Key that the forced row looks at most.
int forcedKey(int window) { return window == 0 || window > 78 ? 2 : window > 1 ? 79 : 80; }

/// A run with knocked-out edges and a forced row in L1H0, 150 tokens: several row panels. The window is layer 1's.
Prepared prepare(MaskKind mask, int window = 0)
{
    Prepared p;
    ModelConfig config = smallConfig(2, 2, 16, 40, 160);
    config.nKvHeads = 1;
    config.mask = mask;
    config.window = window;
    if (window > 0) config.windowPerLayer = {0, window};
    p.n = 150;
    p.model = randomModel(config);
    const auto prompt = randomPrompt(p.n, 40);
    Intervention edges = knockOut({1, 0}, {{7, 3}, {149, 0}, {149, 148}, {0, 0}});
    Intervention row = forceRow({1, 0}, 80, std::vector<float>(150));
    row.vector[80] = 0.25f;
    row.vector[static_cast<std::size_t>(forcedKey(window))] += 0.75f;
    ForwardOptions options;
    options.interventions = {edges, row};
    const auto run = forward(p.model, prompt, options);
    if (!run) qFatal("forward failed: %s", run.error().item.c_str());
    p.run = *run;
    p.oracle = OracleForward(*p.model, options.interventions).run(prompt->ids());
    return p;
}

void addMaskRows()
{
    QTest::addColumn<int>("mask");
    QTest::addColumn<int>("window");
    QTest::newRow("causal") << static_cast<int>(MaskKind::Causal) << 0;
    QTest::newRow("bidirectional") << static_cast<int>(MaskKind::Bidirectional) << 0;
    for (const int window : {1, 20, 100, 200}) QTest::addRow("window %d", window) << static_cast<int>(MaskKind::Causal) << window;
}

}  // namespace

class tst_tiles : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void weights_data() { addMaskRows(); }
    void weights();
    void scores_data() { addMaskRows(); }
    void scores();
    void valueWeighted_data() { addMaskRows(); }
    void valueWeighted();
    void partsEqualTheWhole_data() { addMaskRows(); }
    void partsEqualTheWhole();
    void outOfRange();
    void statistics_data() { addMaskRows(); }
    void statistics();
    void statisticsOfMissingRows();
    void statisticsOfKnownRow();
    void overview_data();
    void overview();
};

void tst_tiles::weights()
{
    QFETCH(int, mask);
    QFETCH(int, window);
    const Prepared p = prepare(static_cast<MaskKind>(mask), window);
    for (int l = 0; l < 2; ++l)
        for (int h = 0; h < 2; ++h) {
            const MatrixF map = *p.run->tile({l, h}, MapKind::Weights, 0, p.n, 0, p.n);
            for (int q = 0; q < p.n; ++q) {
                const std::vector<float> row(map.row(q), map.row(q) + p.n);
                HS_COMPARE_ARRAYS(row,
                                  p.oracle.pattern[static_cast<std::size_t>(l)][static_cast<std::size_t>(h)][static_cast<std::size_t>(q)],
                                  kMapTolerance);
            }
        }
    const MatrixF map = *p.run->tile({1, 0}, MapKind::Weights, 0, p.n, 0, p.n);
    QCOMPARE(map(7, 3), 0.0f);
    QCOMPARE(map(80, forcedKey(window)), window == 1 ? 1.0f : 0.75f);
    if (mask == static_cast<int>(MaskKind::Causal)) QCOMPARE(map(0, 0), 0.0f);  // its only key is knocked out: an empty row, no NaN
}

void tst_tiles::scores()
{
    QFETCH(int, mask);
    QFETCH(int, window);
    const Prepared p = prepare(static_cast<MaskKind>(mask), window);
    const MatrixF map = *p.run->tile({1, 0}, MapKind::Scores, 0, p.n, 0, p.n);
    for (int q = 0; q < p.n; ++q)
        for (int k = 0; k < p.n; ++k) {
            const double expected = p.oracle.scores[1][0][static_cast<std::size_t>(q)][static_cast<std::size_t>(k)];
            if (std::isinf(expected)) QVERIFY(std::isnan(map(q, k)));
            else QVERIFY(std::abs(static_cast<double>(map(q, k)) - expected) < 1e-4);
        }
}

void tst_tiles::valueWeighted()
{
    QFETCH(int, mask);
    QFETCH(int, window);
    const Prepared p = prepare(static_cast<MaskKind>(mask), window);
    const auto weights = *p.model->layer(1);
    const MatrixF map = *p.run->tile({1, 1}, MapKind::ValueWeighted, 0, p.n, 0, p.n);
    for (int k = 0; k < p.n; ++k) {
        double norm = 0;
        for (int i = 0; i < 16; ++i) {
            double x = 0;
            for (int c = 0; c < 8; ++c)  // both heads read key/value head 0
                x += p.oracle.v[1][static_cast<std::size_t>(k)][static_cast<std::size_t>(c)] * static_cast<double>(weights->wO(8 + c, i));
            norm += x * x;
        }
        norm = std::sqrt(norm);
        for (int q = 0; q < p.n; ++q) {
            const double expected = norm * p.oracle.pattern[1][1][static_cast<std::size_t>(q)][static_cast<std::size_t>(k)];
            QVERIFY2(std::abs(static_cast<double>(map(q, k)) - expected) < 1e-5 * (1.0 + norm),
                     qPrintable(QStringLiteral("%1 %2: %3 %4").arg(q).arg(k).arg(static_cast<double>(map(q, k))).arg(expected)));
        }
    }
}

void tst_tiles::partsEqualTheWhole()
{
    QFETCH(int, mask);
    QFETCH(int, window);
    const Prepared p = prepare(static_cast<MaskKind>(mask), window);
    for (MapKind kind : {MapKind::Weights, MapKind::Scores, MapKind::ValueWeighted}) {
        const MatrixF whole = *p.run->tile({1, 0}, kind, 0, p.n, 0, p.n);
        struct Window {
            int q0, nq, k0, nk;
        };
        for (const Window& w : {Window{0, 1, 0, 1}, Window{63, 2, 60, 10}, Window{70, 80, 3, 77}, Window{149, 1, 0, 150},
                                Window{0, 150, 149, 1}, Window{10, 20, 100, 40}, Window{5, 0, 5, 0}}) {
            const MatrixF part = *p.run->tile({1, 0}, kind, w.q0, w.nq, w.k0, w.nk);
            QCOMPARE(part.rows(), std::ptrdiff_t(w.nq));
            QCOMPARE(part.cols(), std::ptrdiff_t(w.nk));
            for (int q = 0; q < w.nq; ++q)
                for (int k = 0; k < w.nk; ++k) {
                    const float expected = whole(w.q0 + q, w.k0 + k);
                    if (std::isnan(expected)) QVERIFY(std::isnan(part(q, k)));
                    else QVERIFY(std::abs(part(q, k) - expected) <= 2e-6f * (1.0f + std::abs(expected)));
                }
        }
    }
}

void tst_tiles::outOfRange()
{
    const Prepared p = prepare(MaskKind::Causal);
    QVERIFY(p.run->tile({2, 0}, MapKind::Weights, 0, 1, 0, 1).error().code == ErrorCode::HeadOutOfRange);
    QVERIFY(p.run->tile({0, 2}, MapKind::Weights, 0, 1, 0, 1).error().code == ErrorCode::HeadOutOfRange);
    QVERIFY(p.run->tile({0, 0}, MapKind::Weights, 100, 51, 0, 1).error().code == ErrorCode::InvalidArgument);
    QVERIFY(p.run->tile({0, 0}, MapKind::Weights, 0, 1, -1, 1).error().code == ErrorCode::InvalidArgument);
    QVERIFY(p.run->activation("blocks.0.attn.hook_nothing").error().code == ErrorCode::InvalidArgument);
    QVERIFY(p.run->activation("blocks.9.attn.hook_q").error().code == ErrorCode::InvalidArgument);
    QVERIFY(!p.run->stats({0, 7}));
}

void tst_tiles::statistics()
{
    QFETCH(int, mask);
    QFETCH(int, window);
    const Prepared p = prepare(static_cast<MaskKind>(mask), window);
    const bool causal = mask == static_cast<int>(MaskKind::Causal);
    for (int l = 0; l < 2; ++l)
        for (int h = 0; h < 2; ++h) {
            const Rows& a = p.oracle.pattern[static_cast<std::size_t>(l)][static_cast<std::size_t>(h)];
            const auto n = static_cast<std::size_t>(p.n);
            std::vector<double> entropy(n), largest(n), distance(n), first(n), column(n), seen(n), offset(causal ? n : 2 * n - 1),
                rows(offset.size());
            double previous = 0, self = 0, previousRows = 0;
            for (std::size_t q = 0; q < n; ++q) {
                for (std::size_t k = 0; k < n; ++k) {
                    if (!oracleSees(p.model->config(), l, static_cast<int>(q), static_cast<int>(k))) continue;
                    const double w = a[q][k];
                    if (w > 0) entropy[q] -= w * std::log(w);
                    largest[q] = std::max(largest[q], w);
                    distance[q] += w * std::abs(static_cast<double>(q) - static_cast<double>(k));
                    column[k] += w;
                    seen[k] += 1;
                    if (k + 1 == q) previousRows += 1;
                    const std::size_t slot = causal ? q - k : q + n - 1 - k;
                    offset[slot] += w;
                    rows[slot] += 1;
                }
                first[q] = a[q][0];
                self += a[q][q] / static_cast<double>(n);
                if (q > 0) previous += a[q][q - 1];
            }
            for (std::size_t i = 0; i < offset.size(); ++i) offset[i] /= std::max(1.0, rows[i]);
            for (std::size_t k = 0; k < n; ++k) column[k] /= seen[k];
            previous /= std::max(1.0, previousRows);
            const auto stats = p.run->stats({l, h});
            QVERIFY(stats != nullptr);
            HS_COMPARE_ARRAYS(stats->rowEntropy, entropy, (Tolerance{2e-5, 2e-5}));
            HS_COMPARE_ARRAYS(stats->rowMax, largest, kMapTolerance);
            HS_COMPARE_ARRAYS(stats->rowDistance, distance, (Tolerance{1e-4, 2e-5}));
            HS_COMPARE_ARRAYS(stats->rowFirst, first, kMapTolerance);
            HS_COMPARE_ARRAYS(stats->columnMean, column, kMapTolerance);
            HS_COMPARE_ARRAYS(stats->offsetMass, offset, kMapTolerance);
            for (std::size_t q = 0; q < n; ++q) QVERIFY(std::abs(a[q][static_cast<std::size_t>(stats->rowArgmax[q])] - largest[q]) < 1e-5);
            const auto mean = [](const std::vector<double>& x) {
                return std::accumulate(x.begin(), x.end(), 0.0) / static_cast<double>(x.size());
            };
            QVERIFY(std::abs(static_cast<double>(stats->meanEntropy) - mean(entropy)) < 1e-5);
            QVERIFY(std::abs(static_cast<double>(stats->meanMax) - mean(largest)) < 1e-5);
            QVERIFY(std::abs(static_cast<double>(stats->meanDistance) - mean(distance)) < 1e-3);
            QVERIFY(std::abs(static_cast<double>(stats->firstMass) - mean(first)) < 1e-5);
            QVERIFY(std::abs(static_cast<double>(stats->previousMass) - previous) < 1e-5);
            QVERIFY(std::abs(static_cast<double>(stats->selfMass) - self) < 1e-5);
        }
}

void tst_tiles::statisticsOfMissingRows()
{
    // Rows 0 and 2 of three; weights by hand.
    RowStatsAccumulator a(3, 3, MaskKind::Causal), b(3, 3, MaskKind::Causal);
    const float first[] = {1.0f}, third[] = {0.5f, 0.25f, 0.25f};
    a.row(0, {0, 1}, first);
    b.row(2, {0, 3}, third);
    a.merge(b);
    const HeadStats s = a.finish();
    QCOMPARE(s.columnMean, (std::vector<float>{0.75f, 0.25f, 0.25f}));
    QCOMPARE(s.offsetMass, (std::vector<float>{0.625f, 0.25f, 0.5f}));
    QCOMPARE(s.previousMass, 0.25f);
    QCOMPARE(s.selfMass, 0.625f);
    QCOMPARE(s.meanMax, 0.75f);
    QCOMPARE(s.rowArgmax, (std::vector<int>{0, 0, 0}));
    QCOMPARE(s.rowDistance, (std::vector<float>{0.0f, 0.0f, 1.25f}));
    QCOMPARE(s.rowEntropy[1], 0.0f);
}

void tst_tiles::statisticsOfKnownRow()
{
    // Scores (1, 3, 2): log-sum-exp 3.407606, entropy .832396, largest weight .665241 at key 1, mean key 1.154698.
    std::vector<float> row{1.0f, 3.0f, 2.0f};
    const SoftmaxRow soft = softmaxRow(row.data(), 3);
    QVERIFY(std::abs(soft.logSumExp - 3.407606f) < 1e-5f);
    QVERIFY(std::abs(soft.entropy - 0.832396f) < 1e-5f);
    QVERIFY(std::abs(soft.max - 0.665241f) < 1e-5f);
    RowStatsAccumulator a(3, 3, MaskKind::Causal);
    a.row(2, {0, 3}, row.data());
    const HeadStats s = a.finish();
    QCOMPARE(s.rowArgmax[2], 1);
    QVERIFY(std::abs(s.rowDistance[2] - (2.0f - 1.154698f)) < 1e-5f);
    QVERIFY(std::abs(s.rowEntropy[2] - soft.entropy) < 1e-5f);
}

void tst_tiles::overview_data()
{
    QTest::addColumn<int>("mask");
    QTest::addColumn<int>("window");
    QTest::addColumn<int>("side");
    for (int side : {1, 16, 40, 149, 150, 1000}) {
        QTest::addRow("causal %d", side) << static_cast<int>(MaskKind::Causal) << 0 << side;
        QTest::addRow("bidirectional %d", side) << static_cast<int>(MaskKind::Bidirectional) << 0 << side;
        QTest::addRow("window 7, %d", side) << static_cast<int>(MaskKind::Causal) << 7 << side;
    }
}

void tst_tiles::overview()
{
    QFETCH(int, mask);
    QFETCH(int, window);
    QFETCH(int, side);
    const Prepared p = prepare(static_cast<MaskKind>(mask), window);
    for (MapKind kind : {MapKind::Weights, MapKind::Scores}) {
        const auto o = *p.run->overview({1, 0}, kind, side);
        const MatrixF map = *p.run->tile({1, 0}, kind, 0, p.n, 0, p.n);
        QVERIFY(o->rows <= side && o->cols <= side);
        QCOMPARE(o->rows, (p.n + o->factor - 1) / o->factor);
        double squares = 0;
        float largest = -1e30f;
        for (int r = 0; r < o->rows; ++r)
            for (int c = 0; c < o->cols; ++c) {
                float top = -1e30f;
                double sum = 0;
                int count = 0;
                for (int q = r * o->factor; q < std::min(p.n, (r + 1) * o->factor); ++q)
                    for (int k = c * o->factor; k < std::min(p.n, (c + 1) * o->factor); ++k) {
                        if (!oracleSees(p.model->config(), 1, q, k) || std::isnan(map(q, k))) continue;
                        top = std::max(top, map(q, k));
                        sum += static_cast<double>(map(q, k));
                        squares += static_cast<double>(map(q, k)) * static_cast<double>(map(q, k));
                        ++count;
                    }
                if (count == 0) {
                    QVERIFY(std::isnan(o->maximum(r, c)));
                    QVERIFY(std::isnan(o->mean(r, c)));
                    continue;
                }
                largest = std::max(largest, top);
                QVERIFY(std::abs(o->maximum(r, c) - top) < 1e-5f);
                QVERIFY(std::abs(static_cast<double>(o->mean(r, c)) - sum / count) < 1e-5);
            }
        QVERIFY(std::abs(o->largest - largest) < 1e-5f);
        QVERIFY(std::abs(o->sumSquares - squares) < 1e-4 * (1.0 + squares));
    }
}

QTEST_APPLESS_MAIN(tst_tiles)
#include "tst_tiles.moc"
