// SPDX-License-Identifier: GPL-3.0-or-later
// headscope without a command: the window, or without a display the report.
#include <QApplication>
#include <QFileInfo>
#include <QIcon>
#include <QSettings>

#include <cstdlib>

#include "app/choices.h"
#include "app/command.h"
#include "app/console.h"
#include "app/data_files.h"
#include "app/report.h"
#include "engine/base/version.h"
#include "ui/shell/main_window.h"
#include "ui/shell/preferences_dialog.h"
#include "ui/shell/start_options.h"
#include "ui/state/language.h"

namespace hs::app {
namespace {

struct WindowArguments : Arguments {
    std::string prompt;
    std::optional<HeadId> head;
    std::string theme;  ///< "light", "dark", "system" or empty
    std::string project;
    std::string reportFolder;  ///< not empty: no window, a report in this folder
};

bool haveDisplay()
{
    for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}) {
        const char* value = std::getenv(name);
        if (value && *value) return true;
    }
    return false;
}

/// Without a display the report takes the window's place.
Screen chooseScreen(WindowArguments& a)
{
    if (a.reportFolder.empty() && !haveDisplay()) a.reportFolder = "headscope-report";
    return a.reportFolder.empty() ? Screen::Display : Screen::Paper;
}

std::optional<ui::ThemeMode> themeOf(const std::string& name)
{
    if (name == "light") return ui::ThemeMode::Light;
    if (name == "dark") return ui::ThemeMode::Dark;
    if (name == "system") return ui::ThemeMode::System;
    return std::nullopt;
}

/// The application is there; what it is called belongs to the window.
int openWindow(const WindowArguments& arguments)
{
    QCoreApplication::setOrganizationName(QStringLiteral("HeadScope"));
    QCoreApplication::setApplicationName(QStringLiteral("headscope"));
    QCoreApplication::setApplicationVersion(QString::fromUtf8(kVersion));
    QGuiApplication::setApplicationDisplayName(QStringLiteral("HeadScope"));
    QGuiApplication::setDesktopFileName(QString::fromUtf8(kApplicationId));

    QIcon icon(QStringLiteral(":/icons/%1.svg").arg(QString::fromUtf8(kApplicationId)));
    icon.addFile(QStringLiteral(":/icons/%1.png").arg(QString::fromUtf8(kApplicationId)));
    QApplication::setWindowIcon(icon);
    const QString language = QString::fromStdString(arguments.language);
    ui::installLanguage(language.isEmpty() ? QSettings().value(QLatin1String(ui::preference::kLanguage)).toString() : language);

    ui::StartOptions start;
    if (!arguments.files.empty()) start.modelPath = QString::fromLocal8Bit(arguments.files.front().c_str());
    start.open = arguments.open;
    start.promptText = QString::fromStdString(arguments.prompt);
    start.head = arguments.head;
    start.theme = themeOf(arguments.theme);
    start.projectPath = QString::fromLocal8Bit(arguments.project.c_str());
    if (start.modelPath.endsWith(QLatin1String(".headscope"))) start.projectPath.swap(start.modelPath);  // from the desktop
    start.samplePath = sampleFile(QStringLiteral("headscope-sample.h5"));
    start.samplePromptsPath = sampleFile(QStringLiteral("prompts.json"));
    for (const char* name : {"sample_corpus.txt", "passages.txt"})  // the same, in the same order, as headscope label: one cache for both
        if (const QString file = sampleFile(QString::fromLatin1(name)); !file.isEmpty()) start.sampleCorpusPaths << file;
    start.presetFolder = QFileInfo(presetFile(QStringLiteral("default.json"))).absolutePath();

    if (const QString file = classSetFile(QStringLiteral("ioi_wang2022.json")); !file.isEmpty())
        start.classSetFolder = QFileInfo(file).absolutePath();

    ui::MainWindow window(start);
    window.show();
    return QApplication::exec();
}

int writeReport(const WindowArguments& arguments)
{
    if (!arguments.project.empty()) return failUsage("a report needs a model FILE, not a project", "");
    return writeReport(arguments, arguments.reportFolder, arguments.prompt);
}

}  // namespace

CommandSpec windowCommand()
{
    const auto a = std::make_shared<WindowArguments>();
    CommandSpec spec;
    spec.usage = {"[FILE] [OPTION...]"};
    spec.about = QT_TRANSLATE_NOOP(
        "CommandLine",
        "A microscope for transformer attention heads. With FILE (weights in HDF5, safetensors, PyTorch, GGUF or NPZ, a folder of\n"
        "them, an attention dump, an NPY array) or without any, it opens the window.");
    spec.examples = {"model.h5", "model.h5 --prompt \"Once upon a time\" --head L1H3 --theme dark", "--report my-report"};
    spec.files = {};
    spec.mayOpenFile = true;
    spec.options = {
        {"--prompt", "TEXT", QT_TRANSLATE_NOOP("CommandLine", "run this text at the start"), text(a->prompt)},
        headOption(a->head),
        {"--theme", "NAME", QT_TRANSLATE_NOOP("CommandLine", "light, dark or system"),
         oneOf(a->theme, {"light", "dark", "system"}, "light, dark or system")},
        {"--project", reads("FILE"), QT_TRANSLATE_NOOP("CommandLine", "open a .headscope project"), text(a->project)},
        {"--report", "FOLDER",
         QT_TRANSLATE_NOOP("CommandLine", "no window: write atlas, three heads (PNG, SVG), numbers (CSV) and a README.txt to this folder"),
         text(a->reportFolder)},
    };
    spec.arguments = a;
    spec.alsoWrites = [a] { return a->reportFolder.empty() ? std::vector<std::string>() : reportFiles(a->reportFolder); };
    spec.check = [a] { return a->project.empty() || a->files.empty() ? std::string() : "give either FILE or --project"; };
    spec.screen = [a] { return chooseScreen(*a); };
    spec.run = [a] { return a->reportFolder.empty() ? openWindow(*a) : writeReport(*a); };
    return spec;
}

}  // namespace hs::app
