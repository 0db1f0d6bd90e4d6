// SPDX-License-Identifier: GPL-3.0-or-later
// What the golden tests share: one way to draw on every machine, both themes, the scale of the screen, pictures of painters and widgets.
#pragma once

#include <QApplication>
#include <QCoreApplication>
#include <QFile>
#include <QFontDatabase>
#include <QImage>
#include <QLocale>
#include <QPainter>
#include <QPointF>
#include <QRectF>
#include <QSize>
#include <QSizeF>
#include <QTest>
#include <QWidget>
#include <cmath>
#include <functional>
#include <span>

#include "tests/support/compare_picture.h"
#include "ui/theme/theme.h"

namespace hs::test {

/// Before the application is made. The scale is QT_SCALE_FACTOR, 1 or 2; nothing else of the machine shows.
inline void goldenEnvironment()
{
    for (const char* name : {"QT_FONT_DPI", "QT_SCREEN_SCALE_FACTORS", "QT_SCALE_FACTOR_ROUNDING_POLICY", "QT_ENABLE_HIGHDPI_SCALING",
                             "QT_AUTO_SCREEN_SCALE_FACTOR", "QT_USE_PHYSICAL_DPI", "FREETYPE_PROPERTIES", "FONTCONFIG_PATH",
                             "FONTCONFIG_SYSROOT", "QT_QPA_PLATFORMTHEME", "LANGUAGE"})
        qunsetenv(name);
    qputenv("FONTCONFIG_FILE", QFile::encodeName(sourceFile(u"tests/ui/golden/fonts.conf")));
    qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("QT_STYLE_OVERRIDE", "Fusion");
    qputenv("LC_ALL", "C.UTF-8");
    QLocale::setDefault(QLocale::c());
}

/// 1 or 2: each program runs twice, with QT_SCALE_FACTOR=2 the second time.
inline int screenRatio() { return int(std::lround(qApp->devicePixelRatio())); }

/// Why no picture can be compared here; empty: nothing is in the way.
inline QString stageProblem()
{
    for (const char* family : {"Noto Sans", "Noto Sans Mono"})
        if (!QFontDatabase::families().contains(QLatin1String(family)))
            return QStringLiteral("the font %1 is missing (packages fonts-noto-core, fonts-noto-mono)").arg(QLatin1String(family));
    if (qApp->devicePixelRatio() != 1 && qApp->devicePixelRatio() != 2) return QStringLiteral("QT_SCALE_FACTOR is neither 1 nor 2");
    return {};
}

inline void setTheme(bool dark) { ui::Theme::instance().apply(dark ? ui::ThemeMode::Dark : ui::ThemeMode::Light); }

/// What `paint` makes on paper of `size`.
inline QImage painted(const QSize& size, bool dark, const std::function<void(QPainter&, const QRectF&)>& paint)
{
    QImage image(size * screenRatio(), QImage::Format_RGB32);
    image.setDevicePixelRatio(screenRatio());
    image.fill(ui::Theme::color(ui::Ink::Paper, dark));
    QPainter painter(&image);
    paint(painter, QRectF(QPointF(0, 0), QSizeF(size)));
    painter.end();
    return image;
}

/// Laid out at `size` and visible, but on no screen: no focus, no mouse.
inline void stage(QWidget& widget, const QSize& size)
{
    widget.setAttribute(Qt::WA_DontShowOnScreen);
    widget.resize(size);
    widget.show();
    QCoreApplication::processEvents();
}

inline QImage grabbed(QWidget& widget, const QSize& size)
{
    stage(widget, size);
    return widget.grab().toImage();
}

/// A picture by name. `make` finds the theme set; a null picture is a failure.
struct GoldenPicture {
    const char* name;
    QImage (*make)(bool dark);
};

/// Rows "matrix-light", "matrix-dark" ... for a test function that calls goldenTest.
inline void goldenRows(std::span<const GoldenPicture> pictures)
{
    QTest::addColumn<int>("picture");
    QTest::addColumn<bool>("dark");
    for (std::size_t i = 0; i < pictures.size(); ++i)
        for (const bool dark : {false, true}) QTest::addRow("%s-%s", pictures[i].name, dark ? "dark" : "light") << int(i) << dark;
}

inline void goldenTest(std::span<const GoldenPicture> pictures)
{
    const QString problem = stageProblem();
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
    QFETCH(int, picture);
    QFETCH(bool, dark);
    setTheme(dark);
    const QImage found = pictures[std::size_t(picture)].make(dark);
    HS_COMPARE_PICTURE(QStringLiteral("%1-%2").arg(QLatin1String(QTest::currentDataTag())).arg(100 * screenRatio()), found);
}

}  // namespace hs::test

/// QTEST_MAIN on that stage.
#define HS_GOLDEN_MAIN(Test)                    \
    int main(int argc, char** argv)             \
    {                                           \
        hs::test::goldenEnvironment();          \
        QApplication app(argc, argv);           \
        hs::test::setTheme(false);              \
        Test test;                              \
        return QTest::qExec(&test, argc, argv); \
    }
