// SPDX-License-Identifier: GPL-3.0-or-later
// HeadScope: window or command line.
#include <QCoreApplication>
#include <QGuiApplication>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "app/commands.h"
#include "app/console.h"
#include "app/help.h"
#include "engine/base/parallel.h"
#include "engine/base/version.h"
#include "ui/state/language.h"

namespace {

using namespace hs::app;

bool haveDisplay()
{
    for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}) {
        const char* value = std::getenv(name);
        if (value && *value) return true;
    }
    return false;
}

/// Qt's own remarks go to standard error, but for one that says nothing to a user: without a login session the folder is made up.
void messages(QtMsgType type, const QMessageLogContext&, const QString& text)
{
    if (text.startsWith(QLatin1String("QStandardPaths: XDG_RUNTIME_DIR not set"))) return;
    std::fprintf(stderr, "headscope: %s\n", qPrintable(text));
    if (type == QtFatalMsg) std::abort();
}

/// Batch commands get an application without a screen; those that paint need its fonts.
int runBatch(const Arguments& arguments, int& argc, char** argv)
{
    const bool paints = arguments.command == Command::Export || arguments.command == Command::Graph || arguments.command == Command::Window;
    if (paints) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
        const QGuiApplication application(argc, argv);
        hs::ui::installLanguage(QString::fromStdString(arguments.language));
        if (arguments.command == Command::Graph) return commandGraph(arguments);
        return arguments.command == Command::Export ? commandExport(arguments) : commandReport(arguments);
    }
    const QCoreApplication application(argc, argv);
    hs::ui::installLanguage(QString::fromStdString(arguments.language));
    switch (arguments.command) {
    case Command::Info: return commandInfo(arguments);
    case Command::Run: return commandRun(arguments);
    case Command::Label: return commandLabel(arguments);
    case Command::Patch: return commandPatch(arguments);
    case Command::Similarity: return commandSimilarity(arguments);
    case Command::Importance: return commandImportance(arguments);
    case Command::Prune: return commandPrune(arguments);
    default: return commandConvert(arguments);
    }
}

}  // namespace

int main(int argc, char** argv)
{
    qInstallMessageHandler(messages);
    std::signal(SIGXFSZ, SIG_IGN);   // a limit on file size is an error of writing like a full disk, not the end of the program
    const Parsed parsed = parse(std::vector<std::string>(argv + (argc > 0 ? 1 : 0), argv + argc));
    Arguments arguments = parsed.arguments;
    if (!parsed.problem.empty()) return failUsage(parsed.problem, commandName(arguments.command));
    int qtArguments = argc > 0 ? 1 : 0;   // ours are parsed; Qt has none to look at
    if (arguments.help) {
        const QCoreApplication application(qtArguments, argv);
        hs::ui::installLanguage(QString::fromStdString(arguments.language));
        printOut(helpText(arguments.command));
        return kDone;
    }
    if (arguments.version) {
        printOut(QStringLiteral("headscope %1\n").arg(QString::fromUtf8(hs::kVersion)));
        return kDone;
    }
    if (arguments.threads) hs::setThreadCount(*arguments.threads);

    if (arguments.command == Command::Window && arguments.reportFolder.empty()) {
        if (haveDisplay()) return commandWindow(arguments, qtArguments, argv);
        arguments.reportFolder = "headscope-report";
    }
    return runBatch(arguments, qtArguments, argv);
}
