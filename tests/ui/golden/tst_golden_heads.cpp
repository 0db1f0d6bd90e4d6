// SPDX-License-Identifier: GPL-3.0-or-later
// Golden pictures of heads against heads: matrix, tree, map, nearest, roles, random level, graph.
#include "tests/support/head_matrices.h"
#include "tests/ui/golden/golden_stage.h"
#include "ui/graph/edge_bars.h"
#include "ui/graph/graph_painter.h"
#include "ui/similarity/dendrogram_view.h"
#include "ui/similarity/head_map_view.h"
#include "ui/similarity/matrix_scene.h"
#include "ui/similarity/nearest_circle.h"
#include "ui/similarity/reference_chart.h"
#include "ui/similarity/role_table.h"
#include "ui/theme/label_colours.h"

using namespace hs;
using namespace hs::ui;
using namespace hs::test;

namespace {

QString nameOf(int i) { return QStringLiteral("L%1H%2").arg(i / 4).arg(i % 4); }

QImage matrix(bool dark)
{
    MatrixScene scene;
    scene.matrix = randomMatrix("OK", 3, 4, 5);
    scene.selectedRow = 1;
    scene.selectedCol = 6;
    fitRange(scene);
    return painted({240, 220}, dark,
                   [&](QPainter& p, const QRectF& area) { paintMatrix(p, scene, fitMatrix(scene, area, 1), dark, true); });
}

std::shared_ptr<const Dendrogram> tree()
{
    static constexpr double kPlace[] = {0, 1, 1.4, 4, 4.3, 7, 9};
    DistanceMatrix d(7);
    for (int i = 0; i < 7; ++i)
        for (int j = i + 1; j < 7; ++j) d.set(i, j, (kPlace[j] - kPlace[i]) / 10);
    return std::make_shared<const Dendrogram>(*averageLinkage(d));
}

/// The heads of tree() against each other, in its order, with the tree beside them.
QImage matrixOrdered(bool dark)
{
    auto m = emptyMatrix("QQ", 2, 4);
    for (std::size_t r = 0; r < 8; ++r)
        for (std::size_t c = 0; c < 8; ++c) m->values[m->at(r, c)] = r == c ? 4 : 1 + 2.5 * std::exp(-std::abs(double(r) - double(c)));
    fillCorrected(*m);
    MatrixScene scene;
    scene.matrix = m;
    scene.tree = tree();
    for (const int leaf : scene.tree->order) scene.rowOrder.push_back(leaf);
    scene.rowOrder.push_back(7);
    scene.colOrder = scene.rowOrder;
    scene.treeItems = {0, 1, 2, 3, 4, 5, 6};
    scene.clusterStarts = {3, 5};
    scene.fromChance = true;
    fitRange(scene);
    return painted({240, 200}, dark,
                   [&](QPainter& p, const QRectF& area) { paintMatrix(p, scene, fitMatrix(scene, area, 1), dark, false); });
}

QImage dendrogram(bool dark)
{
    DendrogramScene s;
    s.tree = tree();
    for (int i = 0; i < 7; ++i) s.names << nameOf(i);
    s.groups = {0, 0, 0, 1, 1, -1, -1};
    s.medoids = {false, true, false, true, false, false, false};
    s.cut = cutHeight(*s.tree, 4);
    s.selected = 3;
    s.axis = QStringLiteral("1 \u2212 PK / m");
    return painted({300, 160}, dark, [&](QPainter& p, const QRectF& area) { paintDendrogram(p, s, area, 1, dark, true); });
}

QImage headMap(bool dark)
{
    HeadMapScene s;
    const char* letters[] = {"Pr", "", "In", "In", "Sy", "", "Ve", "Pr"};
    for (int i = 0; i < 8; ++i) {
        HeadMapPoint p;
        p.head = {i / 4, i % 4};
        p.name = QStringLiteral("%1.%2").arg(i / 4).arg(i % 4);
        p.letters = QString::fromLatin1(letters[i]);
        if (!p.letters.isEmpty()) p.colour = familyColour(LabelFamily(i % 7));
        p.x = std::cos(i * 1.3) * (0.3 + 0.1 * i);
        p.y = std::sin(i * 1.3) * (0.3 + 0.1 * i);
        s.points.push_back(p);
    }
    s.selected = 2;
    s.pinned = 4;
    return painted({240, 180}, dark,
                   [&](QPainter& p, const QRectF& area) { paintHeadMap(p, s, area.adjusted(24, 24, -40, -24), 1, dark, true); });
}

QImage nearest(bool dark)
{
    NearestScene s;
    s.centre = QStringLiteral("L1H2");
    s.letters = QStringLiteral("In");
    s.colour = familyColour(LabelFamily::Copying);
    for (int i = 0; i < 4; ++i) {
        NearestHead h;
        h.head = {i / 4, i % 4};
        h.name = nameOf(i);
        h.text = QString::number(3.4 - 0.3 * i, 'f', 2);
        h.distance = 0.1 + 0.12 * i;
        if (i % 2 == 0) {
            h.letters = QStringLiteral("Pr");
            h.colour = familyColour(LabelFamily::FixedPlace);
        }
        s.heads.push_back(h);
    }
    s.edge = 0.8;
    s.edgeName = QStringLiteral("random level");
    s.lit = 1;
    return painted({260, 260}, dark, [&](QPainter& p, const QRectF& area) { paintNearest(p, s, area, 1, dark, true); });
}

QImage roleTable(bool dark)
{
    RoleTableScene s;
    for (int i = 0; i < 16; ++i) {
        const double v = i == 6 ? std::numeric_limits<double>::quiet_NaN() : 0.3 * i - 1;
        s.cells.push_back({v, i == 6 ? QStringLiteral("n/a") : QString::number(v, 'f', 2),
                           i % 4 != 1 ? QString() : QString::number(i * 3) + QStringLiteral(" %")});
    }
    s.chosen = 9;
    return painted({210, 156}, dark, [&](QPainter& p, const QRectF& area) { paintRoleTable(p, s, area, 1, dark, true); });
}

QImage reference(bool dark)
{
    ReferenceScene s;
    s.histogram = {3, 0.25, {2, 9, 40, 120, 96, 31, 12, 6, 3, 1}, {0.004, 0.05, 0.24, 0.40, 0.24, 0.06, 0.006, 0, 0, 0}};
    s.pairs = 320;
    s.mean = 4.05;
    s.nullMean = 3.85;
    s.nullSd = 0.25;
    s.thresholds = {{10, 4.6}, {1, 5.2}};
    s.unit = QStringLiteral("Projection Kernel, OQ");
    return painted({320, 170}, dark, [&](QPainter& p, const QRectF& area) { paintReference(p, s, area, 1, dark, 4); });
}

GraphScene graphScene(int edges)
{
    EdgeChoice choice;
    choice.top = edges;
    auto graph = makeHeadGraph({randomMatrix("OQ", 4, 3, 1), randomMatrix("OK", 4, 3, 2), randomMatrix("OV", 4, 3, 3)}, choice);
    GraphScene scene;
    if (!graph) return scene;
    scene.graph = std::make_shared<const HeadGraph>(*std::move(graph));
    auto layout = layeredLayout(*scene.graph, {});
    if (layout) scene.layout = std::make_shared<const GraphLayout>(*std::move(layout));
    return scene;
}

QImage graph(bool dark)
{
    GraphScene scene = graphScene(3);
    if (scene.empty()) return {};
    scene.selectedEdge = 0;
    measureNodes(scene);
    return painted({280, 180}, dark, [&](QPainter& p, const QRectF& area) {
        GraphPaintOptions options;
        options.dark = dark;
        paintGraph(p, scene, fitGraph(*scene.layout, area, 1), options);
    });
}

QImage graphFigure(bool dark)
{
    GraphScene scene = graphScene(1);
    if (scene.empty()) return {};
    measureNodes(scene);
    scene.palette = EdgePalette::Paper;
    return painted({340, 180}, dark, [&](QPainter& p, const QRectF& area) { paintGraphFigure(p, scene, area, dark); });
}

QImage edgeBars(bool)
{
    const GraphScene scene = graphScene(1);
    if (scene.empty() || scene.graph->types.size() < 3) return {};
    std::vector<EdgeBar> rows;
    for (int i = 0; i < 3; ++i)
        rows.push_back(
            {i, scene.graph->types[std::size_t(i % 3)], i % 2 == 0, nameOf(i), 3.6 - 0.6 * i, QString::number(3.6 - 0.6 * i, 'f', 2)});
    EdgeBars bars;
    bars.setRows(rows, 4, 1);
    return grabbed(bars, {260, bars.sizeHint().height()});
}

constexpr GoldenPicture kPictures[] = {
    {"matrix", matrix},
    {"matrix-ordered", matrixOrdered},
    {"dendrogram", dendrogram},
    {"head-map", headMap},
    {"nearest", nearest},
    {"role-table", roleTable},
    {"reference", reference},
    {"graph", graph},
    {"graph-figure", graphFigure},
    {"edge-bars", edgeBars},
};

}  // namespace

class tst_golden_heads : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void picture_data() { goldenRows(kPictures); }
    void picture() { goldenTest(kPictures); }
};

HS_GOLDEN_MAIN(tst_golden_heads)
#include "tst_golden_heads.moc"
