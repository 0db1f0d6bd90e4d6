// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/help.h"

#include <QStringList>

#include "app/commands.h"
#include "app/console.h"

namespace hs::app {
namespace {

/// "headscope info|run ...": below the line of the program itself.
QString allCommands(const std::vector<CommandSpec>& all)
{
    QStringList names;
    for (const CommandSpec& command : all)
        if (*command.name) names << utf8(command.name);
    return QStringLiteral("headscope %1 ... [OPTION...]").arg(names.join(QLatin1Char('|')));
}

QString usageText(const CommandSpec& command)
{
    QStringList lines;
    for (const char* line : command.usage) lines << utf8(line);
    const QString program = invocation(command) + QLatin1Char(' ');
    return program + lines.join(QLatin1Char('\n') + QString(7 + program.size(), QLatin1Char(' ')));
}

QString listText(const std::vector<CommandSpec>& all)
{
    QString out = QLatin1Char(' ') + Words::tr("Commands that need no window:") + QLatin1Char('\n');
    for (const CommandSpec& command : all)
        if (*command.name)
            out += QStringLiteral("  %1 %2\n")
                       .arg(utf8(command.name) + QLatin1Char(' ') + utf8(command.call), -30)
                       .arg(Words::tr(command.brief));
    return out + Words::tr("headscope COMMAND --help tells more.");
}

QString rows(const Options& options)
{
    QString out;
    for (const Option& option : options) {
        QString head = utf8(option.name);
        if (option.value) head += QLatin1Char(' ') + utf8(option.value);
        out += QStringLiteral("  %1  %2\n").arg(head, -20).arg(Words::tr(option.help));
    }
    return out;
}

}  // namespace

QString invocation(const CommandSpec& command, const char* rest)
{
    QString out = QStringLiteral("headscope");
    for (const char* word : {command.name, rest})
        if (*word) out += QLatin1Char(' ') + utf8(word);
    return out;
}

QString helpText(const CommandSpec& command)
{
    QString usage = usageText(command), about = Words::tr(command.about);
    if (!*command.name) {
        const std::vector<CommandSpec> all = commands();
        usage += QStringLiteral("\n       ") + allCommands(all);
        about += listText(all);
    }
    QString out = Words::tr("Usage: %1").arg(usage) + QStringLiteral("\n\n") + about + QStringLiteral("\n\n") + Words::tr("Options:")
                  + QLatin1Char('\n') + rows(command.options) + rows(commonOptions(*command.arguments)) + QLatin1Char('\n')
                  + Words::tr("Examples:") + QLatin1Char('\n');
    for (const char* example : command.examples) out += QStringLiteral("  ") + invocation(command, example) + QLatin1Char('\n');
    out += QLatin1Char('\n')
           + Words::tr(
               "Exit status: 0 done, 1 the input or the work failed, 2 wrong usage, 3 the model cannot be computed exactly as it "
               "stands, or something that only you can say is missing, 130 cancelled.")
           + QLatin1Char('\n');
    return out;
}

}  // namespace hs::app
