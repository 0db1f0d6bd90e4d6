// SPDX-License-Identifier: GPL-3.0-or-later
#include <QElapsedTimer>
#include <QTest>

#include <cmath>

#include "engine/base/parallel.h"
#include "engine/similarity/graph/layout.h"
#include "engine/similarity/graph/quadtree.h"
#include "tests/support/head_matrices.h"

using namespace hs;
using namespace hs::test;

namespace {

HeadGraph graphOf(int layers, int heads, int top, std::uint64_t seed = 1)
{
    EdgeChoice choice;
    choice.top = top;
    return *makeHeadGraph({randomMatrix("OQ", layers, heads, seed), randomMatrix("OK", layers, heads, seed + 1)}, choice);
}

int placed(const GraphLayout& layout)
{
    int count = 0;
    for (const auto& p : layout.points) count += p.has_value();
    return count;
}

}  // namespace

class tst_graph_layout : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void layersKeepTheirGap_data();
    void layersKeepTheirGap();
    void nodesPresentBeforeKeepTheirOrder();
    void barycentreUncrossesALadder();
    void repulsionAgreesWithTheSlowSum();
    void forceKeepsNodesApart();
    void forceKeepsPartsTogether();
    void forceRepeatsForASeed();
    void forceStartsFromBefore();
    void pinnedNodesStay();
    void emptyAndSmall();
    void badInput();
    void largeGraph();
    void cancel();
};

void tst_graph_layout::layersKeepTheirGap_data()
{
    QTest::addColumn<int>("top");
    QTest::addColumn<bool>("all");
    QTest::newRow("few edges") << 8 << false;
    QTest::newRow("many edges") << 200 << false;
    QTest::newRow("every head") << 8 << true;
}

void tst_graph_layout::layersKeepTheirGap()
{
    QFETCH(int, top);
    QFETCH(bool, all);
    const HeadGraph graph = graphOf(6, 10, top);
    LayoutOptions options;
    options.all = all;
    const auto layout = layeredLayout(graph, options);
    QVERIFY(layout.ok());
    QCOMPARE(layout->layerY.size(), std::size_t(6));
    QVERIFY(layout->layerY.front() > layout->layerY.back());  // the first layer stands at the bottom
    int hidden = 0;
    for (int h : layout->hidden) hidden += h;
    QCOMPARE(placed(*layout) + hidden, 60);
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        QCOMPARE(layout->points[i].has_value(), all || graph.nodes[i].edges() > 0);
        if (!layout->points[i]) continue;
        QCOMPARE(layout->points[i]->y, layout->layerY[std::size_t(graph.nodes[i].id.layer)]);
        QVERIFY(layout->points[i]->x >= -1e-9 && layout->points[i]->x <= layout->width + 1e-9);
        for (std::size_t j = 0; j < i; ++j)
            if (layout->points[j] && graph.nodes[j].id.layer == graph.nodes[i].id.layer)
                QVERIFY(std::abs(layout->points[i]->x - layout->points[j]->x) >= options.gap - 1e-6);
    }
}

void tst_graph_layout::nodesPresentBeforeKeepTheirOrder()
{
    const int tops[] = {5, 10, 20, 40, 30, 12, 60};
    std::shared_ptr<const GraphLayout> before;
    for (const int top : tops) {
        const HeadGraph graph = graphOf(6, 10, top);
        LayoutOptions options;
        options.before = before;
        const auto layout = layeredLayout(graph, options);
        QVERIFY(layout.ok());
        if (before) {
            for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
                for (std::size_t j = 0; j < i; ++j) {
                    if (graph.nodes[i].id.layer != graph.nodes[j].id.layer) continue;
                    if (!before->points[i] || !before->points[j] || !layout->points[i] || !layout->points[j]) continue;
                    QCOMPARE(layout->points[i]->x < layout->points[j]->x, before->points[i]->x < before->points[j]->x);
                }
            }
        }
        before = std::make_shared<const GraphLayout>(*layout);
    }
}

void tst_graph_layout::barycentreUncrossesALadder()
{
    // Head h of layer 0 feeds head 3 - h of layer 1: drawn by head number all edges would cross.
    auto m = emptyMatrix("OQ", 2, 4);
    for (std::size_t h = 0; h < 4; ++h) m->values[m->at(h, 7 - h)] = 3;
    fillCorrected(*m);
    const auto graph = makeHeadGraph({m}, {});
    const auto layout = layeredLayout(*graph, {});
    QVERIFY(layout.ok());
    for (std::size_t a = 0; a < 4; ++a)
        for (std::size_t b = 0; b < a; ++b)
            QCOMPARE(layout->points[a]->x < layout->points[b]->x, layout->points[7 - a]->x < layout->points[7 - b]->x);
}

void tst_graph_layout::repulsionAgreesWithTheSlowSum()
{
    Random random(3);
    std::vector<GraphPoint> points(500);
    for (GraphPoint& p : points) p = {100.0 * static_cast<double>(random.symmetric()), 40.0 * static_cast<double>(random.symmetric())};
    const layout::Quadtree tree(points);
    double wrong = 0, all = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        GraphPoint sum;
        for (std::size_t j = 0; j < points.size(); ++j) {
            if (i == j) continue;
            const double dx = points[i].x - points[j].x, dy = points[i].y - points[j].y;
            sum.x += 7 * dx / (dx * dx + dy * dy);
            sum.y += 7 * dy / (dx * dx + dy * dy);
        }
        const GraphPoint fast = tree.repulsion(i, 7);
        wrong += std::pow(fast.x - sum.x, 2) + std::pow(fast.y - sum.y, 2);
        all += sum.x * sum.x + sum.y * sum.y;
    }
    QVERIFY2(std::sqrt(wrong / all) < 0.03, qPrintable(QString::number(std::sqrt(wrong / all))));

    // All in one place: finite pushes that cancel out.
    const std::vector<GraphPoint> same(40, GraphPoint{1, 1});
    const layout::Quadtree heap(same);
    for (std::size_t i = 0; i < same.size(); ++i) {
        const GraphPoint push = heap.repulsion(i, 1);
        QVERIFY(std::isfinite(push.x) && std::isfinite(push.y));
    }
}

void tst_graph_layout::forceKeepsNodesApart()
{
    const HeadGraph graph = graphOf(6, 10, 60);
    LayoutOptions options;
    options.kind = LayoutKind::Force;
    int steps = 0;
    const auto layout = layoutGraph(graph, options, {}, [&](const GraphLayout& l) {
        ++steps;
        if (placed(l) == 0) steps = -1000;
    });
    QVERIFY(layout.ok());
    QVERIFY(steps > 0);
    for (std::size_t i = 0; i < layout->points.size(); ++i) {
        if (!layout->points[i]) continue;
        for (std::size_t j = 0; j < i; ++j)
            if (layout->points[j])
                QVERIFY(std::hypot(layout->points[i]->x - layout->points[j]->x, layout->points[i]->y - layout->points[j]->y)
                        > 0.98 * options.gap);
    }
    // Linked heads stand nearer than others do on average.
    double linked = 0, all = 0;
    int pairs = 0;
    const auto apart = [&](int a, int b) {
        const GraphPoint p = *layout->points[std::size_t(a)], q = *layout->points[std::size_t(b)];
        return std::hypot(p.x - q.x, p.y - q.y);
    };
    for (const GraphEdge& e : graph.edges) linked += apart(e.source, e.target) / static_cast<double>(graph.edges.size());
    for (int i = 0; i < 60; ++i)
        for (int j = 0; j < i; ++j)
            if (layout->points[std::size_t(i)] && layout->points[std::size_t(j)]) {
                all += apart(i, j);
                ++pairs;
            }
    QVERIFY2(linked < 0.75 * all / pairs, qPrintable(QString("%1 %2").arg(linked).arg(all / pairs)));
}

/// Ten pairs without a link between them: no farther apart than a picture of them can show.
void tst_graph_layout::forceKeepsPartsTogether()
{
    auto matrix = std::make_shared<HeadMatrix>(*randomMatrix("OQ", 2, 10, 1));
    for (int i = 0; i < 10; ++i) matrix->values[matrix->at(std::size_t(i), std::size_t(10 + i))] = 1000 + i;
    EdgeChoice choice;
    choice.top = 10;
    const HeadGraph graph = *makeHeadGraph({matrix}, choice);
    LayoutOptions options;
    options.kind = LayoutKind::Force;
    const auto layout = layoutGraph(graph, options, {});
    QVERIFY(layout.ok());
    QCOMPARE(placed(*layout), 20);
    const double most = 3 * options.gap * std::sqrt(20.0);
    QVERIFY2(layout->width < most && layout->height < most, qPrintable(QString::number(layout->width / options.gap)));
}

void tst_graph_layout::forceRepeatsForASeed()
{
    const HeadGraph graph = graphOf(6, 10, 60);
    LayoutOptions options;
    options.kind = LayoutKind::Force;
    const int threads = threadCount();
    setThreadCount(1);
    const auto one = forceLayout(graph, options);
    setThreadCount(4);
    const auto four = forceLayout(graph, options);
    setThreadCount(threads);
    QVERIFY(one.ok() && four.ok());
    QVERIFY(one->points == four->points);
    options.seed = 2;
    QVERIFY(!(forceLayout(graph, options)->points == one->points));
}

void tst_graph_layout::forceStartsFromBefore()
{
    LayoutOptions options;
    options.kind = LayoutKind::Force;
    const HeadGraph small = graphOf(6, 10, 30), large = graphOf(6, 10, 33);
    const auto first = forceLayout(small, options);
    options.before = std::make_shared<const GraphLayout>(*first);
    const auto next = forceLayout(large, options);
    QVERIFY(first.ok() && next.ok());
    double moved = 0;
    int both = 0;
    for (std::size_t i = 0; i < first->points.size(); ++i) {
        if (!first->points[i] || !next->points[i]) continue;
        moved += std::hypot(first->points[i]->x - next->points[i]->x, first->points[i]->y - next->points[i]->y);
        ++both;
    }
    QVERIFY(both > 10);
    QVERIFY2(moved / both < 0.25 * std::hypot(first->width, first->height), qPrintable(QString::number(moved / both)));
}

void tst_graph_layout::pinnedNodesStay()
{
    const HeadGraph graph = graphOf(6, 10, 30);
    LayoutOptions options;
    options.pinned = {{3, {123, 45}}};
    for (const LayoutKind kind : {LayoutKind::Force, LayoutKind::Layered}) {
        options.kind = kind;
        const auto layout = layoutGraph(graph, options);
        QVERIFY(layout.ok());
        QVERIFY(layout->points[3].has_value());
        QCOMPARE(layout->points[3]->x, 123.0);
        if (kind == LayoutKind::Force) QCOMPARE(layout->points[3]->y, 45.0);
        else QCOMPARE(layout->points[3]->y, layout->layerY[std::size_t(graph.nodes[3].id.layer)]);  // y is the layer, always
    }
}

void tst_graph_layout::emptyAndSmall()
{
    for (const LayoutKind kind : {LayoutKind::Layered, LayoutKind::Force}) {
        LayoutOptions options;
        options.kind = kind;
        const auto none = layoutGraph(HeadGraph(), options);
        QVERIFY(none.ok());
        QVERIFY(none->points.empty());
        const auto alone = makeHeadGraph({emptyMatrix("OQ", 1, 1)}, {});
        QCOMPARE(placed(*layoutGraph(*alone, options)), 0);
        options.all = true;
        const auto one = layoutGraph(*alone, options);
        QCOMPARE(placed(*one), 1);
        QVERIFY(std::isfinite(one->points[0]->x) && std::isfinite(one->points[0]->y));
    }
}

void tst_graph_layout::badInput()
{
    const HeadGraph graph = graphOf(2, 3, 3);
    LayoutOptions options;
    options.before = std::make_shared<const GraphLayout>();
    QCOMPARE(layeredLayout(graph, options).error().code, ErrorCode::ShapeMismatch);
    options.before.reset();
    options.pinned = {{99, {0, 0}}};
    QCOMPARE(forceLayout(graph, options).error().code, ErrorCode::InvalidArgument);
    options.pinned.clear();
    options.gap = 0;
    QCOMPARE(layeredLayout(graph, options).error().code, ErrorCode::InvalidArgument);
}

void tst_graph_layout::largeGraph()
{
    const HeadGraph graph = graphOf(32, 32, 1000);
    QCOMPARE(graph.edges.size(), std::size_t(2000));
    for (const LayoutKind kind : {LayoutKind::Layered, LayoutKind::Force}) {
        LayoutOptions options;
        options.kind = kind;
        options.all = true;
        QElapsedTimer timer;
        timer.start();
        const auto layout = layoutGraph(graph, options);
        qInfo("1024 heads, 2 000 edges, %s: %lld ms", kind == LayoutKind::Layered ? "layered" : "force",
              static_cast<long long>(timer.elapsed()));
        QVERIFY(layout.ok());
        QCOMPARE(placed(*layout), 1024);
        for (const auto& p : layout->points) QVERIFY(std::isfinite(p->x) && std::isfinite(p->y));
    }
}

void tst_graph_layout::cancel()
{
    const HeadGraph graph = graphOf(6, 10, 60);
    for (const LayoutKind kind : {LayoutKind::Layered, LayoutKind::Force}) {
        LayoutOptions options;
        options.kind = kind;
        std::stop_source stop;
        int reports = 0;
        const Progress progress(stop.get_token(), [&](const ProgressReport&) {
            if (++reports == 3) stop.request_stop();
        });
        const auto layout = layoutGraph(graph, options, progress);
        QVERIFY(!layout.ok());
        QCOMPARE(layout.error().code, ErrorCode::Cancelled);
        QCOMPARE(reports, 3);
    }
}

QTEST_APPLESS_MAIN(tst_graph_layout)
#include "tst_graph_layout.moc"
