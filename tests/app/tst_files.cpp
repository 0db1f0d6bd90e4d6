// SPDX-License-Identifier: GPL-3.0-or-later
// What a command writes and what it reads: every output of every command held against each of its inputs, and files of others.
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <map>

#include "app/commands.h"
#include "engine/io/write/ours.h"
#include "engine/io/write/write.h"
#include "tests/app/program.h"

using namespace hs;
using namespace hs::app;
using namespace hs::test;

namespace {

/// What a command needs to get as far as its files: without those that a test puts in their place.
const std::map<std::string, QStringList> kEnough{
    {"run", {"--text", "w1 w2"}},
    {"export", {"--text", "w1 w2", "--head", "L0H0"}},
    {"convert", {}},
    {"label", {}},
    {"similarity", {"--measure", "js", "--corpus", "texts"}},
    {"graph", {"--measure", "js", "--corpus", "texts"}},
    {"importance", {"--score", "depth"}},
    {"prune", {"--calibrate", "texts", "--test", "texts", "--keep", "1", "--write", "w.h5"}},
    {"patch", {"--clean", "w1", "--corrupt", "w2", "--answer", "w3"}},
};
/// A name the output of a command must have.
const std::map<std::string, QString> kOutput{{"run", "o.h5"},          {"export", "o.csv"},    {"convert", "o.h5"},
                                             {"label", "o.json"},      {"similarity", "o.h5"}, {"graph", "o.json"},
                                             {"importance", "o.json"}, {"prune", "o.csv"},     {"patch", "o.h5"}};

bool isWritten(FileUse use) { return use == FileUse::Writes || use == FileUse::Keeps; }

QStringList all(const CommandSpec& command, FileUse wanted)
{
    QStringList out;
    for (const Options& options : {command.options, commonOptions(*command.arguments)})
        for (const Option& option : options)
            if (option.use == wanted) out << QString::fromLatin1(option.name);
    return out;
}

}  // namespace

class TestFiles : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
        QVERIFY(writeNativeModel(path("m.h5").toStdString(), *randomModel(smallConfig(2, 4, 32, 50, 64))).ok());
        QVERIFY(writeWordVocabulary(path("vocabulary.json"), 50));
        QVERIFY(QDir(m_folder->path()).mkpath("texts"));
        put("texts/a.txt", "w1 w2 w3\n");
    }

    /// Every option whose help speaks of a file says what happens to it.
    void everyFileHasItsUse()
    {
        static const QRegularExpression speaks(QStringLiteral("\\b(file|folder)s?\\b"), QRegularExpression::CaseInsensitiveOption);
        for (const CommandSpec& command : commands())
            for (const Options& options : {command.options, commonOptions(*command.arguments)})
                for (const Option& option : options) {
                    if (!option.value) continue;
                    const QString word = QString::fromLatin1(option.value);
                    const bool named = word == "FILE" || word == "PATH";
                    const bool said = speaks.match(QString::fromUtf8(option.help)).hasMatch() && word != "N" && word != "FOLDER";
                    if (named || said)
                        QVERIFY2(option.use != FileUse::None,
                                 qPrintable(QStringLiteral("%1 %2").arg(QLatin1String(command.name), QLatin1String(option.name))));
                }
    }

    void outputsAreNoInputs_data()
    {
        QTest::addColumn<QString>("command");
        QTest::addColumn<QString>("output");
        QTest::addColumn<QString>("input");
        for (const CommandSpec& command : commands()) {
            QStringList outputs = all(command, FileUse::Writes) + all(command, FileUse::Keeps), inputs = all(command, FileUse::Reads);
            for (std::size_t i = 0; i < command.files.size(); ++i)
                (isWritten(command.files[i].use) ? outputs : inputs) << QStringLiteral("word %1").arg(i);
            if (!*command.name) continue;
            for (const QString& output : outputs)
                for (const QString& input : inputs)
                    QTest::addRow("%s %s %s", command.name, qPrintable(output), qPrintable(input))
                        << QString::fromLatin1(command.name) << output << input;
        }
    }
    /// Each output is each input once, under another name of it: exit 2, both are named, and nothing is touched.
    void outputsAreNoInputs()
    {
        QFETCH(QString, command);
        QFETCH(QString, output);
        QFETCH(QString, input);
        const std::string name = command.toStdString();
        QVERIFY2(kEnough.contains(name), "a new command needs a row in kEnough and kOutput");
        const QByteArray bytes = "{\"n_layers\": 2}\n";
        const QString target = kOutput.at(name), alias = QStringLiteral("./texts/../") + target;
        put(target, bytes);
        QStringList words = kEnough.at(name);
        if (input == "--text-file" && words.value(0) == "--text") words = words.mid(2);
        QString model = QStringLiteral("m.h5"), second;
        const auto set = [&](const QString& what, const QString& value) {
            if (what == "word 0") model = value;
            else if (what == "word 1") second = value;
            else words << what << value;
        };
        set(output, target);
        set(input, alias);
        if (name == "convert" && second.isEmpty()) second = target;
        if (!words.contains("--out") && name != "convert") words << "--out" << QStringLiteral("other-") + target;
        QStringList line{command, model};
        if (!second.isEmpty()) line << second;
        const Outcome outcome = headscope(line + words + QStringList{"--force"}, m_folder->path());
        QVERIFY2(outcome.code == 2, qPrintable(outcome.err + outcome.out));
        QVERIFY2(outcome.err.contains(target) && outcome.err.contains(alias), qPrintable(outcome.err));
        QVERIFY2(outcome.err.contains("would overwrite") || outcome.err.contains("are the same file"), qPrintable(outcome.err));
        QCOMPARE(get(target), bytes);
    }

    /// A file of a folder that is read, and a link to one.
    void inputsInFolders()
    {
        put("texts/out.json", "{}");
        Outcome outcome = headscope({"label", "m.h5", "--corpus", "texts", "--out", "texts/out.json", "--force"}, m_folder->path());
        QCOMPARE(outcome.code, 2);
        QVERIFY2(outcome.err.contains("--out texts/out.json would overwrite texts, which is read (--corpus)"), qPrintable(outcome.err));
        std::filesystem::create_hard_link(path("texts/a.txt").toStdString(), path("hard.csv").toStdString());
        outcome = headscope({"label", "m.h5", "--corpus", "texts", "--out", "hard.csv", "--force"}, m_folder->path());
        QCOMPARE(outcome.code, 2);
        std::filesystem::create_symlink("texts/a.txt", path("soft.csv").toStdString());
        outcome = headscope({"label", "m.h5", "--corpus", "texts/a.txt", "--out", "soft.csv", "--force"}, m_folder->path());
        QCOMPARE(outcome.code, 2);
        QCOMPARE(get("texts/a.txt"), QByteArray("w1 w2 w3\n"));
    }

    void outputsDiffer()
    {
        const Outcome outcome = headscope({"prune", "m.h5", "--calibrate", "texts", "--test", "texts", "--keep", "1", "--write", "new.csv",
                                           "--out", "texts/../new.csv"},
                                          m_folder->path());
        QCOMPARE(outcome.code, 2);
        QVERIFY2(outcome.err.contains("are the same file"), qPrintable(outcome.err));
        QVERIFY(!QFile::exists(path("new.csv")));
    }

    void filesOfOthers_data()
    {
        QTest::addColumn<QStringList>("line");
        QTest::addColumn<QString>("file");
        const auto row = [](const char* name, const QString& line, const char* file) {
            QTest::newRow(name) << line.split(QLatin1Char(' ')) << QString::fromLatin1(file);
        };
        row("run", "run m.h5 --tokens 1,2,3 --out x.h5", "x.h5");
        row("csv", "export m.h5 --tokens 1,2,3 --head L0H0 --out x.csv", "x.csv");
        row("npy", "export m.h5 --tokens 1,2,3 --head L0H0 --out x.npy", "x.npy");
        row("png", "export m.h5 --tokens 1,2,3 --head L0H0 --out x.png", "x.png");
        row("svg", "export m.h5 --tokens 1,2,3 --head L0H0 --out x.svg", "x.svg");
        row("pdf", "export m.h5 --tokens 1,2,3 --head L0H0 --out x.pdf", "x.pdf");
        row("model", "convert m.h5 x.h5", "x.h5");
        row("labels", "label m.h5 --no-text --no-synthetic --no-causes --out x.json", "x.json");
        row("label table", "label m.h5 --no-text --no-synthetic --no-causes --out x.csv", "x.csv");
        row("matrix", "similarity m.h5 --measure pk --pairing OQ --out x.h5", "x.h5");
        row("matrix npy", "similarity m.h5 --measure pk --pairing OQ --out x.npy", "x.npy");
        row("matrix csv", "similarity m.h5 --measure pk --pairing OQ --out x.csv", "x.csv");
        for (const char* ending : {"json", "graphml", "dot", "csv", "svg"})
            row(ending == std::string("csv")   ? "graph csv"
                : ending == std::string("svg") ? "graph svg"
                                               : ending,
                QStringLiteral("graph m.h5 --measure pk --pairing OQ --out x.%1").arg(QLatin1String(ending)),
                (std::string("x.") + ending).c_str());
        row("importance", "importance m.h5 --score depth --out x.json", "x.json");
        row("importance csv", "importance m.h5 --score depth --out x.csv", "x.csv");
        row("report", "m.h5 --report . --prompt w1", "README.txt");
    }
    /// What somebody else wrote stays unless --force is given; what HeadScope wrote is replaced as ever.
    void filesOfOthers()
    {
        QFETCH(QStringList, line);
        QFETCH(QString, file);
        const QByteArray theirs =
            file.endsWith(".npy") ? QByteArray("\x93NUMPY\x01\x00\x06\x00{}   \n", 16) : QByteArray("name,value\n1,2\n");
        put(file, theirs);
        Outcome outcome = headscope(line, m_folder->path());
        QCOMPARE(outcome.code, 2);
        QVERIFY2(outcome.err.contains(file) && outcome.err.contains("--force"), qPrintable(outcome.err));
        QCOMPARE(get(file), theirs);
        outcome = headscope(line + QStringList{"--force"}, m_folder->path());
        QVERIFY2(outcome.code == 0, qPrintable(outcome.err));
        QVERIFY(get(file) != theirs);
        QVERIFY(isOurs(path(file).toStdString()));
        outcome = headscope(line, m_folder->path());
        QVERIFY2(outcome.code == 0, qPrintable(outcome.err));
    }

private:
    QString path(const QString& name) const { return m_folder->filePath(name); }
    void put(const QString& name, const QByteArray& bytes)
    {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), qint64(bytes.size()));
    }
    QByteArray get(const QString& name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestFiles)
#include "tst_files.moc"
