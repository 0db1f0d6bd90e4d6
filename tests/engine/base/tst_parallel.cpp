// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <atomic>
#include <mutex>
#include <set>
#include <stdexcept>
#include <thread>
#include <vector>

#include "engine/base/parallel.h"

class TestParallel : public QObject {
    Q_OBJECT
private slots:
    void cleanup() { hs::setThreadCount(4); }
    void everyIndexOnce_data();
    void everyIndexOnce();
    void resultsAreSeenByTheCaller();
    void usesSeveralThreads();
    void nestedLoopsRunInTheSameThread();
    void exceptionReachesTheCaller();
    void poolWorksAfterAnException();
    void threadCountIsAtLeastOne();
    void concurrentCallers();
    void changingThreadCountBetweenLoops();
};

void TestParallel::everyIndexOnce_data()
{
    QTest::addColumn<int>("threads");
    QTest::addColumn<int>("count");
    for (const int threads : {1, 2, 4, 9})
        for (const int count : {0, 1, 2, 3, 100, 10007}) QTest::addRow("%d threads, %d indices", threads, count) << threads << count;
}

void TestParallel::everyIndexOnce()
{
    QFETCH(int, threads);
    QFETCH(int, count);
    hs::setThreadCount(threads);
    std::vector<std::atomic<int>> calls(static_cast<std::size_t>(count));
    hs::parallelFor(calls.size(), [&](std::size_t i) { calls[i].fetch_add(1); });
    for (const auto& n : calls) QCOMPARE(n.load(), 1);
}

void TestParallel::resultsAreSeenByTheCaller()
{
    // Plain, unsynchronised writes: ThreadSanitizer complains if the end of the loop does not publish them.
    for (int round = 0; round < 200; ++round) {
        std::vector<long> squares(64);
        hs::parallelFor(squares.size(), [&](std::size_t i) { squares[i] = static_cast<long>(i * i) + round; });
        long sum = 0;
        for (const long s : squares) sum += s;
        QCOMPARE(sum, 85344L + 64L * round);
    }
}

void TestParallel::usesSeveralThreads()
{
    hs::setThreadCount(3);
    std::mutex mutex;
    std::set<std::thread::id> ids;
    std::atomic<int> inside{0};
    hs::parallelFor(3, [&](std::size_t) {
        {
            const std::lock_guard lock(mutex);
            ids.insert(std::this_thread::get_id());
        }
        ++inside;
        while (inside.load() < 3) std::this_thread::yield();  // ends only if three threads are in the loop at once
    });
    QCOMPARE(ids.size(), std::size_t{3});
}

void TestParallel::nestedLoopsRunInTheSameThread()
{
    std::atomic<int> total{0};
    std::atomic<int> foreign{0};
    hs::parallelFor(8, [&](std::size_t) {
        const auto self = std::this_thread::get_id();
        hs::parallelFor(10, [&](std::size_t) {
            if (std::this_thread::get_id() != self) ++foreign;
            ++total;
        });
    });
    QCOMPARE(total.load(), 80);
    QCOMPARE(foreign.load(), 0);
}

void TestParallel::exceptionReachesTheCaller()
{
    for (const int threads : {1, 4}) {
        hs::setThreadCount(threads);
        std::string what;
        try {
            hs::parallelFor(1000, [](std::size_t i) {
                if (i == 17) throw std::runtime_error("seventeen");
            });
        } catch (const std::runtime_error& e) {
            what = e.what();
        }
        QCOMPARE(what, std::string("seventeen"));
    }
}

void TestParallel::poolWorksAfterAnException()
{
    QVERIFY_EXCEPTION_THROWN(hs::parallelFor(50, [](std::size_t) { throw std::logic_error("all"); }), std::logic_error);
    std::atomic<int> total{0};
    hs::parallelFor(50, [&](std::size_t) { ++total; });
    QCOMPARE(total.load(), 50);
}

void TestParallel::threadCountIsAtLeastOne()
{
    hs::setThreadCount(0);
    QCOMPARE(hs::threadCount(), 1);
    hs::setThreadCount(-3);
    QCOMPARE(hs::threadCount(), 1);
    hs::setThreadCount(5);
    QCOMPARE(hs::threadCount(), 5);
}

void TestParallel::concurrentCallers()
{
    std::atomic<int> total{0};
    {
        std::vector<std::jthread> callers;
        for (int c = 0; c < 4; ++c)
            callers.emplace_back([&] {
                for (int round = 0; round < 50; ++round) hs::parallelFor(20, [&](std::size_t) { ++total; });
            });
    }
    QCOMPARE(total.load(), 4 * 50 * 20);
}

void TestParallel::changingThreadCountBetweenLoops()
{
    std::atomic<int> total{0};
    for (int round = 0; round < 40; ++round) {
        hs::setThreadCount(1 + round % 5);
        hs::parallelFor(25, [&](std::size_t) { ++total; });
    }
    QCOMPARE(total.load(), 1000);
}

QTEST_APPLESS_MAIN(TestParallel)
#include "tst_parallel.moc"
