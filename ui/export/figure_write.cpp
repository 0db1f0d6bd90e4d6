// SPDX-License-Identifier: GPL-3.0-or-later
// Figures into files. Nothing is reported as written before it was read back.
#include <QBuffer>
#include <QFile>
#include <QFileInfo>
#include <QImageReader>
#include <QImageWriter>
#include <QMarginsF>
#include <QPageSize>
#include <QPdfWriter>
#include <QSvgGenerator>
#include <QXmlStreamReader>
#include <cmath>

#include "engine/base/version.h"
#include "engine/io/bytes/atomic_write.h"
#include "engine/io/bytes/output_file.h"
#include "engine/io/write/write.h"
#include "ui/export/figure_parts.h"
#include "ui/export/figure_print.h"
#include "ui/export/recipe.h"

namespace hs::ui {

namespace {

constexpr int kPdfDpi = 1200;
constexpr double kSvgDpi = 96;  // CSS pixels; the size attributes are in mm

std::string local(const QString& path) { return QFile::encodeName(path).toStdString(); }

Error verifyFailed(const QString& path, const char* item, const QString& found = {}, const QString& expected = {})
{
    return {ErrorCode::VerifyFailed, local(path), item, found.toStdString(), expected.toStdString()};
}

/// Not by QFile, which forgets the system's reason: a full disk was an unknown error.
Status putBytes(const std::string& path, const QByteArray& bytes)
{
    OutputFile out(path);
    out.write(bytes.constData(), static_cast<std::size_t>(bytes.size()));
    return out.close();
}

QString titleFor(const FigureSpec& spec, const FigureData& data) { return figure::titleOf(spec, suggestedName(spec, data.origin)); }

QByteArray pngBytes(const FigureSpec& spec, const FigureData& data, const QByteArray& recipe)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QImageWriter writer(&buffer, "png");
    writer.setText(QStringLiteral("Title"), titleFor(spec, data));
    writer.setText(QStringLiteral("Software"), QStringLiteral("HeadScope %1").arg(QLatin1String(kVersion)));
    if (!recipe.isEmpty()) writer.setText(recipePngKey(), QString::fromLatin1(recipe));
    if (!writer.write(renderFigure(spec, data, spec.dpi))) return {};
    return bytes;
}

QByteArray svgBytes(const FigureSpec& spec, const FigureData& data, const QByteArray& recipe)
{
    const QSizeF mm = measureFigure(spec, data).sizeMm;
    const double perMm = kSvgDpi / 25.4;
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setResolution(static_cast<int>(kSvgDpi));
    generator.setSize(QSize(static_cast<int>(std::lround(mm.width() * perMm)), static_cast<int>(std::lround(mm.height() * perMm))));
    generator.setViewBox(QRectF(0, 0, mm.width() * perMm, mm.height() * perMm));
    generator.setTitle(titleFor(spec, data));
    generator.setDescription(QStringLiteral("HeadScope %1").arg(QLatin1String(kVersion)));
    QPainter painter(&generator);
    painter.scale(perMm, perMm);
    paintFigure(painter, spec, data);
    painter.end();
    // Qt rounds the size to whole pixels; the true one is put in its place.
    const qsizetype open = bytes.indexOf("<svg"), close = bytes.indexOf('>', open);
    QByteArray tag = bytes.mid(open, close - open);
    const auto set = [&tag](const QByteArray& name, double value) {
        const qsizetype at = tag.indexOf(name + "=\""), end = at < 0 ? -1 : tag.indexOf('"', at + name.size() + 2);
        if (end > 0) tag.replace(at, end - at + 1, name + "=\"" + QByteArray::number(value, 'f', 3) + "mm\"");
    };
    set("width", mm.width());
    set("height", mm.height());
    bytes.replace(open, close - open, tag);
    bytes = readableSvg(bytes);
    return recipe.isEmpty() ? bytes : recipeIntoSvg(bytes, recipe);
}

QByteArray pdfBytes(const FigureSpec& spec, const FigureData& data, const QByteArray& recipe)
{
    const QSizeF mm = measureFigure(spec, data).sizeMm;
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setResolution(kPdfDpi);
    writer.setPageSize(QPageSize(mm, QPageSize::Millimeter, {}, QPageSize::ExactMatch));
    writer.setPageMargins(QMarginsF(0, 0, 0, 0));
    writer.setTitle(titleFor(spec, data));
    writer.setCreator(QStringLiteral("HeadScope %1").arg(QLatin1String(kVersion)));
    if (!recipe.isEmpty()) writer.setDocumentXmpMetadata(recipeAsXmp(recipe, titleFor(spec, data)));
    QPainter painter(&writer);
    painter.scale(kPdfDpi / 25.4, kPdfDpi / 25.4);
    paintFigure(painter, spec, data);
    painter.end();
    return bytes;
}

Status checkRecipe(const QString& path, const QByteArray& recipe)
{
    if (recipe.isEmpty()) return {};
    const auto back = readRecipe(path);
    if (!back || recipeToJson(*back) != recipe) return verifyFailed(path, "recipe");
    return {};
}

Status checkPng(const QString& path, const FigureSpec& spec, const FigureData& data)
{
    const QSizeF mm = measureFigure(spec, data).sizeMm;
    QImageReader reader(path, "png");
    const QImage image = reader.read();
    const QSize wanted(static_cast<int>(std::lround(mm.width() * spec.dpi / 25.4)),
                       static_cast<int>(std::lround(mm.height() * spec.dpi / 25.4)));
    if (image.isNull()) return verifyFailed(path, "image", reader.errorString());
    if (image.size() != wanted)
        return verifyFailed(path, "size", QStringLiteral("%1 x %2").arg(image.width()).arg(image.height()),
                            QStringLiteral("%1 x %2").arg(wanted.width()).arg(wanted.height()));
    return {};
}

Status checkSvg(const QString& path, bool labels)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) return verifyFailed(path, "open", file.errorString());
    QXmlStreamReader reader(&file);
    int texts = 0;
    while (!reader.atEnd())
        if (reader.readNext() == QXmlStreamReader::StartElement && reader.name() == QLatin1String("text")) ++texts;
    if (reader.hasError()) return verifyFailed(path, "xml", reader.errorString());
    if (labels && texts == 0) return verifyFailed(path, "text", QStringLiteral("0"));
    return {};
}

Status checkPdf(const QString& path, const QByteArray& written)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) return verifyFailed(path, "open", file.errorString());
    const QByteArray bytes = file.readAll();
    if (bytes != written || !bytes.startsWith("%PDF-") || !bytes.trimmed().endsWith("%%EOF")) return verifyFailed(path, "pdf");
    return {};
}

Status writeNumbersNpy(const QString& path, const FigureData& data)
{
    if (data.maps.empty()) return Error::in(local(path), ErrorCode::InvalidArgument, "figure", "no map");
    if (data.maps.size() == 1) return writeNpy(local(path), *data.maps.front().cells);
    const MatrixF& first = *data.maps.front().cells;
    MatrixF all(first.rows() * static_cast<std::ptrdiff_t>(data.maps.size()), first.cols());
    std::ptrdiff_t row = 0;
    for (const FigureMap& m : data.maps)
        for (std::ptrdiff_t r = 0; r < first.rows(); ++r, ++row) std::copy_n(m.cells->row(r), first.cols(), all.row(row));
    return writeNpy(local(path), all, {static_cast<std::int64_t>(data.maps.size()), first.rows(), first.cols()});
}

}  // namespace

QByteArray figureSvg(const FigureSpec& spec, const FigureData& data, bool withRecipe)
{
    return svgBytes(spec, data, withRecipe ? recipeToJson(makeRecipe(spec, data)) : QByteArray());
}

Status writeFigure(const QString& path, FigureFormat format, const FigureSpec& spec, const FigureData& data)
{
    const bool picture = format == FigureFormat::Pdf || format == FigureFormat::Svg || format == FigureFormat::Png;
    const FigureCheck check = measureFigure(spec, data);
    if (check.smallestPt <= 0 && (spec.title || spec.axes || spec.colourBar) && picture)
        return Error::in(local(path), ErrorCode::InvalidArgument, "figure", "empty");
    // Views that paint themselves bring their numbers as a table; others as maps.
    const bool asTable = format == FigureFormat::Csv && data.maps.empty() && !data.table.empty();
    if (!picture && format != FigureFormat::Latex && !asTable) {
        for (const FigureMap& m : data.maps)
            if (!m.cells) return Error::in(local(path), ErrorCode::InvalidArgument, "numbers", "none");
        if (data.maps.empty()) return Error::in(local(path), ErrorCode::InvalidArgument, "numbers", "none");
        if (format == FigureFormat::Npy) return writeNumbersNpy(path, data);
    }
    const QByteArray recipe = spec.recipe && picture ? recipeToJson(makeRecipe(spec, data)) : QByteArray();
    QByteArray bytes;
    switch (format) {
    case FigureFormat::Png: bytes = pngBytes(spec, data, recipe); break;
    case FigureFormat::Svg: bytes = svgBytes(spec, data, recipe); break;
    case FigureFormat::Pdf: bytes = pdfBytes(spec, data, recipe); break;
    case FigureFormat::Csv: bytes = numbersAsText(data, QLatin1Char(',')).toUtf8(); break;
    case FigureFormat::Latex: bytes = latexSnippet(QFileInfo(path).completeBaseName() + QStringLiteral(".pdf"), spec, data).toUtf8(); break;
    case FigureFormat::Npy: break;
    }
    if (bytes.isEmpty()) return Error::in(local(path), ErrorCode::OutOfMemory);
    return writeThroughTemporary(
        local(path), [&](const std::string& temporary) { return putBytes(temporary, bytes); },
        [&](const std::string& temporary) -> Status {
            const QString name = QFile::decodeName(QByteArray::fromStdString(temporary));
            Status status;
            if (format == FigureFormat::Png) status = checkPng(name, spec, data);
            else if (format == FigureFormat::Svg) status = checkSvg(name, check.smallestPt > 0);
            else if (format == FigureFormat::Pdf) status = checkPdf(name, bytes);
            else {
                QFile file(name);
                if (!file.open(QIODevice::ReadOnly) || file.readAll() != bytes) return verifyFailed(name, "bytes");
            }
            return status ? checkRecipe(name, recipe) : status;
        });
}

}  // namespace hs::ui
