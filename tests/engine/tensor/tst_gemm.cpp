// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <limits>

#include "engine/tensor/gemm.h"
#include "tests/support/compare.h"
#include "tests/support/random_model.h"

using namespace hs;
using namespace hs::test;

namespace {

MatrixF randomMatrix(std::ptrdiff_t rows, std::ptrdiff_t cols, std::uint64_t seed)
{
    Random r(seed);
    MatrixF m(rows, cols);
    for (std::ptrdiff_t i = 0; i < rows * cols; ++i) m.data()[i] = r.symmetric();
    return m;
}

/// The product as three loops in double.
std::vector<double> oracle(bool ta, bool tb, double alpha, ViewF a, ViewF b, double beta, ViewF c)
{
    std::vector<double> out;
    const std::ptrdiff_t inner = ta ? a.rows : a.cols;
    for (std::ptrdiff_t i = 0; i < c.rows; ++i)
        for (std::ptrdiff_t j = 0; j < c.cols; ++j) {
            double s = 0;
            for (std::ptrdiff_t k = 0; k < inner; ++k)
                s += static_cast<double>(ta ? a(k, i) : a(i, k)) * static_cast<double>(tb ? b(j, k) : b(k, j));
            out.push_back(alpha * s + (beta == 0.0 ? 0.0 : beta * static_cast<double>(c(i, j))));
        }
    return out;
}

}  // namespace

class tst_gemm : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void agreesWithLoops_data();
    void agreesWithLoops();
    void windowsLeaveTheRestAlone();
    void betaZeroIgnoresWhatWasThere();
    void nothingToSum();
    void parallelIsRepeatable();
    void epilogueSeesEveryCellOnce();
    void byRowsAgreesWithLoops_data();
    void byRowsAgreesWithLoops();
    void stops();
    void rateIsMeasured();
};

void tst_gemm::agreesWithLoops_data()
{
    QTest::addColumn<int>("m");
    QTest::addColumn<int>("n");
    QTest::addColumn<int>("k");
    QTest::addColumn<bool>("ta");
    QTest::addColumn<bool>("tb");
    const int sizes[][3] = {{1, 1, 1}, {1, 50, 33}, {50, 1, 7}, {3, 5, 1}, {17, 31, 64}, {64, 64, 64}, {65, 129, 70}, {130, 200, 300}};
    for (const auto& s : sizes)
        for (int t = 0; t < 4; ++t)
            QTest::addRow("%d x %d x %d%s%s", s[0], s[1], s[2], t & 1 ? " a^T" : "", t & 2 ? " b^T" : "")
                << s[0] << s[1] << s[2] << bool(t & 1) << bool(t & 2);
}

void tst_gemm::agreesWithLoops()
{
    QFETCH(int, m);
    QFETCH(int, n);
    QFETCH(int, k);
    QFETCH(bool, ta);
    QFETCH(bool, tb);
    const MatrixF a = ta ? randomMatrix(k, m, 1) : randomMatrix(m, k, 1), b = tb ? randomMatrix(n, k, 2) : randomMatrix(k, n, 2);
    const MatrixF c = randomMatrix(m, n, 3);
    const Tolerance tolerance{1e-6 * (k + 10), 0.0};
    for (float beta : {0.0f, 1.0f, -0.5f}) {
        const auto expected = oracle(ta, tb, 0.7f, a.view(), b.view(), static_cast<double>(beta), c.view());
        MatrixF single = c, shared = c;
        gemm(ta, tb, 0.7f, a.view(), b.view(), beta, single.view());
        QVERIFY(gemmParallel(ta, tb, 0.7f, a.view(), b.view(), beta, shared.view()));
        HS_COMPARE_ARRAYS(std::vector<float>(single.data(), single.data() + m * n), expected, tolerance);
        HS_COMPARE_ARRAYS(std::vector<float>(shared.data(), shared.data() + m * n), expected, tolerance);
    }
}

void tst_gemm::windowsLeaveTheRestAlone()
{
    const MatrixF a = randomMatrix(40, 60, 4), b = randomMatrix(60, 50, 5);
    MatrixF c(40, 50);
    for (std::ptrdiff_t i = 0; i < 2000; ++i) c.data()[i] = 9.0f;
    const ViewF left = a.view().block(3, 5, 20, 30), right = b.view().block(7, 11, 30, 24);
    const auto expected = oracle(false, false, 1, left, right, 0, c.view().block(10, 13, 20, 24));
    gemm(false, false, 1.0f, left, right, 0.0f, c.view().block(10, 13, 20, 24));
    std::vector<float> got;
    for (std::ptrdiff_t i = 0; i < 40; ++i)
        for (std::ptrdiff_t j = 0; j < 50; ++j) {
            if (i >= 10 && i < 30 && j >= 13 && j < 37) got.push_back(c(i, j));
            else QCOMPARE(c(i, j), 9.0f);
        }
    HS_COMPARE_ARRAYS(got, expected, (Tolerance{3e-5, 0}));
}

void tst_gemm::betaZeroIgnoresWhatWasThere()
{
    const MatrixF a = randomMatrix(5, 6, 6), b = randomMatrix(6, 7, 7);
    MatrixF c(5, 7);
    for (std::ptrdiff_t i = 0; i < 35; ++i) c.data()[i] = std::numeric_limits<float>::quiet_NaN();
    gemm(false, false, 1.0f, a.view(), b.view(), 0.0f, c.view());
    for (std::ptrdiff_t i = 0; i < 35; ++i) QVERIFY(!std::isnan(c.data()[i]));
}

void tst_gemm::nothingToSum()
{
    const MatrixF a(3, 0), b(0, 4);
    MatrixF c(3, 4);
    c(1, 2) = 2.0f;
    gemm(false, false, 1.0f, a.view(), b.view(), 0.5f, c.view());
    QCOMPARE(c(1, 2), 1.0f);
    gemm(false, false, 1.0f, a.view(), b.view(), 0.0f, c.view());
    QCOMPARE(c(1, 2), 0.0f);
    MatrixF nothing(0, 4);
    gemm(false, false, 1.0f, MatrixF(0, 3).view(), randomMatrix(3, 4, 8).view(), 0.0f, nothing.view());
}

void tst_gemm::parallelIsRepeatable()
{
    const MatrixF a = randomMatrix(257, 333, 9), b = randomMatrix(333, 515, 10);
    MatrixF first(257, 515), again(257, 515);
    gemmParallel(false, false, 1.0f, a.view(), b.view(), 0.0f, first.view());
    for (int i = 0; i < 5; ++i) {
        gemmParallel(false, false, 1.0f, a.view(), b.view(), 0.0f, again.view());
        QVERIFY(std::equal(first.data(), first.data() + 257 * 515, again.data()));
    }
}

void tst_gemm::epilogueSeesEveryCellOnce()
{
    for (int n : {1, 40, 700}) {
        const MatrixF a = randomMatrix(n, 90, 11), b = randomMatrix(90, 333, 12);
        MatrixF c(n, 333);
        gemmParallel(false, false, 0.0f, a.view(), b.view(), 0.0f, c.view(), {}, [](MutViewF tile, std::ptrdiff_t r0, std::ptrdiff_t c0) {
            for (std::ptrdiff_t r = 0; r < tile.rows; ++r)
                for (std::ptrdiff_t k = 0; k < tile.cols; ++k) tile(r, k) += static_cast<float>((r0 + r) * 333 + c0 + k + 1);
        });
        for (std::ptrdiff_t i = 0; i < n * 333; ++i) QCOMPARE(c.data()[i], static_cast<float>(i + 1));
    }
}

void tst_gemm::byRowsAgreesWithLoops_data()
{
    QTest::addColumn<int>("m");
    QTest::addColumn<int>("n");
    QTest::addColumn<int>("k");
    QTest::addColumn<int>("rows");
    const int sizes[][4] = {{1, 1, 1, 1},      {7, 5, 3, 16},       {64, 48, 32, 32}, {65, 48, 32, 32},
                            {95, 353, 70, 32}, {300, 384, 64, 128}, {40, 17, 100, 4}, {130, 64, 1, 64}};
    for (const auto& s : sizes) QTest::addRow("%d x %d x %d by %d", s[0], s[1], s[2], s[3]) << s[0] << s[1] << s[2] << s[3];
}

void tst_gemm::byRowsAgreesWithLoops()
{
    QFETCH(int, m);
    QFETCH(int, n);
    QFETCH(int, k);
    QFETCH(int, rows);
    // Left and right are windows of wider matrices, as the columns of W_U are.
    const MatrixF left = randomMatrix(m, k + 3, 1);
    const ViewF a = left.view().block(0, 2, m, k);
    for (const bool tb : {false, true}) {
        const MatrixF right = tb ? randomMatrix(n + 2, k + 5, 2) : randomMatrix(k + 2, n + 5, 2);
        const ViewF b = tb ? right.view().block(1, 3, n, k) : right.view().block(1, 3, k, n);
        const auto expected = oracle(false, tb, 1.0, a, b, 0.0, MatrixF(m, n).view());
        MatrixF block(rows, n);
        std::fill(block.data(), block.data() + rows * n, std::numeric_limits<float>::quiet_NaN());
        std::vector<float> seen;
        for (int round = 0; round < 2; ++round) {  // the second finds the packed shapes of the first
            seen.clear();
            gemmByRows(tb, a, b, block.view(), [&](MutViewF part, std::ptrdiff_t row0) {
                QCOMPARE(static_cast<std::size_t>(row0 * n), seen.size());
                seen.insert(seen.end(), part.data, part.data + part.rows * n);
            });
            HS_COMPARE_ARRAYS(seen, expected, (Tolerance{1e-6 * (k + 10), 0.0}));
        }
    }
}

void tst_gemm::stops()
{
    std::stop_source stop;
    stop.request_stop();
    const MatrixF a = randomMatrix(64, 64, 13);
    MatrixF c(64, 64);
    QVERIFY(!gemmParallel(false, false, 1.0f, a.view(), a.view(), 0.0f, c.view(), Progress(stop.get_token(), {})));
    QCOMPARE(c(0, 0), 0.0f);
}

void tst_gemm::rateIsMeasured()
{
    QVERIFY(gemmRate() > 0.0);
    QCOMPARE(gemmRate(), gemmRate());
    QVERIFY(QByteArray(gemmLibrary()) == "oneDNN" || QByteArray(gemmLibrary()) == "Eigen");
}

QTEST_APPLESS_MAIN(tst_gemm)
#include "tst_gemm.moc"
