// SPDX-License-Identifier: GPL-3.0-or-later
// Clustering and the map of heads, against slow versions of the same.
#include <QElapsedTimer>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <set>

#include "engine/similarity/cluster/groups.h"
#include "engine/similarity/cluster/mds.h"
#include "tests/support/random_model.h"

using namespace hs;
using namespace hs::test;

namespace {

DistanceMatrix randomDistances(int n, std::uint64_t seed)
{
    Random random(seed);
    DistanceMatrix d(n);
    for (int i = 0; i < n; ++i)
        for (int j = 0; j < i; ++j) d.set(i, j, 1.0 + static_cast<double>(random.symmetric()));
    return d;
}

DistanceMatrix planar(const std::vector<std::array<double, 2>>& points)
{
    DistanceMatrix d(static_cast<int>(points.size()));
    for (int i = 0; i < d.n; ++i)
        for (int j = 0; j < i; ++j)
            d.set(i, j,
                  std::hypot(points[std::size_t(i)][0] - points[std::size_t(j)][0], points[std::size_t(i)][1] - points[std::size_t(j)][1]));
    return d;
}

/// Average linkage by its definition: the nearest two clusters, mean over all pairs of members, again and again.
std::vector<double> slowHeights(const DistanceMatrix& d)
{
    std::vector<std::vector<int>> clusters;
    for (int i = 0; i < d.n; ++i) clusters.push_back({i});
    std::vector<double> heights;
    while (clusters.size() > 1) {
        double best = 1e300;
        std::size_t bestA = 0, bestB = 0;
        for (std::size_t a = 0; a < clusters.size(); ++a)
            for (std::size_t b = a + 1; b < clusters.size(); ++b) {
                double sum = 0;
                for (int i : clusters[a])
                    for (int j : clusters[b]) sum += d(i, j);
                sum /= static_cast<double>(clusters[a].size() * clusters[b].size());
                if (sum < best - 1e-12) {
                    best = sum;
                    bestA = a;
                    bestB = b;
                }
            }
        heights.push_back(best);
        clusters[bestA].insert(clusters[bestA].end(), clusters[bestB].begin(), clusters[bestB].end());
        clusters.erase(clusters.begin() + static_cast<std::ptrdiff_t>(bestB));
    }
    return heights;
}

/// Silhouette by its definition.
double slowSilhouette(const DistanceMatrix& d, const std::vector<int>& labels)
{
    double total = 0;
    for (int i = 0; i < d.n; ++i) {
        std::map<int, std::pair<double, int>> sums;
        for (int j = 0; j < d.n; ++j)
            if (j != i) {
                sums[labels[std::size_t(j)]].first += d(i, j);
                ++sums[labels[std::size_t(j)]].second;
            }
        const int own = labels[std::size_t(i)];
        if (!sums.count(own)) continue;
        const double a = sums[own].first / sums[own].second;
        double b = 1e300;
        for (const auto& [label, s] : sums)
            if (label != own) b = std::min(b, s.first / s.second);
        total += (b - a) / std::max(a, b);
    }
    return total / d.n;
}

bool near(double a, double b, double tolerance = 1e-9) { return std::abs(a - b) <= tolerance * std::max(1.0, std::abs(b)); }

}  // namespace

class tst_graph_cluster : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void linkageByHand();
    void linkageAgreesWithTheSlowOne();
    void orderIsOneRunForEveryCluster();
    void cuts();
    void silhouettesAgreeWithTheSlowOne();
    void groups();
    void mdsFindsThePlane();
    void mdsOfASimplex();
    void mdsWithMissingItems();
    void badInput_data();
    void badInput();
    void largeAndCancelled();
};

void tst_graph_cluster::linkageByHand()
{
    // Points 0, 1, 5, 9 on a line: {0, 1} at 1, {2, 3} at 4, then (5 + 9 + 4 + 8)/4 = 6.5.
    const auto tree = averageLinkage(planar({{0, 0}, {1, 0}, {5, 0}, {9, 0}}));
    QVERIFY(tree.ok());
    QCOMPARE(tree->merges.size(), std::size_t(3));
    QCOMPARE(tree->merges[0].height, 1.0);
    QCOMPARE(tree->merges[1].height, 4.0);
    QCOMPARE(tree->merges[2].height, 6.5);
    QCOMPARE(tree->merges[2].size, 4);
    QCOMPARE(tree->merges[2].left, 4);
    QCOMPARE(tree->merges[2].right, 5);
    QCOMPARE(tree->order, (std::vector<int>{0, 1, 2, 3}));
    QCOMPARE(averageLinkage(DistanceMatrix(1))->order, std::vector<int>{0});
    QVERIFY(averageLinkage(DistanceMatrix())->order.empty());
}

void tst_graph_cluster::linkageAgreesWithTheSlowOne()
{
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        const DistanceMatrix d = randomDistances(3 + static_cast<int>(seed) * 4, seed);
        const auto tree = averageLinkage(d);
        QVERIFY(tree.ok());
        const std::vector<double> slow = slowHeights(d);
        QCOMPARE(tree->merges.size(), slow.size());
        for (std::size_t k = 0; k < slow.size(); ++k)
            QVERIFY2(near(tree->merges[k].height, slow[k]),
                     qPrintable(QString("%1: %2 %3").arg(k).arg(tree->merges[k].height).arg(slow[k])));
    }
}

void tst_graph_cluster::orderIsOneRunForEveryCluster()
{
    const DistanceMatrix d = randomDistances(40, 77);
    const auto tree = averageLinkage(d);
    QVERIFY(tree.ok());
    QCOMPARE(std::set<int>(tree->order.begin(), tree->order.end()).size(), std::size_t(40));
    std::vector<int> place(40);
    for (int i = 0; i < 40; ++i) place[std::size_t(tree->order[std::size_t(i)])] = i;
    std::vector<std::pair<int, int>> range;  // of every cluster
    for (int i = 0; i < 40; ++i) range.emplace_back(place[std::size_t(i)], place[std::size_t(i)]);
    for (const Merge& m : tree->merges) {
        const auto left = range[std::size_t(m.left)], right = range[std::size_t(m.right)];
        QCOMPARE(left.second + 1, right.first);
        QCOMPARE(right.second - left.first + 1, m.size);
        range.emplace_back(left.first, right.second);
    }
}

void tst_graph_cluster::cuts()
{
    const auto tree = averageLinkage(planar({{9, 0}, {1, 0}, {5, 0}, {0, 0}}));
    QVERIFY(tree.ok());
    const auto two = cutInto(*tree, 2);
    QCOMPARE(two[1], two[3]);
    QCOMPARE(two[0], two[2]);
    QVERIFY(two[0] != two[1]);
    QCOMPARE(two[std::size_t(tree->order[0])], 0);
    QCOMPARE(cutInto(*tree, 99), (cutAtHeight(*tree, 0.5)));
    QCOMPARE(cutInto(*tree, 0), (std::vector<int>{0, 0, 0, 0}));
    QCOMPARE(cutAtHeight(*tree, 4.0), two);
    const auto three = cutInto(*tree, 3);
    QCOMPARE(std::set<int>(three.begin(), three.end()).size(), std::size_t(3));
}

void tst_graph_cluster::silhouettesAgreeWithTheSlowOne()
{
    // Three clear clumps: the cut finds them.
    std::vector<std::array<double, 2>> points;
    Random random(8);
    for (int c = 0; c < 3; ++c)
        for (int k = 0; k < 7; ++k)
            points.push_back({10.0 * c + static_cast<double>(random.symmetric()), 5.0 * (c % 2) + static_cast<double>(random.symmetric())});
    const DistanceMatrix d = planar(points);
    const auto tree = averageLinkage(d);
    const auto cut = bestSilhouetteCut(d, *tree);
    QVERIFY(cut.ok());
    QCOMPARE(cut->clusters, 3);
    QVERIFY(near(cut->mean, slowSilhouette(d, cutInto(*tree, 3))));
    QVERIFY(cut->mean > 0.6);
    QCOMPARE(cutAtHeight(*tree, cut->height), cutInto(*tree, 3));
    for (int k = 2; k < d.n; ++k) {
        const auto labels = cutInto(*tree, k);
        const double slow = slowSilhouette(d, labels);
        QVERIFY(near(cut->meanByClusters[std::size_t(k)], slow));
        double mean = 0;
        for (double s : silhouette(d, labels)) mean += s / d.n;
        QVERIFY(near(mean, slow));
    }
    QCOMPARE(bestSilhouetteCut(randomDistances(2, 1), *averageLinkage(randomDistances(2, 1)))->clusters, 1);
}

void tst_graph_cluster::groups()
{
    const DistanceMatrix d = planar({{0, 0}, {1, 0}, {3, 0}, {50, 0}, {51, 0}, {90, 0}});
    const std::vector<int> labels = {0, 0, 0, 1, 1, 2};
    const auto found = groupsOf(d, labels, {.9, .1, .9, .7, .8, .99});
    QCOMPARE(found.size(), std::size_t(3));
    QCOMPARE(found[0].medoid, 1);
    QCOMPARE(found[0].diameter, 3.0);
    QVERIFY(near(found[0].meanDistance, 2.0));
    QVERIFY(!found[0].allSinks);
    QVERIFY(found[1].allSinks);
    QCOMPARE(found[1].medoid, 3);  // a tie: the first
    QVERIFY(!found[2].allSinks);   // one head is no group of sinks
    QVERIFY(!groupsOf(d, labels)[1].allSinks);
}

void tst_graph_cluster::mdsFindsThePlane()
{
    Random random(4);
    for (const int n : {3, 10, 60}) {
        std::vector<std::array<double, 2>> points;
        for (int i = 0; i < n; ++i)
            points.push_back({3 * static_cast<double>(random.symmetric()), static_cast<double>(random.symmetric())});
        const DistanceMatrix d = planar(points);
        const auto map = classicalMds(d);
        QVERIFY(map.ok());
        QVERIFY2(near(map->explained, 1, 1e-7), qPrintable(QString::number(map->explained, 'g', 12)));
        QVERIFY(map->stress < 1e-6);
        QVERIFY(map->eigenvalues[0] >= map->eigenvalues[1]);
        const DistanceMatrix back = planar(map->points);
        for (int i = 0; i < n; ++i)
            for (int j = 0; j < i; ++j) QVERIFY(near(back(i, j), d(i, j), 1e-6));
        for (std::size_t axis = 0; axis < 2; ++axis) {
            double largest = 0, sum = 0;
            for (const auto& p : map->points) {
                if (std::abs(p[axis]) > std::abs(largest) * (1 + 1e-6)) largest = p[axis];
                sum += p[axis];
            }
            QVERIFY(largest > 0);
            QVERIFY(std::abs(sum) < 1e-8);
        }
        QVERIFY(classicalMds(d)->points == map->points);
    }
}

void tst_graph_cluster::mdsOfASimplex()
{
    // All distances 1: n - 1 equal eigenvalues of 1/2, so a plane explains 2/(n - 1).
    const int n = 80;
    DistanceMatrix d(n);
    for (int i = 0; i < n; ++i)
        for (int j = 0; j < i; ++j) d.set(i, j, 1);
    const auto map = classicalMds(d);
    QVERIFY(map.ok());
    QVERIFY(near(map->eigenvalues[0], 0.5, 1e-6) && near(map->eigenvalues[1], 0.5, 1e-6));
    QVERIFY(near(map->explained, 2.0 / (n - 1), 1e-6));
    // All the same: one point, no NaN.
    const auto same = classicalMds(DistanceMatrix(5));
    for (const auto& p : same->points) QVERIFY(p[0] == 0 && p[1] == 0);
}

void tst_graph_cluster::mdsWithMissingItems()
{
    DistanceMatrix d = planar({{0, 0}, {3, 0}, {7, 7}, {0, 4}});
    for (int j : {0, 1, 3}) d.set(2, j, std::nan(""));
    QCOMPARE(d.present(), (std::vector<int>{0, 1, 3}));
    const auto map = classicalMds(d);
    QVERIFY(map.ok());
    QVERIFY(std::isnan(map->points[2][0]));
    QVERIFY(near(std::hypot(map->points[1][0] - map->points[3][0], map->points[1][1] - map->points[3][1]), 5, 1e-7));
}

void tst_graph_cluster::badInput_data()
{
    QTest::addColumn<double>("there");
    QTest::addColumn<double>("back");
    QTest::newRow("negative") << -1.0 << -1.0;
    QTest::newRow("not symmetric") << 1.0 << 2.0;
    QTest::newRow("one NaN between others") << std::nan("") << std::nan("");
    QTest::newRow("infinite") << std::numeric_limits<double>::infinity() << std::numeric_limits<double>::infinity();
}

void tst_graph_cluster::badInput()
{
    QFETCH(double, there);
    QFETCH(double, back);
    DistanceMatrix d = randomDistances(4, 2);
    d.values[1] = there;
    d.values[4] = back;
    QCOMPARE(averageLinkage(d).error().code, ErrorCode::InvalidArgument);
    QCOMPARE(classicalMds(d).error().code, ErrorCode::InvalidArgument);
    d.values.pop_back();
    QCOMPARE(averageLinkage(d).error().code, ErrorCode::ShapeMismatch);
}

void tst_graph_cluster::largeAndCancelled()
{
    const DistanceMatrix d = randomDistances(1024, 6);
    QElapsedTimer timer;
    timer.start();
    const auto tree = averageLinkage(d);
    const auto linkage = timer.restart();
    const auto cut = bestSilhouetteCut(d, *tree);
    const auto silhouettes = timer.restart();
    const auto map = classicalMds(d);
    qInfo("1024 heads: linkage %lld ms, silhouettes %lld ms, map %lld ms", static_cast<long long>(linkage),
          static_cast<long long>(silhouettes), static_cast<long long>(timer.elapsed()));
    QVERIFY(tree.ok() && cut.ok() && map.ok());
    std::stop_source stop;
    stop.request_stop();
    const Progress stopped(stop.get_token(), {});
    QCOMPARE(averageLinkage(d, stopped).error().code, ErrorCode::Cancelled);
    QCOMPARE(bestSilhouetteCut(d, *tree, stopped).error().code, ErrorCode::Cancelled);
    QCOMPARE(classicalMds(d, stopped).error().code, ErrorCode::Cancelled);
}

QTEST_APPLESS_MAIN(tst_graph_cluster)
#include "tst_graph_cluster.moc"
