// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/figure.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QRegularExpression>
#include <cmath>

#include "ui/export/figure_parts.h"
#include "ui/export/figure_tr.h"

namespace hs::ui {

namespace {

bool drawable(const FigureSpec& spec, const FigureData& data)
{
    if (spec.kind == FigureKind::Drawing) return spec.drawing && spec.drawing->paint;
    if (spec.kind == FigureKind::Chart) return data.stats != nullptr && !data.maps.empty();
    const std::size_t needed = spec.kind == FigureKind::Compare ? 2 : 1;
    if (data.maps.size() < needed) return false;
    for (const FigureMap& m : data.maps)
        if (!m.cells || m.cells->empty()) return false;
    return true;
}

/// What is a box on paper is told before it is printed.
void judgeGlyphs(FigureCheck& check, const QString& missing)
{
    if (missing.isEmpty()) return;
    const int count = int(missing.toUcs4().size());
    const QString boxes = FigureTr::tr("no font here has %1: drawn as boxes, install one that has").arg(shortened(missing, 12));
    check.sentence = check.ok ? boxes : FigureTr::tr("%1; %2").arg(check.sentence, boxes);
    check.ok = false;
    check.missingGlyphs = count;
}

FigureCheck draw(QPainter* painter, const FigureSpec& spec, const FigureData& data)
{
    FigureCheck check;
    FigureCanvas canvas(painter, spec);
    if (!drawable(spec, data)) {
        check.ok = false;
        check.sizeMm = QSizeF(spec.widthMm, spec.heightMm > 0 ? spec.heightMm : spec.widthMm);
        canvas.paper(check.sizeMm);
        return check;
    }
    switch (spec.kind) {
    case FigureKind::Head: drawHeadFigure(canvas, spec, data, check); break;
    case FigureKind::Atlas:
    case FigureKind::Grid: drawGridFigure(canvas, spec, data, check); break;
    case FigureKind::Compare: drawCompareFigure(canvas, spec, data, check); break;
    case FigureKind::Text: drawTextFigure(canvas, spec, data, check); break;
    case FigureKind::Chart: drawChartFigure(canvas, spec, data, check); break;
    case FigureKind::Drawing: drawDrawingFigure(canvas, spec, data, check); break;
    }
    check.smallestPt = canvas.smallestPt();
    if (!painter) judgeGlyphs(check, canvas.missingGlyphs());
    return check;
}

}  // namespace

FigureCheck measureFigure(const FigureSpec& spec, const FigureData& data) { return draw(nullptr, spec, data); }

void paintFigure(QPainter& painter, const FigureSpec& spec, const FigureData& data) { draw(&painter, spec, data); }

QImage renderFigure(const FigureSpec& spec, const FigureData& data, double dpi)
{
    const QSizeF mm = measureFigure(spec, data).sizeMm;
    const double perMm = dpi / 25.4;
    const QSize pixels(static_cast<int>(std::lround(mm.width() * perMm)), static_cast<int>(std::lround(mm.height() * perMm)));
    if (pixels.isEmpty()) return {};
    QImage image(pixels, QImage::Format_RGB32);
    if (image.isNull()) return {};
    image.fill(figureInks(spec).paper);
    image.setDotsPerMeterX(static_cast<int>(std::lround(perMm * 1000)));
    image.setDotsPerMeterY(static_cast<int>(std::lround(perMm * 1000)));
    QPainter painter(&image);
    painter.scale(perMm, perMm);
    paintFigure(painter, spec, data);
    return image;
}

std::optional<FigureFormat> formatOfPath(const QString& path)
{
    const QString suffix = QFileInfo(path).suffix().toLower();
    for (const FigureFormat f :
         {FigureFormat::Pdf, FigureFormat::Svg, FigureFormat::Png, FigureFormat::Csv, FigureFormat::Npy, FigureFormat::Latex})
        if (suffix == extensionOf(f)) return f;
    return std::nullopt;
}

QString extensionOf(FigureFormat format)
{
    switch (format) {
    case FigureFormat::Pdf: return QStringLiteral("pdf");
    case FigureFormat::Svg: return QStringLiteral("svg");
    case FigureFormat::Png: return QStringLiteral("png");
    case FigureFormat::Csv: return QStringLiteral("csv");
    case FigureFormat::Npy: return QStringLiteral("npy");
    case FigureFormat::Latex: return QStringLiteral("tex");
    }
    return {};
}

QString suggestedName(const FigureSpec& spec, const Provenance& origin)
{
    QString base = origin.modelName.isEmpty() ? QStringLiteral("headscope") : origin.modelName;
    base.replace(QRegularExpression(QStringLiteral("[^A-Za-z0-9._-]+")), QStringLiteral("_"));
    const auto name = [&](std::size_t i) { return i < spec.heads.size() ? QString::fromStdString(headName(spec.heads[i])) : QString(); };
    switch (spec.kind) {
    case FigureKind::Head: return base + QLatin1Char('-') + name(0);
    case FigureKind::Atlas: return base + QStringLiteral("-atlas");
    case FigureKind::Grid: return base + QStringLiteral("-grid");
    case FigureKind::Compare:
        return base + QLatin1Char('-') + name(0) + QStringLiteral("-vs-")
               + (spec.heads.size() > 1 && spec.compare == CompareMode::Heads ? name(1) : QStringLiteral("B"));
    case FigureKind::Text: return base + QLatin1Char('-') + name(0) + QStringLiteral("-text");
    case FigureKind::Drawing: return base + QLatin1Char('-') + (spec.drawing ? spec.drawing->name : QString());
    case FigureKind::Chart:
        return base + QLatin1Char('-') + name(0)
               + (spec.chart == FigureChart::Entropy ? QStringLiteral("-entropy") : QStringLiteral("-distance"));
    }
    return base;
}

}  // namespace hs::ui
