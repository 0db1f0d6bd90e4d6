// SPDX-License-Identifier: GPL-3.0-or-later
// Closing in the middle of things: the session ends soon, nothing is called afterwards, no file is left half written.
#include <QFile>
#include <QTest>

#include <QDir>
#include <QTemporaryDir>

#include <filesystem>
#include <fstream>

#include "engine/session/jobs/hash.h"
#include "engine/session/jobs/open.h"
#include "engine/session/jobs/run.h"
#include "engine/session/jobs/write.h"
#include "tests/engine/session/session_support.h"
#include "tests/support/random_model.h"

using namespace hs;
using namespace hs::test;

namespace {

double secondsToEnd(std::unique_ptr<EngineSession> session)
{
    const auto begin = std::chrono::steady_clock::now();
    session.reset();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

}  // namespace

class TestSessionShutdown : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void emptySession();
    void duringRun();
    void duringLoad();
    void duringHash();
    void duringWrite();
    void withManyWaiting();

private:
    QTemporaryDir m_folder;
    std::string m_model;
};

void TestSessionShutdown::initTestCase()
{
    QVERIFY(m_folder.isValid());
    m_model = m_folder.filePath(QStringLiteral("model.h5")).toStdString();
    QVERIFY(writeNativeModel(m_model, *randomModel(smallConfig(4, 8, 256, 1000, 512))).ok());
}

void TestSessionShutdown::emptySession()
{
    for (int i = 0; i < 50; ++i) QVERIFY(secondsToEnd(std::make_unique<EngineSession>()) < 1.0 * kSlowness);
}

void TestSessionShutdown::duringRun()
{
    const auto model = randomModel(smallConfig(8, 8, 256, 500, 1024));
    const auto ids = randomPrompt(900, 500)->ids();
    for (int round = 0; round < 6; ++round) {
        auto session = std::make_unique<EngineSession>();
        {
            FrontEnd front(*session);
            RunJob job;
            job.model = model;
            job.ids = ids;
            const JobId id = session->submit(std::move(job), "run");
            QVERIFY(front.await([&] { return front.count(id, 0) > 0; }));
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(15 * round));
        QVERIFY(secondsToEnd(std::move(session)) < 2.0 * kSlowness);
    }
}

void TestSessionShutdown::duringLoad()
{
    for (int round = 0; round < 12; ++round) {
        auto session = std::make_unique<EngineSession>();
        OpenJob job;
        job.path = m_model;
        job.options.probe = false;
        session->submit(std::move(job), "open");
        std::this_thread::sleep_for(std::chrono::milliseconds(round));
        QVERIFY(secondsToEnd(std::move(session)) < 2.0 * kSlowness);
    }
}

void TestSessionShutdown::duringHash()
{
    // A sparse file: seconds of hashing, no disk space.
    const std::string path = m_folder.filePath(QStringLiteral("sparse.bin")).toStdString();
    std::ofstream(path).put('x');
    std::filesystem::resize_file(path, std::uintmax_t(8) << 30);
    auto session = std::make_unique<EngineSession>();
    FrontEnd front(*session);
    const JobId id = session->submit(HashJob{path});
    QVERIFY(front.await([&] { return front.count(id, 1) > 0; }));
    session->setWake({});
    QVERIFY(!session->idle());
    const auto begin = std::chrono::steady_clock::now();
    session->cancelAll();
    while (!session->idle()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    QVERIFY(std::chrono::steady_clock::now() - begin < std::chrono::seconds(2));
}

void TestSessionShutdown::duringWrite()
{
    const auto model = randomModel(smallConfig(6, 8, 256, 500, 2048));
    const auto run = forward(model, randomPrompt(700, 500), {});
    QVERIFY(run.ok());
    for (int round = 0; round < 4; ++round) {
        const QString out = m_folder.filePath(QStringLiteral("never.h5"));
        auto session = std::make_unique<EngineSession>();
        WriteRunJob job;
        job.path = out.toStdString();
        job.runs = {*run};
        session->submit(std::move(job));
        std::this_thread::sleep_for(std::chrono::milliseconds(5 + 20 * round));
        QVERIFY(secondsToEnd(std::move(session)) < 2.0 * kSlowness);
        // Written as a whole or not at all, and no temporary file stays.
        QVERIFY(QDir(m_folder.path()).entryList({QStringLiteral("*never*")}, QDir::Files | QDir::Hidden).size()
                <= (QFile::exists(out) ? 1 : 0));
        QFile::remove(out);
    }
}

void TestSessionShutdown::withManyWaiting()
{
    auto session = std::make_unique<EngineSession>();
    const auto source = std::make_shared<FakeSource>(256);
    for (int i = 0; i < 2000; ++i) session->submit(tile(source, {i % 4, i % 8}, 100 + i % 50));
    QVERIFY(secondsToEnd(std::move(session)) < 2.0 * kSlowness);
}

QTEST_APPLESS_MAIN(TestSessionShutdown)
#include "tst_session_shutdown.moc"
