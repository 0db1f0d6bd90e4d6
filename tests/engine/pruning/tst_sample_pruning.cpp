// SPDX-License-Identifier: GPL-3.0-or-later
// What pruning says about the sample model: induction heads matter where text repeats and not elsewhere; the curve by importance
// against random orders.
#include <QLatin1Char>
#include <QTest>

#include "engine/analysis/importance/sets.h"
#include "engine/analysis/pruning/pruning.h"
#include "engine/forward/forward.h"
#include "engine/io/open.h"
#include "engine/session/texts.h"
#include "tests/support/paths.h"
#include "tests/support/random_model.h"

using namespace hs;
using namespace hs::test;

namespace {

/// Heads of the model card's table of scores on repeated random tokens: more than half of their weight on the token after the
/// earlier copy.
const std::vector<HeadId> kInduction{{2, 2}, {2, 6}, {2, 7}, {3, 2}, {3, 4}, {3, 7}};

std::shared_ptr<const Model> sample()
{
    static const auto model = openModel(samplePath());
    return model.ok() ? *model : nullptr;
}

ImportanceText textFile(const char* name, int length, int prompts)
{
    TextRequest request;
    request.files = {samplePath("") + name};
    request.length = length;
    request.maxPrompts = prompts;
    const auto text = promptsOf(*sample(), request);
    return text.ok() ? *text : ImportanceText{};
}

/// End-of-text, some random tokens, and when `twice` the same again.
ImportanceText randomTokens(bool twice, int prompts)
{
    ImportanceText text;
    for (int p = 0; p < prompts; ++p) {
        Random random(static_cast<std::uint64_t>(p) + 40);
        std::vector<int> ids{2047};
        const int run = twice ? 40 : 80;
        for (int i = 0; i < run; ++i) ids.push_back(random.below(2047));
        for (int i = 0; twice && i < run; ++i) ids.push_back(ids[static_cast<std::size_t>(i) + 1]);
        text.prompts.push_back(promptOfIds(ids));
    }
    return text;
}

}  // namespace

class tst_sample_pruning : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void inductionHeadsMatterOnRepeatsOnly();
    void inductionHeadsMatterInTheSecondHalf_data();
    void inductionHeadsMatterInTheSecondHalf();
    void importanceAgainstRandomOrders();
};

void tst_sample_pruning::inductionHeadsMatterOnRepeatsOnly()
{
    QVERIFY(sample());
    const ImportanceText plain = textFile("sample_corpus.txt", 100, 24);
    QVERIFY(plain.prompts.size() >= 20);
    const auto means = collectAblationValues(sample(), textFile("passages.txt", 100, 0).prompts, AblationKind::Mean, {});
    QVERIFY(means.ok());
    const auto change = [&](const ImportanceText& text, const std::vector<HeadId>& heads) {
        return ablateSets(sample(), text, {heads}, **means, {})->front();
    };
    const SetEffect repeated = change(randomTokens(true, 8), kInduction), once = change(randomTokens(false, 8), kInduction);
    const SetEffect prose = change(plain, kInduction);
    qInfo("without its induction heads: repeated tokens %+.3f, tokens said once %+.3f, prose %+.3f nats", repeated.change, once.change,
          prose.change);
    QVERIFY2(repeated.change > 1.0, qPrintable(QString::number(repeated.change)));
    QVERIFY(repeated.interval && repeated.interval->low > 0.5);
    QVERIFY2(std::abs(once.change) < 0.2 * repeated.change, qPrintable(QString::number(once.change)));
    QVERIFY2(std::abs(prose.change) < 0.2 * repeated.change, qPrintable(QString::number(prose.change)));
}

void tst_sample_pruning::inductionHeadsMatterInTheSecondHalf_data()
{
    QTest::addColumn<int>("ablation");
    QTest::newRow("zero") << static_cast<int>(AblationKind::Zero);
    QTest::newRow("mean") << static_cast<int>(AblationKind::Mean);
}

/// Three heads of one layer alone: token by token, the loss rises where the text was said before and stays where it was not.
void tst_sample_pruning::inductionHeadsMatterInTheSecondHalf()
{
    QFETCH(int, ablation);
    QVERIFY(sample());
    const auto kind = static_cast<AblationKind>(ablation);
    const auto values = collectAblationValues(sample(), textFile("passages.txt", 100, 0).prompts, kind, {});
    QVERIFY(values.ok());
    HeadCuts cuts;
    for (const HeadId head : {HeadId{2, 2}, HeadId{2, 6}, HeadId{2, 7}}) cuts.push_back({head, 0.0f, -1});
    double change[2] = {0, 0};
    int count[2] = {0, 0};
    for (const auto& prompt : randomTokens(true, 8).prompts) {
        ForwardOptions options;
        options.stats = false;
        options.keepResiduals = false;
        const auto whole = forward(sample(), prompt, options);
        options.interventions = cutInterventions(cuts, **values, sample()->config(), prompt->size());
        const auto cut = forward(sample(), prompt, options);
        QVERIFY(whole.ok() && cut.ok());
        const auto &intact = (*whole)->tokenLoss, &without = (*cut)->tokenLoss;
        QCOMPARE(intact.size(), std::size_t(80));
        // tokenLoss[i] is that of token i + 1; tokens 41 to 80 repeat 1 to 40, and the first of them cannot be known to.
        for (std::size_t i = 0; i < intact.size(); ++i) {
            const int half = i >= 41 ? 1 : 0;
            if (i == 40) continue;
            change[half] += static_cast<double>(without[i]) - static_cast<double>(intact[i]);
            ++count[half];
        }
    }
    const double first = change[0] / count[0], second = change[1] / count[1];
    qInfo("without L2H2, L2H6, L2H7: first half %+.3f, second half %+.3f nats per token", first, second);
    QVERIFY2(second > 0.5, qPrintable(QString::number(second)));
    QVERIFY2(std::abs(first) < 0.1 * second, qPrintable(QString::number(first)));
}

void tst_sample_pruning::importanceAgainstRandomOrders()
{
    // Different texts: twelve passages to choose by, text of the model's own to measure on.
    const ImportanceText calibration = textFile("passages.txt", 64, 0), test = textFile("sample_corpus.txt", 64, 16);
    PruningSpec spec;
    spec.score = ImportanceKind::AblationMean;
    spec.ablation = AblationKind::Mean;
    spec.recompute = false;
    spec.orders = {OrderKind::Score, OrderKind::Reverse, OrderKind::Magnitude, OrderKind::Random};
    spec.stepShare = 0.125;
    spec.resamples = 200;
    const auto curve = runPruning(sample(), calibration, test, spec, {});
    QVERIFY(curve.ok());
    const PruningSeries& score = *(*curve)->find(OrderKind::Score);
    const BandReport report = againstRandom(**curve, score), reverse = againstRandom(**curve, *(*curve)->find(OrderKind::Reverse));
    QString where;
    for (const int left : report.notBelow) where += QString::number(left) + QLatin1Char(' ');
    qInfo("by importance: %d points below, %d inside, %d above the random band; not below with %s heads left", report.below, report.inside,
          report.above, qPrintable(where));
    // A score that is worth its name beats nine of ten random orders over most of the way, and reversed it loses to them.
    QCOMPARE(report.below + report.inside + report.above, 7);
    QVERIFY2(report.below >= 4, qPrintable(where));
    QCOMPARE(report.above, 0);
    QVERIFY(reverse.above >= 4);
    QCOMPARE(reverse.below, 0);
}

QTEST_APPLESS_MAIN(tst_sample_pruning)
#include "tst_sample_pruning.moc"
