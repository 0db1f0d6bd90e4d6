// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/figure_print.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>
#include <QPrinter>
#include <algorithm>

namespace hs::ui {

namespace {
constexpr double kClipboardDpi = 200;
}

bool printFigure(QPrinter& printer, const FigureSpec& spec, const FigureData& data)
{
    printer.setDocName(suggestedName(spec, data.origin));
    QPainter painter;
    if (!painter.begin(&printer)) return false;
    const QSizeF size = measureFigure(spec, data).sizeMm;
    const double dotsPerMm = printer.resolution() / 25.4;
    const QRectF page = printer.pageRect(QPrinter::DevicePixel);
    const double fit = std::min({1.0, page.width() / dotsPerMm / size.width(), page.height() / dotsPerMm / size.height()});
    painter.translate((page.width() - size.width() * fit * dotsPerMm) / 2,
                      std::min(page.height() * 0.08, page.height() - size.height() * fit * dotsPerMm));
    painter.scale(fit * dotsPerMm, fit * dotsPerMm);
    paintFigure(painter, spec, data);
    return painter.end();
}

void copyFigure(const FigureSpec& spec, const FigureData& data)
{
    auto* mime = new QMimeData;
    mime->setImageData(renderFigure(spec, data, kClipboardDpi));
    mime->setData(QStringLiteral("image/svg+xml"), figureSvg(spec, data, spec.recipe));
    QGuiApplication::clipboard()->setMimeData(mime);
}

void copyNumbers(const FigureData& data) { QGuiApplication::clipboard()->setText(numbersAsText(data, QLatin1Char('\t'))); }

}  // namespace hs::ui
