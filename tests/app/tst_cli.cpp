// SPDX-License-Identifier: GPL-3.0-or-later
// The command line as a user meets it: the built program, its exit codes, sentences and files.
#include "tests/app/program.h"

#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <signal.h>

#include "app/commands.h"
#include "engine/base/version.h"
#include "tests/support/plain_user.h"
#include "tests/support/slowness.h"

using namespace hs;
using namespace hs::test;

class TestCli : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void version();
    void help_data();
    void help();
    void nothingToDoIsAnError_data();
    void nothingToDoIsAnError();
    void wrongUsage_data();
    void wrongUsage();
    void badInput_data();
    void badInput();
    void infoSaysAll();
    void infoJsonKeys();
    void configFromTheUserWins();
    void runWritesDump();
    void dumpOpensLikeRun();
    void textAndIdsAgree();
    void convertKeepsNumbers();
    void exportWritesEveryFormat_data();
    void exportWritesEveryFormat();
    void readOnlyFolderIsSaid();
    void reportWithoutDisplay();
    void interruptCancels();

private:
    QString path(const QString& name) const { return m_folder.filePath(name); }
    QTemporaryDir m_folder;
    QString m_model;
};

void TestCli::initTestCase()
{
    QVERIFY(m_folder.isValid());
    QDir(m_folder.path()).mkpath(QStringLiteral("tiny"));
    m_model = path(QStringLiteral("tiny/tiny.h5"));
    const Status written = writeNativeModel(m_model.toStdString(), *randomModel(smallConfig(2, 4, 32, 50, 64)));
    QVERIFY(written.ok());
    QVERIFY(writeWordVocabulary(path(QStringLiteral("tiny/vocabulary.json")), 50));
    QFile empty(path(QStringLiteral("empty.h5")));
    QVERIFY(empty.open(QIODevice::WriteOnly));
    QFile text(path(QStringLiteral("text.txt")));
    QVERIFY(text.open(QIODevice::WriteOnly));
    text.write("This is a text and not a model.\n");
    QFile prompt(path(QStringLiteral("prompt.txt")));
    QVERIFY(prompt.open(QIODevice::WriteOnly));
    prompt.write("w1 w2 w3 w2\n");
}

void TestCli::version()
{
    const Outcome outcome = headscope({QStringLiteral("--version")}, m_folder.path());
    QCOMPARE(outcome.code, 0);
    QCOMPARE(outcome.out, QStringLiteral("headscope %1\n").arg(QString::fromUtf8(kVersion)));
    QCOMPARE(outcome.err, QString());
}

void TestCli::help_data()
{
    QTest::addColumn<QString>("command");
    for (const app::CommandSpec& command : app::commands())
        QTest::addRow("%s", *command.name ? command.name : "general") << QString::fromUtf8(command.name);
}

void TestCli::help()
{
    QFETCH(QString, command);
    QStringList arguments{QStringLiteral("--help")};
    if (!command.isEmpty()) arguments.prepend(command);
    const Outcome outcome = headscope(arguments, m_folder.path());
    QCOMPARE(outcome.code, 0);
    QCOMPARE(outcome.err, QString());
    QVERIFY(outcome.out.startsWith(QStringLiteral("Usage: headscope ") + command));
    QVERIFY(outcome.out.contains(QStringLiteral("Examples:\n  headscope ") + command));
    for (const char* option : {"--config", "--tokenizer", "--threads", "--quiet", "--version"})
        QVERIFY2(outcome.out.contains(QLatin1String(option)), option);
}

void TestCli::nothingToDoIsAnError_data()
{
    QTest::addColumn<QString>("command");
    for (const app::CommandSpec& command : app::commands())
        if (!command.files.empty()) QTest::addRow("%s", command.name) << QString::fromUtf8(command.name);
}

/// A command without its file says so, in its own name: none runs in another's place.
void TestCli::nothingToDoIsAnError()
{
    QFETCH(QString, command);
    const Outcome outcome = headscope({command}, m_folder.path());
    QCOMPARE(outcome.code, 2);
    QCOMPARE(outcome.out, QString());
    QVERIFY2(outcome.err.startsWith(QStringLiteral("headscope: %1 needs ").arg(command)), qPrintable(outcome.err));
    QVERIFY2(outcome.err.endsWith(QStringLiteral("; see headscope %1 --help\n").arg(command)), qPrintable(outcome.err));
}

void TestCli::wrongUsage_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("said");
    const auto row = [](const char* line, const char* said) { QTest::newRow(line) << QString::fromUtf8(line) << QString::fromUtf8(said); };
    row("--colour", "unknown option --colour");
    row("info", "info needs FILE");
    row("info a.h5 b.h5", "one file too many: b.h5");
    row("info a.h5 --text hello", "--text is not one of info");
    row("info a.h5 --json=yes", "takes no value");
    row("run a.h5 --out b.h5", "needs --text, --text-file or --tokens");
    row("run a.h5 --text hello", "needs --out");
    row("run a.h5 --text", "--text needs a value");
    row("run a.h5 --text x --tokens 1 --out b.h5", "give one of");
    row("run a.h5 --tokens 1,x --out b.h5", "a list of numbers");
    row("export a.h5 --text x --out b.png", "needs --head");
    row("export a.h5 --text x --head five --out b.png", "a head like L5H1");
    row("export a.h5 --text x --head L0H0 --out b.gif", "must end in");
    row("export a.h5 --text x --head L0H0 --out b.png --colour-map pink", "attention");
    row("convert a.h5", "needs IN and OUT.h5");
    row("info a.h5 --threads 0", "a number from 1 to 1024");
    row("info a.h5 --config a.json --config b.json", "can be given once");
    row("a.h5 --theme pink", "light, dark or system");
    row("a.h5 --language fr", "en or de");
    row("a.h5 --out b.h5", "belongs to a command");
    row("run tiny/tiny.h5 --tokens 3,4 --out tiny/tiny.h5", "--out tiny/tiny.h5 would overwrite tiny/tiny.h5, which is read (FILE)");
    row("run tiny/tiny.h5 --tokens 3,4 --out tiny/../tiny/tiny.h5",
        "--out tiny/../tiny/tiny.h5 would overwrite tiny/tiny.h5, which is read");
    row("run tiny/tiny.h5 --text-file prompt.txt --out prompt.txt",
        "--out prompt.txt would overwrite prompt.txt, which is read (--text-file)");
    row("label a.h5 --out b.json --set local.kappa-uniform=7", "--set local.kappa-uniform=7 must be from 0 to 1");
    row("label a.h5 --out b.json --set local.kapa=0.4", "of local there are local.kappa-uniform, local.band");
    row("label a.h5 --out b.json --set foo=0.4", "--set foo=0.4: there is no threshold foo; names begin with one of sink, vertical");
    row("a.h5 --project b.headscope", "either FILE or --project");
}

void TestCli::wrongUsage()
{
    QFETCH(QString, line);
    QFETCH(QString, said);
    const Outcome outcome = headscope(line.split(QLatin1Char(' ')), m_folder.path());
    QCOMPARE(outcome.code, 2);
    QCOMPARE(outcome.out, QString());
    QVERIFY(outcome.err.startsWith(QStringLiteral("headscope: ")));
    QVERIFY2(outcome.err.contains(said), qPrintable(outcome.err));
    QVERIFY(outcome.err.contains(QStringLiteral("--help")));
    QCOMPARE(outcome.err.count(QLatin1Char('\n')), 1);
}

void TestCli::badInput_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("said");
    QTest::addColumn<int>("code");
    const auto row = [](const char* name, const char* line, const char* file, const char* said, int code = 1) {
        QTest::newRow(name) << QString::fromUtf8(line).split(QLatin1Char(' ')) << QString::fromUtf8(file) << QString::fromUtf8(said)
                            << code;
    };
    row("missing file", "info nothing.h5", "nothing.h5", "There is no such file; check the path");
    row("empty file", "info empty.h5", "empty.h5", "no bytes in it");
    row("not a model", "info text.txt", "text.txt", "; ");
    row("missing text file", "run tiny/tiny.h5 --text-file nothing.txt --out x.h5", "nothing.txt", "There is no such file");
    row("text file is a folder", "run tiny/tiny.h5 --text-file tiny --out x.h5", "tiny", "This is a folder");
    row("empty text", "run tiny/tiny.h5 --text= --out x.h5", "tiny.h5", "The text is empty");
    row("id out of range", "run tiny/tiny.h5 --tokens 3,50 --out x.h5", "tiny.h5", "Token id 50 does not exist; ids go from 0 .. 49");
    row("no such head", "export tiny/tiny.h5 --tokens 3,4 --head L9H0 --out x.png", "tiny.h5", "L9H0");
    row("no such folder", "export tiny/tiny.h5 --tokens 3,4 --head L0H0 --out nowhere/x.npy", "nowhere/x.npy", "; ");
    row("unknown key", "info tiny/tiny.h5 --config colour=3", "tiny.h5", "colour", 3);
    row("contradiction", "info tiny/tiny.h5 --config n_heads=5", "tiny.h5", "; ", 3);
    row("bad value", "info tiny/tiny.h5 --config act_fn=sine", "tiny.h5", "sine", 3);
    row("no configuration file", "info tiny/tiny.h5 --config nothing.json", "nothing.json", "; ");
}

void TestCli::badInput()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, file);
    QFETCH(QString, said);
    QFETCH(int, code);
    const Outcome outcome = headscope(arguments, m_folder.path());
    QVERIFY2(outcome.code == code, qPrintable(QString::number(outcome.code) + outcome.err + outcome.out));
    QCOMPARE(outcome.out, QString());
    QVERIFY(outcome.err.startsWith(QStringLiteral("headscope: ")));
    QVERIFY2(outcome.err.contains(file), qPrintable(outcome.err));
    QVERIFY2(outcome.err.contains(said), qPrintable(outcome.err));
    QVERIFY(outcome.err.contains(QStringLiteral("; ")));
    QCOMPARE(outcome.err.count(QLatin1Char('\n')), 1);
    QVERIFY(!QFile::exists(path(QStringLiteral("x.h5"))));
}

void TestCli::infoSaysAll()
{
    const Outcome outcome = headscope({QStringLiteral("info"), m_model}, m_folder.path());
    QVERIFY2(outcome.code == 0, qPrintable(outcome.err));
    for (const char* part : {"native", "n_heads", "vocabulary.json", "SHA-256", "layers/1/attn/W_Q", "float32", "nothing"})
        QVERIFY2(outcome.out.contains(QLatin1String(part)), part);
}

void TestCli::infoJsonKeys()
{
    const Outcome outcome = headscope({QStringLiteral("info"), m_model, QStringLiteral("--json")}, m_folder.path());
    QVERIFY2(outcome.code == 0, qPrintable(outcome.err));
    const QJsonObject json = QJsonDocument::fromJson(outcome.out.toUtf8()).object();
    for (const char* key : {"layout", "config", "tensors", "missing", "works", "hash"}) QVERIFY2(json.contains(QLatin1String(key)), key);
    QCOMPARE(json[QLatin1String("layout")].toString(), QStringLiteral("native"));
    const QJsonObject heads = json[QLatin1String("config")].toObject()[QLatin1String("n_heads")].toObject();
    QCOMPARE(heads[QLatin1String("value")].toInt(), 4);
    QCOMPARE(heads[QLatin1String("origin")].toString(), QStringLiteral("file"));
    bool found = false;
    for (const QJsonValue& value : json[QLatin1String("tensors")].toArray()) {
        const QJsonObject tensor = value.toObject();
        if (!tensor[QLatin1String("name")].toString().contains(QStringLiteral("layers/0/attn/W_Q"))) continue;
        found = true;
        QCOMPARE(tensor[QLatin1String("shape")].toArray(), (QJsonArray{4, 32, 8}));
        QCOMPARE(tensor[QLatin1String("dtype")].toString(), QStringLiteral("float32"));
    }
    QVERIFY(found);
    QCOMPARE(json[QLatin1String("missing")].toArray(), QJsonArray());
    QVERIFY(json[QLatin1String("works")].toArray().contains(QStringLiteral("predict")));
    QCOMPARE(json[QLatin1String("hash")].toString().size(), 64);
}

void TestCli::configFromTheUserWins()
{
    const Outcome outcome =
        headscope({QStringLiteral("info"), m_model, QStringLiteral("--json"), QStringLiteral("--config"), QStringLiteral("act_fn=relu")},
                  m_folder.path());
    QVERIFY2(outcome.code == 0, qPrintable(outcome.err));
    const QJsonObject act =
        QJsonDocument::fromJson(outcome.out.toUtf8()).object()[QLatin1String("config")].toObject()[QLatin1String("act_fn")].toObject();
    QCOMPARE(act[QLatin1String("value")].toString(), QStringLiteral("relu"));
    QCOMPARE(act[QLatin1String("origin")].toString(), QStringLiteral("user"));
}

void TestCli::runWritesDump()
{
    const QString full = path(QStringLiteral("run.h5")), half = path(QStringLiteral("half.h5"));
    const QStringList arguments{QStringLiteral("run"), m_model, QStringLiteral("--text"), QStringLiteral("w1 w2 w3 w2"),
                                QStringLiteral("--out")};
    const Outcome outcome = headscope(arguments + QStringList{full}, m_folder.path());
    QVERIFY2(outcome.code == 0, qPrintable(outcome.err));
    QVERIFY2(outcome.out.contains(QStringLiteral("4 tokens, 2 layers")), qPrintable(outcome.out));
    QCOMPARE(headscope(arguments + QStringList{half, QStringLiteral("--float16"), QStringLiteral("--quiet")}, m_folder.path()).out,
             QString());
    QVERIFY(QFile(full).size() > 0 && QFile(half).size() > 0);
    const Outcome info = headscope({QStringLiteral("info"), full, QStringLiteral("--json")}, m_folder.path());
    QVERIFY2(info.code == 0, qPrintable(info.err));
    const QJsonObject json = QJsonDocument::fromJson(info.out.toUtf8()).object();
    QCOMPARE(json[QLatin1String("layout")].toString(), QStringLiteral("attention-dump"));
    QCOMPARE(json[QLatin1String("tensors")].toArray().first().toObject()[QLatin1String("shape")].toArray(), (QJsonArray{2, 4, 4, 4}));
    QCOMPARE(json[QLatin1String("missing")].toArray(), QJsonArray{QStringLiteral("weights")});
}

void TestCli::dumpOpensLikeRun()
{
    const QString dump = path(QStringLiteral("dump.h5"));
    QCOMPARE(headscope({QStringLiteral("run"), m_model, QStringLiteral("--tokens"), QStringLiteral("1,2,3,2"), QStringLiteral("--out"),
                        dump},
                       m_folder.path())
                 .code,
             0);
    const QStringList same{QStringLiteral("--head"), QStringLiteral("L1H2"), QStringLiteral("--out")};
    const Outcome fromDump =
        headscope(QStringList{QStringLiteral("export"), dump} + same + QStringList{path(QStringLiteral("a.npy"))}, m_folder.path());
    QVERIFY2(fromDump.code == 0, qPrintable(fromDump.err));
    const Outcome fromModel =
        headscope(QStringList{QStringLiteral("export"), m_model, QStringLiteral("--tokens"), QStringLiteral("1,2,3,2")} + same
                      + QStringList{path(QStringLiteral("b.npy"))},
                  m_folder.path());
    QVERIFY2(fromModel.code == 0, qPrintable(fromModel.err));
    QFile a(path(QStringLiteral("a.npy"))), b(path(QStringLiteral("b.npy")));
    QVERIFY(a.open(QIODevice::ReadOnly) && b.open(QIODevice::ReadOnly));
    QCOMPARE(a.readAll(), b.readAll());

    const Outcome run = headscope({QStringLiteral("run"), dump, QStringLiteral("--tokens"), QStringLiteral("1"), QStringLiteral("--out"),
                                   path(QStringLiteral("x.h5"))},
                                  m_folder.path());
    QCOMPARE(run.code, 1);
    QVERIFY2(run.err.contains(QStringLiteral("weights")), qPrintable(run.err));
}

void TestCli::textAndIdsAgree()
{
    // Words w1 w2 w3 w2 are the ids 1 2 3 2; the file's last line break does not count.
    const QStringList tail{QStringLiteral("--head"), QStringLiteral("L0H0"), QStringLiteral("--out")};
    const QList<QStringList> prompts{{QStringLiteral("--text"), QStringLiteral("w1 w2 w3 w2")},
                                     {QStringLiteral("--text-file"), path(QStringLiteral("prompt.txt"))},
                                     {QStringLiteral("--tokens"), QStringLiteral("1,2,3,2")}};
    QByteArray first;
    for (const QStringList& prompt : prompts) {
        const QString out = path(QStringLiteral("ids.npy"));
        const Outcome outcome =
            headscope(QStringList{QStringLiteral("export"), m_model} + prompt + tail + QStringList{out}, m_folder.path());
        QVERIFY2(outcome.code == 0, qPrintable(outcome.err));
        QFile file(out);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        if (first.isEmpty()) first = bytes;
        QCOMPARE(bytes, first);
    }
}

void TestCli::convertKeepsNumbers()
{
    const QString copy = path(QStringLiteral("copy.h5"));
    const Outcome outcome = headscope({QStringLiteral("convert"), m_model, copy}, m_folder.path());
    QVERIFY2(outcome.code == 0, qPrintable(outcome.err));
    QByteArray bytes[2];
    for (int i = 0; i < 2; ++i) {
        const QString out = path(QStringLiteral("convert%1.npy").arg(i));
        const Outcome made =
            headscope({QStringLiteral("export"), i == 0 ? m_model : copy, QStringLiteral("--text"), QStringLiteral("w4 w5 w6"),
                       QStringLiteral("--head"), QStringLiteral("L1H3"), QStringLiteral("--out"), out},
                      m_folder.path());
        QVERIFY2(made.code == 0, qPrintable(made.err));  // the copy has its tokeniser inside: no vocabulary lies beside it
        QFile file(out);
        QVERIFY(file.open(QIODevice::ReadOnly));
        bytes[i] = file.readAll();
    }
    QVERIFY(!bytes[0].isEmpty());
    QCOMPARE(bytes[0], bytes[1]);
    QCOMPARE(headscope({QStringLiteral("convert"), m_model, m_model}, m_folder.path()).code, 2);
}

void TestCli::exportWritesEveryFormat_data()
{
    QTest::addColumn<QString>("ending");
    QTest::addColumn<QByteArray>("begins");
    QTest::newRow("png") << QStringLiteral("png") << QByteArray("\x89PNG");
    QTest::newRow("svg") << QStringLiteral("svg") << QByteArray("<?xml");
    QTest::newRow("pdf") << QStringLiteral("pdf") << QByteArray("%PDF");
    QTest::newRow("csv") << QStringLiteral("csv") << QByteArray();
    QTest::newRow("npy") << QStringLiteral("npy") << QByteArray("\x93NUMPY");
}

void TestCli::exportWritesEveryFormat()
{
    QFETCH(QString, ending);
    QFETCH(QByteArray, begins);
    const bool numbers = ending == QStringLiteral("csv") || ending == QStringLiteral("npy");
    const QString out = path(QStringLiteral("figure.") + ending);
    const Outcome outcome =
        headscope({QStringLiteral("export"), m_model, QStringLiteral("--text"), QStringLiteral("w1 w2 w3"), QStringLiteral("--head"),
                   QStringLiteral("L1H0"), QStringLiteral("--out"), out, QStringLiteral("--width"), QStringLiteral("60")},
                  m_folder.path());
    QVERIFY2(outcome.code == 0, qPrintable(outcome.err));
    QFile file(out);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    QVERIFY(bytes.startsWith(begins));
    // A figure that has no room for its labels says so; numbers lose nothing.
    const Outcome small = headscope({QStringLiteral("export"), m_model, QStringLiteral("--text"),
                                     QStringLiteral("w1 w2 w3 w1 w2 w3 w1 w2 w3 w1 w2 w3"), QStringLiteral("--head"),
                                     QStringLiteral("L1H0"), QStringLiteral("--out"), out, QStringLiteral("--width"), QStringLiteral("20")},
                                    m_folder.path());
    QVERIFY2(small.code == 0, qPrintable(small.err));
    QCOMPARE(!small.err.isEmpty(), !numbers);
    if (!numbers) QVERIFY2(small.err.startsWith(QStringLiteral("headscope: ") + out + QStringLiteral(": ")), qPrintable(small.err));
    if (ending == QStringLiteral("png")) {
        QImage image;
        QVERIFY(image.loadFromData(bytes));
        QVERIFY(std::abs(image.width() - 60 / 25.4 * 300) <= 2);
    }
    if (ending == QStringLiteral("csv")) QVERIFY(bytes.contains("w1") && bytes.contains("w3"));
}

void TestCli::readOnlyFolderIsSaid()
{
    const PlainUser user;
    QVERIFY(user.bound());
    QDir(m_folder.path()).mkpath(QStringLiteral("locked"));
    QFile::setPermissions(path(QStringLiteral("locked")), QFile::ReadOwner | QFile::ExeOwner);
    const Outcome outcome = headscope({QStringLiteral("convert"), m_model, QStringLiteral("locked/x.h5")}, m_folder.path());
    QFile::setPermissions(path(QStringLiteral("locked")), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    QCOMPARE(outcome.code, 1);
    QVERIFY2(outcome.err.contains(QStringLiteral("locked")), qPrintable(outcome.err));
}

void TestCli::reportWithoutDisplay()
{
    // No display and no command: the report is written where the program was started.
    const Outcome outcome = headscope({m_model, QStringLiteral("--prompt"), QStringLiteral("w1 w2 w3 w4 w1 w2 w3")}, m_folder.path());
    QVERIFY2(outcome.code == 0, qPrintable(outcome.err));
    QVERIFY(outcome.out.contains(QStringLiteral("headscope-report")));
    const QDir report(path(QStringLiteral("headscope-report")));
    QVERIFY(report.exists(QStringLiteral("atlas.png")) && report.exists(QStringLiteral("atlas.svg")));
    QCOMPARE(report.entryList({QStringLiteral("head-*.png")}).size(), 3);
    QCOMPARE(report.entryList({QStringLiteral("head-*.svg")}).size(), 3);
    QFile csv(report.filePath(QStringLiteral("heads.csv")));
    QVERIFY(csv.open(QIODevice::ReadOnly));
    QCOMPARE(csv.readAll().count('\n'), 1 + 2 * 4);
    QFile readme(report.filePath(QStringLiteral("README.txt")));
    QVERIFY(readme.open(QIODevice::ReadOnly));
    const QString words = QString::fromUtf8(readme.readAll());
    for (const char* part : {"tiny.h5", "w1 w2 w3 w4 w1 w2 w3", "1 2 3 4 1 2 3", "heads.csv"})
        QVERIFY2(words.contains(QLatin1String(part)), part);
}

void TestCli::interruptCancels()
{
    const QString large = path(QStringLiteral("large.h5"));
    QVERIFY(writeNativeModel(large.toStdString(), *randomModel(smallConfig(8, 8, 256, 100, 4096))).ok());
    QStringList ids;
    for (int i = 0; i < 3500; ++i) ids += QString::number(i % 100);
    QProcess process;
    process.setProcessEnvironment(bareEnvironment(m_folder.path()));
    process.start(programPath(), {QStringLiteral("run"), large, QStringLiteral("--tokens"), ids.join(QLatin1Char(',')),
                                  QStringLiteral("--out"), path(QStringLiteral("never.h5"))});
    QVERIFY(process.waitForStarted());
    QTest::qSleep(400 * kSlowness);  // it listens by then, and such a run is long not written
    QVERIFY(process.state() == QProcess::Running);
    ::kill(static_cast<pid_t>(process.processId()), SIGINT);
    QVERIFY(process.waitForFinished(20'000));
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 130);
    QCOMPARE(QString::fromUtf8(process.readAllStandardError()), QStringLiteral("headscope: cancelled\n"));
    QVERIFY(QDir(m_folder.path()).entryList({QStringLiteral("*never*")}, QDir::Files | QDir::Hidden).isEmpty());
}

QTEST_GUILESS_MAIN(TestCli)
#include "tst_cli.moc"
