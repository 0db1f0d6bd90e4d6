// SPDX-License-Identifier: GPL-3.0-or-later
// The table of commands: nothing is forgotten in it, its examples are right, and help, manual page and README say what it says.
#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QIODevice>
#include <QRegularExpression>
#include <QTest>

#include <set>

#include "app/commands.h"
#include "app/docs.h"
#include "app/help.h"
#include "app/parse.h"
#include "tests/support/paths.h"
#include "ui/state/language.h"

using namespace hs::app;

namespace {

/// As a shell would split it; double quotes only.
std::vector<std::string> shellWords(const QString& line)
{
    static const QRegularExpression word(QStringLiteral("(?:\"([^\"]*)\"|(\\S+))"));
    std::vector<std::string> out;
    for (auto it = word.globalMatch(line); it.hasNext();) {
        const auto match = it.next();
        out.push_back((match.hasCaptured(2) ? match.captured(2) : match.captured(1)).toStdString());
    }
    return out;
}

QString title(const CommandSpec& command) { return *command.name ? QString::fromUtf8(command.name) : QStringLiteral("window"); }

QByteArray contents(const QString& path)
{
    QFile file(hs::test::sourceFile(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

std::string problemOf(const char* command, const std::string& name, const std::string& value)
{
    return parse({command, name, value}).problem;
}

}  // namespace

class TestCommands : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyFileIsListed()
    {
        std::set<QString> files, listed;
        static const QRegularExpression pattern(QStringLiteral("^cmd_(\\w+)\\.cpp$"));
        for (const QString& file : QDir(hs::test::sourceFile(u"app")).entryList({QStringLiteral("cmd_*.cpp")}))
            files.insert(pattern.match(file).captured(1));
        for (const CommandSpec& command : commands()) QVERIFY2(listed.insert(title(command)).second, command.name);
        QVERIFY(files.size() >= 12);
        QCOMPARE(listed, files);
        QCOMPARE(commands().front().name, "");
    }

    void tablesAreSound_data() { eachCommand(); }
    void tablesAreSound()
    {
        QFETCH(int, index);
        const CommandSpec command = commands()[std::size_t(index)];
        QVERIFY(command.arguments && command.run && command.screen);
        QVERIFY(!command.usage.empty() && !command.examples.empty() && *command.about);
        QVERIFY(!*command.name || *command.brief);
        std::set<std::string> names;
        for (const Options& options : {command.options, commonOptions(*command.arguments)}) {
            for (const Option& option : options) {
                QVERIFY2(std::string(option.name).starts_with("--"), option.name);
                QVERIFY2(names.insert(option.name).second, option.name);
                QVERIFY2(option.set != nullptr && *option.help, option.name);
                QVERIFY2(!option.value || *option.value, option.name);
            }
        }
    }

    /// No option is unknown, and each insists on its value or on none.
    void optionsAreTaken_data() { eachCommand(); }
    void optionsAreTaken()
    {
        QFETCH(int, index);
        const CommandSpec command = commands()[std::size_t(index)];
        for (const Options& options : {command.options, commonOptions(*command.arguments)}) {
            for (const Option& option : options) {
                const std::string problem =
                    option.value ? problemOf(command.name, option.name, "1") : parse({command.name, option.name}).problem;
                QVERIFY2(!QString::fromStdString(problem).contains(QStringLiteral("option ")), problem.c_str());
                if (option.value)
                    QCOMPARE(parse({command.name, option.name}).problem, std::string("option ") + option.name + " needs a value");
                else
                    QCOMPARE(parse({command.name, std::string(option.name) + "=1"}).problem,
                             std::string("option ") + option.name + " takes no value");
            }
        }
    }

    void optionsOfOthersAreRefused()
    {
        QCOMPARE(problemOf("info", "--text", "x"), std::string("option --text is not one of info"));
        QCOMPARE(problemOf("convert", "--prompt", "x"), std::string("option --prompt is not one of convert"));
        QCOMPARE(parse({"--out", "x"}).problem, std::string("option --out belongs to a command"));
        QCOMPARE(parse({"run", "--colour", "x"}).problem, std::string("unknown option --colour"));
    }

    /// A table is good for one command line: nothing is left of an earlier one.
    void tablesAreFresh()
    {
        QVERIFY(parse({"info", "a.h5", "--quiet"}).command.arguments->quiet);
        QVERIFY(!parse({"info", "a.h5"}).command.arguments->quiet);
        QCOMPARE(parse({"info", "a.h5"}).command.arguments->files.size(), std::size_t(1));
    }

    void examplesAreRight_data() { eachCommand(); }
    void examplesAreRight()
    {
        QFETCH(int, index);
        const CommandSpec command = commands()[std::size_t(index)];
        for (const char* example : command.examples) {
            auto words = shellWords(QString::fromUtf8(example));
            if (*command.name) words.insert(words.begin(), command.name);
            const Parsed parsed = parse(words);
            QVERIFY2(parsed.problem.empty(), (std::string(example) + ": " + parsed.problem).c_str());
            QCOMPARE(parsed.command.name, command.name);
        }
    }

    void documentsAreUpToDate()
    {
        const auto all = documents();
        QCOMPARE(all.size(), std::size_t(2));
        for (const Document& document : all) {
            const QString file = QString::fromUtf8(contents(QString::fromUtf8(document.path)));
            const auto wanted = withBlocks(file, document.blocks);
            QVERIFY2(wanted.has_value(), document.path);
            const QStringList is = file.split(QLatin1Char('\n')), should = wanted->split(QLatin1Char('\n'));
            for (qsizetype i = 0; i < std::min(is.size(), should.size()); ++i)
                QVERIFY2(is[i] == should[i], qPrintable(QStringLiteral("%1:%2 should be: %3 (build the target update_docs)")
                                                            .arg(QLatin1String(document.path))
                                                            .arg(i + 1)
                                                            .arg(should[i])));
            QCOMPARE(is.size(), should.size());
        }
    }

    void blocksAreReplaced()
    {
        const QString file = QStringLiteral("a\n<!-- begin x: by hand -->\nold\nolder\n<!-- end x -->\nb\n");
        QCOMPARE(withBlocks(file, {{QStringLiteral("x"), QStringLiteral("new\n")}}).value(),
                 QStringLiteral("a\n<!-- begin x: by hand -->\nnew\n<!-- end x -->\nb\n"));
        QVERIFY(!withBlocks(file, {{QStringLiteral("y"), QStringLiteral("new\n")}}));
    }

    /// Every command, every option, every example stands in the help, the manual page and (the first example) the README.
    void everythingIsSaid_data() { eachCommand(); }
    void everythingIsSaid()
    {
        QFETCH(int, index);
        const CommandSpec command = commands()[std::size_t(index)];
        const QString help = helpText(command), general = helpText(commands().front());
        const QString manual = QString::fromUtf8(contents(QStringLiteral("app/packaging/headscope.1.in"))).remove(QLatin1Char('\\')),
                      readme = QString::fromUtf8(contents(QStringLiteral("README.md")));
        for (const Option& option : command.options) {
            QVERIFY2(help.contains(QStringLiteral("\n  ") + QLatin1String(option.name)), option.name);
            QVERIFY2(manual.contains(QString::fromUtf8(option.help)), option.help);
        }
        for (const char* example : command.examples) {
            QVERIFY2(help.contains(QStringLiteral("\n  ") + invocation(command, example) + QLatin1Char('\n')), example);
            QVERIFY2(manual.contains(QLatin1Char('\n') + invocation(command, example) + QLatin1Char('\n')), example);
        }
        if (!*command.name) return;
        QVERIFY(general.contains(QStringLiteral("\n  ") + QLatin1String(command.name)));
        QVERIFY(general.contains(QString::fromUtf8(command.brief)));
        QVERIFY(readme.contains(QLatin1Char('\n') + invocation(command, command.examples.front()) + QLatin1Char('\n')));
    }

    /// Last: an installed language stays.
    void helpIsGerman()
    {
        hs::ui::installLanguage(QStringLiteral("de"));
        for (const CommandSpec& command : commands()) {
            const QString help = helpText(command);
            QVERIFY(help.startsWith(QStringLiteral("Aufruf: headscope")));
            QVERIFY2(!help.contains(QString::fromUtf8(command.about)), command.name);
            for (const Option& option : command.options)
                QVERIFY2(!help.contains(QLatin1String("  ") + QString::fromUtf8(option.help) + QLatin1Char('\n'))
                             || QByteArray(option.name) == "--colour-map",
                         option.name);
        }
    }

private:
    static void eachCommand()
    {
        QTest::addColumn<int>("index");
        int index = 0;
        for (const CommandSpec& command : commands()) QTest::newRow(qPrintable(title(command))) << index++;
    }
};

QTEST_GUILESS_MAIN(TestCommands)
#include "tst_commands.moc"
