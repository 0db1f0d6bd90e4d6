// SPDX-License-Identifier: GPL-3.0-or-later
#include <QImage>
#include <QLineF>
#include <QPainter>
#include <QPoint>
#include <QPointF>
#include <QRectF>
#include <QSignalSpy>
#include <QTest>

#include "tests/support/head_matrices.h"
#include "ui/kit/chart_axis.h"
#include "ui/kit/index_chart.h"
#include "ui/similarity/dendrogram_view.h"
#include "ui/similarity/nearest_circle.h"
#include "ui/similarity/reference_chart.h"
#include "ui/similarity/role_table.h"
#include "ui/similarity/similarity_store.h"
#include "ui/similarity/similarity_words.h"
#include "ui/similarity/swap_store.h"
#include "ui/theme/theme.h"

using namespace hs;
using namespace hs::ui;

namespace {

const double kNaN = std::numeric_limits<double>::quiet_NaN();

/// Four items: 0 and 1 near, 2 and 3 near, the two pairs far.
std::shared_ptr<const Dendrogram> twoPairs()
{
    DistanceMatrix d(4);
    for (int i = 0; i < 4; ++i)
        for (int j = i + 1; j < 4; ++j) d.set(i, j, i / 2 == j / 2 ? 0.1 + 0.1 * (i / 2) : 0.8);
    return std::make_shared<const Dendrogram>(*averageLinkage(d));
}

DendrogramScene treeScene(int clusters)
{
    DendrogramScene s;
    s.tree = twoPairs();
    s.names = {QStringLiteral("L0H0"), QStringLiteral("L0H1"), QStringLiteral("L1H0"), QStringLiteral("L1H1")};
    s.groups = {0, 0, 1, 1};
    s.medoids = {true, false, true, false};
    s.cut = cutHeight(*s.tree, clusters);
    return s;
}

ReferenceScene histogram()
{
    ReferenceScene s;
    s.histogram = {4, 0.5, {10, 70, 20}, {0.0, 0.9, 0.1}};
    s.pairs = 100;
    s.mean = 4.8;
    s.nullMean = 4.6;
    s.nullSd = 0.1;
    return s;
}

}  // namespace

class tst_similarity_views : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::instance().apply(ThemeMode::Light); }

    void ticks_data()
    {
        QTest::addColumn<double>("low");
        QTest::addColumn<double>("high");
        QTest::addColumn<int>("most");
        QTest::addColumn<int>("count");
        QTest::addColumn<int>("decimals");
        QTest::newRow("unit") << 0.0 << 1.0 << 5 << 6 << 1;
        QTest::newRow("hundreds") << 0.0 << 40.0 << 4 << 5 << 0;
        QTest::newRow("below zero") << -0.03 << 0.05 << 4 << 4 << 2;
        QTest::newRow("nothing") << 1.0 << 1.0 << 4 << 0 << 0;
        QTest::newRow("not finite") << 0.0 << kNaN << 4 << 0 << 0;
    }
    void ticks()
    {
        QFETCH(double, low);
        QFETCH(double, high);
        QFETCH(int, most);
        const auto t = axisTicks(low, high, most);
        QTEST(int(t.size()), "count");
        QTEST(tickDecimals(t), "decimals");
        for (const double v : t) QVERIFY(v >= low - 1e-9 && v <= high + 1e-9);
    }

    void placeAmongAllPairs()
    {
        auto m = test::emptyMatrix("OO", 1, 3);
        m->values = {4, 3, 1, 3, 4, 2, 1, 2, 4};
        QCOMPARE(pairRank(*m, 0, 1).rank, 1);
        QCOMPARE(pairRank(*m, 1, 0).rank, 1);
        QCOMPARE(pairRank(*m, 2, 0).rank, 3);
        QCOMPARE(pairRank(*m, 2, 0).of, 3);  // each pair once, no head with itself
        QCOMPARE(pairRank(*m, 1, 1).rank, 0);
        m->measure = HeadMeasure::PatternDistance;
        QCOMPARE(pairRank(*m, 2, 0).rank, 1);  // small means alike
        auto ordered = test::emptyMatrix("OK", 2, 2);
        ordered->values[ordered->at(0, 2)] = 1;
        ordered->values[ordered->at(1, 3)] = 2;
        QCOMPARE(pairRank(*ordered, 0, 2).rank, 2);
        QCOMPARE(pairRank(*ordered, 0, 2).of, 2);
        QCOMPARE(pairRank(*ordered, 0, 3).rank, 0);
    }

    void nearestOfWhatComesBefore()
    {
        auto m = test::emptyMatrix("OK", 2, 2);
        m->values[m->at(0, 2)] = 1;
        m->values[m->at(1, 2)] = 3;
        m->values[m->at(0, 3)] = 2;
        QCOMPARE(nearestHeads(*m, 0, 9), (std::vector<int>{3, 2}));
        QCOMPARE(nearestHeads(*m, 2, 9, true), (std::vector<int>{1, 0}));
        QVERIFY(nearestHeads(*m, 2, 9).empty());
    }

    void roleTableByMouseAndKeys()
    {
        RoleTable table(QStringLiteral("table"));
        table.resize(table.sizeHint());
        RoleTableScene scene;
        for (int i = 0; i < 16; ++i) scene.cells.push_back({i == 3 ? kNaN : double(i), QString::number(i), {}});
        scene.chosen = 0;
        table.setScene(scene);
        QSignalSpy chosen(&table, &RoleTable::chosen);
        QTest::mouseClick(&table, Qt::LeftButton, {}, table.cellRect(13).center().toPoint());
        QCOMPARE(chosen.takeFirst().front().toInt(), 13);
        QTest::keyClick(&table, Qt::Key_Down);
        QCOMPARE(chosen.takeFirst().front().toInt(), 4);
        QTest::keyClick(&table, Qt::Key_Left);  // the edge
        QTest::keyClick(&table, Qt::Key_Up);
        QVERIFY(chosen.isEmpty());
        table.setScene({});
        QTest::mouseClick(&table, Qt::LeftButton, {}, QPoint(60, 60));
        QVERIFY(chosen.isEmpty());
    }

    void chartChoosesAndReads()
    {
        IndexChart chart(QStringLiteral("chart"));
        chart.resize(300, 120);
        IndexChartScene scene;
        scene.first = 2;
        scene.series.push_back({QString(), {0.1, 0.5, 0.3}, Ink::Bar, false});
        scene.marked = 1;
        chart.setScene(scene);
        QSignalSpy chosen(&chart, &IndexChart::chosen);
        const IndexChartFrame f = fitIndexChart(scene, QRectF(chart.rect()), 1);
        const QPoint last = QPointF(f.x(scene, 2), f.y(0.3)).toPoint();
        QTest::mouseClick(&chart, Qt::LeftButton, {}, last);
        QVERIFY(chosen.isEmpty());  // only reads out
        chart.setChoosing(true);
        QTest::mouseClick(&chart, Qt::LeftButton, {}, last);
        QCOMPARE(chosen.takeFirst().front().toInt(), 2);
        QTest::keyClick(&chart, Qt::Key_Left);
        QCOMPARE(chosen.takeFirst().front().toInt(), 0);
        QCOMPARE(chart.hover(), 0);
        QVERIFY(f.y(0.5) < f.y(0.3) && f.y(0.3) < f.y(0.1));
    }

    void binsSayBothShares()
    {
        ReferenceChart chart;
        chart.resize(500, 260);
        chart.setScene(histogram());
        const QString text = chart.binText(1);
        for (const char* part : {"4.50", "5.00", "70 of 100", "70.00", "90.00"})
            QVERIFY2(text.contains(QLatin1String(part)), qPrintable(text));
        QVERIFY(chart.binText(3).isEmpty());
        QSignalSpy hovered(&chart, &ReferenceChart::hovered);
        QTest::keyClick(&chart, Qt::Key_Right);
        QCOMPARE(hovered.front().front().toString(), chart.binText(0));
    }

    void logScaleShowsTheTail()
    {
        ReferenceScene s = histogram();
        s.histogram.counts = {9899, 100, 1};
        s.pairs = 10000;
        const QRectF area(0, 0, 400, 240);
        const ReferenceFrame linear = fitReference(s, area, 1);
        QVERIFY(linear.plot.bottom() - linear.y(1e-4) < 0.1);
        s.logScale = true;
        const ReferenceFrame log = fitReference(s, area, 1);
        QVERIFY(log.plot.bottom() - log.y(1e-4) > 5);
        QVERIFY(log.y(0.9) >= log.plot.top());
    }

    void cutsOfATree()
    {
        const auto tree = twoPairs();
        for (int k = 1; k <= 4; ++k) QCOMPARE(clustersAt(*tree, cutHeight(*tree, k)), k);
        DendrogramView view;
        view.resize(300, view.sizeHint().height());
        view.setScene(treeScene(2));
        QSignalSpy cut(&view, &DendrogramView::cutChosen), leaf(&view, &DendrogramView::leafChosen);
        const DendrogramFrame f = fitDendrogram(view.scene(), QRectF(view.rect()), 1);
        QTest::mouseClick(&view, Qt::LeftButton, {}, QPointF(f.x(0.15), f.plot.center().y()).toPoint());
        QCOMPARE(cut.takeFirst().front().toInt(), 3);
        QTest::keyClick(&view, Qt::Key_Left);
        QCOMPARE(cut.takeFirst().front().toInt(), 1);
        QTest::mouseClick(&view, Qt::LeftButton, {}, view.leafRect(2).center().toPoint());
        QCOMPARE(leaf.takeFirst().front().toInt(), 2);
        QTest::keyClick(&view, Qt::Key_Down);  // nothing was selected: the uppermost
        QCOMPARE(leaf.takeFirst().front().toInt(), twoPairs()->order.front());
    }

    void circleKeepsDistance()
    {
        NearestCircle view;
        view.resize(320, 320);
        NearestScene scene;
        scene.centre = QStringLiteral("L0H0");
        for (int i = 0; i < 4; ++i) {
            NearestHead head;
            head.head = {1, i};
            head.name = QStringLiteral("L1H%1").arg(i);
            head.distance = 0.2 * i;
            scene.heads.push_back(head);
        }
        scene.edge = 0.6;
        view.setScene(scene);
        const NearestFrame f = fitNearest(QRectF(view.rect()), 1);
        double before = -1;
        for (int i = 0; i < 4; ++i) {
            const double r = QLineF(f.centre, f.at(scene, i)).length();
            QVERIFY(r > before);
            before = r;
        }
        QVERIFY(std::abs(before - f.outer) < 1e-9);
        QSignalSpy chosen(&view, &NearestCircle::chosen);
        QTest::mouseClick(&view, Qt::LeftButton, {}, f.at(scene, 2).toPoint());
        QCOMPARE(chosen.takeFirst().front().value<HeadId>(), (HeadId{1, 2}));
        QTest::keyClick(&view, Qt::Key_Right);
        QTest::keyClick(&view, Qt::Key_Right);
        QTest::keyClick(&view, Qt::Key_Return);
        QCOMPARE(chosen.takeFirst().front().value<HeadId>(), (HeadId{1, 1}));
    }

    void verdictsOfASwap()
    {
        SwapResult r;
        r.mean = 0.02;
        r.low = 0.01;
        r.high = 0.03;
        QVERIFY(swapVerdict(r).contains(QLatin1String("rises")));
        QVERIFY(swapNumbers(r).contains(QStringLiteral("+0.0200")) && swapNumbers(r).contains(QStringLiteral("+0.0300")));
        r.low = -0.01;
        QVERIFY(swapVerdict(r).contains(QLatin1String("no change")));
        r.low = r.high = kNaN;
        QVERIFY(swapVerdict(r).contains(QLatin1String("no interval")));
        QCOMPARE(swapNumbers(r), QStringLiteral("+0.0200"));
        r.mean = -0.02;
        r.low = -0.03;
        r.high = -0.01;
        QVERIFY(swapVerdict(r).contains(QLatin1String("falls")));
    }

    void figuresShowNoSelection()
    {
        DendrogramScene scene = treeScene(2);
        scene.selected = 1;
        const auto magenta = [&](bool selection) {
            QImage image(320, 120, QImage::Format_RGB32);
            image.fill(Qt::white);
            QPainter painter(&image);
            paintDendrogram(painter, scene, QRectF(image.rect()), 1, false, selection);
            painter.end();
            int count = 0;
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x) {
                    const QColor c(image.pixel(x, y));
                    count += c.red() > 150 && c.green() < 120 && c.blue() > 60 && c.red() - c.green() > 60;
                }
            return count;
        };
        QVERIFY(magenta(true) > 5);
        QCOMPARE(magenta(false), 0);
    }
};

QTEST_MAIN(tst_similarity_views)
#include "tst_similarity_views.moc"
