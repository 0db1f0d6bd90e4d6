// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/paint.h"

#include <QPaintDevice>
#include <QPolygonF>
#include <QWidget>
#include <cmath>

namespace hs::ui {

namespace {

double devicePixel(const QPainter& painter)
{
    const double ratio = painter.device() ? painter.device()->devicePixelRatioF() : 1.0;
    return 1.0 / (ratio > 0 ? ratio : 1.0);
}

}  // namespace

void hairline(QPainter& painter, const QPointF& from, const QPointF& to, const QColor& color)
{
    const double px = devicePixel(painter);
    // Filled rectangles on whole device pixels: never doubled or blurred by a pen centred between two pixels.
    const double x0 = std::floor(std::min(from.x(), to.x()) / px) * px, y0 = std::floor(std::min(from.y(), to.y()) / px) * px;
    const double x1 = std::max(from.x(), to.x()), y1 = std::max(from.y(), to.y());
    const bool antialias = painter.testRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.fillRect(QRectF(x0, y0, std::max(px, x1 - x0), std::max(px, y1 - y0)), color);
    painter.setRenderHint(QPainter::Antialiasing, antialias);
}

void hairBox(QPainter& painter, const QRectF& rect, const QColor& fill, const QColor& border, double radius)
{
    const double px = devicePixel(painter);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, radius > 0);
    painter.setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    painter.setPen(border.isValid() ? QPen(border, px) : QPen(Qt::NoPen));
    const QRectF inner = rect.adjusted(px / 2, px / 2, -px / 2, -px / 2);
    if (radius > 0) painter.drawRoundedRect(inner, radius, radius);
    else if (border.isValid()) {
        if (fill.isValid()) painter.fillRect(rect, fill);
        hairline(painter, rect.topLeft(), rect.topRight(), border);
        hairline(painter, rect.topLeft(), rect.bottomLeft(), border);
        hairline(painter, QPointF(rect.left(), rect.bottom() - px), QPointF(rect.right(), rect.bottom() - px), border);
        hairline(painter, QPointF(rect.right() - px, rect.top()), QPointF(rect.right() - px, rect.bottom()), border);
    } else if (fill.isValid()) painter.fillRect(rect, fill);
    painter.restore();
}

void ring(QPainter& painter, const QRectF& rect, const QColor& color, double width, double radius)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, radius > 0);
    painter.setBrush(Qt::NoBrush);
    QPen pen(color, width);
    pen.setJoinStyle(radius > 0 ? Qt::RoundJoin : Qt::MiterJoin);
    painter.setPen(pen);
    const QRectF inner = rect.adjusted(width / 2, width / 2, -width / 2, -width / 2);
    if (radius > 0) painter.drawRoundedRect(inner, radius, radius);
    else painter.drawRect(inner);
    painter.restore();
}

QColor inkOn(QRgb background)
{
    const double luma = 0.299 * qRed(background) + 0.587 * qGreen(background) + 0.114 * qBlue(background);
    return luma < 140 ? QColor(0xFF, 0xFF, 0xFF) : QColor(0x1B, 0x1E, 0x23);
}

bool showsFocus(const QWidget& widget) { return widget.hasFocus() && widget.window()->testAttribute(Qt::WA_KeyboardFocusChange); }

void arrow(QPainter& painter, const QPointF& centre, double size, const QColor& color, bool up)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, true);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    const double h = size / 2, v = size * 0.35 * (up ? -1 : 1);
    painter.drawPolygon(QPolygonF({centre + QPointF(-h, -v), centre + QPointF(h, -v), centre + QPointF(0, v)}));
    painter.restore();
}

}  // namespace hs::ui
