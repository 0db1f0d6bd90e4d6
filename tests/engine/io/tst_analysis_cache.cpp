// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include <QTemporaryDir>

#include "engine/io/analysis_cache.h"

using namespace hs;

class TstAnalysisCache : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::string at(const char* name) const { return m_folder.filePath(QString::fromUtf8(name)).toStdString(); }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        qputenv("XDG_CACHE_HOME", m_folder.filePath("cache").toUtf8());
    }

    void storesBesideTheModel()
    {
        const std::string model = at("a.h5");
        QVERIFY(!readAnalysis(model, "labels", "01ab"));
        QVERIFY(writeAnalysis(model, "labels", "01ab", "first text").ok());
        QVERIFY(writeAnalysis(model, "labels", "02cd", std::string("bytes \0 and more", 16)).ok());
        QVERIFY(writeAnalysis(model, "other", "01ab", "of another kind").ok());
        QVERIFY(QFile::exists(QString::fromStdString(analysisFileBeside(model))));
        QCOMPARE(readAnalysis(model, "labels", "01ab").value_or(""), std::string("first text"));
        QCOMPARE(readAnalysis(model, "labels", "02cd").value_or(""), std::string("bytes \0 and more", 16));
        QCOMPARE(readAnalysis(model, "other", "01ab").value_or(""), std::string("of another kind"));
        QVERIFY(writeAnalysis(model, "labels", "01ab", "second text").ok());
        QCOMPARE(readAnalysis(model, "labels", "01ab").value_or(""), std::string("second text"));
        QVERIFY(!readAnalysis(model, "labels", "ffff"));
        QVERIFY(!readAnalysis(at("b.h5"), "labels", "01ab"));
    }

    void keepsEightOfAKind()
    {
        const std::string model = at("c.h5");
        for (int k = 0; k < 10; ++k) QVERIFY(writeAnalysis(model, "labels", "key" + std::to_string(k), "text " + std::to_string(k)).ok());
        QVERIFY(!readAnalysis(model, "labels", "key0"));
        QVERIFY(!readAnalysis(model, "labels", "key1"));
        for (int k = 2; k < 10; ++k)
            QCOMPARE(readAnalysis(model, "labels", "key" + std::to_string(k)).value_or(""), "text " + std::to_string(k));
    }

    void damagedIsNone()
    {
        const std::string model = at("d.h5");
        QFile file(QString::fromStdString(analysisFileBeside(model)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("\x89HDF\r\n\x1a\n but no more of it");
        file.close();
        QVERIFY(!readAnalysis(model, "labels", "01ab"));
        QVERIFY(writeAnalysis(model, "labels", "01ab", "new").ok());
        QCOMPARE(readAnalysis(model, "labels", "01ab").value_or(""), std::string("new"));
    }

    /// A folder that does not take files: here one that is not there, which root cannot write either.
    void cacheFolderInstead()
    {
        const std::string model = at("missing-folder/e.h5");
        QVERIFY(writeAnalysis(model, "labels", "01ab", "elsewhere").ok());
        QVERIFY(QFile::exists(QString::fromStdString(analysisFileInCache(model))));
        QCOMPARE(readAnalysis(model, "labels", "01ab").value_or(""), std::string("elsewhere"));
    }
};

QTEST_APPLESS_MAIN(TstAnalysisCache)
#include "tst_analysis_cache.moc"
