// SPDX-License-Identifier: GPL-3.0-or-later
// headscope importance and headscope prune, as a shell calls them.
#include <nlohmann/json.hpp>

#include "engine/io/h5/file.h"
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
    void targets();
    void wrongTargets_data();
    void wrongTargets();
    void maskPadding();
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
    const auto write = [&](const char* name, const char* bytes) {
        QFile file(inside(name));
        return file.open(QIODevice::WriteOnly) && file.write(bytes) > 0;
    };
    QVERIFY(write("answers.txt", "5:1, 7:4\n6:0\n") && write("one-answer.txt", "3:2\n"));
    QVERIFY(write("padded.txt", "1,2,3,0,5,6,7,8,0,0\n9,10,11,12,1,2,3,0,0,0\n0,4,5,6,7,8,2,3,4,0\n"));
    ModelConfig classes = smallConfig();
    classes.output = OutputKind::Untied;
    classes.dVocabOut = 5;
    QVERIFY(writeNativeModel(inside("classes.h5").toStdString(), *randomModel(classes)).ok());
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

/// A model whose outputs are no tokens is measured against the answers that are given for its prompts.
void tst_cli_pruning::targets()
{
    const QString tokens = inside("prompts.txt"), answers = inside("answers.txt");
    const QStringList importance{QStringLiteral("importance"), inside("classes.h5"), QStringLiteral("--tokens-file"), tokens};
    const Outcome without = headscope(importance + QStringList{QStringLiteral("--out"), inside("none.json")}, m_folder.path());
    QCOMPARE(without.code, 1);
    QVERIFY2(without.err.contains(QStringLiteral("5")) && without.err.contains(QStringLiteral("50")), qPrintable(without.err));
    for (const char* score : {"gate", "ablation-zero"}) {
        const Outcome o = headscope(importance
                                        + QStringList{QStringLiteral("--targets"), answers, QStringLiteral("--score"),
                                                      QString::fromLatin1(score), QStringLiteral("--out"), inside("t.json")},
                                    m_folder.path());
        QVERIFY2(o.code == 0, qPrintable(o.err));
        const auto json = nlohmann::json::parse(fileBytes(inside("t.json")));
        QCOMPARE(json["targets"]["name"].get<std::string>(), std::string("answers.txt"));
        QCOMPARE(json["targets"]["sha256"].get<std::string>().size(), std::size_t{64});
        QVERIFY(json["mask_padding"].is_null() && json["adapter"].is_null());
        QVERIFY(json["heads"][0]["value"].get<double>() != 0);
    }
    const Outcome curve = headscope({QStringLiteral("prune"),
                                     inside("classes.h5"),
                                     QStringLiteral("--calibrate-tokens"),
                                     tokens,
                                     QStringLiteral("--calibrate-targets"),
                                     answers,
                                     QStringLiteral("--tokens-file"),
                                     tokens,
                                     QStringLiteral("--targets"),
                                     answers,
                                     QStringLiteral("--seeds"),
                                     QStringLiteral("2"),
                                     QStringLiteral("--steps"),
                                     QStringLiteral("50%"),
                                     QStringLiteral("--out"),
                                     inside("t.csv"),
                                     QStringLiteral("--state"),
                                     inside("t-state.json"),
                                     QStringLiteral("--keep"),
                                     QStringLiteral("4"),
                                     QStringLiteral("--write"),
                                     inside("t.h5")},
                                    m_folder.path());
    QVERIFY2(curve.code == 0, qPrintable(curve.err));
    QVERIFY(fileBytes(inside("t.csv")).starts_with("# targets: answers.txt "));
    QCOMPARE(nlohmann::json::parse(fileBytes(inside("t-state.json")))["targets"]["name"].get<std::string>(), std::string("answers.txt"));
    const Outcome patch = headscope({QStringLiteral("patch"), inside("classes.h5"), QStringLiteral("--clean-tokens"),
                                     QStringLiteral("1,2,3,4"), QStringLiteral("--corrupt-tokens"), QStringLiteral("1,9,3,4"),
                                     QStringLiteral("--targets"), inside("one-answer.txt"), QStringLiteral("--out"), inside("t-patch.h5")},
                                    m_folder.path());
    QVERIFY2(patch.code == 0, qPrintable(patch.err));
    QVERIFY2(patch.out.contains(QStringLiteral("loss")), qPrintable(patch.out));
    const auto file = h5::File::open(inside("t-patch.h5").toStdString());
    QVERIFY(file.ok());
    const auto& root = (*file)->inventory().attributesOf("");
    QCOMPARE(root.at("metric").asText().value_or(""), std::string("loss"));
    QCOMPARE(root.at("targets_sha256").asText().value_or("").size(), std::size_t{64});
    QCOMPARE(root.at("mask_padding").asInt().value_or(0), std::int64_t{-1});
}

void tst_cli_pruning::wrongTargets_data()
{
    QTest::addColumn<QByteArray>("answers");
    QTest::addColumn<QByteArray>("prompts");
    QTest::addColumn<QString>("says");
    const QByteArray two("1,2,3\n4,5,6\n");
    const auto row = [&](const char* name, const char* answers, const char* says, const QByteArray& prompts) {
        QTest::newRow(name) << QByteArray(answers) << prompts << QString::fromLatin1(says);
    };
    row("no pair", "0:1\n2\n", "answers-wrong.txt: In line 2", two);
    row("no number", "0:1\n2:x\n", "answers-wrong.txt: In line 2", two);
    row("a position twice", "0:1\n2:1,2:3\n", "answers-wrong.txt: In line 2", two);
    row("behind the prompt", "0:1\n3:1\n", "answers-wrong.txt: In line 2", two);
    row("before the prompt", "-1:1\n2:1\n", "answers-wrong.txt: In line 1", two);
    row("not an output, though a token", "0:1\n2:5\n", "answers-wrong.txt: In line 2", two);
    row("an empty line", "\n0:1\n", "answers-wrong.txt: In line 1", two);
    row("a line is missing", "0:1\n", "at line 2", two);
    row("a line too many", "0:1\n0:1\n0:1\n", "at line 3", two);
    row("nothing at all", "", "at line 1", two);
    row("an empty prompt", "0:1\n0:1\n0:1\n", "prompts-wrong.txt: In line 2", "1,2\n\n3,4\n");
}

void tst_cli_pruning::wrongTargets()
{
    QFETCH(QByteArray, answers);
    QFETCH(QByteArray, prompts);
    QFETCH(QString, says);
    for (const auto& [name, bytes] : {std::pair("answers-wrong.txt", answers), std::pair("prompts-wrong.txt", prompts)}) {
        QFile file(inside(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
    const Outcome o =
        headscope({QStringLiteral("importance"), inside("classes.h5"), QStringLiteral("--tokens-file"), inside("prompts-wrong.txt"),
                   QStringLiteral("--targets"), inside("answers-wrong.txt"), QStringLiteral("--out"), inside("x.json")},
                  m_folder.path());
    QCOMPARE(o.code, 1);
    QVERIFY2(o.err.contains(says), qPrintable(o.err));
}

/// Hidden where it was asked for, and stated; a model without padding says so.
void tst_cli_pruning::maskPadding()
{
    const QStringList importance{QStringLiteral("importance"), inside("model.h5"),        QStringLiteral("--tokens-file"),
                                 inside("padded.txt"),         QStringLiteral("--score"), QStringLiteral("ablation-zero"),
                                 QStringLiteral("--out"),      inside("p.json")};
    QVERIFY(headscope(importance, m_folder.path()).code == 0);
    const auto plain = nlohmann::json::parse(fileBytes(inside("p.json")));
    QVERIFY(plain["mask_padding"].is_null());
    const Outcome none = headscope(importance + QStringList{QStringLiteral("--mask-padding")}, m_folder.path());
    QCOMPARE(none.code, 3);
    QVERIFY2(none.err.contains(QStringLiteral("padding token")), qPrintable(none.err));
    const QStringList masked{QStringLiteral("--mask-padding"), QStringLiteral("--config"), QStringLiteral("pad_token_id=0")};
    const Outcome o = headscope(importance + masked, m_folder.path());
    QVERIFY2(o.code == 0, qPrintable(o.err));
    const auto hidden = nlohmann::json::parse(fileBytes(inside("p.json")));
    QCOMPARE(hidden["mask_padding"].get<int>(), 0);
    QVERIFY(std::abs(hidden["loss"].get<double>() - plain["loss"].get<double>()) > 1e-6);
    const QStringList run{QStringLiteral("run"),     inside("model.h5"),      QStringLiteral("--tokens"),
                          QStringLiteral("0,5,6,0"), QStringLiteral("--out"), inside("p.h5")};
    QVERIFY(headscope(run + masked, m_folder.path()).code == 0);
    const auto file = h5::File::open(inside("p.h5").toStdString());
    QVERIFY(file.ok());
    QCOMPARE((*file)->inventory().attributesOf("").at("mask_padding").asInt().value_or(-1), std::int64_t{0});
    // What was written opens again: rows that attend to nothing are padding there too.
    QVERIFY(openFile(inside("p.h5").toStdString()).ok());
    for (const QStringList& command :
         {QStringList{QStringLiteral("similarity"), inside("model.h5"), QStringLiteral("--measure"), QStringLiteral("js"),
                      QStringLiteral("--tokens-file"), inside("padded.txt"), QStringLiteral("--out"), inside("p-js.h5")},
          QStringList{QStringLiteral("label"), inside("model.h5"), QStringLiteral("--tokens-file"), inside("padded.txt"),
                      QStringLiteral("--out"), inside("p-labels.json")}}) {
        const Outcome done = headscope(command + masked, m_folder.path());
        QVERIFY2(done.code == 0, qPrintable(done.err));
    }
    QVERIFY(fileBytes(inside("p-labels.json")).find("mask_padding=0") != std::string::npos);
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
    row("targets without ids", {"importance", "model.h5", "--text-file", "a.txt", "--targets", "answers.txt", "--out", "x.json"}, 2,
        "--tokens-file");
    row("targets without a loss",
        {"importance", "model.h5", "--tokens-file", "prompts.txt", "--targets", "answers.txt", "--score", "depth", "--out", "x.json"}, 2,
        "no loss");
    row("targets of the test alone",
        {"prune", "model.h5", "--calibrate", "a.txt", "--tokens-file", "prompts.txt", "--targets", "answers.txt", "--out", "x.csv"}, 2,
        "--calibrate-targets");
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
