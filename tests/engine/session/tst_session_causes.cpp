// SPDX-License-Identifier: GPL-3.0-or-later
// The causes of an answer through the session's door, and the file of a patching map.
#include <QTest>

#include <QTemporaryDir>

#include "engine/forward/forward.h"
#include "engine/session/jobs/edges.h"
#include "engine/session/jobs/flow_routes.h"
#include "engine/session/jobs/logit_attribution.h"
#include "engine/session/jobs/patching.h"
#include "engine/session/jobs/run.h"
#include "tests/engine/session/run_to_end.h"
#include "tests/support/hdf5_numbers.h"
#include "tests/support/induction_model.h"

using namespace hs;
using namespace hs::test;

namespace {

PatchJob inductionJob()
{
    PatchJob job;
    job.prompts.model = inductionModel();
    job.prompts.cleanIds = inductionTokens();
    job.prompts.corruptIds = corruptedTokens();
    job.prompts.answer = "#2";
    job.prompts.wrong = "#4";
    job.metric.positions = {5};
    return job;
}

std::shared_ptr<const Run> inductionRun(EngineSession& session)
{
    RunJob job;
    job.model = inductionModel();
    job.ids = inductionTokens();
    return std::any_cast<const RunResult&>(runToEnd(session, job).results.back().answer).run;
}

}  // namespace

class tst_session_causes : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void patchesLayerByLayer();
    void patchingMapAsAFile();
    void promptsThatDoNotAlign();
    void bothRunsGoUnderTheSameInterventions();
    void pathsEdgesRoutesAndParts();
    void cancelKeepsWhatIsDone();
};

void tst_session_causes::patchesLayerByLayer()
{
    EngineSession session;
    PatchJob job = inductionJob();
    job.estimate = true;
    const Done done = runToEnd(session, job);
    QCOMPARE(done.end.state, JobState::Done);
    QCOMPARE(done.results.size(), std::size_t(3));  // the estimate, one layer, both
    const auto& first = std::any_cast<const PatchResult&>(done.results[0].answer);
    QVERIFY(first.estimate && !first.map && !first.complete);
    QVERIFY(!std::any_cast<const PatchResult&>(done.results[1].answer).complete);
    const auto& last = std::any_cast<const PatchResult&>(done.results[2].answer);
    QVERIFY(last.complete);
    QCOMPARE(last.check.cells, std::size_t(2));
    QVERIFY(std::abs(last.map->at(1, 0, 0) - 10) < 1e-4 && std::abs(last.map->clean - 10) < 1e-4
            && std::abs(last.map->corrupt + 10) < 1e-4);
}

void tst_session_causes::patchingMapAsAFile()
{
    EngineSession session;
    const QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("p.h5"));
    for (const PatchAxes axes : {PatchAxes::LayerHead, PatchAxes::LayerHeadPosition, PatchAxes::LayerPosition}) {
        PatchJob job = inductionJob();
        job.options.axes = axes;
        const auto result = std::any_cast<const PatchResult&>(runToEnd(session, job).results.back().answer);
        const Done written = runToEnd(session, WritePatchJob{path.toStdString(), result.pair, result.map});
        QCOMPARE(written.end.state, JobState::Done);
        const Numbers effect = readNumbers(path, "effect"), value = readNumbers(path, "value");
        QCOMPARE(effect.shape.size(), axes == PatchAxes::LayerHeadPosition ? std::size_t(3) : std::size_t(2));
        QCOMPARE(effect.shape[0], hsize_t(2));
        QCOMPARE(effect.shape.back(), axes == PatchAxes::LayerHead ? hsize_t(1) : hsize_t(9));
        // Layer 1 at row 5 regains all of it: 1; the metric itself is 10.
        const std::size_t cell = axes == PatchAxes::LayerHead ? 1 : 9 + 5;
        QVERIFY(std::abs(effect[cell] - 1) < 1e-5 && std::abs(value[cell] - 10) < 1e-4);
        QVERIFY(std::abs(readNumberAttribute(path, "effect", "clean_metric") - 10) < 1e-4);
        QCOMPARE(readNumbers(path, "corrupt_ids").values[1], 2.0);
    }
    const Done nowhere = runToEnd(session, WritePatchJob{"/no/such/folder/p.h5", {}, nullptr});
    QCOMPARE(nowhere.end.state, JobState::Failed);
}

void tst_session_causes::promptsThatDoNotAlign()
{
    EngineSession session;
    PatchJob job = inductionJob();
    job.prompts.corruptIds.pop_back();
    const Done shorter = runToEnd(session, job);
    QCOMPARE(shorter.end.state, JobState::Failed);
    QCOMPARE(shorter.end.error->code, ErrorCode::PromptsDiffer);
    QCOMPARE(shorter.end.error->item, std::string("clean, corrupt"));
    job = inductionJob();
    job.prompts.answer = "#99";
    QCOMPARE(runToEnd(session, job).end.error->code, ErrorCode::TokenOutOfRange);
    job.prompts.answer = "Paris";
    QCOMPARE(runToEnd(session, job).end.error->code, ErrorCode::TokenizerMissing);
    job.prompts.model = nullptr;
    QCOMPARE(runToEnd(session, job).end.error->code, ErrorCode::InvalidArgument);
    QCOMPARE(runToEnd(session, FlowRoutesJob{}).end.error->code, ErrorCode::InvalidArgument);
}

void tst_session_causes::bothRunsGoUnderTheSameInterventions()
{
    EngineSession session;
    RunJob run;
    run.model = inductionModel();
    run.ids = inductionTokens();
    run.options.interventions = {zeroHead({1, 0})};
    PatchJob job = inductionJob();
    job.prompts.model = run.model;
    job.prompts.cleanIds.clear();
    job.prompts.clean = std::any_cast<const RunResult&>(runToEnd(session, run).results.back().answer).run;
    const Done done = runToEnd(session, job);
    QCOMPARE(done.end.state, JobState::Done);
    const auto result = std::any_cast<const PatchResult&>(done.results.back().answer);
    QCOMPARE(result.pair.corrupt->interventions, (Interventions{zeroHead({1, 0})}));
    // Without the induction head neither prompt has an answer: nothing is left that patching could move.
    QVERIFY(std::abs(result.map->clean) < 1e-4 && std::abs(result.map->corrupt) < 1e-4);
}

void tst_session_causes::pathsEdgesRoutesAndParts()
{
    EngineSession session;
    const auto run = inductionRun(session);
    PathPatchJob paths;
    paths.prompts = inductionJob().prompts;
    paths.metric.positions = {5};
    paths.options.receivers = {{{1, 0}, Site::K}};
    const auto path = std::any_cast<const PathPatchResult&>(runToEnd(session, paths).results.back().answer);
    QVERIFY(path.complete && std::abs(path.map->at(0, 0)) < 1e-4);

    Metric metric;
    metric.kind = MetricKind::LogitDifference;
    metric.positions = {5};
    metric.answer = 2;
    metric.wrong = 4;
    const Done edges = runToEnd(session, EdgeKnockOutJob{run, metric, {{{1, 0}, 5, 2}, {{1, 0}, 5, 3}}});
    QCOMPARE(edges.results.size(), std::size_t(2));
    QVERIFY(std::abs(std::any_cast<const EdgeKnockOutResult&>(edges.results[0].answer).change + 12) < 1e-4);
    const auto influence =
        std::any_cast<const EdgeInfluenceResult&>(runToEnd(session, EdgeInfluenceJob{run, metric, {{1, 0}}}).results.back().answer);
    QCOMPARE(influence.influence->influence[0].rows(), std::ptrdiff_t(9));
    FlowRoutesJob routes;
    routes.run = run;
    routes.options.position = 5;
    QVERIFY(!std::any_cast<const FlowRoutesResult&>(runToEnd(session, routes).results.back().answer).routes->edges.empty());
    const Done parts = runToEnd(session, LogitAttributionJob{run, {5, 2, 4}});
    QCOMPARE(parts.results.size(), std::size_t(2));
    const auto attribution = std::any_cast<const LogitAttributionResult&>(parts.results.back().answer);
    QVERIFY(attribution.lens && attribution.sources && std::abs(attribution.parts->heads[1][0] - 10) < 1e-5);
}

void tst_session_causes::cancelKeepsWhatIsDone()
{
    EngineSession session;
    PatchJob job;
    job.prompts.model = randomModel(smallConfig(8, 8, 128, 50, 64));
    job.prompts.cleanIds = randomPrompt(60, 50, 1)->ids();
    job.prompts.corruptIds = randomPrompt(60, 50, 2)->ids();
    job.prompts.answer = "#3";
    job.options.axes = PatchAxes::LayerHeadPosition;
    const Done done = runToEnd(session, job, true);
    QCOMPARE(done.end.state, JobState::Cancelled);
    QVERIFY(!done.results.empty());
    const auto& map = *std::any_cast<const PatchResult&>(done.results.front().answer).map;
    QVERIFY(map.done > 0 && map.done < map.total);
}

QTEST_APPLESS_MAIN(tst_session_causes)
#include "tst_session_causes.moc"
