// SPDX-License-Identifier: GPL-3.0-or-later
// Bases and principal angles: hand-checkable cases of engine/methods/weight_space.md section 9.
#include <QTest>

#include <cmath>
#include <limits>

#include "engine/base/random.h"
#include "engine/similarity/weights/subspace.h"
#include "tests/support/matrix_model.h"

using namespace hs;
using test::matrixOf;

namespace {

using Rows = std::vector<std::vector<double>>;

AngleSummary angles(const Rows& a, const Rows& b)
{
    const Subspace x = subspaceOf(matrixOf(a).view()), y = subspaceOf(matrixOf(b).view());
    return summarise(principalCosines(x, y), x.rank, y.rank);
}

MatrixF randomMatrix(int rows, int cols, std::uint64_t seed)
{
    SeededRandom random(seed);
    MatrixF m(rows, cols);
    for (std::ptrdiff_t i = 0; i < m.rows() * m.cols(); ++i) m.data()[i] = static_cast<float>(random.normal());
    return m;
}

double orthonormalityError(ViewF u, int rank)
{
    double worst = 0;
    for (std::ptrdiff_t a = 0; a < u.cols; ++a)
        for (std::ptrdiff_t b = 0; b < u.cols; ++b) {
            double sum = 0;
            for (std::ptrdiff_t r = 0; r < u.rows; ++r) sum += double(u(r, a)) * double(u(r, b));
            worst = std::max(worst, std::abs(sum - (a == b && a < rank ? 1.0 : 0.0)));
        }
    return worst;
}

}  // namespace

class tst_subspace : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void golden_data();
    void golden();
    void rankDeficient();
    void noBasis();
    void fastBasisSpansTheSame_data();
    void fastBasisSpansTheSame();
    void gramFactorReproduces();
};

void tst_subspace::golden_data()
{
    QTest::addColumn<Rows>("a");
    QTest::addColumn<Rows>("b");
    QTest::addColumn<double>("pk");
    QTest::addColumn<double>("chordal");
    const Rows e12{{1, 0}, {0, 1}, {0, 0}, {0, 0}};
    const double c = 0.5, s = std::sqrt(0.75);
    QTest::newRow("equal") << e12 << e12 << 2.0 << 0.0;
    QTest::newRow("orthogonal") << e12 << Rows{{0, 0}, {0, 0}, {1, 0}, {0, 1}} << 0.0 << 2.0;
    QTest::newRow("60 degrees") << e12 << Rows{{1, 0}, {0, c}, {0, s}, {0, 0}} << 1.25 << std::sqrt(1.5);
    QTest::newRow("rank one against a line") << Rows{{1, 2}, {0, 0}, {0, 0}} << Rows{{3}, {4}, {0}} << 0.36 << std::sqrt(2 - 0.72);
    QTest::newRow("plane in space") << e12 << Rows{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {0, 0, 0}} << 2.0 << 1.0;
    const Rows a{{1, 0}, {1, 1}, {0, 1}, {0, 0}}, b{{1, 0}, {0, 1}, {0, 1}, {1, 0}};
    QTest::newRow("rational") << a << b << 4.0 / 3.0 << std::sqrt(4.0 / 3.0);
    // A G with G = [[2, 1], [-1, 3]], and 7 B.
    QTest::newRow("another basis and scale") << Rows{{2, 1}, {1, 4}, {-1, 3}, {0, 0}} << Rows{{7, 0}, {0, 7}, {0, 7}, {7, 0}} << 4.0 / 3.0
                                             << std::sqrt(4.0 / 3.0);
}

void tst_subspace::golden()
{
    QFETCH(Rows, a);
    QFETCH(Rows, b);
    QFETCH(double, pk);
    QFETCH(double, chordal);
    const AngleSummary s = angles(a, b), mirrored = angles(b, a);
    QVERIFY2(std::abs(s.projectionKernel - pk) < 1e-6, qPrintable(QString::number(s.projectionKernel, 'g', 17)));
    QVERIFY(std::abs(s.chordal - chordal) < 2e-3 * (1 + chordal));  // a square root near 0
    QVERIFY(std::abs(s.projectionKernel - mirrored.projectionKernel) < 1e-12);
}

void tst_subspace::rankDeficient()
{
    const Subspace s = subspaceOf(matrixOf({{1, 2, 3}, {1, 2, 3}, {0, 0, 0}, {0, 0, 1e-9}}).view());
    QCOMPARE(s.rank, 1);
    MatrixF x = matrixOf({{1, 2, 3}, {1, 2, 3}, {0, 0, 0}, {0, 0, 1e-9}});
    const ColumnFacts facts = orthonormalise(x.view());
    QCOMPARE(facts.rank, 1);
    QVERIFY(orthonormalityError(x.view(), 1) < 1e-6);
    for (std::ptrdiff_t r = 0; r < 4; ++r) QVERIFY(x(r, 1) == 0.0f && x(r, 2) == 0.0f);
    // Two planes of R^3 share at least a line.
    const AngleSummary planes = angles({{1, 0}, {0, 1}, {0, 0}}, {{0, 1}, {1, 1}, {1, -2}});
    QVERIFY(planes.projectionKernel >= 1.0 - 1e-12 && planes.projectionKernel <= 2.0);
}

void tst_subspace::noBasis()
{
    MatrixF zero(5, 2), bad(5, 2);
    bad(3, 1) = std::numeric_limits<float>::quiet_NaN();
    QCOMPARE(subspaceOf(zero.view()).fault, NoValue::ZeroWeight);
    QCOMPARE(subspaceOf(bad.view()).fault, NoValue::NotFinite);
    QVERIFY(principalCosines(subspaceOf(zero.view()), subspaceOf(zero.view())).empty());
    QCOMPARE(orthonormalise(zero.view()).fault, NoValue::ZeroWeight);
    QCOMPARE(orthonormalise(bad.view()).fault, NoValue::NotFinite);
}

void tst_subspace::fastBasisSpansTheSame_data()
{
    QTest::addColumn<int>("d");
    QTest::addColumn<int>("m");
    QTest::addColumn<double>("decades");  // columns scaled from 1 down to 10^-decades, then mixed
    QTest::newRow("small") << 16 << 4 << 0.0;
    QTest::newRow("as GPT-2") << 768 << 64 << 1.6;
    QTest::newRow("ill-conditioned") << 200 << 16 << 3.5;
    QTest::newRow("wider than high") << 6 << 8 << 0.0;
}

void tst_subspace::fastBasisSpansTheSame()
{
    QFETCH(int, d);
    QFETCH(int, m);
    QFETCH(double, decades);
    MatrixF x = randomMatrix(d, m, 5);
    for (int c = 0; c < m; ++c)
        for (int r = 0; r < d; ++r) x(r, c) *= static_cast<float>(std::pow(10.0, -decades * c / std::max(1, m - 1)));
    // Mixing the columns hides the scales without changing the span.
    const MatrixF mix = randomMatrix(m, m, 9);
    MatrixF mixed(d, m);
    for (int r = 0; r < d; ++r)
        for (int c = 0; c < m; ++c)
            for (int k = 0; k < m; ++k) mixed(r, c) += x(r, k) * mix(k, c);
    const Subspace exact = subspaceOf(mixed.view());
    MatrixF fast = mixed;
    const ColumnFacts facts = orthonormalise(fast.view());
    QCOMPARE(facts.rank, exact.rank);
    QVERIFY(orthonormalityError(fast.view(), facts.rank) < 1e-5);
    QVERIFY2(std::abs(facts.conditionNumber / exact.conditionNumber - 1) < 1e-3, qPrintable(QString::number(facts.conditionNumber)));
    const Subspace again = subspaceOf(fast.view());
    const double pk = summarise(principalCosines(again, exact), again.rank, exact.rank).projectionKernel;
    QVERIFY2(std::abs(pk - exact.rank) < 1e-6 * exact.rank, qPrintable(QString::number(pk, 'g', 12)));
}

void tst_subspace::gramFactorReproduces()
{
    for (const bool deficient : {false, true}) {
        MatrixF x = randomMatrix(40, 6, 2);
        if (deficient)
            for (int r = 0; r < 40; ++r) x(r, 3) = x(r, 2);
        const std::vector<double> gram = gramOf(x.view()), f = gramFactor(gram, 6);
        for (std::size_t i = 0; i < 6; ++i)
            for (std::size_t j = 0; j < 6; ++j) {
                double sum = 0;
                for (std::size_t k = 0; k < 6; ++k) sum += f[i * 6 + k] * f[j * 6 + k];
                QVERIFY(std::abs(sum - gram[i * 6 + j]) < 1e-4);
            }
    }
}

QTEST_APPLESS_MAIN(tst_subspace)
#include "tst_subspace.moc"
