// SPDX-License-Identifier: GPL-3.0-or-later
// Painting of maps: colour mapping, frames of a 4096 x 4096 map while panning, zooming and changing range or colours, and the time from
// a head-change key to its picture. Everything on Qt's offscreen platform; ratios are against plain copies of the same size in this run.
#include <QApplication>
#include <QElapsedTimer>
#include <QKeyEvent>
#include <QPainter>
#include <QWheelEvent>
#include <algorithm>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <functional>
#include <vector>

#include "tests/support/fake_source.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/head/heatmap_view.h"
#include "ui/state/selection.h"
#include "ui/state/view_settings.h"
#include "ui/theme/theme.h"

using namespace hs;
using namespace hs::ui;

namespace {

double wallClock(const std::function<void()>& work)
{
    QElapsedTimer clock;
    clock.start();
    work();
    return static_cast<double>(clock.nsecsElapsed()) / 1e6;
}

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

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values.empty() ? 0 : values[values.size() / 2];
}

double worst(const std::vector<double>& values) { return values.empty() ? 0 : *std::max_element(values.begin(), values.end()); }

bool waitFor(const std::function<bool()>& done, int ms)
{
    QElapsedTimer clock;
    clock.start();
    while (!done() && clock.elapsed() < ms) QApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents, 2);
    return done();
}

void colourMapping(int rounds)
{
    constexpr int n = 4096;
    MatrixF cells(n, n);
    std::uint32_t state = 1;
    for (std::ptrdiff_t i = 0; i < cells.rows() * cells.cols(); ++i) {
        state = state * 1664525u + 1013904223u;
        cells.data()[i] = static_cast<float>(state >> 8) / 16777216.0f;
    }
    std::vector<QRgb> target(static_cast<std::size_t>(n) * n);
    const ColourMap& map = ColourMap::get(QStringLiteral("attention"), false);
    const std::pair<const char*, Stretch> kinds[] = {{"linear", Stretch::Linear}, {"log", Stretch::Log}, {"each row", Stretch::PerRow}};
    std::vector<double> copies;
    std::vector<std::vector<double>> times(3);
    for (int round = 0; round < rounds; ++round) {
        copies.push_back(timed([&] { std::memcpy(target.data(), cells.data(), target.size() * sizeof(QRgb)); }));
        for (std::size_t k = 0; k < 3; ++k) {
            ValueScale scale;
            scale.stretch = kinds[k].second;
            QImage image;
            times[k].push_back(timed([&] { image = renderCells(cells, 0, 0, 1, MaskKind::Bidirectional, scale, map); }));
        }
    }
    std::printf("colour mapping of 4096 x 4096 (memcpy of the same bytes: %.1f ms)\n", median(copies));
    for (std::size_t k = 0; k < 3; ++k)
        std::printf("  %-10s %7.1f ms   %.1f x memcpy\n", kinds[k].first, median(times[k]), median(times[k]) / median(copies));
}

struct Shown {
    EngineBridge bridge;
    std::shared_ptr<test::FakeSource> source;
    MapModel model{&bridge};
    Selection selection;
    ViewSettings settings;
    HeatmapView view{&model, &selection, &settings};

    Shown(int n, const QSize& size) : source(std::make_shared<test::FakeSource>(test::FakeSource::plainTokens(n), 4, 4))
    {
        source->cell = [](HeadId h, int q, int k) { return k == q - 1 - h.head ? 0.8 : 0.2 / (1 + q); };
        QObject::connect(&settings, &ViewSettings::changed, &model, [this] { model.setLook(settings.look()); });
        QObject::connect(&selection, &Selection::headChanged, &model, [this](HeadId head) { model.setHead(head); });
        model.setSource(source);
        view.resize(size);
        view.show();
    }
    void wheel(int delta)
    {
        const QPointF p = view.viewport().area().center();
        QWheelEvent e(p, view.mapToGlobal(p), {}, {0, delta}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(&view, &e);
    }
};

void frames(int rounds)
{
    constexpr int n = 4096;
    Shown s(n, {1900, 1180});  // a map of 1000 x 1000 pixels
    waitFor([&] { return s.model.surveyed() >= 1; }, 60000);
    const QSize size = s.view.picture().size();
    QImage screen(size, QImage::Format_RGB32);
    const QImage picture = s.view.picture().copy();
    std::vector<double> blits, fitted, pans, zooms, ranges, colours;
    const auto frame = [&](std::vector<double>& into, const std::function<void()>& change) {
        into.push_back(timed([&] {
            change();
            s.view.repaint();
        }));
    };
    QMouseEvent press(QEvent::MouseButtonPress, {500, 500}, s.view.mapToGlobal(QPointF(500, 500)), Qt::MiddleButton, Qt::MiddleButton,
                      Qt::NoModifier);
    for (int round = 0; round < rounds; ++round) {
        blits.push_back(timed([&] {
            QPainter painter(&screen);
            painter.drawImage(0, 0, picture);
        }));
        MapLook look;
        look.autoRange = false;
        look.high = 0.5 + 0.01 * (round % 40);
        s.view.fit();
        frame(ranges, [&] { s.settings.setLook(look); });
        look.colourMap = round % 2 ? QStringLiteral("viridis") : QStringLiteral("attention");
        look.stretch = round % 3 == 0 ? Stretch::Log : Stretch::Linear;
        frame(colours, [&] { s.settings.setLook(look); });
        frame(fitted, [&] { s.view.update(); });
        for (int i = 0; i < 12; ++i) {
            frame(zooms, [&] { s.wheel(120); });
            QApplication::processEvents();
        }
        QApplication::sendEvent(&s.view, &press);
        for (int i = 0; i < 12; ++i) {
            const QPointF at(500 + (i + 1) * 17, 500 + (i + 1) * 11);
            frame(pans, [&] {
                QMouseEvent move(QEvent::MouseMove, at, s.view.mapToGlobal(at), Qt::NoButton, Qt::MiddleButton, Qt::NoModifier);
                QApplication::sendEvent(&s.view, &move);
            });
            QApplication::processEvents();
        }
        QMouseEvent release(QEvent::MouseButtonRelease, {500, 500}, s.view.mapToGlobal(QPointF(500, 500)), Qt::MiddleButton, Qt::NoButton,
                            Qt::NoModifier);
        QApplication::sendEvent(&s.view, &release);
    }
    std::printf(
        "frames of a 4096 x 4096 map on %d x %d pixels, axes and profiles included (blit of the picture alone: %.2f ms)   goal: at most 8 "
        "ms\n",
        size.width(), size.height(), median(blits));
    const std::pair<const char*, const std::vector<double>*> rows[] = {
        {"nothing changed", &fitted}, {"range", &ranges}, {"colour map, stretch", &colours}, {"zoom", &zooms}, {"pan", &pans}};
    for (const auto& [name, times] : rows)
        std::printf("  %-20s median %6.2f ms   worst %6.2f ms   %.1f x blit\n", name, median(*times), worst(*times),
                    median(*times) / median(blits));
}

void headChange(int n, int rounds)
{
    Shown s(n, {1100, 900});
    waitFor([&] { return s.model.current(); }, 20000);
    s.view.repaint();
    std::vector<double> times;
    for (int round = 0; round < rounds; ++round) {
        const HeadId head{(round / 4) % 4, (round + 1) % 4};
        if (head == s.model.head()) continue;
        times.push_back(wallClock([&] {
            s.selection.setHead(head);
            waitFor([&] { return s.model.current(); }, 5000);
            s.view.repaint();
        }));
    }
    std::printf("  n = %-5d median %6.2f ms   worst %6.2f ms\n", n, median(times), worst(times));
}

}  // namespace

// Median and worst are of processor time unless a line says wall clock.
int main(int argc, char** argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    Theme::instance().apply(ThemeMode::Light);
    const int rounds = argc > 1 ? std::max(1, std::atoi(argv[1])) : 15;
    colourMapping(rounds);
    frames(rounds);
    std::printf(
        "head change, from the selection to the painted picture through the engine thread, wall clock (maps from a formula)   goal: at "
        "most 16 ms\n");
    for (const int n : {33, 256, 512}) headChange(n, 4 * rounds);
    return 0;
}
