// SPDX-License-Identifier: GPL-3.0-or-later
// headscope patch as a shell calls it, and bad input of all commands that tell what heads are worth: clear words, nothing lost.
#include "engine/io/open.h"
#include "tests/app/program.h"
#include "tests/support/shared_data.h"

using namespace hs;
using namespace hs::test;

class tst_cli_causes : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void patch();
    void exampleOfTheHelp();
    void patchOfIds();
    void patchOfPromptsThatHardlyDiffer();
    void badInput_data();
    void badInput();
    void oneHeadLeft();
    void fullDisk();

private:
    QString inside(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    QTemporaryDir m_folder;
};

void tst_cli_causes::initTestCase()
{
    QVERIFY(writeNativeModel(inside("model.h5").toStdString(), *randomModel(smallConfig())).ok());
    ModelConfig none = smallConfig();
    none.output = OutputKind::None;
    QVERIFY(writeNativeModel(inside("no-output.h5").toStdString(), *randomModel(none)).ok());
    QVERIFY(writeWordVocabulary(inside("vocabulary.json"), 50));
    for (const char* name : {"a.txt", "b.txt"}) {
        QFile text(inside(name));
        QVERIFY(text.open(QIODevice::WriteOnly));
        text.write("# documents\nw1 w2 w3 w4 w5 w6\nw7 w8 w9 w1 w2 w3 w4\nw9 w8 w7 w6 w5\n");
        text.write(name[0] == 'a' ? "w20 w21 w22\n" : "w30 w31 w32\n");
    }
}

void tst_cli_causes::patch()
{
    const Outcome o = headscope({QStringLiteral("patch"), inside("model.h5"), QStringLiteral("--clean"), QStringLiteral("w1 w2 w3 w4"),
                                 QStringLiteral("--corrupt"), QStringLiteral("w1 w9 w3 w4"), QStringLiteral("--answer"),
                                 QStringLiteral("w5"), QStringLiteral("--wrong"), QStringLiteral("w6"), QStringLiteral("--site"),
                                 QStringLiteral("z"), QStringLiteral("--out"), inside("p.h5")},
                                m_folder.path());
    QVERIFY2(o.code == 0, qPrintable(o.err));
    QVERIFY(QFileInfo(inside("p.h5")).size() > 0);
    QVERIFY2(o.out.contains(QStringLiteral("8 patches at z")), qPrintable(o.out));
}

/// Whoever tries what the help shows, on the model that ships, sees it work and make a difference.
void tst_cli_causes::exampleOfTheHelp()
{
    const Outcome help = headscope({QStringLiteral("patch"), QStringLiteral("--help")}, m_folder.path());
    static const QRegularExpression words(QStringLiteral("(?:\"([^\"]*)\"|(\\S+))"));
    const qsizetype at = help.out.indexOf(QStringLiteral("headscope patch model.h5 --clean"));
    QVERIFY(at > 0);
    QStringList line;
    for (auto it = words.globalMatch(help.out.mid(at).section(QLatin1Char('\n'), 0, 0)); it.hasNext();) {
        const auto match = it.next();
        line << (match.hasCaptured(2) ? match.captured(2) : match.captured(1));
    }
    line.removeFirst();
    line.replace(line.indexOf(QStringLiteral("model.h5")), sampleFile());
    const Outcome o = headscope(line, m_folder.path());
    QVERIFY2(o.code == 0, qPrintable(o.err));
    QVERIFY(QFileInfo(inside("z.h5")).size() > 0);
    QVERIFY2(!o.out.contains(QStringLiteral("hardly differ")), qPrintable(o.out));
}

/// Ids need no tokeniser, and give what the same words give.
void tst_cli_causes::patchOfIds()
{
    const QStringList same{QStringLiteral("patch"),   inside("model.h5"),   QStringLiteral("--answer"), QStringLiteral("#5"),
                           QStringLiteral("--wrong"), QStringLiteral("#6"), QStringLiteral("--out"),    inside("ids.h5")};
    const Outcome words = headscope(same
                                        + QStringList{QStringLiteral("--clean"), QStringLiteral("w1 w2 w3 w4"), QStringLiteral("--corrupt"),
                                                      QStringLiteral("w1 w9 w3 w4")},
                                    m_folder.path());
    QVERIFY2(words.code == 0, qPrintable(words.err));
    const Outcome ids =
        headscope(same
                      + QStringList{QStringLiteral("--clean-tokens"), QStringLiteral("1,2,3,4"), QStringLiteral("--corrupt-tokens"),
                                    QStringLiteral("1,9,3,4"), QStringLiteral("--tokenizer"), QStringLiteral("none")},
                  m_folder.path());
    QVERIFY2(ids.code == 0, qPrintable(ids.err));
    QCOMPARE(ids.out, words.out);
    const Outcome both = headscope(same
                                       + QStringList{QStringLiteral("--clean"), QStringLiteral("w1"), QStringLiteral("--clean-tokens"),
                                                     QStringLiteral("1"), QStringLiteral("--corrupt"), QStringLiteral("w2")},
                                   m_folder.path());
    QCOMPARE(both.code, 2);
}

void tst_cli_causes::patchOfPromptsThatHardlyDiffer()
{
    // The same prompt twice: the metric has no difference, so no share of it is claimed.
    const Outcome o = headscope({QStringLiteral("patch"), inside("model.h5"), QStringLiteral("--clean"), QStringLiteral("w1 w2 w3"),
                                 QStringLiteral("--corrupt"), QStringLiteral("w1 w2 w3"), QStringLiteral("--answer"), QStringLiteral("w5"),
                                 QStringLiteral("--wrong"), QStringLiteral("w6"), QStringLiteral("--site"), QStringLiteral("z"),
                                 QStringLiteral("--out"), inside("same.h5")},
                                m_folder.path());
    QVERIFY2(o.code == 0, qPrintable(o.err));
    QVERIFY2(o.out.contains(QStringLiteral("hardly differ")), qPrintable(o.out));
}

void tst_cli_causes::badInput_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, std::initializer_list<const char*> words, const char* says) {
        QStringList arguments;
        for (const char* word : words) arguments << QString::fromLatin1(word);
        QTest::newRow(name) << arguments << QString::fromLatin1(says);
    };
    row("prompts that do not align",
        {"patch", "model.h5", "--clean", "w1 w2 w3", "--corrupt", "w1 w2", "--answer", "w5", "--wrong", "w6", "--site", "z", "--out",
         "x.h5"},
        "3");
    row("answer of several tokens",
        {"patch", "model.h5", "--clean", "w1 w2", "--corrupt", "w1 w3", "--answer", "w5 w6", "--wrong", "w7", "--site", "z", "--out",
         "x.h5"},
        "It must be one");
    row("wrong answer of several tokens",
        {"patch", "model.h5", "--clean", "w1 w2", "--corrupt", "w1 w3", "--answer", "w5", "--wrong", "w6 w7", "--site", "z", "--out",
         "x.h5"},
        "It must be one");
    row("patch without an output layer",
        {"patch", "no-output.h5", "--clean", "w1 w2", "--corrupt", "w1 w3", "--answer", "w5", "--wrong", "w7", "--site", "z", "--out",
         "x.h5"},
        "output");
    row("importance without an output layer",
        {"importance", "no-output.h5", "--text-file", "a.txt", "--score", "ablation-zero", "--out", "x.csv"}, "output");
    row("gates without an output layer", {"importance", "no-output.h5", "--text-file", "a.txt", "--score", "gate", "--out", "x.csv"},
        "output");
    row("pruning without an output layer", {"prune", "no-output.h5", "--calibrate", "a.txt", "--test", "b.txt", "--out", "x.csv"},
        "output");
    row("every head cut",
        {"prune", "model.h5", "--calibrate", "a.txt", "--test", "b.txt", "--seeds", "1", "--out", "x.csv", "--keep", "0", "--write",
         "none.h5"},
        "head");
}

void tst_cli_causes::badInput()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, says);
    const Outcome o = headscope(arguments, m_folder.path());
    QVERIFY2(o.code == 1 || o.code == 2, qPrintable(QString::number(o.code) + o.out + o.err));
    QVERIFY2(o.err.contains(says), qPrintable(o.err));
    QVERIFY(!QFile::exists(inside("x.h5")) && !QFile::exists(inside("none.h5")));
}

void tst_cli_causes::oneHeadLeft()
{
    // All heads of a layer are cut: the file is written, and answers as the masked model does.
    const Outcome o =
        headscope({QStringLiteral("prune"), inside("model.h5"), QStringLiteral("--calibrate"), inside("a.txt"), QStringLiteral("--test"),
                   inside("b.txt"), QStringLiteral("--seeds"), QStringLiteral("1"), QStringLiteral("--out"), inside("c.csv"),
                   QStringLiteral("--keep"), QStringLiteral("1"), QStringLiteral("--write"), inside("one.h5")},
                  m_folder.path());
    QVERIFY2(o.code == 0, qPrintable(o.err));
    const auto opened = openModel(inside("one.h5").toStdString());
    QVERIFY(opened.ok());
    QCOMPARE((*opened)->config().heads(0) + (*opened)->config().heads(1), 1);
    QVERIFY2(o.out.contains(QStringLiteral("1 of 8 heads")), qPrintable(o.out));
}

void tst_cli_causes::fullDisk()
{
    // Files may grow to 8 KiB only: the curve fits, the model does not. The file that is there stays as it was.
    QFile old(inside("kept.h5"));
    QVERIFY(old.open(QIODevice::WriteOnly));
    old.write("an older file");
    old.close();
    const QString command = QStringLiteral("ulimit -f 16; exec \"$0\" \"$@\"");  // 512-byte blocks in sh
    const QStringList before = QDir(m_folder.path()).entryList(QDir::Files);
    const Outcome o =
        runProgram(QStringLiteral("/bin/sh"),
                   {QStringLiteral("-c"), command, programPath(), QStringLiteral("prune"), inside("model.h5"),
                    QStringLiteral("--calibrate"), inside("a.txt"), QStringLiteral("--test"), inside("b.txt"), QStringLiteral("--seeds"),
                    QStringLiteral("1"), QStringLiteral("--out"), inside("d.csv"), QStringLiteral("--keep"), QStringLiteral("3"),
                    QStringLiteral("--write"), inside("kept.h5"), QStringLiteral("--force")},
                   m_folder.path());
    QCOMPARE(o.code, 1);
    QVERIFY2(o.err.contains(QStringLiteral("disk"), Qt::CaseInsensitive) || o.err.contains(QStringLiteral("space"), Qt::CaseInsensitive),
             qPrintable(o.err));
    QCOMPARE(fileBytes(inside("kept.h5")), std::string("an older file"));
    QStringList after = QDir(m_folder.path()).entryList(QDir::Files);
    after.removeAll(QStringLiteral("d.csv"));
    QCOMPARE(after, before);
}

QTEST_GUILESS_MAIN(tst_cli_causes)
#include "tst_cli_causes.moc"
