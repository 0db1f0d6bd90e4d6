// SPDX-License-Identifier: GPL-3.0-or-later
#include <QLatin1Char>
#include <QTest>
#include <cmath>
#include <limits>

#include "tests/support/table_source.h"
#include "ui/map/compare_math.h"

using namespace hs;
using namespace hs::ui;
using test::TableSource;

namespace {

/// The definition written out: entropy of the mean minus the mean of the entropies.
double slowJensenShannon(const std::vector<double>& p, const std::vector<double>& q)
{
    const auto entropy = [](const std::vector<double>& x) {
        double h = 0;
        for (const double v : x) h -= v > 0 ? v * std::log(v) : 0;
        return h;
    };
    std::vector<double> m;
    for (std::size_t i = 0; i < p.size(); ++i) m.push_back((p[i] + q[i]) / 2);
    return entropy(m) - (entropy(p) + entropy(q)) / 2;
}

std::vector<double> row(const MatrixF& m, int r) { return {m.row(r), m.row(r) + m.cols()}; }

}  // namespace

class TestCompareMath : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void knownValues()
    {
        const float a[] = {1, 0}, b[] = {0.5f, 0.5f}, c[] = {0, 1};
        QVERIFY(std::abs(jsDivergence(a, b, 2) - 0.21576) < 1e-5);         // reference value
        QVERIFY(std::abs(jsDivergence(a, c, 2) - std::log(2.0)) < 1e-12);  // disjoint rows
        QCOMPARE(jsDivergence(a, a, 2), 0.0);
        const float none[] = {0, 0};
        QCOMPARE(jsDivergence(a, none, 2), 0.0);
    }
    void mapsAgainstDefinition()
    {
        const TableSource source(2, 3, TableSource::story());
        const MatrixF &a = source.map({0, 1}), &b = source.map({1, 2});
        const MapComparison got = compareMaps(a, b);
        double js = 0, moved = 0;
        for (int r = 0; r < static_cast<int>(a.rows()); ++r) {
            const auto p = row(a, r), q = row(b, r);
            js += slowJensenShannon(p, q) / static_cast<double>(a.rows());
            for (std::size_t i = 0; i < p.size(); ++i) moved += std::abs(p[i] - q[i]) / 2 / static_cast<double>(a.rows());
        }
        QCOMPARE(got.rows, static_cast<int>(a.rows()));
        QVERIFY(std::abs(got.jsDivergence - js) < 1e-6);
        QVERIFY(std::abs(got.jsDistance - std::sqrt(js / std::log(2.0))) < 1e-6);
        QVERIFY(std::abs(got.movedPerRow - moved) < 1e-9);
        QVERIFY(got.jsDistance > 0.05 && got.jsDistance < 1);
        const MapComparison same = compareMaps(a, a);
        QCOMPARE(same.jsDistance, 0.0);
        QCOMPARE(same.movedPerRow, 0.0);
    }
    void largestAgainstSorting()
    {
        const TableSource source(2, 3, TableSource::story());
        const MatrixF &a = source.map({0, 0}), &b = source.map({1, 1});
        std::vector<CellDifference> all;
        for (int r = 0; r < static_cast<int>(a.rows()); ++r)
            for (int c = 0; c < static_cast<int>(a.cols()); ++c) all.push_back({r, c, a(r, c), b(r, c)});
        std::stable_sort(all.begin(), all.end(),
                         [](const auto& x, const auto& y) { return std::abs(x.difference()) > std::abs(y.difference()); });
        const auto got = largestDifferences(a, b, 7);
        QCOMPARE(got.size(), std::size_t(7));
        for (std::size_t i = 0; i < got.size(); ++i) {
            QCOMPARE(got[i].row, all[i].row);
            QCOMPARE(got[i].column, all[i].column);
            QCOMPARE(got[i].difference(), all[i].difference());
        }
        QVERIFY(largestDifferences(a, a, 7).empty());
        QVERIFY(largestDifferences(a, b, 0).empty());
    }
    void nanCellsStayOut()
    {
        const float nan = std::numeric_limits<float>::quiet_NaN();
        MatrixF a(1, 3), b(1, 3);
        a(0, 0) = nan;
        b(0, 1) = nan;
        a(0, 2) = 0.25f;
        const auto got = largestDifferences(a, b, 5);
        QCOMPARE(got.size(), std::size_t(1));
        QCOMPARE(got[0].column, 2);
        QVERIFY(std::isnan(differenceOf(a, b)(0, 0)));
        QCOMPARE(differenceOf(a, b)(0, 2), 0.25f);
    }
    void alignment_data()
    {
        QTest::addColumn<QString>("b");  // tokens between bars
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("common");
        QTest::addColumn<int>("first");
        QTest::newRow("equal") << QStringLiteral(" a| b| c") << 0 << 4 << -1;
        QTest::newRow("one differs") << QStringLiteral(" a| x| c") << 1 << 4 << 2;
        QTest::newRow("longer, same beginning") << QStringLiteral(" a| b| c| d") << 2 << 4 << -1;
        QTest::newRow("shorter, same beginning") << QStringLiteral(" a") << 2 << 2 << -1;
        QTest::newRow("longer and different") << QStringLiteral(" a| x| c| d") << 3 << 0 << 2;
    }
    void alignment()
    {
        QFETCH(QString, b);
        std::vector<std::string> pieces;
        for (const QString& s : b.split(QLatin1Char('|'))) pieces.push_back(s.toStdString());
        const TokenAlignment got = alignTokens(TableSource::tokensOf({" a", " b", " c"}), TableSource::tokensOf(pieces));
        QTEST(static_cast<int>(got.kind), "kind");
        QTEST(got.common, "common");
        QTEST(got.firstDifference, "first");
    }
};

QTEST_APPLESS_MAIN(TestCompareMath)
#include "tst_compare_math.moc"
