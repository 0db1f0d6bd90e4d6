// SPDX-License-Identifier: GPL-3.0-or-later
// Null distribution: exact moments against draws, informativeness, thresholds.
#include <QTest>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/io/open.h"
#include "engine/similarity/null/reference.h"
#include "engine/similarity/weights/weight_measures.h"
#include "tests/support/hdf5_numbers.h"
#include "tests/support/must.h"
#include "tests/support/random_model.h"
#include "tests/support/shared_data.h"

using namespace hs;

class tst_similarity_null : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void moments_data();
    void moments();
    void drawsAgree_data();
    void drawsAgree();
    void drawsRepeat();
    void divergence();
    void thresholds();
    void randomModelLooksRandom();
    void compositionScoreChance();
    void badRequests();
    void partialFile();
    void gpt2Small();
};

void tst_similarity_null::moments_data()
{
    QTest::addColumn<int>("d");
    QTest::addColumn<int>("m");
    QTest::addColumn<int>("n");
    QTest::addColumn<double>("mean");
    QTest::addColumn<double>("sd");
    QTest::newRow("768") << 768 << 64 << 64 << 5.333333 << 0.107960;
    QTest::newRow("767") << 767 << 64 << 64 << 5.340287 << 0.108088;
    QTest::newRow("1024") << 1024 << 64 << 64 << 4.0 << 0.082824;
    QTest::newRow("512") << 512 << 64 << 64 << 8.0 << 0.154529;
    QTest::newRow("2048, 64") << 2048 << 64 << 64 << 2.0 << 0.042803;
    QTest::newRow("2048, 128") << 2048 << 128 << 128 << 8.0 << 0.082844;
    QTest::newRow("4096") << 4096 << 128 << 128 << 4.0 << 0.042808;
    QTest::newRow("8") << 8 << 2 << 2 << 0.5 << 0.253546;
    QTest::newRow("the whole space") << 5 << 5 << 5 << 5.0 << 0.0;
    QTest::newRow("a line in a line") << 1 << 1 << 1 << 1.0 << 0.0;
}

void tst_similarity_null::moments()
{
    QFETCH(int, d);
    QFETCH(int, m);
    QFETCH(int, n);
    QFETCH(double, mean);
    QFETCH(double, sd);
    const NullMoments null = projectionKernelNull(d, m, n), mirrored = projectionKernelNull(d, n, m);
    QVERIFY(std::abs(null.mean - mean) < 6e-7);
    QVERIFY2(std::abs(null.sd - sd) < 6e-7, qPrintable(QString::number(null.sd, 'g', 10)));
    QCOMPARE(null.sd, mirrored.sd);
}

void tst_similarity_null::drawsAgree_data()
{
    QTest::addColumn<int>("d");
    QTest::addColumn<int>("m");
    QTest::addColumn<int>("n");
    QTest::addColumn<int>("draws");
    QTest::newRow("lines in space") << 3 << 1 << 1 << 20000;
    QTest::newRow("unequal") << 6 << 2 << 3 << 20000;
    QTest::newRow("16") << 16 << 4 << 4 << 10000;
    QTest::newRow("64") << 64 << 8 << 16 << 4000;
}

void tst_similarity_null::drawsAgree()
{
    QFETCH(int, d);
    QFETCH(int, m);
    QFETCH(int, n);
    QFETCH(int, draws);
    const auto mc = projectionKernelDraws(d, m, n, draws, 11);
    QVERIFY(mc.ok());
    const double variance = mc->exact.sd * mc->exact.sd;
    QVERIFY2(std::abs(mc->mean - mc->exact.mean) < 6 * mc->meanError, qPrintable(QString::number(mc->mean)));
    QVERIFY2(std::abs(mc->sd * mc->sd - variance) < 6 * mc->varianceError, qPrintable(QString::number(mc->sd)));
    QVERIFY(mc->meanError < 0.05 * mc->exact.mean && mc->varianceError < 0.1 * variance);
}

void tst_similarity_null::drawsRepeat()
{
    const auto a = projectionKernelDraws(20, 3, 4, 200, 5), b = projectionKernelDraws(20, 3, 4, 200, 5),
               c = projectionKernelDraws(20, 3, 4, 200, 6);
    QVERIFY(a.ok() && b.ok() && c.ok());
    QCOMPARE(a->mean, b->mean);
    QVERIFY(a->mean != c->mean);
}

void tst_similarity_null::divergence()
{
    QCOMPARE(klDivergence({0.25, 0.75}, {0.25, 0.75}), 0.0);
    QVERIFY(std::abs(klDivergence({0.5, 0.5}, {0.25, 0.75}) - 0.143841) < 1e-6);
    QCOMPARE(klDivergence({0.0, 1.0}, {0.5, 0.5}), std::log(2.0));
    QVERIFY(std::isnan(klDivergence({0.5, 0.5}, {1.0, 0.0})));
    QVERIFY(std::isnan(klDivergence({1.0}, {0.5, 0.5})));
}

void tst_similarity_null::thresholds()
{
    std::vector<double> values;
    for (int i = 1; i <= 200; ++i) values.push_back(i);
    QCOMPARE(topPercentThreshold(values, 1), 199.0);
    QCOMPARE(topPercentThreshold(values, 3), 195.0);
    QCOMPARE(topPercentThreshold(values, 100), 1.0);
    QCOMPARE(topPercentThreshold(values, 0), 200.0);
    QVERIFY(std::isnan(topPercentThreshold({}, 3)));
}

void tst_similarity_null::randomModelLooksRandom()
{
    // Uniform weights are not rotation invariant, yet with d = 128 close enough: no pairing tells them from random subspaces.
    const auto model = test::randomModel(test::smallConfig(6, 8, 128));
    const auto report = referenceReport(*model, {});
    QVERIFY(report.ok());
    QCOMPARE(report->pairings.size(), std::size_t(16));
    QCOMPARE(report->empirical.size(), std::size_t(3));
    for (const PairingReference& p : report->pairings) {
        QCOMPARE(p.pairs, std::int64_t(15 * 64));
        QVERIFY(std::abs(p.nullMean - 2.0) < 1e-12);
        QVERIFY2(std::abs(p.mean - 2.0) < 0.06, qPrintable(QString::number(p.mean)));
        QVERIFY2(p.informativeness >= 0 && p.informativeness < 0.05, qPrintable(QString::number(p.informativeness)));
        double probability = 0;
        for (const double r : p.histogram.reference) probability += r;
        QVERIFY(std::abs(probability - 1) < 1e-8);
        std::int64_t counted = 0;
        for (const std::int64_t c : p.histogram.counts) counted += c;
        QCOMPARE(counted, p.pairs);
        QVERIFY(p.thresholds[0] >= p.thresholds[1] && p.thresholds[0] <= p.largest);
    }
}

void tst_similarity_null::compositionScoreChance()
{
    const auto model = test::randomModel(test::smallConfig(6, 8, 128));
    const auto matrices =
        weightMeasures(*model, {HeadMeasure::CompositionScore, {{HeadRole::O, HeadRole::Q}}, WeightProcessing::Raw, Precision::Auto});
    QVERIFY(matrices.ok());
    const HeadMatrix& m = *matrices->front();
    double square = 0, z = 0, zz = 0, n = 0;
    for (std::size_t row = 0; row < m.rows.size(); ++row)
        for (std::size_t col = 0; col < m.cols.size(); ++col) {
            const auto null = nullMoments(m, row, col);
            if (!null) continue;
            square += m.value(row, col) * m.value(row, col);
            const double standardised = (m.value(row, col) - null->mean) / null->sd;
            z += standardised;
            zz += standardised * standardised;
            ++n;
        }
    QCOMPARE(n, 960.0);
    QVERIFY2(std::abs(square / n * 128 - 1) < 0.03, qPrintable(QString::number(square / n * 128)));
    QVERIFY2(std::abs(z / n) < 0.25, qPrintable(QString::number(z / n)));
    QVERIFY2(zz / n > 0.7 && zz / n < 1.4, qPrintable(QString::number(zz / n)));
}

void tst_similarity_null::badRequests()
{
    QVERIFY(!projectionKernelDraws(4, 5, 2, 100, 0).ok());
    QVERIFY(!projectionKernelDraws(4, 0, 2, 100, 0).ok());
    QVERIFY(!projectionKernelDraws(4, 2, 2, 1, 0).ok());
    const auto model = test::randomModel(test::smallConfig());
    for (const double width : {0.0, -1.0, 1e-9}) {
        ReferenceOptions options;
        options.binWidth = width;
        const auto r = referenceReport(*model, options);
        QVERIFY(!r && r.error().code == ErrorCode::InvalidArgument);
    }
}

/// What was found in a file of attention weights alone, from kernels computed elsewhere.
void tst_similarity_null::partialFile()
{
    const auto model = test::mustOpen(test::fixture("models/partial-gpt2/model.h5"));
    const auto report = referenceReport(*model, {});
    QVERIFY(report.ok());
    for (const auto& [index, name] : {std::pair<std::size_t, std::string>{12, "OQ"}, {13, "OK"}, {14, "OV"}}) {
        const PairingReference& p = report->pairings[index];
        QCOMPARE(rolePairName(p.pairing), name);
        std::vector<double> values;
        for (const double v : test::readNumbers(test::fixture("models/partial-gpt2/reference.h5"), "projection_kernel/" + name).values)
            if (!std::isnan(v)) values.push_back(v);
        QCOMPARE(values.size(), std::size_t(6 * 64));
        QCOMPARE(p.pairs, std::int64_t(values.size()));
        double mean = 0, squares = 0;
        for (const double v : values) mean += v / double(values.size());
        for (const double v : values) squares += (v - mean) * (v - mean) / double(values.size());
        QVERIFY2(std::abs(p.mean - mean) < 1e-4, name.c_str());
        QVERIFY2(std::abs(p.sd - std::sqrt(squares)) < 1e-4, name.c_str());
        QVERIFY2(std::abs(p.largest - *std::max_element(values.begin(), values.end())) < 1e-4, name.c_str());
        QVERIFY2(std::abs(p.nullMean - 1) < 1e-9, name.c_str());  // 8 * 8 / 64
    }
    // One head was made to be read: its pair stands out of chance, and nothing else does.
    QVERIFY(report->pairings[13].largest > 7 && report->pairings[12].largest < 2 && report->pairings[14].largest < 2);
}

void tst_similarity_null::gpt2Small()
{
    HS_NEED_SHARED("models/gpt2-small-attention/model.h5");
    const auto model = openModel(test::sharedData("models/gpt2-small-attention/model.h5").toStdString());
    QVERIFY(model.ok());
    const auto report = referenceReport(**model, {});
    QVERIFY(report.ok());
    // Table of engine/methods/weight_space.md section 3 (informativeness as published; the published bin width is not known exactly).
    const double published[] = {2.876, 2.373, 1.493, 1.293, 2.041, 2.559, 1.476, 1.263,
                                1.686, 1.531, 1.659, 1.149, 2.129, 2.194, 2.040, 1.704};
    for (std::size_t i = 0; i < 16; ++i) {
        const PairingReference& p = report->pairings[i];
        qInfo("%s  KL %.3f (published %.3f)  mean %.3f  largest %.2f", rolePairName(p.pairing).c_str(), p.informativeness, published[i],
              p.mean, p.largest);
        QVERIFY2(std::abs(p.informativeness / published[i] - 1) < 0.03, rolePairName(p.pairing).c_str());
    }
    QVERIFY(std::abs(report->pairings[0].mean - 8.467) < 0.005);
    QVERIFY(std::abs(report->pairings[11].mean - 5.664) < 0.005);
    // Top-3 % cut-offs of figure 5.
    for (const auto& [index, cut] : {std::pair<std::size_t, double>{12, 12.2}, {13, 10.7}, {14, 10.4}})
        QVERIFY2(std::abs(report->pairings[index].thresholds[1] - cut) < 0.1,
                 qPrintable(QString::number(report->pairings[index].thresholds[1])));
    for (const EmpiricalNull& e : report->empirical)
        qInfo("later O into earlier %c: mean %.3f sd %.3f q99 %.3f largest %.2f", "QKVO"[int(e.reads)], e.mean, e.sd, e.q99, e.largest);
}

QTEST_APPLESS_MAIN(tst_similarity_null)
#include "tst_similarity_null.moc"
