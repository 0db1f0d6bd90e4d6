// SPDX-License-Identifier: GPL-3.0-or-later
// Colours of cells, hatch, overviews that keep thin diagonals, labels, and the same picture on screen and on paper.
#include <QBuffer>
#include <QList>
#include <QPointF>
#include <QRect>
#include <QRectF>
#include <QRegularExpression>
#include <QSize>
#include <QStringList>
#include <QSvgGenerator>
#include <QTest>

#include "tests/support/fake_source.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/kit/token_paint.h"
#include "ui/map/cell_colourer.h"
#include "ui/map/map_axes.h"
#include "ui/map/map_painter.h"
#include "ui/theme/theme.h"

using namespace hs;
using namespace hs::ui;
using hs::test::FakeSource;

namespace {

// The slow, obvious way to a colour: double precision and ColourMap::at.
QRgb oracle(double value, const ValueScale& s, double rowMax, const ColourMap& map)
{
    double t;
    if (s.diverging) t = 0.5 + 0.5 * value / std::max(std::abs(s.low), std::abs(s.high));
    else if (s.stretch == Stretch::Log) t = value <= 0 ? 0 : std::log(value / s.logLow()) / std::log(s.high / s.logLow());
    else if (s.stretch == Stretch::PerRow) t = rowMax > 0 ? value / rowMax : 0;
    else t = (value - s.low) / (s.high - s.low);
    return map.at(static_cast<float>(std::clamp(t, 0.0, 1.0)));
}

int apart(QRgb a, QRgb b)
{
    return std::max({std::abs(qRed(a) - qRed(b)), std::abs(qGreen(a) - qGreen(b)), std::abs(qBlue(a) - qBlue(b))});
}

// A model that has its cells.
struct Shown {
    EngineBridge bridge;
    std::shared_ptr<FakeSource> source;
    MapModel model{&bridge};
    explicit Shown(int n, Visibility mask = {}) : source(std::make_shared<FakeSource>(FakeSource::plainTokens(n), 2, 4, mask)) {}
    bool load(double pixels)
    {
        model.setSource(source);
        model.request(QRect(0, 0, model.columns(), model.rows()), pixels);
        return QTest::qWaitFor([&] { return model.current() && model.dataRange().has_value(); }, 10000);
    }
};

}  // namespace

class TestMapPainter : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void coloursMatchTheOracle_data();
    void coloursMatchTheOracle();
    void specialValues();
    void pixelsShowTheirCells_data();
    void pixelsShowTheirCells();
    void maskedCellsAreHatched();
    void zeroIsPaper();
    void thinDiagonalSurvivesReduction_data();
    void thinDiagonalSurvivesReduction();
    void thumbnails();
    void labels_data();
    void labels();
    void tokens();
    void numbers_data();
    void numbers();
    void legends();
    void vectorFiles();
    void hatchOnPaperStaysInside();
};

void TestMapPainter::coloursMatchTheOracle_data()
{
    QTest::addColumn<int>("stretch");
    QTest::addColumn<double>("low");
    QTest::addColumn<double>("high");
    QTest::addColumn<bool>("diverging");
    QTest::newRow("linear") << int(Stretch::Linear) << 0.0 << 1.0 << false;
    QTest::newRow("linear, narrowed") << int(Stretch::Linear) << 0.2 << 0.6 << false;
    QTest::newRow("scores") << int(Stretch::Linear) << -12.5 << 7.25 << false;
    QTest::newRow("log from 0") << int(Stretch::Log) << 0.0 << 1.0 << false;
    QTest::newRow("log, narrowed") << int(Stretch::Log) << 0.01 << 0.5 << false;
    QTest::newRow("each row") << int(Stretch::PerRow) << 0.0 << 1.0 << false;
    QTest::newRow("difference") << int(Stretch::Linear) << -0.5 << 0.3 << true;
}

void TestMapPainter::coloursMatchTheOracle()
{
    QFETCH(int, stretch);
    QFETCH(double, low);
    QFETCH(double, high);
    QFETCH(bool, diverging);
    ValueScale scale;
    scale.low = low;
    scale.high = high;
    scale.stretch = static_cast<Stretch>(stretch);
    scale.diverging = diverging;
    const ColourMap& map = ColourMap::get(diverging ? QStringLiteral("difference") : QStringLiteral("attention"), false);
    MatrixF cells(40, 41);
    for (int r = 0; r < 40; ++r)
        for (int c = 0; c < 41; ++c)
            cells(r, c) = static_cast<float>(low - 0.1 * (high - low) + 1.2 * (high - low) * ((r * 41 + c * 7) % 1640) / 1640.0);
    const QImage image = renderCells(cells, 0, 0, 1, MaskKind::Bidirectional, scale, map);
    for (int r = 0; r < 40; ++r) {
        double rowMax = -1e9;
        for (int c = 0; c < 41; ++c) rowMax = std::max(rowMax, static_cast<double>(cells(r, c)));
        for (int c = 0; c < 41; ++c) {
            const double v = static_cast<double>(cells(r, c));
            if (scale.stretch == Stretch::PerRow && (v < 0 || rowMax <= 0)) continue;
            // One step of the 1024-step table is at most 2 in a channel; the logarithm's buckets add half a step.
            QVERIFY2(apart(image.pixel(c, r), oracle(v, scale, rowMax, map)) <= 2,
                     qPrintable(QStringLiteral("row %1 column %2 value %3").arg(r).arg(c).arg(v)));
            QVERIFY(apart(map.at(scale.map(cells(r, c), static_cast<float>(rowMax))), oracle(v, scale, rowMax, map)) <= 2);
        }
    }
}

void TestMapPainter::specialValues()
{
    const ColourMap& map = ColourMap::get(QStringLiteral("attention"), false);
    for (const Stretch stretch : {Stretch::Linear, Stretch::Log, Stretch::PerRow}) {
        ValueScale scale;
        scale.stretch = stretch;
        CellColourer colour(scale, map);
        colour.setRowMaximum(1);
        QCOMPARE(colour(std::numeric_limits<float>::quiet_NaN()), QRgb(0));
        QCOMPARE(colour(-std::numeric_limits<float>::infinity()), CellColourer::kMissing);
        QCOMPARE(colour(0.0f), map.at(0));
        QCOMPARE(colour(1.0f), map.at(1));
        QCOMPARE(colour(std::numeric_limits<float>::infinity()), map.at(1));
    }
    ValueScale flat;  // a range without extent must not divide by zero
    flat.low = flat.high = 0.5;
    QCOMPARE(flat.map(0.4f), 0.0f);
    QCOMPARE(flat.map(0.6f), 1.0f);
    QVERIFY(std::isnan(flat.map(std::numeric_limits<float>::quiet_NaN())));
}

void TestMapPainter::pixelsShowTheirCells_data()
{
    QTest::addColumn<double>("cell");
    QTest::addColumn<double>("ratio");
    QTest::newRow("16 px") << 16.0 << 1.0;
    QTest::newRow("16 px at 200 %") << 16.0 << 2.0;
    QTest::newRow("16 px at 150 %") << 16.0 << 1.5;
    QTest::newRow("7.3 px") << 7.3 << 1.0;
    QTest::newRow("7.3 px at 150 %") << 7.3 << 1.5;
}

// Every device pixel shows exactly the cell under its centre.
void TestMapPainter::pixelsShowTheirCells()
{
    QFETCH(double, cell);
    QFETCH(double, ratio);
    Shown shown(20);
    QVERIFY(shown.load(cell * ratio));
    const int side = static_cast<int>(std::ceil(20 * cell * ratio));
    QImage image(side, side, QImage::Format_RGB32);
    image.setDevicePixelRatio(ratio);
    image.fill(Qt::white);
    MapPaintStyle style = MapPaintStyle::screen();
    style.cell = cell;
    style.drawHatch = false;
    const ColourMap& map = ColourMap::get(QStringLiteral("attention"), false);
    {
        QPainter painter(&image);
        paintMapCells(painter, QRectF(0, 0, 20 * cell, 20 * cell), 0, 0, shown.model, ValueScale{}, map, style);
    }
    const int covered = static_cast<int>(std::ceil(20 * cell * ratio - 0.5));
    for (int y = 0; y < covered; ++y)
        for (int x = 0; x < covered; ++x) {
            const int q = std::min(19, static_cast<int>(std::floor((y + 0.5) / (cell * ratio)))),
                      k = std::min(19, static_cast<int>(std::floor((x + 0.5) / (cell * ratio))));
            const QRgb expected = k > q ? style.paper.rgb() : map.at(static_cast<float>(shown.source->value({0, 0}, q, k)));
            QVERIFY2(image.pixel(x, y) == expected, qPrintable(QStringLiteral("pixel %1 %2 cell %3 %4").arg(x).arg(y).arg(q).arg(k)));
        }
}

void TestMapPainter::maskedCellsAreHatched()
{
    Shown shown(12);
    QVERIFY(shown.load(16));
    QImage image(192, 192, QImage::Format_RGB32);
    MapPaintStyle style = MapPaintStyle::screen();
    style.cell = 16;
    {
        QPainter painter(&image);
        paintMapCells(painter, QRectF(0, 0, 192, 192), 0, 0, shown.model, ValueScale{}, ColourMap::get(QStringLiteral("attention"), false),
                      style);
    }
    // A masked cell well off the diagonal: paper and 45 degree lines, 1 px in 8, and nothing else.
    int lines = 0;
    for (int y = 32; y < 48; ++y)
        for (int x = 160; x < 176; ++x) {
            const QRgb p = image.pixel(x, y);
            QVERIFY(p == style.paper.rgb() || p == style.hatch.rgb());
            if (p != style.hatch.rgb()) continue;
            ++lines;
            QCOMPARE(image.pixel(x - 1, y + 1), style.hatch.rgb());
        }
    QCOMPARE(lines, 16 * 16 / 8);
    // None below the diagonal.
    for (int y = 160; y < 176; ++y)
        for (int x = 0; x < 100; ++x) QVERIFY(image.pixel(x, y) != style.hatch.rgb());
}

void TestMapPainter::zeroIsPaper()
{
    for (const bool dark : {false, true}) {
        const ColourMap& map = ColourMap::get(QStringLiteral("attention"), dark);
        MatrixF zero(1, 1);
        QCOMPARE(renderCells(zero, 0, 0, 1, MaskKind::Bidirectional, ValueScale{}, map).pixel(0, 0), Theme::color(Ink::Paper, dark).rgb());
    }
}

void TestMapPainter::thinDiagonalSurvivesReduction_data()
{
    QTest::addColumn<int>("n");
    QTest::addColumn<int>("side");
    QTest::newRow("512 cells on 100 px") << 512 << 100;
    QTest::newRow("300 cells on 299 px") << 300 << 299;
    QTest::newRow("2000 cells on 150 px") << 2000 << 150;
    QTest::newRow("1100 cells on 700 px") << 1100 << 700;
}

// A diagonal one cell wide, zoomed out: every row and column of pixels that it crosses shows it at full strength.
void TestMapPainter::thinDiagonalSurvivesReduction()
{
    QFETCH(int, n);
    QFETCH(int, side);
    Shown shown(n);
    shown.source->cell = [](HeadId, int q, int k) { return k == q - 5 || (q < 5 && k == 0) ? 1.0 : 0.0; };
    const double cell = static_cast<double>(side) / n;
    QVERIFY(shown.load(cell));
    QTRY_VERIFY_WITH_TIMEOUT(shown.model.cells(QRect(0, 0, n, n), cell).cells != nullptr, 10000);
    if (n > 512) QTRY_COMPARE_WITH_TIMEOUT(shown.model.surveyed(), 1.0, 20000);
    QImage image(side, side, QImage::Format_RGB32);
    MapPaintStyle style = MapPaintStyle::screen();
    style.cell = cell;
    const ColourMap& map = ColourMap::get(QStringLiteral("attention"), false);
    {
        QPainter painter(&image);
        paintMapCells(painter, QRectF(0, 0, side, side), 0, 0, shown.model, ValueScale{}, map, style);
    }
    for (int i = 0; i < side; ++i) {
        int inRow = 0, inColumn = 0;
        for (int j = 0; j < side; ++j) {
            inRow += image.pixel(j, i) == map.at(1);
            inColumn += image.pixel(i, j) == map.at(1);
        }
        QVERIFY2(inRow >= 1, qPrintable(QStringLiteral("row %1 lost the diagonal").arg(i)));
        const bool crossed = (i + 1) * n / side < n - 6;  // the last columns have no query five later
        QVERIFY2(inColumn >= 1 || !crossed, qPrintable(QStringLiteral("column %1 lost the diagonal").arg(i)));
        QVERIFY2(inRow <= 4, qPrintable(QStringLiteral("row %1 is smeared over %2 px").arg(i).arg(inRow)));
    }
}

void TestMapPainter::thumbnails()
{
    MatrixF maxima(64, 64);
    for (int i = 1; i < 64; ++i) maxima(i, i - 1) = 0.5f;
    const ColourMap& map = ColourMap::get(QStringLiteral("attention"), false);
    const QImage image = renderThumbnail(maxima, 1, MaskKind::Causal, map, {28, 28});
    QCOMPARE(image.size(), QSize(28, 28));
    for (int i = 1; i < 28; ++i) {
        bool seen = false;
        for (int x = 0; x <= i; ++x) seen = seen || image.pixel(x, i) == map.at(std::pow(0.5f, 0.7f));
        QVERIFY2(seen, qPrintable(QString::number(i)));
    }
    QCOMPARE(qAlpha(image.pixel(27, 0)), 0);
    QVERIFY(renderThumbnail(MatrixF(), 1, MaskKind::Causal, map, {28, 28}).size() == QSize(28, 28));
}

void TestMapPainter::labels_data()
{
    QTest::addColumn<int>("first");
    QTest::addColumn<int>("count");
    QTest::addColumn<double>("cell");
    QTest::addColumn<int>("selected");
    QTest::addColumn<QList<int>>("expected");
    QTest::newRow("all") << 0 << 5 << 11.0 << -1 << QList<int>{0, 1, 2, 3, 4};
    QTest::newRow("every second") << 0 << 6 << 10.9 << -1 << QList<int>{0, 2, 4};
    QTest::newRow("every fourth") << 0 << 9 << 3.0 << -1 << QList<int>{0, 4, 8};
    QTest::newRow("panned: same labels") << 3 << 6 << 5.5 << -1 << QList<int>{4, 6, 8};
    QTest::newRow("selected gives its neighbours no room") << 0 << 9 << 6.0 << 3 << QList<int>{0, 3, 6, 8};
    QTest::newRow("selected on a step") << 0 << 9 << 6.0 << 4 << QList<int>{0, 2, 4, 6, 8};
    QTest::newRow("selected outside") << 0 << 4 << 12.0 << 9 << QList<int>{0, 1, 2, 3};
    QTest::newRow("selected last") << 0 << 6 << 6.0 << 5 << QList<int>{0, 2, 5};
    QTest::newRow("none") << 0 << 0 << 12.0 << -1 << QList<int>{};
}

void TestMapPainter::labels()
{
    QFETCH(int, first);
    QFETCH(int, count);
    QFETCH(double, cell);
    QFETCH(int, selected);
    QFETCH(QList<int>, expected);
    const std::vector<int> got = labelsToDraw(first, count, cell, kLabelPitch, selected);
    QCOMPARE(QList<int>(got.begin(), got.end()), expected);
    for (std::size_t i = 1; i < got.size(); ++i) QVERIFY((got[i] - got[i - 1]) * cell >= kLabelPitch);
}

void TestMapPainter::tokens()
{
    const QFont font = Theme::instance().tokenFont(Type::Caption);
    const QFontMetricsF metrics(font);
    QVERIFY(tokenWidth(metrics, QStringLiteral(" the")) > tokenWidth(metrics, QStringLiteral("the")) + 4);
    QVERIFY(tokenWidth(metrics, QStringLiteral("\n")) > 4);
    QVERIFY(tokenWidth(metrics, QString(QChar(7))) > metrics.horizontalAdvance(QStringLiteral("<0x0")));  // shown by its code
    const QString cut = elideToken(metrics, QStringLiteral(" incomprehensibilities"), 60);
    QVERIFY(cut.endsWith(QChar(0x2026)));
    QVERIFY(tokenWidth(metrics, cut) <= 60);
    QCOMPARE(elideToken(metrics, QStringLiteral(" a"), 60), QStringLiteral(" a"));
    // The mark is painted in its own colour and stands on both sides of the rotation equally.
    QImage image(60, 30, QImage::Format_RGB32);
    image.fill(Qt::white);
    {
        QPainter painter(&image);
        painter.setFont(font);
        const double width = paintToken(painter, {4, 20}, QStringLiteral(" "), Qt::black, QColor(255, 0, 0));
        QCOMPARE(width, tokenWidth(QFontMetricsF(font, &image), QStringLiteral(" ")));
    }
    int red = 0;
    QRect box;
    for (int y = 0; y < 30; ++y)
        for (int x = 0; x < 60; ++x)
            if (image.pixel(x, y) == qRgb(255, 0, 0)) {
                ++red;
                box |= QRect(x, y, 1, 1);
            }
    QVERIFY2(red >= 7, qPrintable(QString::number(red)));
    QCOMPARE(box.size(), QSize(5, 3));
}

void TestMapPainter::numbers_data()
{
    QTest::addColumn<double>("value");
    QTest::addColumn<QString>("text");
    QTest::newRow("0") << 0.0 << QStringLiteral("0");
    QTest::newRow("1") << 1.0 << QStringLiteral("1");
    QTest::newRow("0.5") << 0.5 << QStringLiteral("0.5");
    QTest::newRow("negative") << -3.25 << QStringLiteral("−3.25");
    QTest::newRow("power of ten") << 1e-4 << QStringLiteral("10⁻⁴");
    QTest::newRow("small") << 2.5e-5 << QStringLiteral("2.5 × 10⁻⁵");
    QTest::newRow("large") << 12345.0 << QStringLiteral("12345");
    QTest::newRow("not a number") << std::numeric_limits<double>::quiet_NaN() << QStringLiteral("–");
}

void TestMapPainter::numbers()
{
    QFETCH(double, value);
    QFETCH(QString, text);
    QCOMPARE(axisNumber(value), text);
}

void TestMapPainter::legends()
{
    ValueScale scale;
    QCOMPARE(scale.legend(), QStringLiteral("linear 0 to 1"));
    scale.stretch = Stretch::Log;
    QCOMPARE(scale.legend(), QStringLiteral("log 10⁻⁴ to 1"));
    scale.low = -2;  // no logarithm of negative values: say what is drawn instead
    QCOMPARE(scale.legend(), QStringLiteral("linear −2 to 1"));
    scale.stretch = Stretch::PerRow;
    QCOMPARE(scale.legend(), QStringLiteral("each row to its own maximum"));
    MapLook look;
    QCOMPARE(scaleFor(look, std::pair(0.1f, 0.4f)).high, 1.0);
    look.kind = MapKind::Scores;
    QCOMPARE(scaleFor(look, std::pair(-8.0f, 4.0f)).low, -8.0);
    look.kind = MapKind::ValueWeighted;
    QCOMPARE(scaleFor(look, std::pair(0.25f, 4.0f)).low, 0.0);
    look.autoRange = false;
    look.low = 0.1;
    QCOMPARE(scaleFor(look, std::pair(0.25f, 4.0f)).low, 0.1);
}

// On paper: rectangles for small maps, one enlarged image for large ones, both with the colours of the screen.
void TestMapPainter::vectorFiles()
{
    for (const int n : {20, 100}) {
        Shown shown(n);
        QVERIFY(shown.load(8));
        QBuffer buffer;
        QSvgGenerator svg;
        svg.setOutputDevice(&buffer);
        svg.setSize({8 * n, 8 * n});
        svg.setViewBox(QRect(0, 0, 8 * n, 8 * n));
        MapPaintStyle style = MapPaintStyle::screen();
        style.cell = 8;
        {
            QPainter painter(&svg);
            paintMapCells(painter, QRectF(0, 0, 8 * n, 8 * n), 0, 0, shown.model, ValueScale{},
                          ColourMap::get(QStringLiteral("attention"), false), style);
        }
        const QByteArray text = buffer.data();
        const QByteArray colour = QColor(ColourMap::get(QStringLiteral("attention"), false).at(0.7f)).name().toLatin1();
        QCOMPARE(text.contains("<image"), n > 64);
        if (n <= 64) QVERIFY2(text.contains(colour), colour.constData());
        QVERIFY(text.contains(style.hatch.name().toLatin1()));
    }
}

void TestMapPainter::hatchOnPaperStaysInside()
{
    QBuffer buffer;
    QSvgGenerator svg;
    svg.setOutputDevice(&buffer);
    svg.setSize({200, 200});
    svg.setViewBox(QRect(0, 0, 200, 200));
    QPainterPath region;  // two touching rectangles: lines cross their common edge as one
    region.addRect(40, 40, 60, 30);
    region.addRect(60, 70, 40, 30);
    {
        QPainter painter(&svg);
        paintHatch(painter, region, Qt::red);
    }
    const QString text = QString::fromUtf8(buffer.data());
    const QRegularExpression points(QStringLiteral("points=\"([^\"]+)\""));
    auto it = points.globalMatch(text);
    int lines = 0;
    while (it.hasNext()) {
        const QStringList numbers = it.next().captured(1).split(QRegularExpression(QStringLiteral("[ ,]+")), Qt::SkipEmptyParts);
        QCOMPARE(numbers.size(), 4);
        ++lines;
        for (int i = 0; i < 4; i += 2) {
            const QPointF p(numbers[i].toDouble(), numbers[i + 1].toDouble());
            QVERIFY2(region.boundingRect().adjusted(-0.01, -0.01, 0.01, 0.01).contains(p), qPrintable(text));
        }
    }
    QVERIFY2(lines >= 10 && lines <= 20, qPrintable(QString::number(lines)));
}

QTEST_MAIN(TestMapPainter)
#include "tst_map_painter.moc"
