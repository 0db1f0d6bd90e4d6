// SPDX-License-Identifier: GPL-3.0-or-later
// The program with its window.
#include <QApplication>
#include <QFileInfo>
#include <QIcon>
#include <QSettings>

#include "app/commands.h"
#include "app/data_files.h"
#include "engine/base/version.h"
#include "ui/shell/main_window.h"
#include "ui/shell/preferences_dialog.h"
#include "ui/shell/start_options.h"
#include "ui/state/language.h"

namespace hs::app {
namespace {

std::optional<ui::ThemeMode> themeOf(const std::string& name)
{
    if (name == "light") return ui::ThemeMode::Light;
    if (name == "dark") return ui::ThemeMode::Dark;
    if (name == "system") return ui::ThemeMode::System;
    return std::nullopt;
}

}  // namespace

int commandWindow(const Arguments& arguments, int& argc, char** argv)
{
    QApplication application(argc, argv);
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
    if (start.modelPath.endsWith(QLatin1String(".headscope"))) start.projectPath.swap(start.modelPath);   // from the desktop
    start.samplePath = sampleFile(QStringLiteral("headscope-sample.h5"));
    start.samplePromptsPath = sampleFile(QStringLiteral("prompts.json"));
    for (const char* name : {"sample_corpus.txt", "passages.txt"})   // the same, in the same order, as headscope label: one cache for both
        if (const QString file = sampleFile(QString::fromLatin1(name)); !file.isEmpty()) start.sampleCorpusPaths << file;
    start.presetFolder = QFileInfo(presetFile(QStringLiteral("default.json"))).absolutePath();

    if (const QString file = classSetFile(QStringLiteral("ioi_wang2022.json")); !file.isEmpty()) start.classSetFolder = QFileInfo(file).absolutePath();

    ui::MainWindow window(start);
    window.show();
    return QApplication::exec();
}

}  // namespace hs::app
