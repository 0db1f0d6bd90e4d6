// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>

#include <cstdint>
#include <fstream>
#include <string>

#include "engine/base/hash.h"

class TestHash : public QObject {
    Q_OBJECT
private slots:
    void knownVectors_data();
    void knownVectors();
    void fileEqualsMemory();
    void badFiles();
    void cancelled();
    void progressEndsAtTheSize();
};

void TestHash::knownVectors_data()
{
    // FIPS 180-4 examples and the empty message.
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QByteArray>("digest");
    QTest::newRow("empty") << QByteArray() << QByteArray("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    QTest::newRow("abc") << QByteArray("abc") << QByteArray("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    QTest::newRow("two blocks") << QByteArray("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")
                                << QByteArray("248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    QTest::newRow("a million a") << QByteArray(1000000, 'a')
                                 << QByteArray("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

void TestHash::knownVectors()
{
    QFETCH(QByteArray, message);
    QFETCH(QByteArray, digest);
    QCOMPARE(hs::sha256Hex(message.constData(), static_cast<std::size_t>(message.size())), digest.toStdString());
}

void TestHash::fileEqualsMemory()
{
    const QTemporaryDir dir;
    for (const std::size_t size :
         {std::size_t{0}, std::size_t{1}, std::size_t{1} << 20, (std::size_t{1} << 20) + 13, std::size_t{3'000'001}}) {
        std::string bytes(size, '\0');
        for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>(i * 31 + i / 251);
        const std::string path = dir.filePath(QStringLiteral("data.bin")).toStdString();
        std::ofstream(path, std::ios::binary) << bytes;
        const auto hash = hs::sha256OfFile(path);
        QVERIFY(hash.ok());
        QCOMPARE(*hash, hs::sha256Hex(bytes.data(), bytes.size()));
    }
}

void TestHash::badFiles()
{
    const QTemporaryDir dir;
    const auto missing = hs::sha256OfFile(dir.filePath(QStringLiteral("none")).toStdString());
    QVERIFY(!missing.ok());
    QCOMPARE(missing.error().code, hs::ErrorCode::FileNotFound);
    const auto folder = hs::sha256OfFile(dir.path().toStdString());
    QVERIFY(!folder.ok());
    QCOMPARE(folder.error().code, hs::ErrorCode::FileIsFolder);
}

void TestHash::cancelled()
{
    const QTemporaryDir dir;
    const std::string path = dir.filePath(QStringLiteral("data.bin")).toStdString();
    std::ofstream(path, std::ios::binary) << std::string(5'000'000, 'x');
    std::stop_source stop;
    int reports = 0;
    const hs::Progress progress(stop.get_token(), [&](const hs::ProgressReport&) {
        if (++reports == 2) stop.request_stop();
    });
    const auto hash = hs::sha256OfFile(path, progress);
    QVERIFY(!hash.ok());
    QCOMPARE(hash.error().code, hs::ErrorCode::Cancelled);
    QCOMPARE(reports, 2);
}

void TestHash::progressEndsAtTheSize()
{
    const QTemporaryDir dir;
    const std::string path = dir.filePath(QStringLiteral("data.bin")).toStdString();
    std::ofstream(path, std::ios::binary) << std::string(2'500'000, 'x');
    std::int64_t last = 0;
    const hs::Progress progress({}, [&](const hs::ProgressReport& r) {
        QCOMPARE(r.total, std::int64_t{2'500'000});
        QVERIFY(r.done > last);
        last = r.done;
    });
    QVERIFY(hs::sha256OfFile(path, progress).ok());
    QCOMPARE(last, std::int64_t{2'500'000});
}

QTEST_APPLESS_MAIN(TestHash)
#include "tst_hash.moc"
