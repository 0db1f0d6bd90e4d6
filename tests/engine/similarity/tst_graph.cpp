// SPDX-License-Identifier: GPL-3.0-or-later
// The graph of heads: which pairs become edges, and the measures of its nodes.
#include <QElapsedTimer>
#include <QTest>

#include <algorithm>
#include <cmath>

#include "engine/similarity/graph/head_graph.h"
#include "engine/similarity/graph/hubs.h"
#include "tests/support/head_matrices.h"

using namespace hs;
using namespace hs::test;

namespace {

using Matrices = std::vector<std::shared_ptr<const HeadMatrix>>;

/// 3 layers of 2 heads, d = 16, rank 4: chance is 1. Five pairs by hand.
std::shared_ptr<HeadMatrix> handMade()
{
    auto m = emptyMatrix("OK", 3, 2);
    const auto set = [&](HeadId s, HeadId t, double v) {
        m->values[m->at(static_cast<std::size_t>(s.layer * 2 + s.head), static_cast<std::size_t>(t.layer * 2 + t.head))] = v;
    };
    set({0, 0}, {1, 0}, 2.0);
    set({0, 0}, {1, 1}, 3.0);
    set({1, 0}, {2, 0}, 2.0);
    set({1, 1}, {2, 0}, 2.0);
    set({0, 1}, {2, 1}, 0.5);
    fillCorrected(*m);
    return m;
}

bool near(double a, double b, double tolerance = 1e-9) { return std::abs(a - b) <= tolerance * std::max(1.0, std::abs(b)); }

}  // namespace

class tst_graph : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void pageRankOfASmallGraph();
    void betweennessOfASmallGraph();
    void hubsAgreeWithASlowOracle();
    void edgesByHand();
    void rules_data();
    void rules();
    void ranksAgreeWithSorting();
    void distancesTurnTheOrder();
    void sharedKeyValueHeads();
    void pairsThatHaveNoNumberAreNone();
    void neighbourhoodOfANode();
    void badInput_data();
    void badInput();
    void largeGraphIsFastAndRepeats();
};

void tst_graph::pageRankOfASmallGraph()
{
    // networkx 3.6.1, pagerank(alpha=.85, tol=1e-15), node 5 without an edge.
    const std::vector<FlowEdge> edges = {{0, 1, 1}, {0, 2, 2}, {1, 3, 1}, {2, 3, 1}, {3, 4, 3}, {2, 4, .5}};
    const double forward[] = {0.0847147524858483,  0.10871726569017201, 0.1327197788944957,
                              0.25233230302937615, 0.33680114741425937, 0.0847147524858483};
    const double backward[] = {0.3563421995672087,  0.1525444489461339, 0.16322287444370137,
                               0.15201052767125514, 0.0879399746858503, 0.0879399746858503};
    std::vector<FlowEdge> reversed = edges;
    for (FlowEdge& e : reversed) std::swap(e.source, e.target);
    const auto a = pageRank(6, edges), b = pageRank(6, reversed);
    double sum = 0;
    for (std::size_t i = 0; i < 6; ++i) {
        QVERIFY2(near(a[i], forward[i], 1e-11), qPrintable(QString::number(a[i], 'g', 17)));
        QVERIFY2(near(b[i], backward[i], 1e-11), qPrintable(QString::number(b[i], 'g', 17)));
        sum += a[i];
    }
    QVERIFY(near(sum, 1));
    QVERIFY(pageRank(0, {}).empty());
    for (const double x : pageRank(4, {})) QCOMPARE(x, 0.25);
    // An edge of no weight is none.
    QCOMPARE(pageRank(3, {{0, 1, 0.0}, {1, 2, -1.0}}), pageRank(3, {}));
}

void tst_graph::betweennessOfASmallGraph()
{
    // networkx 3.6.1, betweenness_centrality(normalized=False, weight=1/w).
    QCOMPARE(betweenness(6, {{0, 1, 1}, {0, 2, 2}, {1, 3, 1}, {2, 3, 1}, {3, 4, 3}, {2, 4, .5}}), (std::vector<double>{0, 0, 2, 3, 0, 0}));
    // Two equally short ways: half a pair each.
    QCOMPARE(betweenness(5, {{0, 1, 1}, {0, 2, 1}, {1, 3, 1}, {2, 3, 1}, {3, 4, 1}}), (std::vector<double>{0, 1, 1, 3, 0}));
    // Parallel edges are one, twice as strong: now the way through node 1 is the shorter one.
    QCOMPARE(betweenness(5, {{0, 1, 1}, {0, 1, 1}, {0, 2, 1}, {1, 3, 1}, {2, 3, 1}, {3, 4, 1}}), (std::vector<double>{0, 2, 0, 3, 0}));
}

void tst_graph::hubsAgreeWithASlowOracle()
{
    // Every path listed, on random graphs; PageRank by a million small steps is replaced by its equation: r = (1 - d)/n + d (P' r).
    Random random(5);
    for (int round = 0; round < 20; ++round) {
        const int n = 9;
        std::vector<FlowEdge> edges;
        std::vector<std::vector<double>> w(n, std::vector<double>(n));
        for (int i = 0; i < n; ++i)
            for (int j = i + 1; j < n; ++j)
                if (random.below(3) == 0) {
                    const double weight = 0.25 * (1 + random.below(4));
                    edges.push_back({i, j, weight});
                    w[std::size_t(i)][std::size_t(j)] = weight;
                }
        const auto rank = pageRank(n, edges);
        for (int j = 0; j < n; ++j) {
            double sum = 0;
            for (int i = 0; i < n; ++i) {
                double out = 0;
                for (double x : w[std::size_t(i)]) out += x;
                sum += rank[std::size_t(i)] * (out > 0 ? w[std::size_t(i)][std::size_t(j)] / out : 1.0 / n);
            }
            QVERIFY(near(rank[std::size_t(j)], 0.15 / n + 0.85 * sum, 1e-10));
        }

        std::vector<double> expected(n);
        for (int s = 0; s < n; ++s) {
            for (int t = 0; t < n; ++t) {
                std::vector<std::vector<int>> best;
                double least = 1e9;
                std::vector<int> path{s};
                const auto walk = [&](auto&& self, int v, double length) -> void {
                    if (v == t) {
                        if (length < least - 1e-9) {
                            least = length;
                            best.clear();
                        }
                        if (length < least + 1e-9) best.push_back(path);
                        return;
                    }
                    for (int x = v + 1; x < n; ++x) {
                        if (w[std::size_t(v)][std::size_t(x)] <= 0) continue;
                        path.push_back(x);
                        self(self, x, length + 1 / w[std::size_t(v)][std::size_t(x)]);
                        path.pop_back();
                    }
                };
                if (s != t) walk(walk, s, 0);
                for (const auto& p : best)
                    for (std::size_t k = 1; k + 1 < p.size(); ++k) expected[std::size_t(p[k])] += 1.0 / static_cast<double>(best.size());
            }
        }
        const auto between = betweenness(n, edges);
        for (std::size_t i = 0; i < expected.size(); ++i)
            QVERIFY2(near(between[i], expected[i]), qPrintable(QString("%1 %2").arg(between[i]).arg(expected[i])));
    }
}

void tst_graph::edgesByHand()
{
    const auto graph = makeHeadGraph(Matrices{handMade()}, {});
    QVERIFY(graph.ok());
    QCOMPARE(graph->nodes.size(), std::size_t(6));
    QCOMPARE(graph->layers, 3);
    const EdgeType& type = graph->types[0];
    QCOMPARE(type.name, std::string("OK"));
    QCOMPARE(type.pairs, std::int64_t(5));
    QCOMPARE(type.edges, 5);
    QVERIFY(type.chance && near(type.chance->mean, 1.0));
    QCOMPARE(type.strongest, 3.0);
    QCOMPARE(type.weakest, 0.5);
    // Falling values; equal ones by source, then target.
    const int sources[] = {0, 0, 2, 3, 1}, targets[] = {3, 2, 4, 4, 5};
    for (std::size_t k = 0; k < 5; ++k) {
        const GraphEdge& e = graph->edges[k];
        QCOMPARE(e.source, sources[k]);
        QCOMPARE(e.target, targets[k]);
        QCOMPARE(e.rank, std::int64_t(k) + 1);
        QVERIFY(near(e.weight, e.value - 1));
        QVERIFY(near(e.corrected, (e.value - 1) / 3));
    }
    const GraphNode& hub = graph->nodes[0];
    QCOMPARE(hub.outEdges, 2);
    QCOMPARE(hub.inEdges, 0);
    QVERIFY(near(hub.outStrength, 3));  // (2 - 1) + (3 - 1)
    QVERIFY(near(hub.outStrengthAll, 3));
    QVERIFY(near(graph->nodes[1].outStrength, -0.5));  // below chance
    QCOMPARE(graph->nodes[4].in, std::vector<int>{2});
    // L0H0 -> L2H0 goes through L1H1: 1/2 + 1/1 is shorter than 1/1 + 1/1.
    QCOMPARE(graph->nodes[3].betweenness, 1.0);
    QCOMPARE(graph->nodes[2].betweenness, 0.0);
    QCOMPARE(graph->sourceName(graph->edges[0]), std::string("L0H0"));
    QCOMPARE(graph->nodeOf({1, 1}), 3);
    QCOMPARE(graph->nodeOf({3, 0}), -1);
    // The edge below chance carries no flow.
    QVERIFY(near(graph->nodes[5].pageRank, graph->nodes[1].pageRank));
}

void tst_graph::rules_data()
{
    QTest::addColumn<int>("rule");
    QTest::addColumn<double>("number");
    QTest::addColumn<int>("edges");
    QTest::addColumn<int>("leftOut");
    QTest::newRow("top 2") << 0 << 2.0 << 2 << 0;
    QTest::newRow("top 0") << 0 << 0.0 << 0 << 0;
    QTest::newRow("top 99") << 0 << 99.0 << 4 << 1;
    QTest::newRow("from 2 on") << 1 << 2.0 << 4 << 0;
    QTest::newRow("from 2.5 on") << 1 << 2.5 << 1 << 0;
    QTest::newRow("from 9 on") << 1 << 9.0 << 0 << 0;
    QTest::newRow("strongest 20 %") << 2 << 20.0 << 1 << 0;
    QTest::newRow("strongest 21 %") << 2 << 21.0 << 2 << 0;
    QTest::newRow("0 %") << 2 << 0.0 << 0 << 0;
}

void tst_graph::rules()
{
    QFETCH(int, rule);
    QFETCH(double, number);
    EdgeChoice choice;
    choice.rule = static_cast<EdgeChoice::Rule>(rule);
    choice.top = static_cast<int>(number);
    choice.threshold = choice.percent = number;
    choice.most = 4;
    const auto graph = makeHeadGraph(Matrices{handMade()}, choice);
    QVERIFY(graph.ok());
    QTEST(graph->types[0].edges, "edges");
    QTEST(static_cast<int>(graph->types[0].leftOut), "leftOut");
    QCOMPARE(graph->edges.size(), static_cast<std::size_t>(graph->types[0].edges));
    QCOMPARE(std::isnan(graph->types[0].strongest), graph->edges.empty());
}

void tst_graph::ranksAgreeWithSorting()
{
    const auto m = randomMatrix("OV", 5, 6, 3);
    std::vector<double> all;
    for (double v : m->values)
        if (!std::isnan(v)) all.push_back(v);
    std::sort(all.rbegin(), all.rend());
    QCOMPARE(all.size(), std::size_t(10 * 36));
    EdgeChoice choice;
    choice.top = 50;
    const auto graph = makeHeadGraph(Matrices{m}, choice);
    QVERIFY(graph.ok());
    QCOMPARE(graph->edges.size(), std::size_t(50));
    for (std::size_t k = 0; k < 50; ++k) QCOMPARE(graph->edges[k].value, all[k]);
}

void tst_graph::distancesTurnTheOrder()
{
    auto m = emptyMatrix("QQ", 1, 3);
    m->measure = HeadMeasure::PatternDistance;
    m->pairing.reset();
    m->values = {0, .1, .7, .1, 0, .4, .7, .4, 0};
    const auto graph = makeHeadGraph(Matrices{m}, {});
    QVERIFY(graph.ok());
    QCOMPARE(graph->types[0].name, std::string("js"));
    QVERIFY(graph->types[0].smallIsStrong && graph->types[0].symmetric);
    QCOMPARE(graph->types[0].pairs, std::int64_t(3));  // each pair once, no head with itself
    QCOMPARE(graph->edges[0].value, .1);
    QVERIFY(near(graph->edges[0].weight, .9));
    QVERIFY(std::isnan(graph->edges[0].corrected));
    EdgeChoice choice;
    choice.rule = EdgeChoice::Rule::Threshold;
    choice.threshold = .4;
    QCOMPARE(makeHeadGraph(Matrices{m}, choice)->edges.size(), std::size_t(2));
}

void tst_graph::sharedKeyValueHeads()
{
    // 4 query heads on 2 key/value heads: the OK matrix has 2 target columns a layer.
    auto m = emptyMatrix("OK", 2, 4, 2);
    QCOMPARE(m->cols.size(), std::size_t(4));
    m->values[m->at(1, 3)] = 3.0;  // L0H1 into the second key/value head of layer 1
    const auto graph = makeHeadGraph(Matrices{m}, {});
    QVERIFY(graph.ok());
    QCOMPARE(graph->nodes.size(), std::size_t(8));
    QVERIFY(graph->types[0].sharedTarget && !graph->types[0].sharedSource);
    const GraphEdge& e = graph->edges[0];
    QCOMPARE(e.target, graph->nodeOf({1, 2}));
    QCOMPARE(e.targetLast, graph->nodeOf({1, 3}));
    QCOMPARE(graph->targetName(e), std::string("L1H2-3"));
    QCOMPARE(graph->sourceName(e), std::string("L0H1"));
    for (int h : {2, 3}) {
        const GraphNode& n = graph->nodes[std::size_t(graph->nodeOf({1, h}))];
        QCOMPARE(n.inEdges, 1);
        QVERIFY(near(n.inStrength, 1.0));  // (3 - 1) shared by two
    }
    QCOMPARE(graph->nodes[std::size_t(graph->nodeOf({1, 0}))].inEdges, 0);
    QVERIFY(near(graph->nodes[6].pageRank, graph->nodes[7].pageRank));
    QVERIFY(graph->nodes[6].pageRank > graph->nodes[5].pageRank);
}

void tst_graph::pairsThatHaveNoNumberAreNone()
{
    const auto graph = makeHeadGraph(Matrices{emptyMatrix("OQ", 2, 2), emptyMatrix("OK", 1, 1)}, {});
    QVERIFY(graph.ok());
    QVERIFY(graph->edges.empty());
    QCOMPARE(graph->types[0].pairs, std::int64_t(0));
    for (const GraphNode& n : graph->nodes) QVERIFY(near(n.pageRank, 1.0 / static_cast<double>(graph->nodes.size())));
}

void tst_graph::neighbourhoodOfANode()
{
    const auto graph = makeHeadGraph(Matrices{handMade()}, {});
    QVERIFY(graph.ok());
    const HeadGraph one = neighbourhood(*graph, 0), two = neighbourhood(*graph, 0, 2);
    QCOMPARE(one.edges.size(), std::size_t(2));
    QCOMPARE(two.edges.size(), std::size_t(4));
    QCOMPARE(one.nodes.size(), graph->nodes.size());
    QCOMPARE(one.nodes[4].inEdges, 0);
    QCOMPARE(two.nodes[4].inEdges, 2);
    QCOMPARE(two.edges[2].rank, graph->edges[2].rank);
    QVERIFY(neighbourhood(*graph, -1).edges.empty());
}

void tst_graph::badInput_data()
{
    QTest::addColumn<int>("which");
    QTest::newRow("no matrix") << 0;
    QTest::newRow("null") << 1;
    QTest::newRow("one type twice") << 2;
    QTest::newRow("two models") << 3;
    QTest::newRow("top below 0") << 4;
    QTest::newRow("more than 100 %") << 5;
    QTest::newRow("threshold NaN") << 6;
    QTest::newRow("too few values") << 7;
}

void tst_graph::badInput()
{
    QFETCH(int, which);
    Matrices matrices{handMade()};
    EdgeChoice choice;
    if (which == 0) matrices.clear();
    if (which == 1) matrices.push_back(nullptr);
    if (which == 2) matrices.push_back(handMade());
    if (which == 3) {
        auto other = emptyMatrix("OV", 3, 2);
        other->model = "another";
        matrices.push_back(other);
    }
    if (which == 4) choice.top = -1;
    if (which == 5) {
        choice.rule = EdgeChoice::Rule::Percent;
        choice.percent = 101;
    }
    if (which == 6) {
        choice.rule = EdgeChoice::Rule::Threshold;
        choice.threshold = std::nan("");
    }
    if (which == 7) {
        auto m = handMade();
        m->values.pop_back();
        matrices = {m};
    }
    const auto graph = makeHeadGraph(matrices, choice);
    QVERIFY(!graph.ok());
    QCOMPARE(graph.error().code, which == 7 ? ErrorCode::ShapeMismatch : ErrorCode::InvalidArgument);
}

void tst_graph::largeGraphIsFastAndRepeats()
{
    const auto m = randomMatrix("OQ", 32, 32, 9);
    EdgeChoice choice;
    choice.top = 2000;
    QElapsedTimer timer;
    timer.start();
    const auto graph = makeHeadGraph(Matrices{m}, choice);
    qInfo("1024 heads, 507 904 pairs, 2 000 edges: %lld ms", static_cast<long long>(timer.elapsed()));
    QVERIFY(graph.ok());
    QCOMPARE(graph->types[0].pairs, std::int64_t(507904));
    QCOMPARE(graph->edges.size(), std::size_t(2000));
    const auto again = makeHeadGraph(Matrices{m}, choice);
    for (std::size_t i = 0; i < graph->nodes.size(); ++i) QCOMPARE(again->nodes[i].pageRank, graph->nodes[i].pageRank);
    std::stop_source stop;
    stop.request_stop();
    const auto stopped = makeHeadGraph(Matrices{m}, choice, Progress(stop.get_token(), {}));
    QVERIFY(!stopped.ok());
    QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
}

QTEST_APPLESS_MAIN(tst_graph)
#include "tst_graph.moc"
