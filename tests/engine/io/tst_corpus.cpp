// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QIODevice>
#include <QTemporaryDir>
#include <QTest>

#include "engine/base/hash.h"
#include "engine/io/corpus_open.h"

using namespace hs;

namespace {

void write(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

QStringList texts(const TextCorpus& corpus)
{
    QStringList out;
    for (const TextDocument& d : corpus.documents) out << QString::fromStdString(d.text);
    return out;
}

}  // namespace

class TestCorpus : public QObject {
    Q_OBJECT
private slots:
    void splits_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("documents");
        QTest::newRow("list with comments") << "# two passages\nOne a. \n# not this\n\nTwo b.\n" << QStringList{"One a.", "Two b."};
        QTest::newRow("blank lines, hard wrapped") << "One\nbird\n\nTwo\r\nbirds\n" << QStringList{"One bird", "Two birds"};
        QTest::newRow("a paragraph a line") << "One\nTwo\n\n" << QStringList{"One", "Two"};
        QTest::newRow("byte order mark") << QString::fromUtf8("\xEF\xBB\xBF# list\nOne\n") << QStringList{"One"};
        QTest::newRow("a hash inside prose is text") << "One\n# Two\n" << QStringList{"One", "# Two"};
    }
    void splits()
    {
        QFETCH(QString, text);
        QFETCH(QStringList, documents);
        CorpusOptions options;
        options.documentBytes = 1;
        const auto corpus = corpusFromText(text.toStdString(), "typed", options);
        QVERIFY(corpus.ok());
        QCOMPARE(texts(*corpus), documents);
        for (std::size_t i = 0; i < corpus->documents.size(); ++i) QCOMPARE(corpus->documents[i].number, static_cast<int>(i));
    }

    void packsParagraphs()
    {
        CorpusOptions options;
        options.documentBytes = 5;
        const auto corpus = corpusFromText("aaa\nbbb\nccc\n", "typed", options);
        QVERIFY(corpus.ok());
        QCOMPARE(texts(*corpus), (QStringList{"aaa\nbbb", "ccc"}));
        QCOMPARE(corpus->bytes, std::size_t(10));
    }

    void folderInOrderOfNames()
    {
        QTemporaryDir dir;
        write(dir.filePath("b.txt"), "# l\nthree\n");
        write(dir.filePath("a.txt"), "# l\none\ntwo\n");
        write(dir.filePath("c.md"), "not text");
        const auto corpus = readCorpus({dir.path().toStdString()});
        QVERIFY(corpus.ok());
        QCOMPARE(texts(*corpus), (QStringList{"one", "two", "three"}));
        QCOMPARE(corpus->documents[2].source, std::string("b.txt"));
        CorpusOptions few;
        few.maxDocuments = 2;
        const auto thinned = readCorpus({dir.path().toStdString()}, few);
        QVERIFY(thinned.ok());
        QCOMPARE(texts(*thinned), (QStringList{"one", "two"}));
    }

    void hashOfOneFileIsTheFiles()
    {
        QTemporaryDir dir;
        write(dir.filePath("a.txt"), "One bird.");
        const auto corpus = readCorpus({dir.filePath("a.txt").toStdString()});
        QVERIFY(corpus.ok());
        QCOMPARE(corpus->dataHash, sha256Hex("One bird.", 9));
        QCOMPARE(corpus->name, std::string("a.txt"));
    }

    void refuses()
    {
        QTemporaryDir dir;
        QVERIFY(readCorpus({dir.path().toStdString()}).error().code == ErrorCode::TextEmpty);
        QVERIFY(readCorpus({dir.filePath("none.txt").toStdString()}).error().code == ErrorCode::FileNotFound);
        write(dir.filePath("bad.txt"), "ab\xFF");
        const auto bad = readCorpus({dir.filePath("bad.txt").toStdString()});
        QVERIFY(!bad.ok());
        QVERIFY(bad.error().code == ErrorCode::TextNotUtf8);
        QCOMPARE(bad.error().item, std::string("2"));
        write(dir.filePath("empty.txt"), "# only a comment\n\n");
        QVERIFY(readCorpus({dir.filePath("empty.txt").toStdString()}).error().code == ErrorCode::TextEmpty);
    }
};

QTEST_APPLESS_MAIN(TestCorpus)
#include "tst_corpus.moc"
