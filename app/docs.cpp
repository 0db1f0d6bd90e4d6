// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/docs.h"

#include <QRegularExpression>
#include <QStringList>

#include "app/commands.h"
#include "app/help.h"

namespace hs::app {
namespace {

/// For troff: hyphens that can be copied, backslashes that stay, no line taken for a request.
QString roff(const QString& text)
{
    QString out = text;
    out.replace(QLatin1Char('\\'), QLatin1String("\\e")).replace(QLatin1Char('-'), QLatin1String("\\-"));
    static const QRegularExpression request(QStringLiteral("^(?=[.'])"), QRegularExpression::MultilineOption);
    return out.replace(request, QStringLiteral("\\&"));
}

/// A usage line: options and the program bold, words for values in italics.
QString usageRoff(const QString& line)
{
    static const QRegularExpression option(QStringLiteral("(\\\\-\\\\-[a-z\\\\-]+)")),
        value(QStringLiteral("(?<![\\\\A-Za-z.])([A-Z][A-Z0-9]*(\\.[a-z0-9]+)?)(?![A-Za-z])"));
    QString out = roff(line);
    out.replace(value, QStringLiteral("\\fI\\1\\fR"));
    return out.replace(option, QStringLiteral("\\fB\\1\\fR"));
}

QString optionsRoff(const Options& options)
{
    QString out;
    for (const Option& option : options) {
        QString head = QStringLiteral(".B ") + roff(utf8(option.name));
        if (option.name == std::string("--help")) head = QStringLiteral(".BR \\-h \", \" \\-\\-help");
        else if (option.value) head = QStringLiteral(".BI %1 \" %2\"").arg(roff(utf8(option.name)), roff(utf8(option.value)));
        out += QStringLiteral(".TP\n%1\n%2\n").arg(head, roff(utf8(option.help)));
    }
    return out;
}

QString synopsis(const std::vector<CommandSpec>& all)
{
    QStringList lines;
    for (const CommandSpec& command : all) {
        QStringList usage;
        for (const char* line : command.usage) usage << utf8(line);
        lines << QStringLiteral(".B %1\n%2\n").arg(roff(invocation(command)), usageRoff(usage.join(QLatin1Char('\n'))));
    }
    return lines.join(QStringLiteral(".br\n"));
}

QString commandsRoff(const std::vector<CommandSpec>& all)
{
    QString out;
    for (const CommandSpec& command : all)
        if (*command.name)
            out += QStringLiteral(".SS %1\n%2\n").arg(roff(utf8(command.name)), roff(utf8(command.about))) + optionsRoff(command.options);
    return out;
}

QString optionsOfAll(const std::vector<CommandSpec>& all)
{
    return QStringLiteral(".SS Every command\n") + optionsRoff(commonOptions(*all.front().arguments)) + QStringLiteral(".SS Window\n")
           + optionsRoff(all.front().options);
}

QString examplesRoff(const std::vector<CommandSpec>& all)
{
    QString out = QStringLiteral(".nf\n");
    for (const CommandSpec& command : all)
        for (const char* example : command.examples) out += roff(invocation(command, example)) + QLatin1Char('\n');
    return out + QStringLiteral(".fi\n");
}

QString readme(const std::vector<CommandSpec>& all)
{
    QString out = QStringLiteral("```sh\n");
    for (const CommandSpec& command : all)
        if (*command.name) out += QStringLiteral("# %1\n%2\n").arg(utf8(command.brief), invocation(command, command.examples.front()));
    return out + QStringLiteral("```\n");
}

}  // namespace

std::vector<Document> documents()
{
    const std::vector<CommandSpec> all = commands();
    return {
        {"README.md", {{QStringLiteral("commands"), readme(all)}}},
        {"app/packaging/headscope.1.in",
         {{QStringLiteral("synopsis"), synopsis(all)},
          {QStringLiteral("commands"), commandsRoff(all)},
          {QStringLiteral("options"), optionsOfAll(all)},
          {QStringLiteral("examples"), examplesRoff(all)}}},
    };
}

std::optional<QString> withBlocks(const QString& file, const std::vector<Block>& blocks)
{
    QString out = file;
    for (const Block& block : blocks) {
        const qsizetype begin = out.indexOf(QStringLiteral("begin ") + block.name);
        const qsizetype end = out.indexOf(QStringLiteral("end ") + block.name, begin);
        if (begin < 0 || end < 0) return std::nullopt;
        const qsizetype first = out.indexOf(QLatin1Char('\n'), begin) + 1, last = out.lastIndexOf(QLatin1Char('\n'), end) + 1;
        out.replace(first, last - first, block.text);
    }
    return out;
}

}  // namespace hs::app
