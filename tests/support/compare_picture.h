// SPDX-License-Identifier: GPL-3.0-or-later
// Golden pictures: what a painter makes is compared with a picture in the repository that somebody has looked at.
//
// Pictures are made with fonts.conf of tests/ui/golden (Noto, no hinting, grey), so machines with the same packages make the same pixels, but
// for the rounding of their arithmetic. That much is forgiven and no more: a channel may be off by kLevels, and where both pictures have an
// edge by one part in kEdge of the smaller of the two contrasts besides. What is in one picture only lies on flat ground in the other and must
// agree to kLevels. More than kFew pixels beyond that and the pictures differ. tst_golden_measure shows what is seen.
//
// HEADSCOPE_WRITE_GOLDEN=1 writes a picture that is not as it was, then compares with what it wrote. One that differs is saved under the build folder, in Testing/golden: what was made,
// what was expected, and the golden picture in pale with the wrong pixels in magenta.
#pragma once

#include <QDebug>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QHash>
#include <QImage>
#include <QPainter>
#include <QRect>
#include <QSaveFile>
#include <QString>
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "tests/support/paths.h"

namespace hs::test {

inline constexpr int kLevels = 4, kEdge = 32, kFew = 2;

struct PictureDifference {
    bool alike = false;
    int pixels = 0;   ///< beyond what is forgiven
    int largest = 0;  ///< difference of a channel, forgiven or not
    QRect where;      ///< holds all those pixels
    QImage picture;   ///< the golden picture in pale, those pixels in magenta
};

/// Largest less smallest value of one channel in the 3 x 3 pixels around each.
inline std::vector<std::uint8_t> contrastOf(const QImage& image, int shift)
{
    const int w = image.width(), h = image.height();
    const auto at = [w](int x, int y) { return std::size_t(y) * std::size_t(w) + std::size_t(x); };
    std::vector<std::uint8_t> least(std::size_t(w) * std::size_t(h)), most(least.size()), out(least.size());
    for (int y = 0; y < h; ++y) {
        const auto* line = reinterpret_cast<const QRgb*>(image.constScanLine(y));
        const auto value = [&](int x) { return std::uint8_t(line[std::clamp(x, 0, w - 1)] >> shift & 0xff); };
        for (int x = 0; x < w; ++x) {
            least[at(x, y)] = std::min({value(x - 1), value(x), value(x + 1)});
            most[at(x, y)] = std::max({value(x - 1), value(x), value(x + 1)});
        }
    }
    for (int y = 0; y < h; ++y) {
        const int up = std::max(0, y - 1), down = std::min(h - 1, y + 1);
        for (int x = 0; x < w; ++x)
            out[at(x, y)] = std::uint8_t(std::max({most[at(x, up)], most[at(x, y)], most[at(x, down)]})
                                         - std::min({least[at(x, up)], least[at(x, y)], least[at(x, down)]}));
    }
    return out;
}

/// Both of one size.
inline PictureDifference pictureDifference(const QImage& golden, const QImage& found)
{
    const QImage a = golden.convertToFormat(QImage::Format_RGB32), b = found.convertToFormat(QImage::Format_RGB32);
    const int w = a.width(), h = a.height();
    PictureDifference out;
    std::vector<bool> wrong(std::size_t(w) * std::size_t(h));
    for (const int shift : {0, 8, 16}) {
        const auto edgeA = contrastOf(a, shift), edgeB = contrastOf(b, shift);
        for (int y = 0; y < h; ++y) {
            const auto* lineA = reinterpret_cast<const QRgb*>(a.constScanLine(y));
            const auto* lineB = reinterpret_cast<const QRgb*>(b.constScanLine(y));
            for (int x = 0; x < w; ++x) {
                const std::size_t i = std::size_t(y) * std::size_t(w) + std::size_t(x);
                const int off = std::abs(int(lineA[x] >> shift & 0xff) - int(lineB[x] >> shift & 0xff));
                out.largest = std::max(out.largest, off);
                if (off > kLevels + std::min(edgeA[i], edgeB[i]) / kEdge) wrong[i] = true;
            }
        }
    }
    out.picture = a;
    for (int y = 0; y < h; ++y) {
        auto* line = reinterpret_cast<QRgb*>(out.picture.scanLine(y));
        for (int x = 0; x < w; ++x) {
            const int pale = 170 + qGray(line[x]) / 3;
            line[x] = qRgb(pale, pale, pale);
            if (!wrong[std::size_t(y) * std::size_t(w) + std::size_t(x)]) continue;
            line[x] = 0xffe000b0;
            ++out.pixels;
            out.where |= QRect(x, y, 1, 1);
        }
    }
    out.alike = out.pixels <= kFew;
    return out;
}

/// Got, expected, difference beside each other, each under its name. Pictures may be null.
inline QImage besideEachOther(const QImage& got, const QImage& expected, const QImage& difference)
{
    constexpr int kGap = 8, kHead = 20;
    const QImage* parts[] = {&got, &expected, &difference};
    const char* names[] = {"got", "expected", "difference"};
    int width = kGap, height = 0;
    for (const QImage* part : parts) {
        width += std::max(80, part->width()) + kGap;
        height = std::max(height, part->height());
    }
    QImage out(width, height + kHead + kGap, QImage::Format_RGB32);
    out.fill(0xff808080);
    QPainter p(&out);
    p.setPen(Qt::white);
    int x = kGap;
    for (std::size_t i = 0; i < 3; ++i) {
        p.drawText(QPointF(x, kHead - 6), QString::fromLatin1(names[i]));
        if (!parts[i]->isNull()) p.drawImage(QPoint(x, kHead), *parts[i]);
        x += std::max(80, parts[i]->width()) + kGap;
    }
    return out;
}

inline bool writingGolden() { return qEnvironmentVariableIntValue("HEADSCOPE_WRITE_GOLDEN") > 0; }
inline QString goldenFile(const QString& name) { return sourceFile(QStringLiteral("tests/ui/golden/%1.png").arg(name)); }
inline QString failureFile(const QString& name) { return QDir::cleanPath(builtFile(QStringLiteral("../Testing/golden/%1.png").arg(name))); }

struct PictureVerdict {
    bool alike = false;
    QString words;  ///< what differs and where it can be seen
};

/// Saves what was made beside `golden` when they are not alike; removes what was saved before when they are. Both with a ratio of 1.
inline PictureVerdict judgePicture(const QString& name, const QImage& golden, const QImage& now)
{
    const QString failure = failureFile(name);
    QDir().mkpath(QFileInfo(failure).path());
    const auto differs = [&](const QString& what, const QImage& difference) {
        const bool saved = besideEachOther(now, golden, difference).save(failure);
        return PictureVerdict{false,
                              QStringLiteral("%1: %2; %3 %4").arg(name, what, QLatin1String(saved ? "see" : "cannot save"), failure)};
    };
    if (golden.isNull()) return differs(QStringLiteral("%1 is missing").arg(goldenFile(name)), {});
    if (golden.size() != now.size())
        return differs(
            QStringLiteral("%1 x %2 pixels instead of %3 x %4").arg(now.width()).arg(now.height()).arg(golden.width()).arg(golden.height()),
            {});
    const PictureDifference d = pictureDifference(golden, now);
    if (d.alike) {
        QFile::remove(failure);
        return {true, {}};
    }
    return differs(QStringLiteral("%1 pixels differ, the largest difference is %2, all within %3 x %4 at (%5, %6)")
                       .arg(d.pixels)
                       .arg(d.largest)
                       .arg(d.where.width())
                       .arg(d.where.height())
                       .arg(d.where.x())
                       .arg(d.where.y()),
                   d.picture);
}

/// As a PNG with a palette where that is enough and without line filters: pictures of flat colours and letters are a third smaller than
/// QImage makes them. `image` is RGB32.
inline QByteArray smallPng(const QImage& image)
{
    const auto number = [](quint32 v) { return std::string{char(v >> 24), char(v >> 16), char(v >> 8), char(v)}; };
    const auto rgb = [](QRgb c) { return std::string{char(qRed(c)), char(qGreen(c)), char(qBlue(c))}; };
    const auto chunk = [&](const char* name, const std::string& data) {
        const std::string body = name + data;
        quint32 crc = 0xffffffffu;
        for (const char c : body) {
            crc ^= std::uint8_t(c);
            for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0u);
        }
        return number(quint32(data.size())) + body + number(~crc);
    };
    QHash<QRgb, int> palette;
    std::string colours, indices, channels;
    for (int y = 0; y < image.height(); ++y) {
        const auto* line = reinterpret_cast<const QRgb*>(image.constScanLine(y));
        indices += char(0);  // no filter
        channels += char(0);
        for (int x = 0; x < image.width(); ++x) {
            if (!palette.contains(line[x])) {
                palette.insert(line[x], int(palette.size()));
                colours += rgb(line[x]);
            }
            indices += char(palette.value(line[x]));
            channels += rgb(line[x]);
        }
    }
    const bool few = palette.size() <= 256;
    const std::string header =
        number(quint32(image.width())) + number(quint32(image.height())) + std::string{8, char(few ? 3 : 2), 0, 0, 0};
    const std::string pixels = qCompress(QByteArray::fromStdString(few ? indices : channels), 9).mid(4).toStdString();
    return QByteArray::fromStdString("\x89PNG\r\n\x1a\n" + chunk("IHDR", header) + (few ? chunk("PLTE", colours) : std::string())
                                     + chunk("IDAT", pixels) + chunk("IEND", {}));
}

/// With a ratio of 1, whatever the file or the painter says.
inline QImage plainPicture(const QImage& picture)
{
    QImage out = picture.convertToFormat(QImage::Format_RGB32);
    out.setDevicePixelRatio(1);
    out.setDotsPerMeterX(3780);
    out.setDotsPerMeterY(3780);
    return out;
}

/// Says what became of it.
inline QString writeGolden(const QString& name, const QImage& now)
{
    if (plainPicture(QImage(goldenFile(name))) == now) return QStringLiteral("%1: as it was, not written").arg(name);
    QSaveFile file(goldenFile(name));
    const QByteArray png = smallPng(now);
    const bool written = file.open(QIODevice::WriteOnly) && file.write(png) == png.size() && file.commit();
    return QStringLiteral("%1: %2").arg(goldenFile(name), QLatin1String(written ? "written anew, look at it" : "cannot be written"));
}

/// With tests/ui/golden/NAME.png, as it is after writing where that was asked for.
inline PictureVerdict comparePicture(const QString& name, const QImage& found)
{
    if (found.isNull()) return {false, name + QStringLiteral(": no picture was made")};
    const QImage now = plainPicture(found);
    if (writingGolden()) qInfo().noquote() << writeGolden(name, now);
    return judgePicture(name, plainPicture(QImage(goldenFile(name))), now);
}

}  // namespace hs::test

/// In a test: the picture must be like the golden one of that name.
#define HS_COMPARE_PICTURE(name, image)                                                 \
    do {                                                                                \
        const hs::test::PictureVerdict verdict = hs::test::comparePicture(name, image); \
        QVERIFY2(verdict.alike, qPrintable(verdict.words));                             \
    } while (false)
