// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <cmath>
#include <limits>

#include "ui/theme/colour_map.h"
#include "ui/theme/theme.h"

using namespace hs::ui;

namespace {

double channel(int value)
{
    const double c = value / 255.0;
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

/// Relative luminance (WCAG 2).
double luminance(QRgb c) { return 0.2126 * channel(qRed(c)) + 0.7152 * channel(qGreen(c)) + 0.0722 * channel(qBlue(c)); }

}  // namespace

class tst_colour_map : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void zeroIsExactlyPaper()
    {
        for (const bool dark : {false, true}) {
            const QRgb paper = Theme::color(Ink::Paper, dark).rgb();
            QCOMPARE(ColourMap::get(QStringLiteral("attention"), dark).at(0.0f), paper);
            const ColourMap& map = ColourMap::get(QStringLiteral("difference"), dark);
            QCOMPARE(map.at(0.5f), paper);
            QVERIFY(map.diverging());
        }
    }
    void stopsOfTheDesign()
    {
        QCOMPARE(ColourMap::get(QStringLiteral("attention"), false).at(1.0f), qRgb(0x1E, 0x1F, 0x45));
        QCOMPARE(ColourMap::get(QStringLiteral("attention"), true).at(1.0f), qRgb(0xEB, 0xF3, 0xFE));
        QCOMPARE(ColourMap::get(QStringLiteral("difference"), false).at(0.0f), qRgb(0x02, 0x46, 0x8B));
        QCOMPARE(ColourMap::get(QStringLiteral("difference"), true).at(1.0f), qRgb(0xFE, 0xBB, 0x77));
        // published end points of matplotlib's tables
        QCOMPARE(ColourMap::get(QStringLiteral("viridis"), false).at(0.0f), qRgb(68, 1, 84));
        QCOMPARE(ColourMap::get(QStringLiteral("viridis"), false).at(1.0f), qRgb(253, 231, 37));
    }
    void luminanceIsMonotone_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("dark");
        QTest::addColumn<int>("sign");
        QTest::newRow("attention light") << QStringLiteral("attention") << false << -1;
        QTest::newRow("attention dark") << QStringLiteral("attention") << true << 1;
        QTest::newRow("viridis") << QStringLiteral("viridis") << false << 1;
        QTest::newRow("magma") << QStringLiteral("magma") << false << 1;
        QTest::newRow("cividis") << QStringLiteral("cividis") << false << 1;
        QTest::newRow("grey") << QStringLiteral("grey") << false << -1;
    }
    void luminanceIsMonotone()
    {
        QFETCH(QString, name);
        QFETCH(bool, dark);
        QFETCH(int, sign);
        const ColourMap& map = ColourMap::get(name, dark);
        // 8-bit channels: equal neighbours are possible in 1024 steps, strictness shows over 16 of them.
        for (int i = 16; i < ColourMap::kSteps; i += 16) {
            const double step = luminance(map.lut()[i]) - luminance(map.lut()[i - 16]);
            QVERIFY2(step * sign > 0, qPrintable(QStringLiteral("step %1").arg(i)));
        }
    }
    void rangeAndNaN()
    {
        const ColourMap& map = ColourMap::get(QStringLiteral("attention"), false);
        QCOMPARE(map.at(-3.0f), map.at(0.0f));
        QCOMPARE(map.at(7.0f), map.at(1.0f));
        QCOMPARE(qAlpha(map.at(std::numeric_limits<float>::quiet_NaN())), 0);
        QCOMPARE(ColourMap::names().size(), 6);
    }
};

QTEST_MAIN(tst_colour_map)
#include "tst_colour_map.moc"
