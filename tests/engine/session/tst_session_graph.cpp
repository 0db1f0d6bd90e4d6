// SPDX-License-Identifier: GPL-3.0-or-later
// Graph, groups, map of heads and behaviour through the session's door.
#include <QTest>

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QThread>

#include <fstream>

#include <nlohmann/json.hpp>

#include "engine/session/jobs/behaviour.h"
#include "engine/session/jobs/cluster.h"
#include "engine/session/jobs/graph.h"
#include "tests/engine/session/run_to_end.h"
#include "tests/support/head_matrices.h"

using namespace hs;
using namespace hs::test;

namespace {

BehaviourText someText(int documents)
{
    BehaviourText text;
    text.name = "random";
    for (int i = 0; i < documents; ++i) text.prompts.push_back(randomPrompt(40, 50, std::uint64_t(i) + 3));
    return text;
}

}  // namespace

class tst_session_graph : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void graphAndItsFile();
    void freeLayoutPublishesOnTheWay();
    void collapsedToANeighbourhood();
    void behaviourGroupsAndMap();
    void swap();
    void cancelledSwapKeepsWhatIsDone();
    void errors();
};

void tst_session_graph::graphAndItsFile()
{
    EngineSession session;
    GraphJob job;
    job.matrices = {randomMatrix("OQ", 4, 4, 1), randomMatrix("OK", 4, 4, 2)};
    job.choice.top = 6;
    job.tag = 42;
    const Done done = runToEnd(session, job);
    QCOMPARE(done.end.state, JobState::Done);
    QCOMPARE(done.results.size(), std::size_t(1));
    const auto& r = std::any_cast<const GraphResult&>(done.results[0].answer);
    QVERIFY(r.complete);
    QCOMPARE(r.tag, std::uint64_t(42));
    QCOMPARE(r.graph->edges.size(), std::size_t(12));

    QTemporaryDir folder;
    const std::string path = folder.filePath(QStringLiteral("g.json")).toStdString();
    const Done written = runToEnd(session, WriteGraphJob{path, GraphFormat::Json, r.graph, r.layout});
    QCOMPARE(written.end.state, JobState::Done);
    std::ifstream file(path);
    QCOMPARE(nlohmann::json::parse(file)["edges"].size(), std::size_t(12));

    // Only a layout, from where the nodes are.
    GraphJob again;
    again.graph = r.graph;
    again.layout.before = r.layout;
    const Done moved = runToEnd(session, again);
    QCOMPARE(std::any_cast<const GraphResult&>(moved.results[0].answer).graph, r.graph);
}

void tst_session_graph::freeLayoutPublishesOnTheWay()
{
    EngineSession session;
    GraphJob job;
    job.matrices = {randomMatrix("OQ", 32, 32, 1)};
    job.choice.top = 2000;
    job.layout.kind = LayoutKind::Force;
    const Done stopped = runToEnd(session, job, true);
    QCOMPARE(stopped.end.state, JobState::Cancelled);
    QVERIFY(!stopped.results.empty());
    QVERIFY(!std::any_cast<const GraphResult&>(stopped.results[0].answer).complete);
}

void tst_session_graph::collapsedToANeighbourhood()
{
    EngineSession session;
    GraphJob job;
    job.matrices = {randomMatrix("OQ", 4, 4, 1)};
    const Done whole = runToEnd(session, job);
    job.focus = std::any_cast<const GraphResult&>(whole.results[0].answer).graph->edges[0].source;
    const Done part = runToEnd(session, job);
    const auto& graph = *std::any_cast<const GraphResult&>(part.results[0].answer).graph;
    QVERIFY(!graph.edges.empty() && graph.edges.size() < std::size_t(20));
    for (const GraphEdge& e : graph.edges) QVERIFY(e.source == job.focus || e.target == job.focus);
}

void tst_session_graph::behaviourGroupsAndMap()
{
    EngineSession session;
    BehaviourJob job;
    job.model = randomModel(smallConfig(2, 4, 32, 50, 64));
    job.text = someText(5);
    job.modelHash = "abc";
    const Done done = runToEnd(session, job);
    QCOMPARE(done.end.state, JobState::Done);
    QCOMPARE(done.results.size(), std::size_t(4));  // after 1, 2, 4 and all 5 documents
    const auto& last = *std::any_cast<const BehaviourAnswer&>(done.results.back().answer).result;
    QVERIFY(last.complete && last.outputs);
    QCOMPARE(last.patterns->modelHash, std::string("abc"));
    QCOMPARE(last.patterns->corpus, std::string("random"));
    QVERIFY(!std::any_cast<const BehaviourAnswer&>(done.results[0].answer).result->complete);

    ClusterJob cluster;
    cluster.matrix = last.patterns;
    cluster.clusters = 3;
    cluster.sinkMass = last.referenceMass;
    const Done grouped = runToEnd(session, cluster);
    const auto& groups = std::any_cast<const ClusterResult&>(grouped.results[0].answer);
    QCOMPARE(groups.groups.size(), std::size_t(3));
    QCOMPARE(groups.order.size(), std::size_t(8));
    std::size_t members = 0;
    for (const HeadGroup& g : groups.groups) members += g.members.size();
    QCOMPARE(members, std::size_t(8));

    const Done map = runToEnd(session, HeadMapJob{last.patterns, 7});
    const auto& placed = std::any_cast<const HeadMapResult&>(map.results[0].answer);
    QCOMPARE(placed.map->points.size(), std::size_t(8));
    QVERIFY(placed.map->explained > 0.2 && placed.map->explained <= 1 + 1e-9);
}

void tst_session_graph::swap()
{
    EngineSession session;
    SwapJob job;
    job.model = randomModel(smallConfig(2, 4, 32, 50, 64));
    job.text = someText(3);
    job.requests = {{{0, 1}, {0, 2}, SwapKind::Pattern}};
    const Done done = runToEnd(session, job);
    QCOMPARE(done.end.state, JobState::Done);
    QVERIFY(done.results.size() >= 2);  // something came on the way
    QCOMPARE(std::any_cast<const SwapAnswer&>(done.results.back().answer).results[0].change.size(), std::size_t(3));
}

void tst_session_graph::cancelledSwapKeepsWhatIsDone()
{
    EngineSession session;
    SwapJob job;
    job.model = randomModel(smallConfig(2, 4, 32, 50, 64));
    job.text = someText(4000);
    job.requests = {{{0, 1}, {0, 2}, SwapKind::Pattern}, {{1, 1}, {0, 2}, SwapKind::Output}};
    const JobId id = session.submit(job);
    std::vector<SwapAnswer> answers;
    std::optional<JobEnded> end;
    QElapsedTimer clock;
    clock.start();
    while (!end && clock.elapsed() < 60000) {
        for (const Event& event : session.drain()) {
            if (const auto* result = std::get_if<JobResult>(&event)) {
                answers.push_back(*result->as<SwapAnswer>());
                if (answers.back().results.front().change.size() > 2) session.cancel(id);
            }
            if (const auto* ended = std::get_if<JobEnded>(&event)) end = *ended;
        }
        QThread::msleep(2);
    }
    QVERIFY(end.has_value());
    QCOMPARE(end->state, JobState::Cancelled);
    const auto& kept = answers.back().results;
    QCOMPARE(kept.size(), std::size_t(2));
    const std::size_t documents = kept[0].change.size();
    QVERIFY(documents > 2 && documents < 4000);
    QCOMPARE(kept[1].change.size(), documents);
    for (std::size_t i = 1; i < answers.size(); ++i)
        QVERIFY(answers[i].results[0].change.size() >= answers[i - 1].results[0].change.size());

    // The same documents alone give the same numbers.
    job.text.prompts.resize(documents);
    const auto alone = std::any_cast<const SwapAnswer&>(runToEnd(session, job).results.back().answer).results;
    for (std::size_t k = 0; k < 2; ++k) {
        QVERIFY(alone[k].change == kept[k].change);
        QCOMPARE(alone[k].low, kept[k].low);
        QCOMPARE(alone[k].high, kept[k].high);
    }
}

void tst_session_graph::errors()
{
    EngineSession session;
    const auto code = [&](auto work) {
        const Done done = runToEnd(session, std::move(work));
        return done.end.error ? done.end.error->code : ErrorCode::Internal;
    };
    QCOMPARE(code(GraphJob{}), ErrorCode::InvalidArgument);
    QCOMPARE(code(ClusterJob{}), ErrorCode::InvalidArgument);
    QCOMPARE(code(ClusterJob{randomMatrix("OQ", 3, 3, 1), 0, -1, {}, 0}), ErrorCode::InvalidArgument);  // earlier to later is no distance
    QCOMPARE(code(HeadMapJob{}), ErrorCode::InvalidArgument);
    QCOMPARE(code(WriteGraphJob{}), ErrorCode::InvalidArgument);
    QCOMPARE(code(BehaviourJob{}), ErrorCode::InvalidArgument);
    BehaviourJob missing;
    missing.model = randomModel(smallConfig());
    missing.text.corpusPaths = {"/nonexistent/corpus"};
    QCOMPARE(code(missing), ErrorCode::FileNotFound);
}

QTEST_APPLESS_MAIN(tst_session_graph)
#include "tst_session_graph.moc"
