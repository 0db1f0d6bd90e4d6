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
using namespace Qt::Literals::StringLiterals;

namespace {

/// What a command needs to get as far as its files: without those that a test puts in their place.
const std::map<std::string, QStringList> kEnough{
    {"run", {u"--text"_s, u"w1 w2"_s}},
    {"export", {u"--text"_s, u"w1 w2"_s, u"--head"_s, u"L0H0"_s}},
    {"convert", {}},
    {"label", {}},
    {"similarity", {u"--measure"_s, u"js"_s, u"--corpus"_s, u"texts"_s}},
    {"graph", {u"--measure"_s, u"js"_s, u"--corpus"_s, u"texts"_s}},
    {"importance", {u"--score"_s, u"depth"_s}},
    {"prune", {u"--calibrate"_s, u"texts"_s, u"--test"_s, u"texts"_s, u"--keep"_s, u"1"_s, u"--write"_s, u"w.h5"_s}},
    {"patch", {u"--clean"_s, u"w1"_s, u"--corrupt"_s, u"w2"_s, u"--answer"_s, u"w3"_s}},
};
/// A name the output of a command must have.
const std::map<std::string, QString> kOutput{{"run", u"o.h5"_s},          {"export", u"o.csv"_s},    {"convert", u"o.h5"_s},
                                             {"label", u"o.json"_s},      {"similarity", u"o.h5"_s}, {"graph", u"o.json"_s},
                                             {"importance", u"o.json"_s}, {"prune", u"o.csv"_s},     {"patch", u"o.h5"_s}};

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
        QVERIFY(writeNativeModel(path(u"m.h5"_s).toStdString(), *randomModel(smallConfig(2, 4, 32, 50, 64))).ok());
        QVERIFY(writeWordVocabulary(path(u"vocabulary.json"_s), 50));
        QVERIFY(QDir(m_folder->path()).mkpath(u"texts"_s));
        put(u"texts/a.txt"_s, "w1 w2 w3\n");
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
                    const bool named = word == u"FILE"_s || word == u"PATH"_s;
                    const bool said = speaks.match(QString::fromUtf8(option.help)).hasMatch() && word != u"N"_s && word != u"FOLDER"_s;
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
        // One or the other is given.
        static const std::map<QString, QStringList> instead{{u"--text-file"_s, {u"--text"_s}},
                                                            {u"--tokens-file"_s, {u"--corpus"_s, u"--test"_s}},
                                                            {u"--calibrate-tokens"_s, {u"--calibrate"_s}}};
        // What is measured against targets needs ids on both sides, a score that measures a loss, and no answer.
        if (input.endsWith(u"targets"_s)) {
            const QString other = input == u"--targets"_s ? u"--calibrate-targets"_s : u"--targets"_s;
            if (name == "patch") words.remove(words.indexOf(u"--answer"_s), 2);
            if (name == "importance") words = QStringList{u"--tokens-file"_s, u"ids.txt"_s};
            if (name == "prune")
                words =
                    QStringList{u"--keep"_s,  u"1"_s, u"--write"_s,  u"w.h5"_s, u"--tokens-file"_s, u"ids.txt"_s, u"--calibrate-tokens"_s,
                                u"ids.txt"_s, other,  u"other.txt"_s};
        }
        if (const auto others = instead.find(input); others != instead.end())
            for (const QString& other : others->second)
                if (const qsizetype at = words.indexOf(other); at >= 0) words.remove(at, 2);
        QString model = QStringLiteral("m.h5"), second;
        const auto set = [&](const QString& what, const QString& value) {
            if (what == u"word 0"_s) model = value;
            else if (what == u"word 1"_s) second = value;
            else words << what << value;
        };
        set(output, target);
        set(input, alias);
        if (name == "convert" && second.isEmpty()) second = target;
        if (!words.contains(u"--out"_s) && name != "convert") words << u"--out"_s << u"other-"_s + target;
        QStringList line{command, model};
        if (!second.isEmpty()) line << second;
        const Outcome outcome = headscope(line + words + QStringList{u"--force"_s}, m_folder->path());
        QVERIFY2(outcome.code == 2, qPrintable(outcome.err + outcome.out));
        QVERIFY2(outcome.err.contains(target) && outcome.err.contains(alias), qPrintable(outcome.err));
        QVERIFY2(outcome.err.contains(u"would overwrite"_s) || outcome.err.contains(u"are the same file"_s), qPrintable(outcome.err));
        QCOMPARE(get(target), bytes);
    }

    /// A file of a folder that is read, and a link to one.
    void inputsInFolders()
    {
        put(u"texts/out.json"_s, "{}");
        Outcome outcome =
            headscope({u"label"_s, u"m.h5"_s, u"--corpus"_s, u"texts"_s, u"--out"_s, u"texts/out.json"_s, u"--force"_s}, m_folder->path());
        QCOMPARE(outcome.code, 2);
        QVERIFY2(outcome.err.contains(u"--out texts/out.json would overwrite texts, which is read (--corpus)"_s), qPrintable(outcome.err));
        std::filesystem::create_hard_link(path(u"texts/a.txt"_s).toStdString(), path(u"hard.csv"_s).toStdString());
        outcome = headscope({u"label"_s, u"m.h5"_s, u"--corpus"_s, u"texts"_s, u"--out"_s, u"hard.csv"_s, u"--force"_s}, m_folder->path());
        QCOMPARE(outcome.code, 2);
        std::filesystem::create_symlink("texts/a.txt", path(u"soft.csv"_s).toStdString());
        outcome =
            headscope({u"label"_s, u"m.h5"_s, u"--corpus"_s, u"texts/a.txt"_s, u"--out"_s, u"soft.csv"_s, u"--force"_s}, m_folder->path());
        QCOMPARE(outcome.code, 2);
        QCOMPARE(get(u"texts/a.txt"_s), QByteArray("w1 w2 w3\n"));
    }

    void outputsDiffer()
    {
        const Outcome outcome = headscope({u"prune"_s, u"m.h5"_s, u"--calibrate"_s, u"texts"_s, u"--test"_s, u"texts"_s, u"--keep"_s,
                                           u"1"_s, u"--write"_s, u"new.csv"_s, u"--out"_s, u"texts/../new.csv"_s},
                                          m_folder->path());
        QCOMPARE(outcome.code, 2);
        QVERIFY2(outcome.err.contains(u"are the same file"_s), qPrintable(outcome.err));
        QVERIFY(!QFile::exists(path(u"new.csv"_s)));
    }

    void filesOfOthers_data()
    {
        QTest::addColumn<QStringList>("line");
        QTest::addColumn<QString>("file");
        const auto row = [](const char* name, const QByteArray& line, const char* file) {
            QTest::newRow(name) << QString::fromLatin1(line).split(QLatin1Char(' ')) << QString::fromLatin1(file);
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
                QByteArray("graph m.h5 --measure pk --pairing OQ --out x.") + ending, (std::string("x.") + ending).c_str());
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
            file.endsWith(u".npy"_s) ? QByteArray("\x93NUMPY\x01\x00\x06\x00{}   \n", 16) : QByteArray("name,value\n1,2\n");
        put(file, theirs);
        Outcome outcome = headscope(line, m_folder->path());
        QCOMPARE(outcome.code, 2);
        QVERIFY2(outcome.err.contains(file) && outcome.err.contains(u"--force"_s), qPrintable(outcome.err));
        QCOMPARE(get(file), theirs);
        outcome = headscope(line + QStringList{u"--force"_s}, m_folder->path());
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
