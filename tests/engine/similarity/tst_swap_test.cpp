// SPDX-License-Identifier: GPL-3.0-or-later
// The swap test: one head's pattern or output in the place of another's.
#include <QTest>

#include <cmath>

#include "engine/forward/forward.h"
#include "engine/similarity/behaviour/swap_steps.h"
#include "tests/support/forward_cases.h"
#include "tests/support/random_corpus.h"

using namespace hs;
using namespace hs::test;

namespace {

bool near(double a, double b, double tolerance) { return std::abs(a - b) <= tolerance; }

}  // namespace

class tst_swap_test : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void swapOfAHeadWithItselfChangesNothing();
    void swapAgreesWithAForcedPattern();
    void swapTellsOnTheWayAndKeepsWholeDocuments();
    void refusedAndCancelled();
};

void tst_swap_test::swapOfAHeadWithItselfChangesNothing()
{
    const auto model = randomModel(smallConfig(2, 4, 32, 50, 64), {.gain = 2.0f});
    const PromptCorpus corpus = randomCorpus(3, 30, 50);
    const auto results = swapTestInSteps(model, corpus,
                                         {{{0, 2}, {0, 2}, SwapKind::Pattern},
                                          {{1, 1}, {1, 1}, SwapKind::Output},
                                          {{0, 2}, {1, 3}, SwapKind::Pattern},
                                          {{1, 0}, {0, 0}, SwapKind::Output}});
    QVERIFY(results.ok());
    QCOMPARE(results->size(), std::size_t(4));
    for (std::size_t k = 0; k < 2; ++k) {
        for (double change : (*results)[k].change) QVERIFY2(near(change, 0, 2e-6), qPrintable(QString::number(change)));
        QVERIFY(near((*results)[k].mean, 0, 2e-6));
    }
    for (std::size_t k = 2; k < 4; ++k) {
        const SwapResult& r = (*results)[k];
        QCOMPARE(r.change.size(), std::size_t(3));
        QVERIFY(std::abs(r.change[0]) > 1e-5);
        QVERIFY(r.low <= r.mean && r.mean <= r.high);
        QVERIFY(r.baseLoss > 1);
    }
}

void tst_swap_test::swapAgreesWithAForcedPattern()
{
    const auto model = randomModel(smallConfig(2, 4, 32, 50, 64), {.gain = 2.0f});
    PromptCorpus corpus = randomCorpus(1, 20, 50);
    const auto results = swapTestInSteps(model, corpus, {{{0, 1}, {1, 2}, SwapKind::Pattern}});
    QVERIFY(results.ok());
    QVERIFY(std::isnan((*results)[0].low) && !(*results)[0].noChange());  // one document tells nothing of chance
    const auto base = *forward(model, corpus.prompts[0], {});
    ForwardOptions options;
    const MatrixF map = *base->tile({1, 2}, MapKind::Weights, 0, 20, 0, 20);
    for (int i = 0; i < 20; ++i) options.interventions.push_back(forceRow({0, 1}, i, {map.row(i), map.row(i) + 20}));
    const auto forced = *forward(model, corpus.prompts[0], options);
    QVERIFY(near((*results)[0].change[0], forced->loss - base->loss, 1e-6));
}

void tst_swap_test::swapTellsOnTheWayAndKeepsWholeDocuments()
{
    const auto model = randomModel(smallConfig(2, 4, 32, 50, 64), {.gain = 2.0f});
    const PromptCorpus corpus = randomCorpus(5, 30, 50);
    const std::vector<SwapRequest> requests{{{0, 1}, {1, 2}, SwapKind::Pattern},
                                            {{1, 0}, {0, 0}, SwapKind::Output},
                                            {{0, 2}, {0, 3}, SwapKind::Pattern}};
    const auto whole = swapTestInSteps(model, corpus, requests, 7);
    QVERIFY(whole.ok());
    std::vector<std::vector<SwapResult>> told;
    const auto same = [](const SwapResult& a, const SwapResult& b) {
        return a.request.head == b.request.head && a.change == b.change && a.mean == b.mean && a.low == b.low && a.high == b.high
               && a.baseLoss == b.baseLoss;
    };

    // Listening changes nothing, and the first number comes before the first document is through.
    const auto listened =
        swapTestInSteps(model, corpus, requests, 7, {}, [&](const std::vector<SwapResult>& soFar) { told.push_back(soFar); });
    QVERIFY(listened.ok());
    for (std::size_t k = 0; k < requests.size(); ++k) QVERIFY(same((*listened)[k], (*whole)[k]));
    QVERIFY(!told.empty());
    QCOMPARE(told.front().size(), std::size_t(1));
    QCOMPARE(told.front()[0].change, std::vector<double>{(*whole)[0].change[0]});

    // Stopped before the third document: the numbers of the first two, exactly as a test of those alone gives them.
    told.clear();
    std::stop_source stop;
    const Progress third(stop.get_token(), [&](const ProgressReport& p) {
        if (p.stage == Stage::SwapTest && p.done == 2) stop.request_stop();
    });
    QCOMPARE(swapTestInSteps(model, corpus, requests, 7, third, [&](const std::vector<SwapResult>& soFar) { told.push_back(soFar); })
                 .error()
                 .code,
             ErrorCode::Cancelled);
    PromptCorpus two = corpus;
    two.prompts.resize(2);
    const auto alone = swapTestInSteps(model, two, requests, 7);
    QVERIFY(alone.ok());
    QCOMPARE(told.back().size(), requests.size());
    for (std::size_t k = 0; k < requests.size(); ++k) QVERIFY(same(told.back()[k], (*alone)[k]));

    // Stopped within the first document: the requests that have run, and no others.
    told.clear();
    std::stop_source early;
    QCOMPARE(swapTestInSteps(model, corpus, requests, 7, Progress(early.get_token(), {}),
                             [&](const std::vector<SwapResult>& soFar) {
                                 told.push_back(soFar);
                                 early.request_stop();
                             })
                 .error()
                 .code,
             ErrorCode::Cancelled);
    QVERIFY(told.back().size() < requests.size());
    QCOMPARE(told.back()[0].change.size(), std::size_t(1));
}

void tst_swap_test::refusedAndCancelled()
{
    const auto model = randomModel(smallConfig(2, 4, 32, 50, 64));
    QCOMPARE(swapTestInSteps(model, randomCorpus(1, 9, 50), {{{9, 0}, {0, 0}}}).error().code, ErrorCode::HeadOutOfRange);
    std::stop_source stop;
    int reports = 0;
    const Progress progress(stop.get_token(), [&](const ProgressReport&) {
        if (++reports == 2) stop.request_stop();
    });
    QCOMPARE(swapTestInSteps(model, randomCorpus(5, 30, 50), {{{0, 0}, {0, 1}}}, 1, progress).error().code, ErrorCode::Cancelled);
    QCOMPARE(reports, 2);
}

QTEST_APPLESS_MAIN(tst_swap_test)
#include "tst_swap_test.moc"
