// SPDX-License-Identifier: GPL-3.0-or-later
// What a map shows and when: whole maps, tiles, words, hidden sink, and never a number that belongs to another head.
#include <QAbstractItemModelTester>
#include <QRect>
#include <QSignalSpy>
#include <QTest>
#include <numeric>

#include "tests/support/fake_source.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/map/map_geometry.h"
#include "ui/map/map_model.h"
#include "ui/map/map_store.h"
#include "ui/map/map_table_model.h"

using namespace hs;
using namespace hs::ui;
using hs::test::FakeSource;

namespace {

QRect all(const MapModel& model) { return QRect(0, 0, model.columns(), model.rows()); }

std::shared_ptr<FakeSource> plain(int n, int wordLength = 1)
{
    return std::make_shared<FakeSource>(FakeSource::plainTokens(n, wordLength));
}

}  // namespace

class TestMapModel : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void wholeMap();
    void wordsSumKeysAndAverageQueries_data();
    void wordsSumKeysAndAverageQueries();
    void windowsAreMasked_data();
    void windowsAreMasked();
    void hiddenSinkRowsSumToOne_data();
    void hiddenSinkRowsSumToOne();
    void hiddenSinkOfScoresOnlyLeavesOut();
    void tilesAndProfiles();
    void overviewFromTiles();
    void staleHeadsNeverGiveNumbers();
    void previousPictureIsDroppedAfterAWhile();
    void lookChangeShowsNothingOld();
    void layerNotReady();
    void missingKindFailsOnce();
    void histogramAndCounts();
    void bucketHistogram();
    void budget();
    void table();
    void emptySource();
    void bridgeGoesFirst();
};

void TestMapModel::wholeMap()
{
    EngineBridge bridge;
    MapModel model(&bridge);
    auto source = plain(33);
    QSignalSpy reset(&model, &MapModel::reset);
    model.setSource(source);
    QCOMPARE(reset.count(), 1);
    QCOMPARE(model.rows(), 33);
    QVERIFY(!model.value(3, 2));  // nothing came yet
    QVERIFY(!model.cells(all(model), 16).cells);
    model.setHead({1, 2});
    QTRY_VERIFY(model.current());
    for (int q = 0; q < 33; ++q)
        for (int k = 0; k < 33; ++k) {
            const auto v = model.value(q, k);
            QCOMPARE(v.has_value(), k <= q);
            if (v) QCOMPARE(*v, static_cast<float>(source->value({1, 2}, q, k)));
            QCOMPARE(model.masked(q, k), k > q);
        }
    QCOMPARE(model.rowValues(9).size(), std::size_t(33));
    QCOMPARE(model.columnValues(4)[6], static_cast<float>(source->value({1, 2}, 6, 4)));
    QCOMPARE(model.maskedCells(), qint64(528));
    QCOMPARE(model.rowMaximum(0), 1.0f);
    QVERIFY(!model.value(-1, 0) && !model.value(0, 33) && model.rowValues(33).empty());
}

void TestMapModel::wordsSumKeysAndAverageQueries_data()
{
    QTest::addColumn<int>("n");
    QTest::addColumn<int>("wordLength");
    QTest::newRow("whole map") << 60 << 3;
    QTest::newRow("words of one token") << 20 << 1;
    QTest::newRow("last word is short") << 50 << 4;
    QTest::newRow("tiled") << 1300 << 2;
}

void TestMapModel::wordsSumKeysAndAverageQueries()
{
    QFETCH(int, n);
    QFETCH(int, wordLength);
    EngineBridge bridge;
    MapModel model(&bridge);
    auto source = plain(n, wordLength);
    MapLook look;
    look.grain = Grain::Words;
    model.setLook(look);
    model.setSource(source);
    const int words = (n + wordLength - 1) / wordLength;
    QCOMPARE(model.rows(), words);
    QCOMPARE(model.rowOfToken(n - 1), words - 1);
    QCOMPARE(model.rowLabels()[0].tokens, wordLength);
    model.request(all(model), 4);
    QTRY_COMPARE_WITH_TIMEOUT(model.surveyed(), 1.0, 20000);
    // Oracle: plain sums in double.
    for (int r = 0; r < words; r += std::max(1, words / 20)) {
        double rowSum = 0;
        for (int c = 0; c <= r; ++c) {
            double sum = 0;
            int queries = 0;
            for (int q = r * wordLength; q < std::min(n, (r + 1) * wordLength); ++q, ++queries)
                for (int k = c * wordLength; k < std::min(n, (c + 1) * wordLength); ++k) sum += source->value({0, 0}, q, k);
            const auto v = model.value(r, c);
            QVERIFY(v);
            QVERIFY2(std::abs(static_cast<double>(*v) - sum / queries) < 1e-6,
                     qPrintable(QStringLiteral("%1 %2: %3 %4").arg(r).arg(c).arg(*v).arg(sum / queries)));
            rowSum += static_cast<double>(*v);
        }
        QVERIFY(std::abs(rowSum - 1) < 1e-4);
    }
    QVERIFY(!model.legendNotes().isEmpty());
}

void TestMapModel::windowsAreMasked_data()
{
    QTest::addColumn<int>("n");
    QTest::addColumn<int>("wordLength");
    QTest::addColumn<int>("window");
    QTest::newRow("whole map") << 33 << 1 << 4;
    QTest::newRow("the query alone") << 33 << 1 << 1;
    QTest::newRow("longer than the prompt") << 33 << 1 << 40;
    QTest::newRow("words") << 50 << 4 << 6;
    QTest::newRow("tiled") << 1300 << 1 << 700;
}

/// Layer 0 sees everything, layer 1 has a window: the same model shows both, one after the other.
void TestMapModel::windowsAreMasked()
{
    QFETCH(int, n);
    QFETCH(int, wordLength);
    QFETCH(int, window);
    EngineBridge bridge;
    MapModel model(&bridge);
    auto source = plain(n, wordLength);
    source->layerMasks = {Visibility(), Visibility(MaskKind::Causal, window)};
    MapLook look;
    look.grain = wordLength > 1 ? Grain::Words : Grain::Tokens;
    model.setLook(look);
    model.setSource(source);
    model.request(all(model), 8);
    QTRY_COMPARE_WITH_TIMEOUT(model.surveyed(), 1.0, 20000);
    QVERIFY(model.value(model.rows() - 1, 0));
    const qint64 triangle = model.maskedCells();
    model.setHead({1, 0});
    model.request(all(model), 8);
    QTRY_COMPARE_WITH_TIMEOUT(model.surveyed(), 1.0, 20000);
    qint64 hidden = 0;
    for (int r = 0; r < model.rows(); ++r)
        for (int c = 0; c <= r; ++c) {
            bool seen = false;
            for (int q = r * wordLength; q < std::min(n, (r + 1) * wordLength); ++q)
                for (int k = c * wordLength; k < std::min(n, (c + 1) * wordLength); ++k) seen = seen || (k <= q && q - k < window);
            hidden += !seen;
            if (r % std::max(1, model.rows() / 40) != 0) continue;
            QCOMPARE(model.masked(r, c), !seen);
            QCOMPARE(model.value(r, c).has_value(), seen);
        }
    QCOMPARE(model.maskedCells(), triangle + hidden);
    QCOMPARE(hidden > 0, window < n);
}

void TestMapModel::hiddenSinkRowsSumToOne_data()
{
    QTest::addColumn<int>("n");
    QTest::addColumn<int>("wordLength");
    QTest::addColumn<double>("sink");
    QTest::newRow("whole map") << 40 << 1 << 0.6;
    QTest::newRow("strong sink") << 40 << 1 << 0.99999;
    QTest::newRow("words") << 41 << 4 << 0.6;
    QTest::newRow("tiled") << 700 << 1 << 0.6;
}

void TestMapModel::hiddenSinkRowsSumToOne()
{
    QFETCH(int, n);
    QFETCH(int, wordLength);
    QFETCH(double, sink);
    EngineBridge bridge;
    MapModel model(&bridge);
    auto source = plain(n, wordLength);
    source->cell = [sink](HeadId, int q, int k) { return q == 0 ? 1.0 : k == 0 ? sink : (1 - sink) / q; };
    MapLook look;
    look.hideSink = true;
    look.grain = wordLength > 1 ? Grain::Words : Grain::Tokens;
    model.setLook(look);
    model.setSource(source);
    model.request(all(model), 8);
    QTRY_COMPARE_WITH_TIMEOUT(model.surveyed(), 1.0, 20000);
    if (wordLength == 1) {
        QVERIFY(model.masked(5, 0));
        QVERIFY(!model.value(0, 0) && !model.value(5, 0));
        QVERIFY(std::abs(static_cast<double>(*model.value(5, 3)) - 0.2) < 1e-5);
    }
    for (int r = 1; r < model.rows(); ++r) {
        double sum = 0;
        for (int c = 0; c <= r; ++c) sum += static_cast<double>(model.value(r, c).value_or(0.0f));
        QVERIFY2(std::abs(sum - 1) < 1e-4, qPrintable(QStringLiteral("row %1 sums to %2").arg(r).arg(sum)));
    }
    QVERIFY(model.legendNotes().constFirst().contains(QStringLiteral("left out")));
}

void TestMapModel::hiddenSinkOfScoresOnlyLeavesOut()
{
    EngineBridge bridge;
    MapModel model(&bridge);
    auto source = plain(20);
    MapLook look;
    look.kind = MapKind::Scores;
    look.hideSink = true;
    model.setLook(look);
    model.setSource(source);
    QTRY_VERIFY(model.current());
    QVERIFY(!model.value(7, 0));
    QCOMPARE(*model.value(7, 3), static_cast<float>(std::log(source->value({0, 0}, 7, 3))));
}

void TestMapModel::tilesAndProfiles()
{
    EngineBridge bridge;
    MapModel model(&bridge);
    auto source = plain(1400);
    model.setSource(source);
    const QRect window(600, 650, 80, 60);
    model.request(window, 12);
    QTRY_VERIFY_WITH_TIMEOUT(model.value(655, 610).has_value(), 10000);
    QCOMPARE(*model.value(655, 654), static_cast<float>(source->value({0, 0}, 655, 654)));
    const MapCells cells = model.cells(window, 12);
    QVERIFY(cells.cells);
    QCOMPARE(cells.factor, 1);
    QCOMPARE((*cells.cells)(655 - cells.q0, 610 - cells.k0), *model.value(655, 610));
    QVERIFY(model.rowValues(1399).empty());
    model.requestProfiles(1399, 17);
    QTRY_VERIFY_WITH_TIMEOUT(!model.rowValues(1399).empty() && !model.columnValues(17).empty(), 10000);
    QCOMPARE(model.rowValues(1399)[1398], static_cast<float>(source->value({0, 0}, 1399, 1398)));
    QCOMPARE(model.columnValues(17)[900], static_cast<float>(source->value({0, 0}, 900, 17)));
    QCOMPARE(*model.value(1399, 5), static_cast<float>(source->value({0, 0}, 1399, 5)));
    // The background survey ends with exact facts about the whole map.
    QTRY_COMPARE_WITH_TIMEOUT(model.surveyed(), 1.0, 20000);
    QCOMPARE(model.dataRange()->second, 1.0f);
    QCOMPARE(model.rowMaximum(700), 0.7f);
}

// Words have no overview of the engine's: the tiles' maxima make one.
void TestMapModel::overviewFromTiles()
{
    EngineBridge bridge;
    MapModel model(&bridge);
    auto source = plain(2600, 2);
    MapLook look;
    look.grain = Grain::Words;
    model.setLook(look);
    model.setSource(source);
    QSignalSpy changed(&model, &MapModel::changed);
    model.request(all(model), 0.25);
    QTRY_VERIFY_WITH_TIMEOUT(model.finalRows() > 0, 20000);
    QTRY_COMPARE_WITH_TIMEOUT(model.surveyed(), 1.0, 30000);
    QCOMPARE(model.finalRows(), model.rows());
    const MapCells cells = model.cells(all(model), 0.25);
    QVERIFY(cells.cells && cells.factor > 1);
    float most = 0;
    for (int r = 0; r < cells.factor; ++r)
        for (int c = 0; c < cells.factor; ++c)
            if (const auto v = model.value(600 + r, 598 + c)) most = std::max(most, *v);
    if (most > 0) QCOMPARE((*cells.cells)(600 / cells.factor, 598 / cells.factor), most);
}

void TestMapModel::staleHeadsNeverGiveNumbers()
{
    for (const int n : {48, 900}) {
        EngineBridge bridge;
        MapModel model(&bridge);
        auto source = plain(n);
        // Every cell says which head it belongs to.
        source->cell = [](HeadId h, int, int) { return 0.1 * (1 + h.layer * 4 + h.head); };
        source->milliseconds = 5;
        model.setSource(source);
        bool wrong = false;
        HeadId wanted;
        QObject::connect(&model, &MapModel::changed, &model, [&] {
            const float expected = static_cast<float>(0.1 * (1 + wanted.layer * 4 + wanted.head));
            if (const auto v = model.value(40, 3); v && *v != expected) wrong = true;
            for (const float v : model.rowValues(40))
                if (v != 0 && v != expected && v == v) wrong = true;
            if (model.current()) {  // then the picture too is this head's
                const MapCells cells = model.cells(QRect(0, 0, 48, 48), 10);
                if (cells.cells && std::isfinite((*cells.cells)(40 - cells.q0, 3 - cells.k0))
                    && (*cells.cells)(40 - cells.q0, 3 - cells.k0) != expected)
                    wrong = true;
            }
        });
        for (int i = 0; i < 24; ++i) {
            wanted = HeadId{(i / 4) % 2, i % 4};
            model.setHead(wanted);
            model.request(QRect(0, 0, 48, 48), 10);
            model.requestProfiles(40, 3);
            QTest::qWait(i % 5 == 0 ? 12 : 1);
        }
        QTRY_VERIFY_WITH_TIMEOUT(model.value(40, 3).has_value(), 10000);
        QCOMPARE(*model.value(40, 3), static_cast<float>(0.1 * (1 + wanted.layer * 4 + wanted.head)));
        QVERIFY(!wrong);
    }
}

void TestMapModel::previousPictureIsDroppedAfterAWhile()
{
    EngineBridge bridge;
    MapModel model(&bridge);
    auto source = plain(30);
    model.setSource(source);
    QTRY_VERIFY(model.current());
    source->milliseconds = 2 * MapModel::kKeepMs;
    model.setHead({0, 1});
    QVERIFY(!model.current());
    QVERIFY(model.cells(all(model), 10).cells);                 // no flicker
    QVERIFY(!model.value(5, 2) && model.rowValues(5).empty());  // but no numbers
    QTRY_VERIFY_WITH_TIMEOUT(!model.cells(all(model), 10).cells, 2 * MapModel::kKeepMs - 50);
    QTRY_VERIFY_WITH_TIMEOUT(model.current(), 5000);
}

void TestMapModel::lookChangeShowsNothingOld()
{
    EngineBridge bridge;
    MapModel model(&bridge);
    auto source = plain(30);
    model.setSource(source);
    QTRY_VERIFY(model.current());
    MapLook look;
    look.kind = MapKind::Scores;  // another quantity: the old picture would lie
    model.setLook(look);
    QVERIFY(!model.cells(all(model), 10).cells);
    QTRY_VERIFY(model.current());
    QCOMPARE(*model.value(4, 1), static_cast<float>(std::log(source->value({0, 0}, 4, 1))));
    QVERIFY(model.dataRange()->first < 0);
}

void TestMapModel::layerNotReady()
{
    EngineBridge bridge;
    MapModel model(&bridge);
    auto source = plain(30);
    source->setReadyLayers(1);
    model.setHead({1, 0});
    model.setSource(source);
    QVERIFY(!model.available());
    QTest::qWait(30);
    QVERIFY(!model.current());
    QCOMPARE(source->tilesMade.load(), 0);
    auto next = plain(30);  // the next stage of the run is a new source
    model.setSource(next);
    QTRY_VERIFY(model.current());
}

void TestMapModel::missingKindFailsOnce()
{
    EngineBridge bridge;
    MapModel model(&bridge);
    auto source = plain(30);
    source->hasScores = false;
    MapLook look;
    look.kind = MapKind::Scores;
    model.setLook(look);
    model.setSource(source);
    QVERIFY(!model.available());
    QTest::qWait(30);
    QCOMPARE(source->tilesMade.load(), 0);
}

void TestMapModel::histogramAndCounts()
{
    EngineBridge bridge;
    MapModel model(&bridge);
    auto source = plain(40);
    source->cell = [](HeadId, int q, int k) { return k == q ? 0.95 : 0.001; };
    model.setSource(source);
    QVERIFY(model.histogram(0, 1, 10, false).empty());
    QTRY_VERIFY(model.current());
    const std::vector<double> counts = model.histogram(0, 1, 10, false);
    QCOMPARE(counts.size(), std::size_t(10));
    QCOMPARE(std::accumulate(counts.begin(), counts.end(), 0.0), 40.0 * 41 / 2);
    QCOMPARE(counts[9], 40.0);
    QCOMPARE(counts[0], 40.0 * 39 / 2);
    const std::vector<double> logs = model.histogram(1e-4, 1, 4, true);
    QVERIFY(std::abs(logs[0] + logs[1] - 780) < 1e-9);
    QCOMPARE(model.clipped(0, 1).count, qint64(0));
    QCOMPARE(model.clipped(0, 0.5).count, qint64(40));
    QCOMPARE(model.clipped(0.01, 1).count, qint64(780));
    QVERIFY(model.clipped(0.01, 1).exact);
}

void TestMapModel::bucketHistogram()
{
    FloatHistogram histogram;
    const std::vector<float> values{-3.0f, -0.5f, -0.0f, 0.0f, 1e-30f, 0.25f, 0.5f, 0.75f, 1.0f, 8.0f};
    for (const float v : values) histogram.add(v);
    const std::vector<double> linear = histogram.binned(-4, 8, 12, false);
    QCOMPARE(std::accumulate(linear.begin(), linear.end(), 0.0), 10.0);
    QCOMPARE(linear[3], 1.0);   // -0.5
    QCOMPARE(linear[11], 1.0);  // the upper end belongs to the last bin
    QCOMPARE(histogram.outside(0, 1).count, qint64(3));
    QVERIFY(histogram.outside(-10, 10).known);
    QVERIFY(histogram.binned(1, 1, 5, false) == std::vector<double>(5, 0.0));
}

void TestMapModel::budget()
{
    MapStore store(4096, 4096, MaskKind::Bidirectional, 512, std::size_t{4} << 20);
    for (int r = 0; r < 8; ++r)
        for (int c = 0; c < 8; ++c) store.insert(r, c, std::make_shared<MatrixF>(512, 512));
    QVERIFY(store.bytes() <= (std::size_t{4} << 20));
    QVERIFY(store.complete());  // what was learnt from them stays
    QVERIFY(store.has(7, 7) && !store.has(0, 0));
    QVERIFY(store.overview().cells);
    // A tile that is gone falls back to the overview, a tile never seen to "missing".
    const MapCells cells = store.assemble(QRect(0, 0, 10, 10), 1, store.overview());
    QCOMPARE((*cells.cells)(0, 0), 0.0f);
    const MapCells none = store.assemble(QRect(0, 0, 10, 10), 1, MapCells{});
    QVERIFY(std::isinf((*none.cells)(0, 0)));
}

void TestMapModel::table()
{
    EngineBridge bridge;
    MapModel model(&bridge);
    MapTableModel table(&model);
    QAbstractItemModelTester tester(&table, QAbstractItemModelTester::FailureReportingMode::QtTest);
    auto source = plain(12);
    model.setSource(source);
    QCOMPARE(table.rowCount(), 12);
    QCOMPARE(table.data(table.index(3, 2), Qt::DisplayRole).toString(), QStringLiteral("…"));
    QTRY_VERIFY(model.current());
    QCOMPARE(table.data(table.index(3, 2), Qt::DisplayRole).toString(), QStringLiteral("0.7000"));
    QCOMPARE(table.data(table.index(2, 3), Qt::DisplayRole).toString(), QString());
    QCOMPARE(table.data(table.index(3, 2), Qt::AccessibleTextRole).toString(), QStringLiteral("query 3 ␣t3, key 2 ␣t2, weight 0.7000"));
    QCOMPARE(table.headerData(2, Qt::Vertical, Qt::DisplayRole).toString(), QStringLiteral("2 ␣t2"));
    model.setSource(plain(5));
    QCOMPARE(table.columnCount(), 5);
}

void TestMapModel::emptySource()
{
    EngineBridge bridge;
    MapModel model(&bridge);
    model.request(QRect(0, 0, 5, 5), 4);
    model.requestProfiles(2, 2);
    QCOMPARE(model.rows(), 0);
    QVERIFY(!model.cells(QRect(0, 0, 5, 5), 4).cells && !model.value(0, 0) && !model.dataRange());
    auto source = plain(20);
    model.setSource(source);
    QTRY_VERIFY(model.current());
    QSignalSpy reset(&model, &MapModel::reset);
    model.setSource(nullptr);
    QCOMPARE(reset.count(), 1);
    QCOMPARE(model.rows(), 0);
    QVERIFY(!model.value(3, 2));
}

void TestMapModel::bridgeGoesFirst()
{
    auto bridge = std::make_unique<EngineBridge>();
    MapModel model(bridge.get());
    auto source = plain(600);
    source->milliseconds = 20;
    model.setSource(source);
    model.request(QRect(0, 0, 600, 600), 4);
    bridge.reset();
    model.request(QRect(0, 0, 60, 60), 4);
    model.setHead({0, 1});
    QVERIFY(!model.value(5, 2));
}

QTEST_MAIN(TestMapModel)
#include "tst_map_model.moc"
