// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <cmath>
#include <limits>
#include <vector>

#include "engine/session/sampling.h"

using namespace hs;

class TestSampling : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void greedyTakesFirstLargest();
    void frequenciesFollowProbabilities_data();
    void frequenciesFollowProbabilities();
    void impossibleTokensNeverCome();
    void largeLogitsStayFinite();
};

void TestSampling::greedyTakesFirstLargest()
{
    SeededRandom random(1);
    const std::vector<float> logits{0.0f, 2.0f, 2.0f, -1.0f};
    const Choice choice = chooseToken(logits, 0, random);
    QCOMPARE(choice.id, 1);
    const double sum = std::exp(-2.0) + 1 + 1 + std::exp(-3.0);
    QVERIFY(std::abs(static_cast<double>(choice.probability) - 1 / sum) < 1e-7);
}

void TestSampling::frequenciesFollowProbabilities_data()
{
    QTest::addColumn<double>("temperature");
    QTest::newRow("as trained") << 1.0;
    QTest::newRow("sharper") << 0.5;
    QTest::newRow("flatter") << 2.0;
}

void TestSampling::frequenciesFollowProbabilities()
{
    QFETCH(double, temperature);
    const std::vector<float> logits{1.0f, 0.0f, -1.0f, 2.0f, 0.5f};
    constexpr int draws = 40000;
    std::vector<int> counts(logits.size());
    SeededRandom random(5);
    for (int i = 0; i < draws; ++i) ++counts[static_cast<std::size_t>(chooseToken(logits, temperature, random).id)];
    double sum = 0;
    for (const float l : logits) sum += std::exp(static_cast<double>(l) / temperature);
    for (std::size_t i = 0; i < logits.size(); ++i) {
        const double p = std::exp(static_cast<double>(logits[i]) / temperature) / sum;
        const double deviation = std::sqrt(p * (1 - p) / draws);
        QVERIFY(std::abs(counts[i] / static_cast<double>(draws) - p) < 5 * deviation);
    }
}

void TestSampling::impossibleTokensNeverCome()
{
    const float never = -std::numeric_limits<float>::infinity();
    const std::vector<float> logits{never, 0.0f, never, 0.0f, never};
    SeededRandom random(2);
    for (int i = 0; i < 2000; ++i) QCOMPARE(chooseToken(logits, 1.0, random).id % 2, 1);
}

void TestSampling::largeLogitsStayFinite()
{
    const std::vector<float> logits{1e30f, -1e30f, 0.0f};
    SeededRandom random(3);
    const Choice choice = chooseToken(logits, 0.1, random);
    QCOMPARE(choice.id, 0);
    QCOMPARE(choice.probability, 1.0f);
}

QTEST_APPLESS_MAIN(TestSampling)
#include "tst_sampling.moc"
