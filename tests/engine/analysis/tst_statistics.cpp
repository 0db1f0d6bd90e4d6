// SPDX-License-Identifier: GPL-3.0-or-later
#include <QList>
#include <QTest>

#include <numbers>

#include "engine/analysis/trust/order.h"
#include "engine/analysis/trust/statistics.h"
#include "engine/base/parallel.h"
#include "engine/base/random.h"

using namespace hs;

namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

/// Sign-flip test by the book: every flip on its own, in double.
double slowFlip(const std::vector<double>& d, int flips, std::uint64_t seed)
{
    SeededRandom random(seed);
    double observed = 0;
    for (const double v : d) observed += v;
    int atLeast = 0;
    for (int b = 0; b < flips; ++b) {
        double sum = 0;
        for (const double v : d) sum += random.next() & 1 ? v : -v;
        atLeast += sum >= observed - 1e-12;
    }
    return (1.0 + atLeast) / (flips + 1.0);
}

std::vector<double> sample(std::size_t n, double mean, std::uint64_t seed)
{
    SeededRandom random(seed);
    std::vector<double> out(n);
    for (double& v : out) v = mean + random.normal();
    return out;
}

}  // namespace

class TstStatistics : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void exactFlips_data()
    {
        QTest::addColumn<QList<double>>("d");
        QTest::addColumn<double>("p");
        QTest::newRow("1 2 3") << QList<double>{1, 2, 3} << 1.0 / 8;
        QTest::newRow("ties") << QList<double>{1, 1, 1, 1} << 1.0 / 16;
        QTest::newRow("one against") << QList<double>{3, 2, -1} << 2.0 / 8;  // sums of at least 4: 4 itself and 6
        QTest::newRow("with a hole") << QList<double>{1, kNone, 2} << 1.0 / 4;
        QTest::newRow("nothing") << QList<double>{0, 0, 0} << 1.0;
        QTest::newRow("all below") << QList<double>{-1, -2} << 1.0;
    }
    void exactFlips()
    {
        QFETCH(QList<double>, d);
        QFETCH(double, p);
        const auto tests = testColumns({{std::vector<double>(d.begin(), d.end()), {}}}, {});
        QVERIFY(tests.ok());
        QVERIFY2(std::abs((*tests)[0].p - p) < 1e-12, qPrintable(QString::number((*tests)[0].p)));
    }

    void sampledFlips()
    {
        std::vector<DifferenceColumn> columns;
        for (int k = 0; k < 6; ++k) columns.push_back({sample(40, 0.1 * k, 100 + static_cast<std::uint64_t>(k)), {}});
        TestOptions options;
        const auto tests = testColumns(columns, options);
        QVERIFY(tests.ok());
        for (std::size_t k = 0; k < columns.size(); ++k) {
            const double slow = slowFlip(columns[k].d, 100000, 5), fast = (*tests)[k].p;
            const double error = 5 * std::sqrt(std::max(slow, 1e-5) * (1 - slow) / 50000);  // of two such counts
            QVERIFY2(std::abs(fast - slow) <= error, qPrintable(QStringLiteral("%1 against %2").arg(fast).arg(slow)));
        }
    }

    /// p has a floor of 1 / (B + 1), and a column's numbers do not depend on its neighbours or the threads.
    void floorAndIndependence()
    {
        const std::vector<double> strong(60, 0.5), weak = sample(60, 0.0, 9);
        const auto alone = testColumns({{weak, {}}}, {});
        const int before = threadCount();
        setThreadCount(3);
        const auto both = testColumns({{strong, {}}, {weak, {}}}, {});
        setThreadCount(before);
        QVERIFY(alone.ok() && both.ok());
        QCOMPARE((*both)[0].p, 1.0 / 100001);
        QCOMPARE((*both)[1].p, (*alone)[0].p);
        QCOMPARE((*both)[1].low, (*alone)[0].low);
        QCOMPARE((*both)[0].low, 0.5);
        QCOMPARE((*both)[0].high, 0.5);
    }

    void bootstrap()
    {
        const std::vector<double> d = sample(400, 1.0, 77);
        const auto tests = testColumns({{d, {}}}, {});
        QVERIFY(tests.ok());
        double mean = 0, squares = 0;
        for (const double v : d) mean += v / 400;
        for (const double v : d) squares += (v - mean) * (v - mean);
        const double error = std::sqrt(squares / 399 / 400);
        QVERIFY(std::abs((*tests)[0].mean - mean) < 1e-9);
        QVERIFY(std::abs((*tests)[0].low - (mean - 1.96 * error)) < 0.15 * error);
        QVERIFY(std::abs((*tests)[0].high - (mean + 1.96 * error)) < 0.15 * error);
    }

    void weights()
    {
        const auto tests = testColumns({{{1, 3, kNone}, {3, 1, 5}}}, {});
        QVERIFY(tests.ok());
        QCOMPARE((*tests)[0].documents, 2);
        QCOMPARE((*tests)[0].mean, 1.5);
    }

    void student_data()
    {
        QTest::addColumn<double>("t");
        QTest::addColumn<double>("df");
        QTest::addColumn<double>("p");
        // Tabulated critical values of Student's t.
        QTest::newRow("10%, 1") << 3.077684 << 1.0 << 0.10;
        QTest::newRow("5%, 10") << 1.812461 << 10.0 << 0.05;
        QTest::newRow("2.5%, 30") << 2.042272 << 30.0 << 0.025;
        QTest::newRow("0.5%, 120") << 2.617421 << 120.0 << 0.005;
        QTest::newRow("half") << 0.0 << 7.0 << 0.5;
        QTest::newRow("left") << -1.812461 << 10.0 << 0.95;
    }
    void student()
    {
        QFETCH(double, t);
        QFETCH(double, df);
        QFETCH(double, p);
        QVERIFY2(std::abs(studentUpperTail(t, df) - p) < 1e-6, qPrintable(QString::number(studentUpperTail(t, df), 'g', 10)));
    }

    /// In closed form for 1 and 2 degrees of freedom, far into the tails: relative to 1e-12 where the value is small.
    void studentInClosedForm()
    {
        for (const double t : {0.0, 0.3, 1.0, 4.0, 50.0, 1e4, 1e6}) {
            const double one = t > 1 ? std::atan(1 / t) / std::numbers::pi : 0.5 - std::atan(t) / std::numbers::pi;
            const double root = std::sqrt(2 + t * t), two = 1 / (root * (root + t));  // (1 - t / root) / 2 without the difference
            QVERIFY2(std::abs(studentUpperTail(t, 1) - one) <= 1e-12 * one, qPrintable(QString::number(t)));
            QVERIFY2(std::abs(studentUpperTail(t, 2) - two) <= 1e-12 * two, qPrintable(QString::number(t)));
            QVERIFY(std::abs(studentUpperTail(-t, 2) - (1 - two)) <= 1e-15);
        }
        QVERIFY(std::isnan(studentUpperTail(1, 0)));
        QVERIFY(std::isnan(studentUpperTail(kNone, 3)));
    }

    void normal()
    {
        QVERIFY(std::abs(normalUpperTail(1.959964) - 0.025) < 1e-7);
        QVERIFY(std::abs(normalUpperTail(4) - 3.167e-5) < 1e-8);
    }

    void quantiles()
    {
        // Type 7 puts the k-th of n sorted values at (k - 1) / (n - 1).
        QCOMPARE(quantileOf({1, 2, 3, 4}, 0.25), 1.75);
        QCOMPARE(quantileOf({1, 2, 3, 4}, 0.5), 2.5);
        QCOMPARE(quantileOf({1, 2, 4}, 0.5), 2.0);
        QCOMPARE(quantileOf({1, 2, 4}, 1), 4.0);
        QCOMPARE(quantileOf({7}, 0.05), 7.0);
    }

    void falseDiscovery()
    {
        // p * m / rank, made monotone from the largest down.
        const std::vector<double> q = benjaminiHochberg({0.04, 0.001, 0.03, 0.02, 0.5});
        const double expected[] = {0.05, 0.005, 0.05, 0.05, 0.5};
        for (std::size_t k = 0; k < 5; ++k) QVERIFY2(std::abs(q[k] - expected[k]) < 1e-12, qPrintable(QString::number(q[k])));
        QVERIFY(benjaminiHochberg({}).empty());
    }

    void cancelled()
    {
        std::stop_source stop;
        stop.request_stop();
        const auto tests = testColumns({{sample(40, 0, 1), {}}}, {}, Progress(stop.get_token(), {}));
        QVERIFY(!tests.ok());
        QCOMPARE(tests.error().code, ErrorCode::Cancelled);
    }
};

QTEST_APPLESS_MAIN(TstStatistics)
#include "tst_statistics.moc"
