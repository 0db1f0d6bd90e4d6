// SPDX-License-Identifier: GPL-3.0-or-later
// headscope importance and headscope prune, as a shell calls them.
#include <nlohmann/json.hpp>

#include "engine/io/open.h"
#include "tests/app/program.h"
#include "tests/support/shared_data.h"

using namespace hs;
using namespace hs::test;

class tst_cli_pruning : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void importanceJson();
    void importanceCsv();
    void llamas_data();
    void llamas();
    void prune();
    void wrongUse_data();
    void wrongUse();

private:
    QString inside(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    QTemporaryDir m_folder;
};

void tst_cli_pruning::initTestCase()
{
    QVERIFY(writeNativeModel(inside("model.h5").toStdString(), *randomModel(smallConfig())).ok());
    QVERIFY(writeWordVocabulary(inside("vocabulary.json"), 50));
    QFile tokens(inside("prompts.txt"));
    QVERIFY(tokens.open(QIODevice::WriteOnly));
    tokens.write("1,2,3,4,5,6,7,8\n9,10,11,12,1,2,3\n");
    for (const char* name : {"a.txt", "b.txt"}) {
        QFile text(inside(name));
        QVERIFY(text.open(QIODevice::WriteOnly));
        text.write("# documents\nw1 w2 w3 w4 w5 w6\nw7 w8 w9 w1 w2 w3 w4\nw9 w8 w7 w6 w5\n");
        text.write(name[0] == 'a' ? "w20 w21 w22\n" : "w30 w31 w32\n");
    }
}

void tst_cli_pruning::importanceJson()
{
    const Outcome o = headscope({QStringLiteral("importance"), inside("model.h5"), QStringLiteral("--tokens-file"), inside("prompts.txt"),
                                 QStringLiteral("--score"), QStringLiteral("ablation-zero"), QStringLiteral("--out"), inside("i.json")},
                                m_folder.path());
    QVERIFY2(o.code == 0, qPrintable(o.err));
    const auto json = nlohmann::json::parse(fileBytes(inside("i.json")));
    QCOMPARE(json["heads"].size(), std::size_t{8});
    QVERIFY(json["heads"][0]["interval"].is_array());
    QCOMPARE(json["model"]["sha256"].get<std::string>().size(), std::size_t{64});
    QVERIFY(o.out.contains(QStringLiteral("8 heads")) && o.out.contains(QStringLiteral("2 prompts")));
}

void tst_cli_pruning::importanceCsv()
{
    const Outcome o = headscope({QStringLiteral("importance"), inside("model.h5"), QStringLiteral("--text-file"), inside("a.txt"),
                                 QStringLiteral("--score"), QStringLiteral("gate"), QStringLiteral("--normalise"), QStringLiteral("layer"),
                                 QStringLiteral("--quiet"), QStringLiteral("--out"), inside("i.csv")},
                                m_folder.path());
    QVERIFY2(o.code == 0, qPrintable(o.err));
    QVERIFY(o.out.isEmpty() && o.err.isEmpty());
    const QStringList lines = QString::fromStdString(fileBytes(inside("i.csv"))).trimmed().split(QLatin1Char('\n'));
    QCOMPARE(lines.size(), 9);
    double squares = 0;
    for (int i = 1; i <= 4; ++i) squares += std::pow(lines[i].section(QLatin1Char(','), 1, 1).toDouble(), 2);
    QVERIFY(std::abs(squares - 1) < 1e-9);
}

void tst_cli_pruning::llamas_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<int>("heads");
    QTest::newRow("tiny llama") << fixture("models/tiny-llama/model.h5") << 12;
    QTest::newRow("stories260k") << sharedData("models/stories260k/model.h5") << 40;
}

void tst_cli_pruning::llamas()
{
    QFETCH(QString, file);
    QFETCH(int, heads);
    HS_NEED_SHARED(file);
    // Sizes only: the numbers themselves are checked beside the engine.
    const Outcome o = headscope({QStringLiteral("importance"), file, QStringLiteral("--tokens-file"), inside("prompts.txt"),
                                 QStringLiteral("--out"), inside("s.json")},
                                m_folder.path());
    QVERIFY2(o.code == 0, qPrintable(o.err));
    QCOMPARE(nlohmann::json::parse(fileBytes(inside("s.json")))["heads"].size(), static_cast<std::size_t>(heads));
}

void tst_cli_pruning::prune()
{
    const QStringList arguments{QStringLiteral("prune"),   inside("model.h5"),    QStringLiteral("--calibrate"), inside("a.txt"),
                                QStringLiteral("--test"),  inside("b.txt"),       QStringLiteral("--score"),     QStringLiteral("gate"),
                                QStringLiteral("--steps"), QStringLiteral("25%"), QStringLiteral("--ablation"),  QStringLiteral("mean"),
                                QStringLiteral("--seeds"), QStringLiteral("3"),   QStringLiteral("--out"),       inside("curve.csv"),
                                QStringLiteral("--keep"),  QStringLiteral("5"),   QStringLiteral("--write"),     inside("pruned.h5"),
                                QStringLiteral("--state"), inside("state.json")};
    const Outcome o = headscope(arguments, m_folder.path());
    QVERIFY2(o.code == 0, qPrintable(o.err));
    const QStringList lines = QString::fromStdString(fileBytes(inside("curve.csv"))).trimmed().split(QLatin1Char('\n'));
    QCOMPARE(lines[0], QStringLiteral("step,heads_left,order,seed,loss,accuracy,kl,lo,hi"));
    QCOMPARE(lines.size(), 1 + 5 * (4 + 3));
    QVERIFY(lines[1].startsWith(QStringLiteral("0,8,score,0,")) && lines[5].startsWith(QStringLiteral("4,0,score,0,")));
    const auto pruned = openModel(inside("pruned.h5").toStdString());
    QVERIFY(pruned.ok());
    int heads = 0;
    for (int l = 0; l < 2; ++l) heads += (*pruned)->config().heads(l);
    QCOMPARE(heads, 5);
    QVERIFY(o.out.contains(QStringLiteral("random band")));

    // The saved state is gone on with: the same curve, at once.
    const std::string before = fileBytes(inside("curve.csv"));
    QVERIFY(headscope(arguments, m_folder.path()).code == 0);
    QCOMPARE(fileBytes(inside("curve.csv")), before);
    QStringList other = arguments;
    other[other.indexOf(QStringLiteral("25%"))] = QStringLiteral("50%");
    QCOMPARE(headscope(other, m_folder.path()).code, 1);
}

void tst_cli_pruning::wrongUse_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, std::initializer_list<const char*> words, int code, const char* says) {
        QStringList arguments;
        for (const char* word : words) arguments << QString::fromLatin1(word);
        QTest::newRow(name) << arguments << code << QString::fromLatin1(says);
    };
    row("no prompts", {"importance", "model.h5", "--out", "x.json"}, 2, "--text-file or --tokens-file");
    row("no output", {"importance", "model.h5", "--tokens-file", "prompts.txt"}, 2, "--out");
    row("other ending", {"importance", "model.h5", "--tokens-file", "prompts.txt", "--out", "x.txt"}, 2, ".csv or .json");
    row("unknown score", {"importance", "model.h5", "--tokens-file", "prompts.txt", "--score", "magic", "--out", "x.json"}, 2,
        "ablation-mean");
    row("no such file", {"importance", "model.h5", "--tokens-file", "nowhere.txt", "--out", "x.json"}, 1, "nowhere.txt");
    row("no such folder", {"importance", "model.h5", "--tokens-file", "prompts.txt", "--out", "no/such/x.json"}, 1, "no/such/x.json");
    row("one prompt to resample", {"importance", "model.h5", "--tokens-file", "one.txt", "--score", "ablation-resample", "--out", "x.json"},
        1, "");
    row("no test text", {"prune", "model.h5", "--calibrate", "a.txt", "--out", "x.csv"}, 2, "--test");
    row("keep without a file", {"prune", "model.h5", "--calibrate", "a.txt", "--test", "b.txt", "--out", "x.csv", "--keep", "3"}, 2,
        "--write");
    row("keeps more than there are",
        {"prune", "model.h5", "--calibrate", "a.txt", "--test", "b.txt", "--seeds", "1", "--out", "x.csv", "--keep", "9", "--write",
         "y.h5"},
        1, "");
    row("folds what cannot be folded",
        {"prune", "model.h5", "--calibrate", "a.txt", "--test", "b.txt", "--out", "x.csv", "--ablation", "uniform", "--keep", "3",
         "--write", "y.h5"},
        2, "mean or zero");
    row("steps", {"prune", "model.h5", "--calibrate", "a.txt", "--test", "b.txt", "--out", "x.csv", "--steps", "0"}, 2, "10%");
    row("over the model",
        {"prune", "model.h5", "--calibrate", "a.txt", "--test", "b.txt", "--out", "x.csv", "--keep", "3", "--write", "model.h5"}, 2,
        "overwrite");
}

void tst_cli_pruning::wrongUse()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, code);
    QFETCH(QString, says);
    QFile one(inside("one.txt"));
    QVERIFY(one.open(QIODevice::WriteOnly));
    one.write("1,2,3\n");
    one.close();
    const Outcome o = headscope(arguments, m_folder.path());
    QVERIFY2(o.code == code, qPrintable(QString::number(o.code) + o.err));
    if (code != 0) QVERIFY(!o.err.isEmpty());
    QVERIFY2(o.err.contains(says), qPrintable(o.err));
}

QTEST_GUILESS_MAIN(tst_cli_pruning)
#include "tst_cli_pruning.moc"
