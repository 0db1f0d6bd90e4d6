// SPDX-License-Identifier: GPL-3.0-or-later
// HeadScope: window or command line.
#include <QApplication>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "app/console.h"
#include "app/file_check.h"
#include "app/help.h"
#include "app/parse.h"
#include "engine/base/parallel.h"
#include "engine/base/version.h"
#include "engine/io/probe/probe.h"
#include "ui/state/language.h"

namespace {

using namespace hs::app;

/// Qt's own remarks go to standard error, but for one that says nothing to a user: without a login session the folder is made up.
void messages(QtMsgType type, const QMessageLogContext&, const QString& text)
{
    if (text.startsWith(QLatin1String("QStandardPaths: XDG_RUNTIME_DIR not set"))) return;
    std::fprintf(stderr, "headscope: %s\n", qPrintable(text));
    if (type == QtFatalMsg) std::abort();
}

/// What the command writes is held against what it reads first: nothing is computed, and nothing touched, when that is the same.
int checkedRun(const CommandSpec& command)
{
    if (const std::string problem = fileProblem(command); !problem.empty()) return failUsage(problem, command.name);
    return command.run();
}

/// Batch commands get an application without a screen; those that paint need its fonts. The window chooses its language itself.
int runCommand(const CommandSpec& command, int& argc, char** argv)
{
    const QString language = QString::fromStdString(command.arguments->language);
    switch (command.screen()) {
    case Screen::None: {
        const QCoreApplication application(argc, argv);
        hs::ui::installLanguage(language);
        return checkedRun(command);
    }
    case Screen::Paper: {
        qputenv("QT_QPA_PLATFORM", "offscreen");
        const QGuiApplication application(argc, argv);
        hs::ui::installLanguage(language);
        return checkedRun(command);
    }
    case Screen::Display: {
        const QApplication application(argc, argv);
        return checkedRun(command);
    }
    }
    return kUsage;
}

}  // namespace

int main(int argc, char** argv)
{
    qInstallMessageHandler(messages);
    std::signal(SIGXFSZ, SIG_IGN);  // a limit on file size is an error of writing like a full disk, not the end of the program
    const auto [command, problem] = parse(std::vector<std::string>(argv + (argc > 0 ? 1 : 0), argv + argc));
    if (!problem.empty()) return failUsage(problem, command.name);
    const Arguments& arguments = *command.arguments;
    int qtArguments = argc > 0 ? 1 : 0;  // ours are parsed; Qt has none to look at
    if (arguments.help) {
        const QCoreApplication application(qtArguments, argv);
        hs::ui::installLanguage(QString::fromStdString(arguments.language));
        printOut(helpText(command));
        return kDone;
    }
    if (arguments.version) {
        printOut(QStringLiteral("headscope %1\n").arg(QString::fromUtf8(hs::kVersion)));
        return kDone;
    }
    if (arguments.probeLimit) hs::setProbeLimit(*arguments.probeLimit);
    if (arguments.threads) hs::setThreadCount(*arguments.threads);
    return runCommand(command, qtArguments, argv);
}
