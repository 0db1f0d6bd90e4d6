// SPDX-License-Identifier: GPL-3.0-or-later
// Both ways to ||A_i' B_j||^2 against plain double loops: partial tiles, layers of unequal size, several products at once.
#include <QTest>

#include <algorithm>
#include <cmath>

#include "engine/base/random.h"
#include "engine/similarity/weights/outer_sums.h"

using namespace hs;

namespace {

ColumnStack randomStack(int d, int width, const std::vector<int>& heads, std::uint64_t seed)
{
    SeededRandom random(seed);
    ColumnStack s;
    s.d = d;
    s.width = width;
    s.heads = heads;
    for (const int n : heads) {
        MatrixF m(d, std::ptrdiff_t(n) * width);
        for (std::ptrdiff_t i = 0; i < m.rows() * m.cols(); ++i) m.data()[i] = static_cast<float>(random.normal() / std::sqrt(double(d)));
        s.layers.push_back(std::move(m));
    }
    return s;
}

ViewF head(const ColumnStack& s, std::size_t index, std::size_t& layer)
{
    for (layer = 0; index >= std::size_t(s.heads[layer]); ++layer) index -= std::size_t(s.heads[layer]);
    return s.layers[layer].view().block(0, std::ptrdiff_t(index) * s.width, s.d, s.width);
}

double slow(ViewF a, ViewF b)
{
    double total = 0;
    for (std::ptrdiff_t i = 0; i < a.cols; ++i)
        for (std::ptrdiff_t j = 0; j < b.cols; ++j) {
            double dot = 0;
            for (std::ptrdiff_t r = 0; r < a.rows; ++r) dot += double(a(r, i)) * double(b(r, j));
            total += dot * dot;
        }
    return total;
}

/// Relative where the sum is large (a head with itself): float products.
double error(double got, double expected) { return std::abs(got - expected) / std::max(1.0, expected); }

}  // namespace

class tst_outer_sums : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void bothMethods_data();
    void bothMethods();
    void auto_picksTheCheaper();
    void nothing();
};

void tst_outer_sums::bothMethods_data()
{
    QTest::addColumn<int>("d");
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("scale");
    QTest::newRow("less than a tile") << 40 << 5 << 1;
    QTest::newRow("one tile") << 128 << 8 << 1;
    QTest::newRow("partial tiles") << 300 << 6 << 1;
    QTest::newRow("many heads") << 150 << 3 << 30;
}

void tst_outer_sums::bothMethods()
{
    QFETCH(int, d);
    QFETCH(int, width);
    QFETCH(int, scale);
    const ColumnStack a = randomStack(d, width, {2 * scale, 0, 3 * scale, 1 * scale}, 1),
                      b = randomStack(d, width, {2 * scale, 0, 1 * scale, 4 * scale}, 2);
    for (const OuterMethod method : {OuterMethod::ProjectorGram, OuterMethod::StackedGemm}) {
        std::vector<double> cross(a.size() * b.size(), -1), same(a.size() * a.size(), -1);
        std::vector<std::int64_t> steps;
        QVERIFY(outerSums({{&a, &b, cross.data()}, {&a, &a, same.data()}}, method, {},
                          [&](std::int64_t done, std::int64_t) { steps.push_back(done); }));
        QVERIFY(!steps.empty() && std::is_sorted(steps.begin(), steps.end()));
        double worst = 0;
        std::size_t la = 0, lb = 0;
        for (std::size_t i = 0; i < a.size(); i += 1 + std::size_t(scale) / 4) {
            const ViewF x = head(a, i, la);
            for (std::size_t j = 0; j < b.size(); j += 1 + std::size_t(scale) / 4) {
                const ViewF y = head(b, j, lb);
                if (la < lb) worst = std::max(worst, error(cross[i * b.size() + j], slow(x, y)));
            }
            for (std::size_t j = 0; j < a.size(); j += 1 + std::size_t(scale) / 4)
                worst = std::max(worst, error(same[i * a.size() + j], slow(x, head(a, j, lb))));
        }
        QVERIFY2(worst < 3e-6, qPrintable(QString::number(worst)));
    }
}

void tst_outer_sums::auto_picksTheCheaper()
{
    const ColumnStack narrow = randomStack(256, 2, {2, 2}, 1), wide = randomStack(64, 32, {8, 8}, 1);
    std::vector<double> out(256);
    const std::vector<OuterProduct> few{{&narrow, &narrow, out.data()}}, many{{&wide, &wide, out.data()}};
    QVERIFY(outerCost(few, OuterMethod::StackedGemm) < outerCost(few, OuterMethod::ProjectorGram));
    QVERIFY(outerCost(many, OuterMethod::StackedGemm) > outerCost(many, OuterMethod::ProjectorGram));
}

void tst_outer_sums::nothing()
{
    const ColumnStack empty = randomStack(8, 2, {0, 0}, 1);
    QVERIFY(outerSums({{&empty, &empty, nullptr}}, OuterMethod::Auto, {}));
    QVERIFY(outerSums({}, OuterMethod::Auto, {}));
}

QTEST_APPLESS_MAIN(tst_outer_sums)
#include "tst_outer_sums.moc"
