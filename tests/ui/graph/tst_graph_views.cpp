// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QEvent>
#include <QImage>
#include <QLineF>
#include <QPainter>
#include <QPoint>
#include <QPointF>
#include <QRect>
#include <QRectF>
#include <QSignalSpy>
#include <QTest>
#include <algorithm>
#include <cmath>

#include "tests/support/head_matrices.h"
#include "ui/export/figure.h"
#include "ui/graph/edges_model.h"
#include "ui/graph/graph_view.h"
#include "ui/kit/figure_drawing.h"
#include "ui/kit/pair_histogram.h"
#include "ui/similarity/head_map_view.h"
#include "ui/similarity/matrix_view.h"
#include "ui/similarity/similarity_store.h"
#include "ui/theme/theme.h"

using namespace hs;
using namespace hs::ui;

namespace {

std::shared_ptr<const HeadGraph> graphOf(int top = 6)
{
    std::vector<std::shared_ptr<const HeadMatrix>> matrices{test::randomMatrix("OQ", 4, 3, 1), test::randomMatrix("OK", 4, 3, 2),
                                                            test::randomMatrix("OV", 4, 3, 3)};
    EdgeChoice choice;
    choice.top = top;
    auto graph = makeHeadGraph(matrices, choice);
    return graph ? std::make_shared<const HeadGraph>(*std::move(graph)) : nullptr;
}

GraphScene sceneOf(int top = 6)
{
    GraphScene scene;
    scene.graph = graphOf(top);
    auto layout = layeredLayout(*scene.graph, {});
    scene.layout = std::make_shared<const GraphLayout>(*std::move(layout));
    return scene;
}

int drawnNode(const GraphScene& scene)
{
    for (int n = 0; n < int(scene.layout->points.size()); ++n)
        if (scene.layout->points[std::size_t(n)]) return n;
    return -1;
}

}  // namespace

class TestGraphViews : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::instance().apply(ThemeMode::Light); }

    void everyDrawnNodeLiesInThePlot()
    {
        const GraphScene scene = sceneOf();
        const GraphFrame frame = fitGraph(*scene.layout, QRectF(0, 0, 700, 480), 1);
        for (const auto& p : scene.layout->points)
            if (p) QVERIFY(frame.plot.adjusted(-0.01, -0.01, 0.01, 0.01).contains(frame.toCanvas(*p)));
        const GraphPoint there = frame.toLayout(frame.toCanvas({12, 34}));
        QVERIFY(std::abs(there.x - 12) < 1e-9 && std::abs(there.y - 34) < 1e-9);
        // Deeper layers stand higher.
        QVERIFY(frame.toCanvas({0, scene.layout->layerY.front()}).y() > frame.toCanvas({0, scene.layout->layerY.back()}).y());
    }

    void radiusGrowsWithEdges()
    {
        const GraphScene scene = sceneOf();
        const auto& nodes = scene.graph->nodes;
        const auto most =
            std::max_element(nodes.begin(), nodes.end(), [](const GraphNode& a, const GraphNode& b) { return a.edges() < b.edges(); });
        const int node = int(most - nodes.begin());
        QCOMPARE(nodeRadius(scene, node, 1), 5 + 2.4 * std::sqrt(double(most->edges())));
        QCOMPARE(nodeRadius(scene, node, 2), 2 * nodeRadius(scene, node, 1));
    }

    void strongestEdgeIsOneWeakestZero()
    {
        const GraphScene scene = sceneOf();
        double low = 1e9, high = -1e9;
        for (const GraphEdge& e : scene.graph->edges) {
            low = std::min(low, e.value);
            high = std::max(high, e.value);
        }
        for (const GraphEdge& e : scene.graph->edges) {
            if (e.value == high) QCOMPARE(edgeStrength(scene, e), 1.0);
            if (e.value == low) QCOMPARE(edgeStrength(scene, e), 0.0);
        }
        GraphScene byRank = scene;
        byRank.scale = EdgeScale::Percentile;
        for (const GraphEdge& e : byRank.graph->edges) QCOMPARE(edgeStrength(byRank, e), 1 - double(e.rank - 1) / 5);
    }

    void typesDifferInColourAndDashes()
    {
        const GraphScene scene = sceneOf();
        const auto& t = scene.graph->types;
        for (const bool dark : {false, true})
            for (const EdgePalette palette : {EdgePalette::Roles, EdgePalette::Paper})
                QVERIFY(edgeColour(t[0], palette, dark) != edgeColour(t[1], palette, dark)
                        && edgeColour(t[1], palette, dark) != edgeColour(t[2], palette, dark));
        QVERIFY(edgeDashes(t[0]) != edgeDashes(t[1]) && edgeDashes(t[1]) != edgeDashes(t[2]) && edgeDashes(t[0]) != edgeDashes(t[2]));
        QVERIFY(edgeDashes(t[1]).isEmpty());
        QCOMPARE(edgeTypeWord(t[2]), QStringLiteral("values"));
    }

    void parallelEdgesStayApart()
    {
        auto q = test::emptyMatrix("OQ", 2, 1), k = test::emptyMatrix("OK", 2, 1);
        q->values[1] = k->values[1] = 3;
        fillCorrected(*q);
        fillCorrected(*k);
        auto graph = makeHeadGraph({q, k}, {});
        QVERIFY(graph.ok());
        GraphScene scene;
        scene.graph = std::make_shared<const HeadGraph>(*std::move(graph));
        scene.layout = std::make_shared<const GraphLayout>(*layeredLayout(*scene.graph, {}));
        const GraphFrame frame = fitGraph(*scene.layout, QRectF(0, 0, 400, 400), 1);
        QCOMPARE(scene.graph->edges.size(), std::size_t(2));
        const QPointF a = edgePath(scene, frame, scene.graph->edges[0]).pointAtPercent(0.5),
                      b = edgePath(scene, frame, scene.graph->edges[1]).pointAtPercent(0.5);
        QVERIFY2(QLineF(a, b).length() > 12, qPrintable(QString::number(QLineF(a, b).length())));
        QCOMPARE(edgeAt(scene, frame, a), std::optional<int>(0));
        QCOMPARE(edgeAt(scene, frame, b), std::optional<int>(1));
        QVERIFY(!edgeAt(scene, frame, QPointF(2, 2)));
    }

    void clickChoosesDragMovesTheNodeAlongItsLayer()
    {
        GraphView view;
        view.resize(700, 480);
        view.setAnimated(false);
        view.setScene(sceneOf());
        const int node = drawnNode(view.scene());
        const QPoint at = view.frame().toCanvas(*view.scene().layout->points[std::size_t(node)]).toPoint();
        QSignalSpy chosen(&view, &GraphView::nodeChosen), pinned(&view, &GraphView::nodePinned), moved(&view, &GraphView::movedByUser);
        QTest::mouseClick(&view, Qt::LeftButton, Qt::NoModifier, at);
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen.front().front().toInt(), node);
        QTest::mouseClick(&view, Qt::LeftButton, Qt::ControlModifier, at);
        QCOMPARE(pinned.size(), 1);
        const double y = view.scene().layout->points[std::size_t(node)]->y;
        QTest::mousePress(&view, Qt::LeftButton, Qt::NoModifier, at);
        QTest::mouseMove(&view, at + QPoint(60, 40));
        QMouseEvent move(QEvent::MouseMove, QPointF(at + QPoint(60, 40)), view.mapToGlobal(at + QPoint(60, 40)), Qt::LeftButton,
                         Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&view, &move);
        QTest::mouseRelease(&view, Qt::LeftButton, Qt::NoModifier, at + QPoint(60, 40));
        QCOMPARE(moved.size(), 1);
        QCOMPARE(view.moved().size(), std::size_t(1));
        QCOMPARE(view.scene().layout->points[std::size_t(node)]->y, y);
        const double x = view.moved().front().second.x;
        // Another number of edges: the dragged head stays where it was put.
        GraphScene more = sceneOf(9);
        view.setScene(more);
        QCOMPARE(view.scene().layout->points[std::size_t(node)]->x, x);
    }

    void keysStepThroughNodesAndZoom()
    {
        GraphView view;
        view.resize(700, 480);
        GraphScene scene = sceneOf();
        scene.selectedNode = drawnNode(scene);
        view.setScene(scene);
        QSignalSpy chosen(&view, &GraphView::nodeChosen), opened(&view, &GraphView::nodeOpened);
        QTest::keyClick(&view, Qt::Key_Up);
        QCOMPARE(chosen.size(), 1);
        const int up = chosen.front().front().toInt();
        QVERIFY(view.scene().layout->points[std::size_t(up)]->y < view.scene().layout->points[std::size_t(scene.selectedNode)]->y);
        QTest::keyClick(&view, Qt::Key_Return);
        QCOMPARE(opened.size(), 1);
        QTest::keyClick(&view, Qt::Key_Plus);
        QVERIFY(view.zoom() > 1);
        QTest::keyClick(&view, Qt::Key_0);
        QCOMPARE(view.zoom(), 1.0);
    }

    void panningShowsWhatAWholeRepaintShows()
    {
        GraphView view;
        view.resize(500, 360);
        view.setAnimated(false);
        view.setScene(sceneOf(20));
        view.zoomBy(3, QPointF(250, 180));
        QTest::qWait(120);  // the zoom has become sharp
        view.grab();
        for (int i = 0; i < 24; ++i) {
            QTest::keyClick(&view, i % 2 ? Qt::Key_Left : Qt::Key_Up, Qt::ShiftModifier);
            view.grab();
        }
        QTest::qWait(250);  // at rest: nothing is missing
        const QImage panned = view.grab().toImage();
        view.updateLook(view.scene());
        const QImage anew = view.grab().toImage();
        int different = 0, ink = 0;
        for (int y = 0; y < anew.height(); ++y)
            for (int x = 0; x < anew.width(); ++x) {
                different += std::abs(qGray(panned.pixel(x, y)) - qGray(anew.pixel(x, y))) > 48;
                ink += qGray(anew.pixel(x, y)) < 200;
            }
        QVERIFY(ink > 300);
        QVERIFY2(different < ink / 20, qPrintable(QStringLiteral("%1 of %2").arg(different).arg(ink)));
    }

    void namesOfFiguresMoveThenShortenThenAreCounted_data()
    {
        QTest::addColumn<double>("widthMm");
        QTest::addColumn<double>("pt");
        QTest::addColumn<bool>("all");
        QTest::newRow("two columns") << 174.0 << 6.5 << true;
        QTest::newRow("two columns, larger text") << 174.0 << 8.0 << true;
        QTest::newRow("a column") << 85.0 << 6.5 << true;
        QTest::newRow("a column, larger text") << 85.0 << 9.0 << false;
        QTest::newRow("a stamp") << 45.0 << 9.0 << false;
    }
    void namesOfFiguresMoveThenShortenThenAreCounted()
    {
        QFETCH(double, widthMm);
        QFETCH(double, pt);
        QFETCH(bool, all);
        // The size of GPT-2 small: 12 layers of 12 heads, some fifty of them with an edge.
        std::vector<std::shared_ptr<const HeadMatrix>> matrices{test::randomMatrix("OQ", 12, 12, 1), test::randomMatrix("OK", 12, 12, 2),
                                                                test::randomMatrix("OV", 12, 12, 3)};
        EdgeChoice choice;
        choice.top = 9;
        auto graph = makeHeadGraph(matrices, choice);
        QVERIFY(graph);
        GraphScene scene;
        scene.graph = std::make_shared<const HeadGraph>(*std::move(graph));
        auto layout = layeredLayout(*scene.graph, {});
        QVERIFY(layout);
        scene.layout = std::make_shared<const GraphLayout>(*std::move(layout));
        const auto drawn =
            std::count_if(scene.layout->points.begin(), scene.layout->points.end(), [](const auto& p) { return p.has_value(); });
        QVERIFY2(drawn >= 42 && drawn <= 56, qPrintable(QString::number(drawn)));
        const double unit = pt * 25.4 / 72 / 11;
        const QRectF area(0, 0, widthMm / unit, 0.8 * widthMm / unit);
        const GraphLabels labels = graphFigureLabels(scene, area);
        QCOMPARE(labels.wanted, int(drawn));
        QCOMPARE(int(labels.placed.size()) + int(labels.leftOut.size()), labels.wanted);
        QVERIFY2(!all || labels.leftOut.isEmpty(), qPrintable(labels.leftOut.join(QLatin1Char(' '))));
        const GraphFrame frame = fitGraph(*scene.layout, area.adjusted(0, 0, 0, -18), 1);
        for (std::size_t i = 0; i < labels.placed.size(); ++i) {
            const QRectF box = labels.placed[i].box;
            QVERIFY(area.contains(box));
            for (std::size_t j = 0; j < i; ++j) QVERIFY(!box.intersects(labels.placed[j].box));
            for (int n = 0; n < int(scene.layout->points.size()); ++n) {
                if (!scene.layout->points[std::size_t(n)]) continue;
                const QPointF c = frame.toCanvas(*scene.layout->points[std::size_t(n)]);
                const QPointF near(std::clamp(c.x(), box.left(), box.right()), std::clamp(c.y(), box.top(), box.bottom()));
                QVERIFY(std::hypot((near - c).x(), (near - c).y()) >= nodeRadius(scene, n, 1));
            }
        }
        // The tick of the export dialog tells the truth, and so does its text size.
        FigureSpec spec;
        spec.kind = FigureKind::Drawing;
        spec.widthMm = widthMm;
        spec.fontPt = pt;
        spec.title = false;
        auto drawing = std::make_shared<FigureDrawing>();
        drawing->aspect = 0.8;
        drawing->paint = [scene](QPainter& painter, const QRectF& where, bool dark) { paintGraphFigure(painter, scene, where, dark); };
        drawing->smallestPx = kGraphFigureText;
        drawing->names = [scene](const QRectF& where) {
            const GraphLabels l = graphFigureLabels(scene, where);
            return DrawnNames{l.wanted, l.shortened, l.leftOut};
        };
        spec.drawing = drawing;
        const FigureCheck check = measureFigure(spec, {});
        QVERIFY(std::abs(check.smallestPt - pt) < 1e-6);
        QCOMPARE(check.ok, check.labelsDrawn == check.labels && !check.sentence.contains(QStringLiteral("shortened")));
        if (check.labelsDrawn < check.labels) {
            QVERIFY2(check.sentence.contains(QStringLiteral("%1 of %2 names left out").arg(check.labels - check.labelsDrawn).arg(drawn)),
                     qPrintable(check.sentence));
        } else QVERIFY2(check.sentence.contains(QStringLiteral("all %1 names drawn").arg(drawn)), qPrintable(check.sentence));
    }

    void figureFillsItsPaper()
    {
        FigureSpec spec;
        spec.kind = FigureKind::Drawing;
        spec.widthMm = 174;
        auto drawing = std::make_shared<FigureDrawing>();
        drawing->name = QStringLiteral("graph");
        drawing->title = QStringLiteral("Graph");
        const GraphScene scene = sceneOf();
        drawing->paint = [scene](QPainter& painter, const QRectF& area, bool dark) { paintGraphFigure(painter, scene, area, dark); };
        spec.drawing = drawing;
        const QImage image = renderFigure(spec, {}, 381);  // 15 px a millimetre: dots have a middle in their own colour
        // The legend's lines at the foot, in the colours of the types.
        for (const EdgeType& type : scene.graph->types) {
            const QColor wanted = edgeColour(type, EdgePalette::Roles, false);
            int found = 0;
            for (int y = image.height() - 120; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x) {
                    const QColor c(image.pixel(x, y));
                    found +=
                        std::abs(c.red() - wanted.red()) + std::abs(c.green() - wanted.green()) + std::abs(c.blue() - wanted.blue()) < 30;
                }
            QVERIFY2(found > 20, type.name.c_str());
        }
        QRect drawn;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                if (qGray(image.pixel(x, y)) < 200) drawn |= QRect(x, y, 1, 1);
        QVERIFY2(drawn.width() > 1800 && drawn.height() > 1200,
                 qPrintable(QStringLiteral("%1 x %2").arg(drawn.width()).arg(drawn.height())));
    }

    void matrixHasABarAndTheOrderOfLayers()
    {
        MatrixScene scene;
        scene.matrix = test::randomMatrix("OO", 3, 4, 5);
        fitRange(scene);
        const QRectF canvas(0, 0, 600, 500);
        const MatrixFrame without = fitMatrix(scene, canvas, 1);
        QCOMPARE(scene.rowAt(0), 0);
        scene.layersUp = true;
        QCOMPARE(scene.rowAt(0), scene.rows() - 1);  // the last layer on top
        QCOMPARE(scene.colAt(0), 0);
        scene.barTitle = QStringLiteral("PK");
        const MatrixFrame frame = fitMatrix(scene, canvas, 1);
        QVERIFY(frame.cells.right() + barRoom(scene) <= canvas.right());
        QVERIFY(without.cells.right() <= canvas.right());
        QImage image(600, 500, QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        paintMatrix(painter, scene, frame, false, false);
        painter.end();
        // Dark at the top, paper at the bottom, beside the cells.
        const int x = int(frame.plot.right()) + 22, top = int(frame.plot.top()) + 24;
        QVERIFY2(qGray(image.pixel(x, top)) < 60, qPrintable(QString::number(qGray(image.pixel(x, top)))));
        int light = 0;
        for (int y = top; y < 480; ++y) light = std::max(light, qGray(image.pixel(x, y)));
        QVERIFY(light > 230);
    }

    void paintsSelectionOnlyWhenAsked()
    {
        GraphScene scene = sceneOf();
        scene.selectedNode = drawnNode(scene);
        const GraphFrame frame = fitGraph(*scene.layout, QRectF(0, 0, 500, 400), 1);
        const auto magenta = [&](bool selection) {
            QImage image(500, 400, QImage::Format_RGB32);
            image.fill(Qt::white);
            QPainter painter(&image);
            GraphPaintOptions options;
            options.selection = selection;
            paintGraph(painter, scene, frame, options);
            painter.end();
            int count = 0;
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x)
                    if (QColor(image.pixel(x, y)) == Theme::color(Ink::Select, false)) ++count;
            return count;
        };
        QVERIFY(magenta(true) > 20);
        QCOMPARE(magenta(false), 0);
    }

    void tableRowsFallInStrength()
    {
        EdgesModel model;
        model.setGraph(graphOf());
        QCOMPARE(model.rowCount(), 18);
        double before = 1e9;
        for (int r = 0; r < model.rowCount(); ++r) {
            const double value = model.index(r, EdgesModel::ValueColumn).data(EdgesModel::ValueRole).toDouble();
            QVERIFY(value <= before);
            before = value;
            QCOMPARE(model.rowOf(model.index(r, 0).data(EdgesModel::EdgeRole).toInt()), r);
        }
        QCOMPARE(model.index(0, EdgesModel::BarColumn).data(EdgesModel::ChanceRole).toDouble(), 1.0);  // 4 * 4 / 16
    }

    void matrixColoursAndHatch()
    {
        MatrixScene scene;
        auto m = test::emptyMatrix("OK", 3, 2);
        m->values[m->at(0, 3)] = 4;
        m->values[m->at(1, 2)] = 1;
        scene.matrix = m;
        scene.fromChance = true;
        fitRange(scene);
        QCOMPARE(scene.low, 1.0);
        QCOMPARE(scene.high, 4.0);
        QCOMPARE(cellColour(scene, 1.0, false), QColor(Qt::white));  // at the random level: paper
        QCOMPARE(cellColour(scene, 4.0, false), QColor(0x1E, 0x1F, 0x45));
        QVERIFY(!cellColour(scene, std::numeric_limits<double>::quiet_NaN(), false).isValid());
        const MatrixFrame frame = fitMatrix(scene, QRectF(0, 0, 400, 400), 1);
        QCOMPARE(frame.cellWidth(scene), frame.cellHeight(scene));
        QImage image(400, 400, QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        paintMatrix(painter, scene, frame, false, false);
        painter.end();
        const auto centre = [&](int r, int c) {
            return QPointF(frame.cells.left() + (c + 0.5) * frame.cellWidth(scene), frame.cells.top() + (r + 0.5) * frame.cellHeight(scene))
                .toPoint();
        };
        QCOMPARE(QColor(image.pixel(centre(0, 3))), QColor(0x1E, 0x1F, 0x45));
        QCOMPARE(frame.at(scene, centre(0, 3)), (std::optional(std::pair(0, 3))));
        int hatched = 0;
        const QPoint nan = centre(4, 1);
        for (int y = -8; y < 8; ++y)
            for (int x = -8; x < 8; ++x) hatched += QColor(image.pixel(nan + QPoint(x, y))) == Theme::color(Ink::Hatch, false);
        QVERIFY2(hatched > 10, "a pair without a number is hatched");
    }

    void matrixClickGivesIndicesNotPositions()
    {
        MatrixView view;
        view.resize(420, 420);
        MatrixScene scene;
        auto m = test::emptyMatrix("OO", 2, 2);
        for (double& v : m->values) v = 2;
        scene.matrix = m;
        scene.rowOrder = scene.colOrder = {3, 1, 0, 2};
        fitRange(scene);
        view.setScene(scene);
        QSignalSpy chosen(&view, &MatrixView::chosen);
        const MatrixFrame f = view.frame();
        QTest::mouseClick(&view, Qt::LeftButton, Qt::NoModifier,
                          QPointF(f.cells.left() + 2.5 * f.cellWidth(scene), f.cells.top() + 0.5 * f.cellHeight(scene)).toPoint());
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen.front().at(0).toInt(), 3);
        QCOMPARE(chosen.front().at(1).toInt(), 0);
    }

    void nearestHeadsByNormalisedValue()
    {
        auto m = test::emptyMatrix("OO", 1, 4);
        for (double& v : m->values) v = 0;
        m->values[m->at(0, 1)] = 1;
        m->values[m->at(0, 2)] = 3;
        m->values[m->at(0, 3)] = std::numeric_limits<double>::quiet_NaN();
        QCOMPARE(nearestHeads(*m, 0, 5), (std::vector<int>{2, 1}));
        m->measure = HeadMeasure::PatternDistance;
        QCOMPARE(nearestHeads(*m, 0, 1), (std::vector<int>{1}));
        QVERIFY(nearestHeads(*m, 9, 5).empty());
    }

    void countsOfPairs()
    {
        const PairCounts c = countPairs({0.5, 1.5, 1.6, 4, std::numeric_limits<double>::quiet_NaN()}, 4);
        QCOMPARE(c.total, 4);
        QCOMPARE(c.counts, (std::vector<int>{1, 2, 0, 1}));
        QVERIFY(countPairs({std::numeric_limits<double>::quiet_NaN()}, 4).counts.empty());
    }

    void mapKeepsOneScaleForBothAxes()
    {
        HeadMapView view;
        view.resize(600, 400);
        HeadMapScene scene;
        for (const auto& [x, y] : {std::pair{0.0, 0.0}, {2.0, 0.0}, {0.0, 1.0}}) {
            HeadMapPoint p;
            p.head = {0, int(scene.points.size())};
            p.name = QStringLiteral("0.%1").arg(p.head.head);
            p.x = x;
            p.y = y;
            scene.points.push_back(p);
        }
        view.setScene(scene);
        QSignalSpy chosen(&view, &HeadMapView::chosen);
        QTest::keyClick(&view, Qt::Key_Right);
        QCOMPARE(chosen.size(), 1);  // nothing was selected: the first
        scene.selected = 0;
        view.setScene(scene);
        QTest::keyClick(&view, Qt::Key_Right);
        QCOMPARE(chosen.back().front().toInt(), 1);
        QTest::keyClick(&view, Qt::Key_Up);
        QCOMPARE(chosen.back().front().toInt(), 2);
    }
};

QTEST_MAIN(TestGraphViews)
#include "tst_graph_views.moc"
