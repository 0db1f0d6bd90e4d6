// SPDX-License-Identifier: GPL-3.0-or-later
// Small paint helpers for crisp frames, used by the style and by painted widgets.
#pragma once

#include <QColor>
#include <QPainter>
#include <QRect>

class QWidget;

namespace hs::ui {

/// A line of exactly one device pixel, whatever the scale. Points in logical pixels.
void hairline(QPainter& painter, const QPointF& from, const QPointF& to, const QColor& color);
/// Rounded box with a one-device-pixel border inside `rect`; an invalid fill leaves the inside alone.
void hairBox(QPainter& painter, const QRectF& rect, const QColor& fill, const QColor& border, double radius = 3);
/// Ring of `width` px whose outer edge is `rect`.
void ring(QPainter& painter, const QRectF& rect, const QColor& color, double width = 2, double radius = 3);
/// Black or white ink for text on a coloured cell: white below luma 140 (ui/look.md section 1).
QColor inkOn(QRgb background);
/// A painted widget shows its focus ring when it has focus and the keyboard brought it there.
bool showsFocus(const QWidget& widget);
/// Triangle pointing down (or up), used for menus and sort marks.
void arrow(QPainter& painter, const QPointF& centre, double size, const QColor& color, bool up = false);

}  // namespace hs::ui
