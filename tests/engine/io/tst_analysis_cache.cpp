// SPDX-License-Identifier: GPL-3.0-or-later
// Results are kept where the user's programs keep such things; what others call by the same name is neither followed nor replaced.
#include <QFile>
#include <QTest>

#include <QTemporaryDir>

#include <filesystem>

#include "engine/io/analysis_cache.h"

using namespace hs;

class TstAnalysisCache : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::string at(const char* name) const { return m_folder.filePath(QString::fromUtf8(name)).toStdString(); }
    AnalysisPlace place(const char* name) const { return {at(name), std::string("hash-of-") + name}; }
    void put(const std::string& path, const QByteArray& bytes) const
    {
        QFile file(QString::fromStdString(path));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), qint64(bytes.size()));
    }
    QByteArray get(const std::string& path) const
    {
        QFile file(QString::fromStdString(path));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private Q_SLOTS:
    void init() { keepAnalysesBeside(false); }
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        qputenv("XDG_CACHE_HOME", m_folder.filePath("cache").toUtf8());
    }

    void storesInTheCacheFolder()
    {
        const AnalysisPlace model = place("a.h5");
        QVERIFY(!readAnalysis(model, "labels", "01ab"));
        QVERIFY(writeAnalysis(model, "labels", "01ab", "first text").ok());
        QVERIFY(writeAnalysis(model, "labels", "02cd", std::string("bytes \0 and more", 16)).ok());
        QVERIFY(writeAnalysis(model, "other", "01ab", "of another kind").ok());
        QVERIFY(!std::filesystem::exists(analysisFileBeside(model.modelPath)));
        QCOMPARE(analysisFileInCache(model.modelHash), at("cache/headscope/hash-of-a.h5.analysis.h5"));
        QVERIFY(std::filesystem::exists(analysisFileInCache(model.modelHash)));
        QCOMPARE(readAnalysis(model, "labels", "01ab").value_or(""), std::string("first text"));
        QCOMPARE(readAnalysis(model, "labels", "02cd").value_or(""), std::string("bytes \0 and more", 16));
        QCOMPARE(readAnalysis(model, "other", "01ab").value_or(""), std::string("of another kind"));
        QVERIFY(writeAnalysis(model, "labels", "01ab", "second text").ok());
        QCOMPARE(readAnalysis(model, "labels", "01ab").value_or(""), std::string("second text"));
        QVERIFY(!readAnalysis(model, "labels", "ffff"));
        QVERIFY(!readAnalysis(place("b.h5"), "labels", "01ab"));
        // The file may move: what counts is what is in it.
        QCOMPARE(readAnalysis({at("moved.h5"), model.modelHash}, "labels", "01ab").value_or(""), std::string("second text"));
    }

    void keepsEightOfAKind()
    {
        const AnalysisPlace model = place("c.h5");
        for (int k = 0; k < 10; ++k) QVERIFY(writeAnalysis(model, "labels", "key" + std::to_string(k), "text " + std::to_string(k)).ok());
        QVERIFY(!readAnalysis(model, "labels", "key0"));
        QVERIFY(!readAnalysis(model, "labels", "key1"));
        for (int k = 2; k < 10; ++k)
            QCOMPARE(readAnalysis(model, "labels", "key" + std::to_string(k)).value_or(""), "text " + std::to_string(k));
    }

    /// Beside the model when that is wanted; what an older version left there is read without asking.
    void besideTheModel()
    {
        keepAnalysesBeside(true);
        const AnalysisPlace beside = place("d.h5");
        QVERIFY(writeAnalysis(beside, "labels", "01ab", "near").ok());
        QVERIFY(std::filesystem::exists(analysisFileBeside(beside.modelPath)));
        QVERIFY(!std::filesystem::exists(analysisFileInCache(beside.modelHash)));
        QCOMPARE(readAnalysis(place("d.h5"), "labels", "01ab").value_or(""), std::string("near"));
        QCOMPARE(readNewestAnalysis(place("d.h5"), "labels")->text, std::string("near"));
        QVERIFY(writeAnalysis(beside, "labels", "02cd", "again").ok());
        QCOMPARE(readAnalysis(beside, "labels", "02cd").value_or(""), std::string("again"));
    }

    void filesOfOthersStay_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("text") << QByteArray("my notes\n");
        QTest::newRow("damaged") << QByteArray("\x89HDF\r\n\x1a\n but no more of it");
        QTest::newRow("damaged with our name") << QByteArray("\x89HDF\r\n\x1a\n headscope-analysis");
    }
    void filesOfOthersStay()
    {
        keepAnalysesBeside(true);
        QFETCH(QByteArray, bytes);
        const AnalysisPlace model = place(("e-" + std::string(QTest::currentDataTag()) + ".h5").c_str());
        put(analysisFileBeside(model.modelPath), bytes);
        QVERIFY(!readAnalysis(model, "labels", "01ab"));
        QVERIFY(writeAnalysis(model, "labels", "01ab", "new").ok());
        QCOMPARE(get(analysisFileBeside(model.modelPath)), bytes);
        QCOMPARE(readAnalysis(model, "labels", "01ab").value_or(""), std::string("new"));
        put(analysisFileInCache(model.modelHash), bytes);
        QCOMPARE(writeAnalysis(model, "labels", "01ab", "newer").error().code, ErrorCode::WriteFailed);
        QCOMPARE(get(analysisFileInCache(model.modelHash)), bytes);
    }

    /// A link under our name leads to somebody's file, there already or not.
    void linksAreNotFollowed()
    {
        keepAnalysesBeside(true);
        const AnalysisPlace model = place("f.h5");
        put(at("theirs.h5"), "precious");
        for (const char* target : {"theirs.h5", "not-there.h5"}) {
            const std::string beside = analysisFileBeside(model.modelPath), cached = analysisFileInCache(model.modelHash);
            for (const std::string& path : {beside, cached}) {
                std::filesystem::remove(path);
                std::filesystem::create_symlink(at(target), path);
            }
            QCOMPARE(writeAnalysis(model, "labels", "01ab", "new").error().code, ErrorCode::WriteFailed);
            for (const std::string& path : {beside, cached}) QVERIFY(std::filesystem::is_symlink(path));
        }
        QCOMPARE(get(at("theirs.h5")), QByteArray("precious"));
        QVERIFY(!std::filesystem::exists(at("not-there.h5")));
    }

    /// A folder that does not take files: here one that is not there, which root cannot write either.
    void cacheFolderInstead()
    {
        keepAnalysesBeside(true);
        const AnalysisPlace model = place("missing-folder/g.h5");
        QVERIFY(!writeAnalysis({model.modelPath, {}}, "labels", "01ab", "nowhere").ok());
        const AnalysisPlace flat{model.modelPath, "abc"};
        QVERIFY(writeAnalysis(flat, "labels", "01ab", "elsewhere").ok());
        QVERIFY(std::filesystem::exists(analysisFileInCache("abc")));
        QCOMPARE(readAnalysis(flat, "labels", "01ab").value_or(""), std::string("elsewhere"));
    }
};

QTEST_APPLESS_MAIN(TstAnalysisCache)
#include "tst_analysis_cache.moc"
