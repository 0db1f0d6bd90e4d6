// SPDX-License-Identifier: GPL-3.0-or-later
// Replays what the fuzz targets start from and what they once found: no crash, no hang, no gibibyte, and every seed is read.
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/resource.h>

#include "tests/fuzz/seeds.h"
#include "tests/fuzz/target.h"

int fuzz_open_file(const std::uint8_t*, std::size_t);
int fuzz_safetensors(const std::uint8_t*, std::size_t);
int fuzz_tokenizer_json(const std::uint8_t*, std::size_t);
int fuzz_sentencepiece(const std::uint8_t*, std::size_t);
int fuzz_project(const std::uint8_t*, std::size_t);
int fuzz_dump_npy(const std::uint8_t*, std::size_t);
int fuzz_containers(const std::uint8_t*, std::size_t);

using namespace hs;

namespace {

using Target = int (*)(const std::uint8_t*, std::size_t);

Target targetOf(const std::string& name)
{
    if (name == "open_file") return fuzz_open_file;
    if (name == "safetensors") return fuzz_safetensors;
    if (name == "tokenizer_json") return fuzz_tokenizer_json;
    if (name == "sentencepiece") return fuzz_sentencepiece;
    if (name == "project") return fuzz_project;
    if (name == "dump_npy") return fuzz_dump_npy;
    if (name == "containers") return fuzz_containers;
    return nullptr;
}

void rowsOf(const QString& target, const QString& folder, const char* kind)
{
    const QDir dir(folder);
    for (const QString& file : dir.entryList(QDir::Files, QDir::Name))
        QTest::newRow(qPrintable(QStringLiteral("%1 %2 %3").arg(target, QLatin1String(kind), file))) << target << dir.filePath(file);
}

}  // namespace

class TestFuzzCorpus : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_seeds.isValid());
        for (const std::string& target : fuzz::targetNames())
            QVERIFY(fuzz::writeSeeds(target, m_seeds.filePath(QString::fromStdString(target)).toStdString()) > 1);
    }

    void seedsAreRead_data()
    {
        columns();
        for (const std::string& target : fuzz::targetNames())
            rowsOf(QString::fromStdString(target), m_seeds.filePath(QString::fromStdString(target)), "seed");
    }
    void seedsAreRead()
    {
        const int before = fuzz::accepted;
        replayRow();
        // An array of maps whose tokens nobody gives is the one seed that openFile alone must refuse; dump_npy reads it with its tokens.
        const bool bare = QLatin1String(QTest::currentDataTag()) == QLatin1String("open_file seed maps.npy");
        QVERIFY2((fuzz::accepted > before) != bare, bare ? "an array without tokens was opened" : "the reader refused a sound input");
    }

    void findingsStayMended_data()
    {
        columns();
        for (const std::string& target : fuzz::targetNames())
            rowsOf(QString::fromStdString(target),
                   QStringLiteral(HEADSCOPE_SOURCE_DIR "/tests/fuzz/corpus/") + QString::fromStdString(target), "corpus");
    }
    void findingsStayMended() { replayRow(); }

private:
    static void columns()
    {
        QTest::addColumn<QString>("target");
        QTest::addColumn<QString>("path");
    }
    static void replayRow()
    {
        QFETCH(QString, target);
        QFETCH(QString, path);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        const Target run = targetOf(target.toStdString());
        QVERIFY(run != nullptr);
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(run(reinterpret_cast<const std::uint8_t*>(bytes.constData()), std::size_t(bytes.size())), 0);
        QVERIFY2(timer.elapsed() < 20000, qPrintable(QString::number(timer.elapsed())));
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
        rusage usage{};
        getrusage(RUSAGE_SELF, &usage);
        QVERIFY2(usage.ru_maxrss < (1 << 20), qPrintable(QStringLiteral("%1 KiB").arg(usage.ru_maxrss)));
#endif
    }

    QTemporaryDir m_seeds;
};

QTEST_APPLESS_MAIN(TestFuzzCorpus)
#include "tst_fuzz_corpus.moc"
