// SPDX-License-Identifier: GPL-3.0-or-later
// Order, keys, cancelling, overtaking, waking: the rules of the door.
#include <QTest>

#include "engine/session/jobs/ablation.h"
#include "engine/session/jobs/continue.h"
#include "engine/session/jobs/parity.h"
#include "engine/session/jobs/pictures.h"
#include "engine/session/jobs/run.h"
#include "engine/session/jobs/tokenise.h"
#include "engine/session/jobs/write.h"
#include "tests/engine/session/session_support.h"

using namespace hs;
using namespace hs::test;

namespace {
constexpr std::size_t kStarted = 0, kProgress = 1, kResult = 2;
}

class TestSessionJobs : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void resultsComeBetweenStartAndEnd();
    void newerKeyDropsRunningJob();
    void newerKeyDropsUndeliveredResults();
    void newerKeyDropsWaitingJob();
    void staleResultsNeverArrive();
    void interactiveJobsOvertake();
    void cancelledWaitingJobNeverStarts();
    void cancelKeepsFinishedParts();
    void progressIsGated();
    void wakeIsCoalesced();
    void wakeNeverComesAfterDetaching();
    void lateWakeAnnouncesWaitingEvents();
    void exceptionsBecomeErrors_data();
    void exceptionsBecomeErrors();
    void missingArgumentsAreErrors();
};

void TestSessionJobs::resultsComeBetweenStartAndEnd()
{
    EngineSession session;
    FrontEnd front(session);
    const JobId job = session.submit(overviews(std::make_shared<FakeSource>(16), allHeads()));
    QVERIFY(front.awaitEnd(job));
    QCOMPARE(front.end(job)->state, JobState::Done);
    QVERIFY(session.idle());
    QVERIFY(std::holds_alternative<JobStarted>(front.events.front()));
    QVERIFY(std::holds_alternative<JobEnded>(front.events.back()));
    const auto results = front.results<OverviewResult>(job);
    QCOMPARE(results.size(), allHeads().size());
    for (std::size_t i = 0; i < results.size(); ++i) {
        QVERIFY(results[i].head == allHeads()[i]);
        QCOMPARE(results[i].map->largest, static_cast<float>(i * 1000 + 15));
    }
}

void TestSessionJobs::newerKeyDropsRunningJob()
{
    Gate gate;
    EngineSession session;
    FrontEnd front(session);
    const auto held = std::make_shared<FakeSource>(8, [&](HeadId) { gate.pass(); });
    const JobId older = session.submit(overviews(held, allHeads()), "map");
    gate.awaitArrival();
    const JobId newer = session.submit(overviews(std::make_shared<FakeSource>(8), {{0, 1}, {0, 2}}), "map");
    gate.open();
    QVERIFY(front.awaitEnd(newer));
    QVERIFY(front.awaitEnd(older));
    QCOMPARE(front.end(older)->state, JobState::Stale);
    QVERIFY(!front.end(older)->error);
    QCOMPARE(front.count(older, kResult), 0);
    QCOMPARE(front.end(newer)->state, JobState::Done);
    QCOMPARE(front.count(newer, kResult), 2);
}

void TestSessionJobs::newerKeyDropsUndeliveredResults()
{
    EngineSession session;  // nobody drains: everything of the first job waits in the outbox
    const auto source = std::make_shared<FakeSource>(8);
    const JobId older = session.submit(tile(source, {0, 0}, 8), "map");
    QTRY_VERIFY(session.idle());
    std::this_thread::sleep_for(std::chrono::milliseconds(20));  // the end is reported just after the session is idle
    const JobId newer = session.submit(tile(source, {0, 1}, 8), "map");
    FrontEnd front(session);
    QVERIFY(front.awaitEnd(newer));
    QCOMPARE(front.count(older, kResult), 0);
    QCOMPARE(front.end(older)->state, JobState::Stale);
    QCOMPARE(front.count(newer, kResult), 1);
}

void TestSessionJobs::newerKeyDropsWaitingJob()
{
    Gate gate;
    EngineSession session;
    FrontEnd front(session);
    const JobId blocker = session.submit(overviews(std::make_shared<FakeSource>(8, [&](HeadId) { gate.pass(); }), allHeads()));
    gate.awaitArrival();
    const auto source = std::make_shared<FakeSource>(8);
    const JobId waiting = session.submit(overviews(source, allHeads()), "map");
    const JobId newest = session.submit(overviews(source, {{1, 1}, {1, 2}}), "map");
    gate.open();
    QVERIFY(front.awaitEnd(blocker));
    QVERIFY(front.awaitEnd(newest));
    QCOMPARE(front.end(waiting)->state, JobState::Stale);
    QCOMPARE(front.count(waiting, kStarted), 0);
    QCOMPARE(source->tilesMade.load(), 2);
}

void TestSessionJobs::staleResultsNeverArrive()
{
    // At any moment of the older job's life: what drain() gives after submit() returned holds nothing of it.
    EngineSession session;
    const auto source = std::make_shared<FakeSource>(64);
    JobId last = 0;
    for (int round = 0; round < 400; ++round) {
        last = session.submit(overviews(source, allHeads()), "map");
        if (round % 3 == 0) std::this_thread::sleep_for(std::chrono::microseconds(50 * (round % 17)));
        for (const Event& event : session.drain()) {
            if (const auto* result = std::get_if<JobResult>(&event)) QCOMPARE(result->job, last);
            if (const auto* progress = std::get_if<JobProgress>(&event)) QCOMPARE(progress->job, last);
        }
        session.setCacheBudget(round % 2 == 0 ? 0 : std::size_t(1) << 20);  // sometimes fast, sometimes slow
    }
    FrontEnd front(session);
    const JobId newest = session.submit(overviews(source, allHeads()), "map");
    QVERIFY(front.awaitEnd(newest));
    QCOMPARE(front.end(newest)->state, JobState::Done);
    QCOMPARE(front.count(newest, kResult), static_cast<int>(allHeads().size()));
}

void TestSessionJobs::interactiveJobsOvertake()
{
    Gate gate;
    EngineSession session;
    FrontEnd front(session);
    const auto slow = std::make_shared<FakeSource>(8, [&](HeadId) { gate.pass(); });
    const JobId running = session.submit(overviews(slow, allHeads()));
    gate.awaitArrival();
    const auto quick = std::make_shared<FakeSource>(8);
    const JobId waiting = session.submit(overviews(quick, {{0, 0}, {0, 1}}));
    const JobId click = session.submit(tile(quick, {3, 7}, 8));
    gate.open();
    QVERIFY(front.awaitEnd(waiting));
    QVERIFY(front.awaitEnd(running));

    std::vector<JobId> ends;
    for (const Event& event : front.events)
        if (const auto* ended = std::get_if<JobEnded>(&event)) ends.push_back(ended->job);
    QVERIFY((ends == std::vector<JobId>{click, running, waiting}));
    QCOMPARE((*front.results<TileResult>(click).front().cells)(7, 0), 31007.0f);
    // It ran inside the long job, which then went on to its end.
    QCOMPARE(front.results<OverviewResult>(running).size(), allHeads().size());
}

void TestSessionJobs::cancelledWaitingJobNeverStarts()
{
    Gate gate;
    EngineSession session;
    FrontEnd front(session);
    const JobId running = session.submit(overviews(std::make_shared<FakeSource>(8, [&](HeadId) { gate.pass(); }), allHeads()));
    gate.awaitArrival();
    const JobId waiting = session.submit(overviews(std::make_shared<FakeSource>(8), allHeads()));
    session.cancel(waiting);
    session.cancel(987654);  // unknown: nothing happens
    gate.open();
    QVERIFY(front.awaitEnd(waiting));
    QCOMPARE(front.end(waiting)->state, JobState::Cancelled);
    QCOMPARE(front.count(waiting, kStarted), 0);
    QVERIFY(front.awaitEnd(running));
    QCOMPARE(front.end(running)->state, JobState::Done);
}

void TestSessionJobs::cancelKeepsFinishedParts()
{
    EngineSession session;
    FrontEnd front(session);
    Gate third;
    std::atomic<int> made{0};
    const auto source = std::make_shared<FakeSource>(8, [&](HeadId) {
        if (++made == 3) third.pass();
    });
    const JobId job = session.submit(overviews(source, allHeads()));
    third.awaitArrival();
    session.cancelAll();
    third.open();
    QVERIFY(front.awaitEnd(job));
    QCOMPARE(front.end(job)->state, JobState::Cancelled);
    QVERIFY(!front.end(job)->error);
    const auto parts = front.results<OverviewResult>(job).size();
    QVERIFY2(parts == 2 || parts == 3, qPrintable(QString::number(parts)));  // the third head may have been finished
}

void TestSessionJobs::progressIsGated()
{
    EngineSession session;
    session.setCacheBudget(0);
    FrontEnd front(session);
    std::vector<HeadId> many;
    for (int i = 0; i < 400; ++i) many.push_back({i % 4, i % 8});
    const auto source = std::make_shared<FakeSource>(4, [](HeadId) { std::this_thread::sleep_for(std::chrono::milliseconds(1)); });
    const JobId job = session.submit(overviews(source, many));
    QVERIFY(front.awaitEnd(job));
    QCOMPARE(front.results<OverviewResult>(job).size(), many.size());
    const int reports = front.count(job, kProgress);
    QVERIFY2(reports >= 2 && reports <= static_cast<int>(front.end(job)->seconds * 25) + 2, qPrintable(QString::number(reports)));
    // Halfway through a job of some 0.4 s or more its rest can be told.
    double left = -1;
    for (const Event& event : front.events)
        if (const auto* progress = std::get_if<JobProgress>(&event)) left = progress->secondsLeft;
    QVERIFY(left >= 0 && left < front.end(job)->seconds);
}

void TestSessionJobs::wakeIsCoalesced()
{
    EngineSession session;
    std::atomic<int> wakes{0};
    std::atomic<bool> otherThread{true};
    const auto here = std::this_thread::get_id();
    session.setWake([&] {
        ++wakes;
        if (std::this_thread::get_id() == here) otherThread = false;
    });
    session.submit(overviews(std::make_shared<FakeSource>(8), allHeads()));
    QTRY_VERIFY(session.idle());
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    QCOMPARE(wakes.load(), 1);
    QVERIFY(otherThread);
    QVERIFY(!session.drain().empty());
    QVERIFY(session.drain().empty());
    session.submit(tile(std::make_shared<FakeSource>(8), {0, 0}, 8));
    QTRY_COMPARE(wakes.load(), 2);
    session.setWake({});
}

void TestSessionJobs::wakeNeverComesAfterDetaching()
{
    for (int round = 0; round < 200; ++round) {
        EngineSession session;
        auto alive = std::make_unique<std::atomic<int>>(0);  // freed right after detaching: a late call would be seen by the sanitizers
        session.setWake([counter = alive.get()] { ++*counter; });
        session.submit(overviews(std::make_shared<FakeSource>(8), allHeads()));
        if (round % 4 != 0) std::this_thread::sleep_for(std::chrono::microseconds(round));
        session.setWake({});
        const int then = *alive;
        QVERIFY(then >= 0 && then <= 1);
        alive.reset();
    }
}

void TestSessionJobs::lateWakeAnnouncesWaitingEvents()
{
    EngineSession session;
    const JobId job = session.submit(tile(std::make_shared<FakeSource>(8), {0, 0}, 8));
    QTRY_VERIFY(session.idle());
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    FrontEnd front(session);
    QVERIFY(front.awaitEnd(job));
}

void TestSessionJobs::exceptionsBecomeErrors_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("found");
    QTest::newRow("no memory") << 0 << static_cast<int>(ErrorCode::OutOfMemory) << QString();
    QTest::newRow("standard exception") << 1 << static_cast<int>(ErrorCode::Internal) << QStringLiteral("a fault");
    QTest::newRow("anything else") << 2 << static_cast<int>(ErrorCode::Internal) << QString();
}

void TestSessionJobs::exceptionsBecomeErrors()
{
    QFETCH(int, kind);
    QFETCH(int, code);
    QFETCH(QString, found);
    EngineSession session;
    FrontEnd front(session);
    const auto source = std::make_shared<FakeSource>(8, [kind](HeadId) {
        if (kind == 0) throw std::bad_alloc();
        if (kind == 1) throw std::runtime_error("a fault");
        throw 3;
    });
    const JobId job = session.submit(tile(source, {0, 0}, 8));
    QVERIFY(front.awaitEnd(job));
    QCOMPARE(front.end(job)->state, JobState::Failed);
    QCOMPARE(static_cast<int>(front.end(job)->error->code), code);
    QCOMPARE(QString::fromStdString(front.end(job)->error->found), found);
    // The engine thread lives on.
    const JobId next = session.submit(tile(std::make_shared<FakeSource>(8), {0, 0}, 8));
    QVERIFY(front.awaitEnd(next));
    QCOMPARE(front.end(next)->state, JobState::Done);
}

void TestSessionJobs::missingArgumentsAreErrors()
{
    EngineSession session;
    FrontEnd front(session);
    const JobId jobs[] = {session.submit(RunJob{}),      session.submit(TileJob{}),       session.submit(OverviewJob{}),
                          session.submit(AblationJob{}), session.submit(ContinueJob{}),   session.submit(ParityJob{}),
                          session.submit(TokeniseJob{}), session.submit(WriteModelJob{}), session.submit(WriteMapJob{})};
    for (const JobId job : jobs) {
        QVERIFY(front.awaitEnd(job));
        QVERIFY2(front.end(job)->state == JobState::Failed, qPrintable(QString::number(job)));
        QCOMPARE(front.end(job)->error->code, ErrorCode::InvalidArgument);
    }
}

QTEST_APPLESS_MAIN(TestSessionJobs)
#include "tst_session_jobs.moc"
