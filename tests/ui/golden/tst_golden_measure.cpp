// SPDX-License-Identifier: GPL-3.0-or-later
// What the comparison of golden pictures sees and what it forgives: on a drawn chart, on a heatmap, and on every picture of the folder.
#include <QRegularExpression>

#include "tests/support/random_model.h"
#include "tests/ui/golden/golden_stage.h"
#include "ui/map/map_painter.h"

using namespace hs;
using namespace hs::test;

namespace {

struct Chart {
    int ratio = 1;
    QPointF shift, labelShift;
    bool lastLabel = true, lastTick = true, legend = true;
    QColor bar = QColor(0x2f, 0x6f, 0xb7), text = QColor(0x55, 0x55, 0x55), tick = QColor(0xdc, 0xdf, 0xe3), paper = Qt::white;
    double barTop = 60;
};

/// An axis with numbers and pale ticks of 3 px, two bars, a legend, a line of words.
QImage draw(const Chart& c)
{
    QImage image(QSize(240, 160) * c.ratio, QImage::Format_RGB32);
    image.setDevicePixelRatio(c.ratio);
    image.fill(c.paper);
    QPainter p(&image);
    p.translate(c.shift);
    p.setFont(ui::Theme::instance().font(ui::Type::AxisSmall));
    p.setPen(c.text);
    p.fillRect(QRectF(40, 20, 1, 110), c.text);
    for (int i = 0; i < 4; ++i) {
        if (i < 3 || c.lastTick) p.fillRect(QRectF(37, 22 + 36 * i, 3, 1), c.tick);
        const QRectF place = QRectF(4, 14 + 36 * i, 28, 16).translated(i == 3 ? c.labelShift : QPointF());
        if (i < 3 || c.lastLabel) p.drawText(place, Qt::AlignRight | Qt::AlignVCenter, QString::number(1.5 - 0.5 * i, 'f', 1));
    }
    p.fillRect(QRectF(60, c.barTop, 40, 130 - c.barTop), c.bar);
    p.fillRect(QRectF(120, 90, 40, 40), c.bar);
    p.setRenderHint(QPainter::Antialiasing);
    p.drawEllipse(QPointF(200, 100), 14.3, 14.3);
    if (c.legend) {
        p.fillRect(QRectF(170, 20, 8, 8), c.bar);
        p.drawText(QPointF(182, 28), QStringLiteral("heads"));
    }
    p.drawText(QPointF(40, 150), QStringLiteral("share of pairs above chance, in percent"));
    p.end();
    return image;
}

/// The picture with noise of up to `levels` on every channel of every pixel.
QImage noisy(const QImage& picture, int levels)
{
    QImage out = picture.convertToFormat(QImage::Format_RGB32);
    Random random(7);
    const auto off = [&](int v) { return std::clamp(v + random.below(2 * levels + 1) - levels, 0, 255); };
    for (int y = 0; y < out.height(); ++y) {
        auto* line = reinterpret_cast<QRgb*>(out.scanLine(y));
        for (int x = 0; x < out.width(); ++x) line[x] = qRgb(off(qRed(line[x])), off(qGreen(line[x])), off(qBlue(line[x])));
    }
    return out;
}

/// Everything moved; the edge that comes in is repeated.
QImage moved(const QImage& picture, int dx, int dy)
{
    const QImage in = picture.convertToFormat(QImage::Format_RGB32);
    QImage out(in.size(), QImage::Format_RGB32);
    for (int y = 0; y < in.height(); ++y) {
        const auto* from = reinterpret_cast<const QRgb*>(in.constScanLine(std::clamp(y - dy, 0, in.height() - 1)));
        auto* to = reinterpret_cast<QRgb*>(out.scanLine(y));
        for (int x = 0; x < in.width(); ++x) to[x] = from[std::clamp(x - dx, 0, in.width() - 1)];
    }
    return out;
}

/// 12 x 12 cells of `side` pixels; one cell holds `odd` more than it should.
QImage heatmap(int side, float odd)
{
    MatrixF cells(12, 12);
    for (int r = 0; r < 12; ++r)
        for (int c = 0; c <= r; ++c) cells(r, c) = 0.5f + 0.45f * std::sin(float(3 * r + 5 * c));
    cells(7, 3) += odd;
    const QImage image = ui::renderCells(cells, 0, 0, 1, {}, {}, ui::ColourMap::get(QStringLiteral("attention"), false));
    QImage out(12 * side, 12 * side, QImage::Format_RGB32);
    out.fill(Qt::white);
    QPainter p(&out);
    p.drawImage(out.rect(), image);
    p.end();
    return out;
}

QString words(const PictureDifference& d) { return QStringLiteral("%1 pixels, largest difference %2").arg(d.pixels).arg(d.largest); }

void compare(const QImage& golden, const QImage& now, bool alike)
{
    const PictureDifference d = pictureDifference(golden, now), back = pictureDifference(now, golden);
    QVERIFY2(d.alike == alike, qPrintable(words(d)));
    QCOMPARE(back.pixels, d.pixels);
    QCOMPARE(back.largest, d.largest);
}

QStringList picturesOfFolder()
{
    return QDir(sourceFile(u"tests/ui/golden")).entryList({QStringLiteral("*.png")}, QDir::Files, QDir::Name);
}

}  // namespace

class tst_golden_measure : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        qunsetenv("HEADSCOPE_WRITE_GOLDEN");  // what is measured here is no picture to keep
        QVERIFY2(stageProblem().isEmpty(), qPrintable(stageProblem()));
    }
    void chart_data();
    void chart();
    void noiseIsForgiven();
    void oneCellOfAHeatmap();
    void hintingIsOff();
    void everyPicture_data();
    void everyPicture();
    void picturesAreFourEachAndSmall();
    void whatIsMissingIsSaid();
};

void tst_golden_measure::chart_data()
{
    QTest::addColumn<std::function<void(Chart&)>>("change");
    QTest::addColumn<bool>("alike");
    const auto row = [](const char* name, bool alike, std::function<void(Chart&)> change) {
        QTest::newRow(name) << std::move(change) << alike;
    };
    row("the same", true, [](Chart&) {});
    row("bars lighter by 3 levels", true, [](Chart& c) { c.bar = QColor(0x32, 0x72, 0xba); });
    row("bars lighter by 6 levels", false, [](Chart& c) { c.bar = QColor(0x35, 0x75, 0xbd); });
    row("bars of another hue", false, [](Chart& c) { c.bar = QColor(0xb7, 0x6f, 0x2f); });
    row("other words", false, [](Chart& c) { c.text = QColor(0x70, 0x55, 0x55); });
    row("greyer paper", false, [](Chart& c) { c.paper = QColor(0xf8, 0xf8, 0xf8); });
    row("all one pixel to the right", false, [](Chart& c) { c.shift = {1.0 / c.ratio, 0}; });
    row("all one pixel to the left", false, [](Chart& c) { c.shift = {-1.0 / c.ratio, 0}; });
    row("all one pixel down", false, [](Chart& c) { c.shift = {0, 1.0 / c.ratio}; });
    row("all one pixel up", false, [](Chart& c) { c.shift = {0, -1.0 / c.ratio}; });
    row("one label one pixel to the right", false, [](Chart& c) { c.labelShift = {1.0 / c.ratio, 0}; });
    row("one label one pixel down", false, [](Chart& c) { c.labelShift = {0, 1.0 / c.ratio}; });
    row("a bar one pixel shorter", false, [](Chart& c) { c.barTop += 1.0 / c.ratio; });
    row("a label is missing", false, [](Chart& c) { c.lastLabel = false; });
    row("a pale tick is missing", false, [](Chart& c) { c.lastTick = false; });
    row("no legend", false, [](Chart& c) { c.legend = false; });
}

void tst_golden_measure::chart()
{
    QFETCH(std::function<void(Chart&)>, change);
    QFETCH(bool, alike);
    for (const int ratio : {1, 2}) {
        Chart golden, now;
        golden.ratio = now.ratio = ratio;
        change(now);
        compare(draw(golden), draw(now), alike);
    }
}

void tst_golden_measure::noiseIsForgiven()
{
    const QImage golden = draw({});
    compare(golden, noisy(golden, 2), true);
    compare(golden, noisy(golden, 4), true);
    compare(golden, noisy(golden, 12), false);
    // Edges that were rounded otherwise, by a part of a pixel; a tenth is too much.
    QImage softer = golden.convertToFormat(QImage::Format_RGB32);
    const QImage aside = moved(golden, 1, 0);
    const auto mix = [](int a, int b, int part) { return (a * (100 - part) + b * part) / 100; };
    for (const int part : {3, 10}) {
        for (int y = 0; y < softer.height(); ++y)
            for (int x = 0; x < softer.width(); ++x) {
                const QRgb a = golden.pixel(x, y), b = aside.pixel(x, y);
                softer.setPixel(x, y, qRgb(mix(qRed(a), qRed(b), part), mix(qGreen(a), qGreen(b), part), mix(qBlue(a), qBlue(b), part)));
            }
        compare(golden, softer, part == 3);
    }
    // A pixel or two may be wrong, three are not.
    QImage few = golden.convertToFormat(QImage::Format_RGB32);
    for (int i = 0; i < 3; ++i) {
        few.setPixel(100 + i, 40, 0xff000000);
        compare(golden, few, i < kFew);
    }
}

void tst_golden_measure::oneCellOfAHeatmap()
{
    for (const int side : {2, 6, 16}) {
        const QImage golden = heatmap(side, 0);
        compare(golden, heatmap(side, 0.001f), true);
        for (const float odd : {-0.3f, -0.05f, 0.05f, 0.3f}) compare(golden, heatmap(side, odd), false);
        const PictureDifference d = pictureDifference(golden, heatmap(side, 0.3f));
        QCOMPARE(d.where, QRect(3 * side, 7 * side, side, side));
        QCOMPARE(d.pixels, side * side);
        for (const QPoint by : {QPoint(1, 0), QPoint(-1, 0), QPoint(0, 1), QPoint(0, -1)})
            compare(golden, moved(golden, by.x(), by.y()), false);
    }
}

// Whatever hinting the machine's own font settings ask for.
void tst_golden_measure::hintingIsOff()
{
    const auto text = [](QFont::HintingPreference hinting) {
        QImage image(200, 24, QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter p(&image);
        QFont font = ui::Theme::instance().font(ui::Type::Base);
        font.setHintingPreference(hinting);
        p.setFont(font);
        p.drawText(QPointF(4, 16), QStringLiteral("illness at the mill, 0.1174"));
        p.end();
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                if (const QRgb c = image.pixel(x, y); qRed(c) != qGreen(c) || qRed(c) != qBlue(c)) return QImage();
        return image;
    };
    QVERIFY2(!text(QFont::PreferDefaultHinting).isNull(), "letters have coloured edges");
    QCOMPARE(text(QFont::PreferDefaultHinting), text(QFont::PreferNoHinting));
}

void tst_golden_measure::everyPicture_data()
{
    QTest::addColumn<QString>("file");
    for (const QString& file : picturesOfFolder()) QTest::newRow(qPrintable(file)) << sourceFile(QStringLiteral("tests/ui/golden/") + file);
}

void tst_golden_measure::everyPicture()
{
    QFETCH(QString, file);
    const QImage golden(file);
    QVERIFY(!golden.isNull());
    const auto alike = [&](const QImage& now) { return pictureDifference(golden, now).alike; };
    QVERIFY(alike(golden));
    QVERIFY(alike(noisy(golden, 2)));
    QVERIFY(!alike(moved(golden, 1, 0)));
    QVERIFY(!alike(moved(golden, 0, 1)));
}

void tst_golden_measure::picturesAreFourEachAndSmall()
{
    const QRegularExpression form(QStringLiteral("^([a-z-]+)-(light|dark)-(100|200)\\.png$"));
    QMap<QString, int> count;
    qint64 bytes = 0;
    for (const QString& file : picturesOfFolder()) {
        const auto match = form.match(file);
        QVERIFY2(match.hasMatch(), qPrintable(file));
        ++count[match.captured(1)];
        bytes += QFileInfo(sourceFile(QStringLiteral("tests/ui/golden/") + file)).size();
    }
    QVERIFY(count.size() >= 20);
    for (auto it = count.begin(); it != count.end(); ++it) QVERIFY2(it.value() == 4, qPrintable(it.key()));
    QVERIFY2(bytes < 1'600'000, qPrintable(QString::number(bytes)));
}

void tst_golden_measure::whatIsMissingIsSaid()
{
    const QString name = QStringLiteral("there-is-no-such-picture"), saved = failureFile(name);
    const QImage golden = draw({});
    const PictureVerdict none = comparePicture(name, golden);
    QVERIFY(!none.alike && none.words.contains(QStringLiteral("is missing")));
    QVERIFY2(none.words.contains(saved) && !QImage(saved).isNull(), qPrintable(none.words));
    QVERIFY(comparePicture(name, QImage()).words.contains(QStringLiteral("no picture")));

    const PictureVerdict wrong = judgePicture(name, golden, moved(golden, 1, 0));
    QVERIFY2(!wrong.alike && wrong.words.contains(saved), qPrintable(wrong.words));
    const int pixels = pictureDifference(golden, moved(golden, 1, 0)).pixels;
    QVERIFY2(wrong.words.contains(QStringLiteral("%1 pixels differ, the largest difference is ").arg(pixels)), qPrintable(wrong.words));
    QVERIFY(QImage(saved).width() > 3 * golden.width());
    const PictureVerdict narrow = judgePicture(name, golden, golden.copy(0, 0, golden.width() - 1, golden.height()));
    QVERIFY2(!narrow.alike && narrow.words.contains(QStringLiteral("239 x 160 pixels instead of 240 x 160")), qPrintable(narrow.words));
    QVERIFY(judgePicture(name, golden, golden).alike);
    QVERIFY2(!QFile::exists(saved), "what is alike again leaves no failure behind");
}

HS_GOLDEN_MAIN(tst_golden_measure)
#include "tst_golden_measure.moc"
