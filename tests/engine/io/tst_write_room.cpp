// SPDX-License-Identifier: GPL-3.0-or-later
// What is said before it is computed, maps in chunks of rows, and what killed runs leave behind.
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <filesystem>
#include <fstream>

#include <sys/wait.h>
#include <unistd.h>

#include "engine/forward/forward.h"
#include "engine/io/bytes/atomic_write.h"
#include "engine/io/h5/file.h"
#include "engine/io/open.h"
#include "engine/io/probe/probe.h"
#include "engine/io/write/run_room.h"
#include "engine/io/write/write.h"
#include "tests/support/random_model.h"

using namespace hs;

namespace {

std::string inside(const QTemporaryDir& folder, const std::string& name)
{
    return folder.filePath(QString::fromStdString(name)).toStdString();
}

std::shared_ptr<const Prompt> promptOf(int n)
{
    auto prompt = std::make_shared<Prompt>();
    for (int i = 0; i < n; ++i) {
        Token token;
        token.id = i % 50;
        prompt->tokens.push_back(token);
    }
    return prompt;
}

/// A process that is gone: its number is free for a while.
pid_t deadProcess()
{
    const pid_t child = fork();
    if (child == 0) _exit(0);
    waitpid(child, nullptr, 0);
    return child;
}

}  // namespace

class TestWriteRoom : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cleanup() { qunsetenv("HEADSCOPE_FREE_MEMORY"); }

    void chunksStaySmall()
    {
        for (const std::int64_t n : {1, 2, 1000, 1024, 33000, 65536, 4000000}) {
            const std::int64_t rows = rowsPerChunk(n, 4);
            QVERIFY(rows >= 1 && rows <= n);
            QVERIFY(rows == 1 || rows * n * 4 <= (std::int64_t(4) << 20));
        }
        QCOMPARE(rowsPerChunk(1000, 4), std::int64_t(1000));
        QCOMPARE(rowsPerChunk(65536, 4), std::int64_t(16));
        QCOMPARE(rowsPerChunk(65536, 2), std::int64_t(32));
    }

    /// More rows than a chunk has: every cell is where it was.
    void mapsInChunks()
    {
        const auto model = test::randomModel(test::smallConfig(1, 2, 16, 50, 4096));
        const int n = 1500;
        const auto run = forward(model, promptOf(n), {});
        QVERIFY(run.ok());
        QTemporaryDir folder;
        const std::string path = inside(folder, "long.h5");
        RunWriteOptions options;
        options.logits = options.z = false;
        QVERIFY(writeRun(path, {*run}, options).ok());
        const auto file = h5::File::open(path);
        QVERIFY(file.ok());
        const auto opened = openFile(path);
        QVERIFY(opened.ok());
        const auto sample = std::get<std::shared_ptr<const AttentionDump>>(*opened)->samples.front();
        for (const int q : {0, 1, rowsOf(n) - 1, rowsOf(n), n - 1}) {
            const auto here = sample->tile({0, 1}, MapKind::Weights, q, 1, 0, n);
            const auto there = (*run)->tile({0, 1}, MapKind::Weights, q, 1, 0, n);
            QVERIFY(here.ok() && there.ok());
            for (int k = 0; k < n; ++k) QCOMPARE((*here)(0, k), (*there)(0, k));
        }
    }

    void memoryIsCheckedFirst()
    {
        const auto model = test::randomModel(test::smallConfig(2, 4, 32, 50, 100000));
        qputenv("HEADSCOPE_FREE_MEMORY", "100000000");
        QVERIFY(checkRunRoom(*model, 1000, {}).ok());
        const Status tooLong = checkRunRoom(*model, 90000, {});
        QVERIFY(!tooLong);
        QCOMPARE(tooLong.error().code, ErrorCode::OutOfMemory);
        const int does = std::stoi(tooLong.error().item);
        QVERIFY2(does > 1000 && does < 90000, tooLong.error().item.c_str());
        QVERIFY(checkRunRoom(*model, does, {}).ok());
        QVERIFY(!checkRunRoom(*model, does + 1, {}));
        QCOMPARE(tooLong.error().found, std::string("100 MB"));
    }

    /// 65 536 tokens of a real model's size: terabytes, and nobody waits for hours to hear it.
    void diskIsCheckedFirst()
    {
        const auto model = test::randomModel(test::smallConfig(40, 40, 40, 50, 200000));
        qputenv("HEADSCOPE_FREE_MEMORY", "1000000000000000");
        QTemporaryDir folder;
        const std::string path = inside(folder, "x.h5");
        const Status refused = checkRunRoom(*model, 200000, {}, path);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::DiskFull);
        QCOMPARE(refused.error().file, path);
        const int does = std::stoi(refused.error().item);
        QVERIFY(does > 0 && does < 200000);
        QVERIFY(checkRunRoom(*model, 200000, {}).ok());  // without a file there is no disk to fill
        QVERIFY(checkRunRoom(*model, 100, {}, inside(folder, "not/there/x.h5")).ok());
    }

    void leftBehind()
    {
        QTemporaryDir folder;
        const std::string dead = std::to_string(deadProcess()), me = std::to_string(getpid()), alive = std::to_string(getppid());
        const std::vector<std::string> stale{".a.h5." + dead + "-0.part", ".other.json." + dead + "-17.part", ".old." + me + "-9999.part"},
            kept{".a.h5." + alive + "-0.part",   ".a." + dead + ".part",       "a.h5." + dead + "-0.part",
                 ".a.h5." + dead + "-0.partial", ".a.h5.x" + dead + "-0.part", ".notes.part"};
        for (const auto* names : {&stale, &kept})
            for (const std::string& name : *names) std::ofstream(inside(folder, name)) << "x";
        std::filesystem::create_symlink("somewhere", inside(folder, ".link." + dead + "-1.part"));
        std::filesystem::create_directory(inside(folder, ".folder." + dead + "-1.part"));
        QVERIFY(writeFileAtomically(inside(folder, "new.txt"), "text").ok());
        for (const std::string& name : stale) QVERIFY2(!std::filesystem::exists(inside(folder, name)), name.c_str());
        for (const std::string& name : kept) QVERIFY2(std::filesystem::exists(inside(folder, name)), name.c_str());
        QVERIFY(std::filesystem::is_symlink(inside(folder, ".link." + dead + "-1.part")));
        QVERIFY(std::filesystem::is_directory(inside(folder, ".folder." + dead + "-1.part")));
    }

    /// A file that is being written is not left behind, whoever writes another beside it.
    void writingGoesOn()
    {
        QTemporaryDir folder;
        const Status outer = writeThroughTemporary(inside(folder, "outer"), [&](const std::string& temporary) -> Status {
            std::ofstream(temporary) << "outer";
            if (const Status inner = writeFileAtomically(inside(folder, "inner"), "inner"); !inner) return inner;
            return std::filesystem::exists(temporary) ? Status() : Status(Error::in(temporary, ErrorCode::FileNotFound));
        });
        QVERIFY(outer.ok());
    }

    /// The helper stops at its limit and says so; raised by who trusts the file.
    void probeLimits()
    {
        QCOMPARE(probeLimit(), 1);
        qputenv("HEADSCOPE_PROBE_LIMIT", "7");
        QCOMPARE(probeLimit(), 7);
        setProbeLimit(3);
        QCOMPARE(probeLimit(), 3);
        setProbeLimit(1000);
        QCOMPARE(probeLimit(), 64);
        setProbeLimit(0);
        qputenv("HEADSCOPE_PROBE_LIMIT", "much");
        QCOMPARE(probeLimit(), 1);
        qunsetenv("HEADSCOPE_PROBE_LIMIT");
        // A helper that computes for ever, under the limits that the real one gives itself.
        QTemporaryDir folder;
        const std::string script = inside(folder, "probe"), file = inside(folder, "f.h5");
        std::ofstream(script) << "#!/bin/sh\nulimit -t $(($2 * 1))\nwhile :; do :; done\n";
        std::filesystem::permissions(script, std::filesystem::perms::owner_all);
        std::ofstream(file) << "\x89HDF\r\n\x1a\n";
        qputenv("HEADSCOPE_PROBE", script.c_str());
        const Status stopped = probeHdf5(file);
        qunsetenv("HEADSCOPE_PROBE");
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().code, ErrorCode::FileUnsafe);
    }

private:
    static int rowsOf(int n) { return static_cast<int>(rowsPerChunk(n, 4)); }
};

QTEST_APPLESS_MAIN(TestWriteRoom)
#include "tst_write_room.moc"
