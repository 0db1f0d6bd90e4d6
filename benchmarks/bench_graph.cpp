// SPDX-License-Identifier: GPL-3.0-or-later
// Frames of the graph view with 1024 heads and 2 000 edges: panning, at the fitted size and zoomed in, hovering, and a whole repaint, on
// Qt's offscreen platform. Held against a frame of a 60 Hz display, 16.7 ms.
#include <QApplication>
#include <QElapsedTimer>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <functional>
#include <vector>

#include "tests/support/head_matrices.h"
#include "ui/graph/graph_view.h"
#include "ui/theme/theme.h"

using namespace hs;
using namespace hs::ui;

namespace {

constexpr double kFrame = 1000.0 / 60;

// Processor time of this thread, ms: frames are computed by one thread, and other programs on the machine do not count.
double timed(const std::function<void()>& work)
{
    const auto now = [] {
        timespec t{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
        return static_cast<double>(t.tv_sec) * 1e3 + static_cast<double>(t.tv_nsec) / 1e6;
    };
    const double start = now();
    work();
    return now() - start;
}

GraphScene largeScene()
{
    EdgeChoice choice;
    choice.top = 667;
    GraphScene scene;
    scene.graph = std::make_shared<const HeadGraph>(
        *makeHeadGraph({test::randomMatrix("OQ", 32, 32, 1), test::randomMatrix("OK", 32, 32, 2), test::randomMatrix("OV", 32, 32, 3)},
                       choice));
    LayoutOptions options;
    options.all = true;  // every head stands there
    scene.layout = std::make_shared<const GraphLayout>(*layeredLayout(*scene.graph, options));
    scene.selectedNode = 500;
    return scene;
}

void line(const char* name, std::vector<double> times)
{
    std::sort(times.begin(), times.end());
    const double median = times[times.size() / 2], late = times[times.size() * 95 / 100], worst = times.back();
    const auto over = std::count_if(times.begin(), times.end(), [](double t) { return t > kFrame; });
    std::printf("  %-28s median %7.2f ms (%.2f of a frame)   95 %% %7.2f ms   worst %7.2f ms   over a frame: %d of %d\n", name, median,
                median / kFrame, late, worst, int(over), int(times.size()));
}

/// A drag over empty paper, `pixels` at a time, far beyond what is kept ahead.
std::vector<double> drag(GraphView& view, const QPointF& by, int frames)
{
    std::vector<double> out;
    // From a place where no head lies under the pointer.
    QPointF at(6, 6);
    while (nodeAt(view.scene(), view.frame(), at)) at += QPointF(3, 1);
    const auto send = [&](QEvent::Type type, Qt::MouseButton button, Qt::MouseButtons buttons) {
        QMouseEvent e(type, at, view.mapToGlobal(at), button, buttons, Qt::NoModifier);
        QApplication::sendEvent(&view, &e);
    };
    send(QEvent::MouseButtonPress, Qt::LeftButton, Qt::LeftButton);
    for (int i = 0; i < frames; ++i) {
        at += by;
        out.push_back(timed([&] {
            send(QEvent::MouseMove, Qt::NoButton, Qt::LeftButton);
            view.repaint();
        }));
        QApplication::processEvents();
    }
    send(QEvent::MouseButtonRelease, Qt::LeftButton, Qt::NoButton);
    return out;
}

}  // namespace

int main(int argc, char** argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    Theme::instance().apply(ThemeMode::Light);
    const int rounds = argc > 1 ? std::max(1, std::atoi(argv[1])) : 5;
    GraphView view;
    view.setAnimated(false);
    view.resize(1100, 700);
    view.setScene(largeScene());
    view.show();
    view.repaint();
    std::printf("graph view of %d heads and %d edges on %d x %d pixels, processor time of a frame   goal: display rate, at most %.1f ms\n",
                int(view.scene().graph->nodes.size()), int(view.scene().graph->edges.size()), view.width(), view.height(), kFrame);
    std::vector<double> whole, fitted, near, fast, hover;
    for (int round = 0; round < rounds; ++round) {
        view.fit();
        view.updateLook(view.scene());
        whole.push_back(timed([&] { view.repaint(); }));
        for (const double t : drag(view, {9, 4}, 60)) fitted.push_back(t);
        view.fit();
        view.zoomBy(3, QPointF(view.rect().center()));
        QElapsedTimer rest;
        rest.start();
        while (rest.elapsed() < 250) QApplication::processEvents(QEventLoop::AllEvents, 20);  // the zoom has become sharp
        view.repaint();
        for (const double t : drag(view, {12, 5}, 80)) near.push_back(t);
        for (const double t : drag(view, {-45, -20}, 40)) fast.push_back(t);
        view.fit();
        view.repaint();
        for (int i = 0; i < 60; ++i) {
            const QPointF at(80 + i * 15, 60 + i * 9);
            hover.push_back(timed([&] {
                QMouseEvent e(QEvent::MouseMove, at, view.mapToGlobal(at), Qt::NoButton, Qt::NoButton, Qt::NoModifier);
                QApplication::sendEvent(&view, &e);
                view.repaint();
            }));
        }
    }
    line("pan, fitted", fitted);
    line("pan, 3 x, 13 px a frame", near);
    line("pan, 3 x, 49 px a frame", fast);
    line("pointer over the graph", hover);
    line("whole repaint", whole);
    return 0;
}
