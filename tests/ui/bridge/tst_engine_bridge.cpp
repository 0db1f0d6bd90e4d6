// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QStringList>
#include <QTest>
#include <QThread>

#include <QEventLoop>
#include <QPointer>
#include <QSignalSpy>
#include <QTimer>

#include "engine/session/jobs/pictures.h"
#include "engine/session/jobs/run.h"
#include "tests/engine/session/session_support.h"
#include "tests/support/random_model.h"
#include "ui/bridge/ask.h"

using namespace hs;
using namespace hs::test;
using hs::ui::Ask;
using hs::ui::AskMany;
using hs::ui::EngineBridge;
using hs::ui::OneAsk;

class TestEngineBridge : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void resultsArriveInThisThread();
    void runsAreSignalledByStage();
    void bridgeMayDieFirst();
    void slotMayDeleteBridge();
    void slotMayRunEventLoop();
    void slotMayMakeTheRestStale();
    void answersGoToTheirAskerAlone();
    void oneQuestionAtATime();
    void askerMayDieFirst();
};

void TestEngineBridge::resultsArriveInThisThread()
{
    EngineBridge bridge;
    const auto source = std::make_shared<FakeSource>(8);
    QStringList order;
    bool here = true;
    connect(&bridge, &EngineBridge::jobStarted, this,
            [&](const JobStarted& s, const QString& title) { order += QStringLiteral("start %1 %2").arg(s.job).arg(title); });
    AskMany<TileJob> ask(&bridge, QStringLiteral("a tile"));
    ask.onAnswer([&](JobId job, const TileResult& result) {
        here = here && QThread::currentThread() == thread();
        order += QStringLiteral("tile %1 tag %2").arg(job).arg(result.request.tag);
    });
    connect(&bridge, &EngineBridge::jobEnded, this, [&](const JobEnded& e) { order += QStringLiteral("end %1").arg(e.job); });
    TileJob request = tile(source, {1, 1}, 8);
    request.tag = 42;
    const JobId job = ask.start(request);
    QVERIFY(order.isEmpty());  // nothing before the event loop
    QTRY_COMPARE(order.size(), 3);
    QCOMPARE(order, (QStringList{QStringLiteral("start %1 a tile").arg(job), QStringLiteral("tile %1 tag 42").arg(job),
                                 QStringLiteral("end %1").arg(job)}));
    QVERIFY(here);
    QVERIFY(bridge.idle());
}

void TestEngineBridge::runsAreSignalledByStage()
{
    EngineBridge bridge;
    std::vector<RunResult> runs;
    Ask<RunJob> ask(&bridge, QStringLiteral("a run"), QStringLiteral("run"));
    ask.onAnswer([&](const RunResult& result) { runs.push_back(result); });
    QSignalSpy ends(&bridge, &EngineBridge::jobEnded);
    RunJob job;
    job.model = randomModel(smallConfig(3));
    job.ids = {1, 2, 3};
    ask.start(std::move(job));
    QVERIFY(ask.busy());
    QTRY_COMPARE(ends.size(), 1);
    QVERIFY(runs.size() >= 3);
    QVERIFY(runs.back().run->complete);
    QVERIFY(!ask.busy() && !ask.error());
}

void TestEngineBridge::bridgeMayDieFirst()
{
    const auto model = randomModel(smallConfig(4, 8, 128, 100, 512));
    for (int round = 0; round < 30; ++round) {
        auto bridge = std::make_unique<EngineBridge>();
        int late = 0;
        bool alive = true;
        Ask<RunJob> ask(bridge.get(), QStringLiteral("a run"), {});
        ask.onAnswer([&](const RunResult&) { late += alive ? 0 : 1; });
        RunJob job;
        job.model = model;
        job.ids = randomPrompt(300, 100)->ids();
        ask.start(std::move(job));
        QTest::qWait(round % 6);
        alive = false;
        bridge.reset();  // in the middle of a run, with events on their way
        QCoreApplication::processEvents();
        QCOMPARE(late, 0);
    }
}

void TestEngineBridge::slotMayDeleteBridge()
{
    QPointer<EngineBridge> bridge = new EngineBridge;
    connect(bridge, &EngineBridge::jobStarted, this, [&] { delete bridge; });
    AskMany<OverviewJob> ask(bridge, QStringLiteral("maps"));
    ask.start(overviews(std::make_shared<FakeSource>(8), allHeads()));
    QTRY_VERIFY(bridge.isNull());
    QCoreApplication::processEvents();
}

void TestEngineBridge::slotMayRunEventLoop()
{
    EngineBridge bridge;
    std::vector<HeadId> seen;
    bool nested = false;
    AskMany<OverviewJob> ask(&bridge, QStringLiteral("maps"));
    ask.onAnswer([&](JobId, const OverviewResult& result) {
        seen.push_back(result.head);
        if (nested) return;
        nested = true;
        QEventLoop loop;  // a dialog opened by the first result
        QTimer::singleShot(50, &loop, &QEventLoop::quit);
        loop.exec();
    });
    QSignalSpy ends(&bridge, &EngineBridge::jobEnded);
    ask.start(overviews(std::make_shared<FakeSource>(8), allHeads()));
    QTRY_COMPARE(ends.size(), 1);
    QVERIFY(seen == allHeads());
}

void TestEngineBridge::slotMayMakeTheRestStale()
{
    EngineBridge bridge;
    const auto source = std::make_shared<FakeSource>(8);
    JobId newer = 0;
    int fromOlder = 0;
    AskMany<OverviewJob> ask(&bridge, QStringLiteral("maps"));
    ask.onAnswer([&](JobId job, const OverviewResult&) {
        if (newer == 0) newer = ask.start(overviews(source, {{0, 0}, {0, 1}}), QStringLiteral("map"));
        if (job != newer) ++fromOlder;
    });
    QSignalSpy ends(&bridge, &EngineBridge::jobEnded);
    ask.start(overviews(source, allHeads()), QStringLiteral("map"));
    QTest::qSleep(50);  // let all of its results gather in one delivery
    QTRY_COMPARE(ends.size(), 2);
    QCOMPARE(fromOlder, 1);  // the one whose slot asked for something newer
}

void TestEngineBridge::answersGoToTheirAskerAlone()
{
    EngineBridge bridge;
    const auto source = std::make_shared<FakeSource>(8);
    Ask<TileJob> mine(&bridge, QStringLiteral("mine"), {}), other(&bridge, QStringLiteral("other"), {});
    std::vector<std::uint64_t> mineTags, otherTags;
    mine.onAnswer([&](const TileResult& result) { mineTags.push_back(result.request.tag); });
    other.onAnswer([&](const TileResult& result) { otherTags.push_back(result.request.tag); });
    TileJob request = tile(source, {0, 0}, 4);
    request.tag = 1;
    mine.start(request);
    request.tag = 2;
    other.start(request);
    QTRY_VERIFY(!mine.busy() && !other.busy());
    QCOMPARE(mineTags, (std::vector<std::uint64_t>{1}));
    QCOMPARE(otherTags, (std::vector<std::uint64_t>{2}));
}

void TestEngineBridge::oneQuestionAtATime()
{
    EngineBridge bridge;
    const auto source = std::make_shared<FakeSource>(8);
    Ask<TileJob> ask(&bridge, QStringLiteral("a tile"), {});  // without a key the older job runs to its end, unheard
    std::vector<std::uint64_t> tags;
    int ended = 0;
    ask.onAnswer([&](const TileResult& result) { tags.push_back(result.request.tag); });
    connect(&ask, &OneAsk::ended, this, [&] { ++ended; });
    TileJob request = tile(source, {0, 0}, 4);
    for (request.tag = 1; request.tag <= 3; ++request.tag) ask.start(request);
    QSignalSpy all(&bridge, &EngineBridge::jobEnded);
    QTRY_COMPARE(all.size(), 3);
    QCOMPARE(tags, (std::vector<std::uint64_t>{3}));
    QCOMPARE(ended, 1);
    request.tag = 4;
    ask.start(request);
    ask.forget();
    QVERIFY(!ask.busy());
    QTRY_COMPARE(all.size(), 4);
    QCOMPARE(tags.size(), std::size_t(1));
    QCOMPARE(ended, 1);
    // Refused work is an error of the question that was asked.
    ask.start(TileJob{});
    QTRY_COMPARE(ended, 2);
    QVERIFY(ask.error() && ask.error()->code == ErrorCode::InvalidArgument);
}

void TestEngineBridge::askerMayDieFirst()
{
    EngineBridge bridge;
    int heard = 0;
    auto ask = std::make_unique<Ask<OverviewJob>>(&bridge, QStringLiteral("maps"), QString());
    ask->onAnswer([&](const OverviewResult&) {
        ++heard;
        ask.reset();  // in the middle of its own answers
    });
    QSignalSpy ends(&bridge, &EngineBridge::jobEnded);
    ask->start(overviews(std::make_shared<FakeSource>(8), allHeads()));
    QTest::qSleep(50);
    QTRY_COMPARE(ends.size(), 1);
    QCOMPARE(heard, 1);
}

QTEST_MAIN(TestEngineBridge)
#include "tst_engine_bridge.moc"
