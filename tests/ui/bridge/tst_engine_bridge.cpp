// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include <QEventLoop>
#include <QPointer>
#include <QSignalSpy>
#include <QTimer>

#include "tests/engine/session/session_support.h"
#include "tests/support/random_model.h"
#include "ui/bridge/engine_bridge.h"

using namespace hs;
using namespace hs::test;
using hs::ui::EngineBridge;

class TestEngineBridge : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void resultsArriveInThisThread();
    void runsAreSignalledByStage();
    void bridgeMayDieFirst();
    void slotMayDeleteBridge();
    void slotMayRunEventLoop();
    void slotMayMakeTheRestStale();
};

void TestEngineBridge::resultsArriveInThisThread()
{
    EngineBridge bridge;
    const auto source = std::make_shared<FakeSource>(8);
    QStringList order;
    bool here = true;
    connect(&bridge, &EngineBridge::jobStarted, this, [&](const JobStarted& s) { order += QStringLiteral("start %1").arg(s.job); });
    connect(&bridge, &EngineBridge::tileReady, this, [&](JobId job, const TileResult& result) {
        here = here && QThread::currentThread() == thread();
        order += QStringLiteral("tile %1 tag %2").arg(job).arg(result.request.tag);
    });
    connect(&bridge, &EngineBridge::jobEnded, this, [&](const JobEnded& e) { order += QStringLiteral("end %1").arg(e.job); });
    TileJob request = tile(source, {1, 1}, 8);
    request.tag = 42;
    const JobId job = bridge.submit(request);
    QVERIFY(order.isEmpty());   // nothing before the event loop
    QTRY_COMPARE(order.size(), 3);
    QCOMPARE(order, (QStringList{QStringLiteral("start %1").arg(job), QStringLiteral("tile %1 tag 42").arg(job), QStringLiteral("end %1").arg(job)}));
    QVERIFY(here);
    QVERIFY(bridge.idle());
}

void TestEngineBridge::runsAreSignalledByStage()
{
    EngineBridge bridge;
    QSignalSpy runs(&bridge, &EngineBridge::runUpdated);
    QSignalSpy ends(&bridge, &EngineBridge::jobEnded);
    RunJob job;
    job.model = randomModel(smallConfig(3));
    job.ids = {1, 2, 3};
    bridge.submit(std::move(job), QStringLiteral("run"));
    QTRY_COMPARE(ends.size(), 1);
    QVERIFY(runs.size() >= 3);
    QVERIFY(qvariant_cast<RunResult>(runs.last().at(1)).run->complete);
}

void TestEngineBridge::bridgeMayDieFirst()
{
    const auto model = randomModel(smallConfig(4, 8, 128, 100, 512));
    for (int round = 0; round < 30; ++round) {
        auto bridge = std::make_unique<EngineBridge>();
        int late = 0;
        bool alive = true;
        connect(bridge.get(), &EngineBridge::runUpdated, this, [&] { late += alive ? 0 : 1; });
        RunJob job;
        job.model = model;
        job.ids = randomPrompt(300, 100)->ids();
        bridge->submit(std::move(job));
        QTest::qWait(round % 6);
        alive = false;
        bridge.reset();   // in the middle of a run, with events on their way
        QCoreApplication::processEvents();
        QCOMPARE(late, 0);
    }
}

void TestEngineBridge::slotMayDeleteBridge()
{
    QPointer<EngineBridge> bridge = new EngineBridge;
    connect(bridge, &EngineBridge::jobStarted, this, [&] { delete bridge; });
    bridge->submit(overviews(std::make_shared<FakeSource>(8), allHeads()));
    QTRY_VERIFY(bridge.isNull());
    QCoreApplication::processEvents();
}

void TestEngineBridge::slotMayRunEventLoop()
{
    EngineBridge bridge;
    std::vector<HeadId> seen;
    bool nested = false;
    connect(&bridge, &EngineBridge::overviewReady, this, [&](JobId, const OverviewResult& result) {
        seen.push_back(result.head);
        if (nested) return;
        nested = true;
        QEventLoop loop;   // a dialog opened by the first result
        QTimer::singleShot(50, &loop, &QEventLoop::quit);
        loop.exec();
    });
    QSignalSpy ends(&bridge, &EngineBridge::jobEnded);
    bridge.submit(overviews(std::make_shared<FakeSource>(8), allHeads()));
    QTRY_COMPARE(ends.size(), 1);
    QVERIFY(seen == allHeads());
}

void TestEngineBridge::slotMayMakeTheRestStale()
{
    EngineBridge bridge;
    const auto source = std::make_shared<FakeSource>(8);
    JobId newer = 0;
    int fromOlder = 0;
    connect(&bridge, &EngineBridge::overviewReady, this, [&](JobId job, const OverviewResult&) {
        if (newer == 0) newer = bridge.submit(overviews(source, {{0, 0}, {0, 1}}), QStringLiteral("map"));
        if (job != newer) ++fromOlder;
    });
    QSignalSpy ends(&bridge, &EngineBridge::jobEnded);
    bridge.submit(overviews(source, allHeads()), QStringLiteral("map"));
    QTest::qSleep(50);   // let all of its results gather in one delivery
    QTRY_COMPARE(ends.size(), 2);
    QCOMPARE(fromOlder, 1);   // the one whose slot asked for something newer
}

QTEST_MAIN(TestEngineBridge)
#include "tst_engine_bridge.moc"
