// SPDX-License-Identifier: GPL-3.0-or-later
// Runs, cuts and continuations through the session, against the forward pass called directly.
#include <QTest>

#include <algorithm>
#include <numeric>

#include <algorithm>
#include <cmath>

#include "engine/session/jobs/ablation.h"
#include "engine/session/jobs/continue.h"
#include "engine/session/jobs/pictures.h"
#include "engine/session/jobs/run.h"
#include "engine/session/jobs/tokenise.h"
#include "tests/engine/session/session_support.h"
#include "tests/support/random_model.h"

using namespace hs;
using namespace hs::test;

namespace {

std::shared_ptr<const Model> modelWithTokenizer(ModelConfig config)
{
    Model::Parts parts;
    parts.identity.name = "random";
    parts.config = config;
    parts.tokenizer = makeIdTokenizer(config.dVocab);
    parts.source = std::make_shared<RandomSource>(config, RandomModelOptions{});
    return std::make_shared<const Model>(std::move(parts));
}

std::shared_ptr<const Run> direct(const std::shared_ptr<const Model>& model, const std::vector<int>& ids, const Interventions& cuts = {})
{
    ForwardOptions options;
    options.interventions = cuts;
    auto run = forward(model, promptOfIds(ids), options);
    return run ? *run : nullptr;
}

bool equalLogits(const Run& a, const Run& b)
{
    return a.logits.rows() == b.logits.rows() && a.logits.cols() == b.logits.cols()
           && std::equal(a.logits.data(), a.logits.data() + a.logits.rows() * a.logits.cols(), b.logits.data());
}

const std::vector<int> kIds{3, 14, 15, 9, 26, 5, 35, 8, 9, 7};

}  // namespace

class TestSessionRuns : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void runIsPublishedLayerByLayer();
    void textNeedsTokenizer();
    void badIdsAreRefused();
    void tokeniseGivesPrompt();
    void baseIsUsedAgain();
    void otherPromptIgnoresBase();
    void ablationAgreesWithForward();
    void greedyContinuationIsArgmax();
    void seededContinuationRepeats();
    void continuationStopsAtContext();
    void costIsSaidBeforeLongRun();
    void missingPartComesBeforeTokenizer();
    void cancelWithin100ms();
    void interactiveJobsAnswerDuringRun();
};

void TestSessionRuns::runIsPublishedLayerByLayer()
{
    const auto model = randomModel(smallConfig(4));
    EngineSession session;
    FrontEnd front(session);
    RunJob job;
    job.model = model;
    job.ids = kIds;
    const JobId id = session.submit(std::move(job));
    QVERIFY(front.awaitEnd(id));
    const auto stages = front.results<RunResult>(id);
    QVERIFY(stages.size() >= 4);
    int ready = 0;
    for (const RunResult& stage : stages) {
        QVERIFY(stage.run->readyLayers() >= ready);
        ready = stage.run->readyLayers();
    }
    QCOMPARE(stages.front().run->readyLayers(), 1);
    QVERIFY(stages.back().run->complete);
    // The finished layers of a stage are those of the end: nothing is computed twice.
    QVERIFY(stages.front().run->layerRuns[0] == stages.back().run->layerRuns[0]);
    QVERIFY(equalLogits(*stages.back().run, *direct(model, kIds)));
}

void TestSessionRuns::textNeedsTokenizer()
{
    EngineSession session;
    FrontEnd front(session);
    RunJob job;
    job.model = randomModel(smallConfig());
    job.text = "hello";
    const JobId id = session.submit(std::move(job));
    QVERIFY(front.awaitEnd(id));
    QCOMPARE(front.end(id)->error->code, ErrorCode::TokenizerMissing);
}

void TestSessionRuns::badIdsAreRefused()
{
    EngineSession session;
    FrontEnd front(session);
    for (const std::vector<int>& ids : {std::vector<int>{1, 50}, std::vector<int>{-1}}) {
        RunJob job;
        job.model = randomModel(smallConfig());
        job.ids = ids;
        const JobId id = session.submit(std::move(job));
        QVERIFY(front.awaitEnd(id));
        QCOMPARE(front.end(id)->error->code, ErrorCode::TokenOutOfRange);
    }
}

void TestSessionRuns::tokeniseGivesPrompt()
{
    EngineSession session;
    FrontEnd front(session);
    const JobId id = session.submit(TokeniseJob{modelWithTokenizer(smallConfig()), "1, 2 3"}, "tokens");
    QVERIFY(front.awaitEnd(id));
    const auto results = front.results<TokeniseResult>(id);
    QCOMPARE(results.size(), std::size_t(1));
    QVERIFY((results[0].prompt->ids() == std::vector<int>{1, 2, 3}));
    QCOMPARE(results[0].text, std::string("1, 2 3"));
}

void TestSessionRuns::baseIsUsedAgain()
{
    const auto model = randomModel(smallConfig(4));
    EngineSession session;
    FrontEnd front(session);
    RunJob job;
    job.base = direct(model, kIds);
    job.options.interventions = {zeroHead({2, 1})};
    const auto base = job.base;
    const auto cuts = job.options.interventions;
    const JobId id = session.submit(std::move(job));
    QVERIFY(front.awaitEnd(id));
    const auto run = front.results<RunResult>(id).back().run;
    QVERIFY(run->layerRuns[0] == base->layerRuns[0]);
    QVERIFY(run->layerRuns[1] == base->layerRuns[1]);
    QVERIFY(run->layerRuns[2] != base->layerRuns[2]);
    QVERIFY(equalLogits(*run, *direct(model, kIds, cuts)));
    QVERIFY(!equalLogits(*run, *base));
}

void TestSessionRuns::otherPromptIgnoresBase()
{
    const auto model = randomModel(smallConfig(2));
    EngineSession session;
    FrontEnd front(session);
    RunJob job;
    job.model = model;
    job.base = direct(model, kIds);
    job.ids = {1, 2, 3};
    const JobId id = session.submit(std::move(job));
    QVERIFY(front.awaitEnd(id));
    QVERIFY(equalLogits(*front.results<RunResult>(id).back().run, *direct(model, {1, 2, 3})));
}

void TestSessionRuns::ablationAgreesWithForward()
{
    const auto model = randomModel(smallConfig(3));
    EngineSession session;
    FrontEnd front(session);
    AblationJob job;
    job.base = direct(model, kIds);
    for (int head = 0; head < 4; ++head) job.variants.push_back({zeroHead({1, head})});
    const auto variants = job.variants;
    const auto base = job.base;
    const JobId id = session.submit(std::move(job));
    QVERIFY(front.awaitEnd(id));
    const auto results = front.results<AblationResult>(id);
    QCOMPARE(results.size(), variants.size());
    for (std::size_t i = 0; i < variants.size(); ++i) {
        const auto expected = direct(model, kIds, variants[i]);
        QCOMPARE(results[i].index, i);
        QCOMPARE(results[i].outcome.loss, expected->loss);
        QVERIFY(results[i].outcome.loss != base->loss);
        // Oracle: the whole vocabulary, by the larger of the probabilities before and after.
        std::vector<int> ids(static_cast<std::size_t>(model->config().dVocab));
        std::iota(ids.begin(), ids.end(), 0);
        const std::vector<float> before = nextProbabilities(*base, -1, ids), after = nextProbabilities(*expected, -1, ids);
        const auto most = [&](int t) { return std::max(before[static_cast<std::size_t>(t)], after[static_cast<std::size_t>(t)]); };
        std::stable_sort(ids.begin(), ids.end(), [&](int x, int y) { return most(x) > most(y); });
        QCOMPARE(results[i].outcome.next.size(), std::size_t{8});
        QCOMPARE(results[i].outcome.baseProbabilities.size(), std::size_t{8});
        for (std::size_t k = 0; k < 8; ++k) {
            const auto t = static_cast<std::size_t>(ids[k]);
            QCOMPARE(results[i].outcome.next[k].id, ids[k]);
            QCOMPARE(results[i].outcome.next[k].probability, after[t]);
            QCOMPARE(results[i].outcome.baseProbabilities[k], before[t]);
        }
    }
}

void TestSessionRuns::greedyContinuationIsArgmax()
{
    const auto model = randomModel(smallConfig());
    EngineSession session;
    FrontEnd front(session);
    ContinueJob job;
    job.model = model;
    job.prompt = promptOfIds({4, 8, 15});
    job.tokens = 6;
    const JobId id = session.submit(std::move(job));
    QVERIFY(front.awaitEnd(id));
    const auto result = front.results<ContinueResult>(id).front();

    std::vector<int> ids{4, 8, 15};
    for (int i = 0; i < 6; ++i) {
        const auto run = direct(model, ids);
        const float* row = run->logits.row(run->logits.rows() - 1);
        const auto best = std::max_element(row, row + run->logits.cols()) - row;
        double sum = 0;
        for (int v = 0; v < run->logits.cols(); ++v) sum += std::exp(static_cast<double>(row[v]) - static_cast<double>(row[best]));
        QCOMPARE(result.newIds[static_cast<std::size_t>(i)], static_cast<int>(best));
        QVERIFY(std::abs(static_cast<double>(result.probabilities[static_cast<std::size_t>(i)]) - 1 / sum) < 1e-6);
        ids.push_back(static_cast<int>(best));
    }
    QCOMPARE(result.newIds.size(), std::size_t(6));
}

void TestSessionRuns::seededContinuationRepeats()
{
    const auto model = randomModel(smallConfig());
    EngineSession session;
    FrontEnd front(session);
    const auto continued = [&](std::uint64_t seed) {
        ContinueJob job;
        job.model = model;
        job.prompt = promptOfIds({4, 8, 15});
        job.tokens = 12;
        job.temperature = 1.0;
        job.seed = seed;
        const JobId id = session.submit(std::move(job));
        return front.awaitEnd(id) ? front.results<ContinueResult>(id).front().newIds : std::vector<int>{};
    };
    const auto first = continued(11);
    QCOMPARE(first.size(), std::size_t(12));
    QVERIFY(first == continued(11));
    QVERIFY(first != continued(12));
}

void TestSessionRuns::continuationStopsAtContext()
{
    EngineSession session;
    FrontEnd front(session);
    ContinueJob job;
    job.model = randomModel(smallConfig(2, 4, 32, 50, 8));
    job.prompt = promptOfIds({1, 2, 3, 4, 5});
    job.tokens = 20;
    const JobId id = session.submit(job);
    QVERIFY(front.awaitEnd(id));
    QCOMPARE(front.end(id)->state, JobState::Done);
    QCOMPARE(front.results<ContinueResult>(id).front().newIds.size(), std::size_t(4));  // the last one is predicted from 8 tokens

    job.prompt = promptOfIds({1, 2, 3, 4, 5, 6, 7, 8, 9});
    const JobId tooLong = session.submit(job);
    QVERIFY(front.awaitEnd(tooLong));
    QCOMPARE(front.end(tooLong)->error->code, ErrorCode::TextTooLong);
}

void TestSessionRuns::costIsSaidBeforeLongRun()
{
    // A teraflop of attention: more than a second on any machine this runs on.
    const auto model = randomModel(smallConfig(8, 8, 256, 100, 16384));
    EngineSession session;
    FrontEnd front(session);
    RunJob job;
    job.model = model;
    job.ids = randomPrompt(16384, 100)->ids();
    const JobId id = session.submit(std::move(job));
    QVERIFY(front.await([&] { return front.count(id, 1) > 0; }));
    session.cancel(id);
    QVERIFY(front.awaitEnd(id));
    QCOMPARE(front.end(id)->state, JobState::Cancelled);
    for (const Event& event : front.events) {
        const auto* progress = std::get_if<JobProgress>(&event);
        if (!progress) continue;
        QCOMPARE(progress->report.done, 0);
        QVERIFY2(progress->secondsLeft >= 1, qPrintable(QString::number(progress->secondsLeft)));
        break;
    }
}

void TestSessionRuns::missingPartComesBeforeTokenizer()
{
    Model::Parts parts;
    parts.config = smallConfig();
    parts.missing = {Part::TokenEmbedding};
    parts.source = std::make_shared<RandomSource>(parts.config, RandomModelOptions{});
    EngineSession session;
    FrontEnd front(session);
    RunJob job;
    job.model = std::make_shared<const Model>(std::move(parts));
    job.text = "hello";
    const JobId id = session.submit(std::move(job));
    QVERIFY(front.awaitEnd(id));
    QCOMPARE(front.end(id)->error->code, ErrorCode::ModelPartial);
    QCOMPARE(front.end(id)->error->item, std::string("embed/W_E"));
}

void TestSessionRuns::cancelWithin100ms()
{
    ModelConfig config = smallConfig(6, 12, 768, 2000, 2048);
    const auto model = randomModel(config);
    for (int layer = 0; layer < 6; ++layer) QVERIFY(model->layer(layer).ok());  // making random weights is not what is measured
    EngineSession session;
    FrontEnd front(session);
    std::vector<double> waits;
    for (int round = 0; round < 5; ++round) {
        RunJob job;
        job.model = model;
        job.ids = randomPrompt(1500, 2000)->ids();
        const JobId id = session.submit(std::move(job));
        QVERIFY(front.await([&] { return front.count(id, 0) > 0; }));
        std::this_thread::sleep_for(std::chrono::milliseconds(40 + 70 * round));
        const auto asked = std::chrono::steady_clock::now();
        session.cancel(id);
        QVERIFY(front.awaitEnd(id));
        waits.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - asked).count());
        QCOMPARE(front.end(id)->state, JobState::Cancelled);
    }
    // The middle one, because another program may hold the processor during a single round.
    std::sort(waits.begin(), waits.end());
    QVERIFY2(waits[2] < 100.0 * kSlowness, qPrintable(QString::number(waits[2])));
}

void TestSessionRuns::interactiveJobsAnswerDuringRun()
{
    ModelConfig config = smallConfig(8, 8, 256, 500, 1024);
    const auto model = randomModel(config);
    EngineSession session;
    FrontEnd front(session);
    RunJob job;
    job.model = model;
    job.ids = randomPrompt(1000, 500)->ids();
    const JobId run = session.submit(std::move(job));
    QVERIFY(front.await([&] { return !front.results<RunResult>(run).empty(); }));
    const auto firstStage = front.results<RunResult>(run).front().run;
    const JobId click = session.submit(tile(firstStage, {0, 3}, 100));
    QVERIFY(front.awaitEnd(run));
    QVERIFY(front.awaitEnd(click));
    std::vector<JobId> ends;
    for (const Event& event : front.events)
        if (const auto* ended = std::get_if<JobEnded>(&event)) ends.push_back(ended->job);
    QVERIFY((ends == std::vector<JobId>{click, run}));
    const auto cells = front.results<TileResult>(click).front().cells;
    for (int q = 0; q < 100; ++q) {
        double sum = 0;
        for (int k = 0; k < 100; ++k) sum += static_cast<double>((*cells)(q, k));
        QVERIFY(std::abs(sum - 1) < 1e-4);
    }
}

QTEST_APPLESS_MAIN(TestSessionRuns)
#include "tst_session_runs.moc"
