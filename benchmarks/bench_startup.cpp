// SPDX-License-Identifier: GPL-3.0-or-later
// From the start of the process to the first picture of a head of the sample model, against a bare Qt window shown in the same way:
// the ratio says what of it is ours. Each start is a process of its own (this program with an argument), on Qt's offscreen platform.
#include <QApplication>
#include <QElapsedTimer>
#include <QProcess>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTimer>
#include <algorithm>
#include <cstdio>
#include <vector>

#include "ui/head/heatmap_view.h"
#include "ui/shell/main_window.h"

using namespace hs::ui;

namespace {

constexpr int kRounds = 7;
constexpr int kGiveUpMs = 30000;

void sayAndQuit(const char* word)
{
    std::printf("%s\n", word);
    std::fflush(stdout);
    QCoreApplication::quit();
}

int showBareWindow(int argc, char** argv)
{
    QApplication application(argc, argv);
    QWidget window;
    window.resize(1280, 800);
    window.show();
    QTimer::singleShot(0, [&window] {
        if (!window.grab().isNull()) sayAndQuit("picture");
    });
    return QApplication::exec();
}

/// Ends when the heatmap has drawn cells of the selected head, not merely an empty frame.
int showProgram(int argc, char** argv)
{
    QApplication application(argc, argv);
    QCoreApplication::setOrganizationName(QStringLiteral("HeadScope"));
    QCoreApplication::setApplicationName(QStringLiteral("headscope-benchmark"));
    StartOptions start;
    const QString sample = QStringLiteral(HEADSCOPE_SOURCE_DIR "/resources/sample/");
    start.samplePath = sample + QStringLiteral("headscope-sample.h5");
    start.samplePromptsPath = sample + QStringLiteral("prompts.json");
    start.restore = false;
    MainWindow window(start);
    window.resize(1280, 800);
    window.show();

    QTimer look;
    look.setInterval(1);
    QObject::connect(&look, &QTimer::timeout, &window, [&] {
        const auto* map = window.findChild<HeatmapView*>();
        if (!map || map->model()->rows() == 0 || !map->model()->value(0, 0)) return;
        look.stop();
        if (!window.grab().isNull()) sayAndQuit("picture");
    });
    look.start();
    QTimer::singleShot(kGiveUpMs, &window, [] { sayAndQuit("nothing"); });
    return QApplication::exec();
}

/// Milliseconds until the child says "picture"; -1 when it does not.
double childMs(const QString& what, const QString& home)
{
    QProcess child;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("HOME"), home);  // no settings, no last session
    environment.insert(QStringLiteral("XDG_CONFIG_HOME"), home);
    environment.insert(QStringLiteral("XDG_DATA_HOME"), home);
    environment.insert(QStringLiteral("XDG_STATE_HOME"), home);
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
    environment.insert(QStringLiteral("HEADSCOPE_PROBE"), QStringLiteral(HEADSCOPE_BIN_DIR "/headscope-h5probe"));
    child.setProcessEnvironment(environment);
    QElapsedTimer clock;
    clock.start();
    child.start(QCoreApplication::applicationFilePath(), {what});
    const bool said = child.waitForReadyRead(kGiveUpMs);
    const double ms = static_cast<double>(clock.nsecsElapsed()) / 1e6;
    const bool good = said && child.readAllStandardOutput().startsWith("picture");
    child.waitForFinished(kGiveUpMs);
    return good ? ms : -1;
}

}  // namespace

int main(int argc, char** argv)
{
    if (argc > 1 && qstrcmp(argv[1], "program") == 0) return showProgram(argc, argv);
    if (argc > 1 && qstrcmp(argv[1], "bare") == 0) return showBareWindow(argc, argv);

    const QCoreApplication application(argc, argv);
    const QTemporaryDir home;
    std::vector<double> ours, bare;
    for (int i = 0; i < kRounds; ++i) {  // in turns, so that a busy moment meets both
        bare.push_back(childMs(QStringLiteral("bare"), home.path()));
        ours.push_back(childMs(QStringLiteral("program"), home.path()));
    }
    std::sort(ours.begin(), ours.end());
    std::sort(bare.begin(), bare.end());
    if (ours.front() < 0 || bare.front() < 0) {
        std::printf("a start gave no picture\n");
        return 1;
    }
    std::printf("start to first picture of the sample model   %7.0f ms (least %.0f, most %.0f, %d starts; goal 600)\n", ours[kRounds / 2],
                ours.front(), ours.back(), kRounds);
    std::printf("bare Qt window, the same way                 %7.0f ms\n", bare[kRounds / 2]);
    std::printf("ratio                                        %7.2f\n", ours[kRounds / 2] / bare[kRounds / 2]);
    return 0;
}
