// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/map_axes.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <algorithm>
#include <cmath>

#include "ui/kit/token_paint.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

constexpr double kLabelGap = 6;

struct MapAxesTr {
    Q_DECLARE_TR_FUNCTIONS(MapAxes)
};

QFont boldOf(QFont font)
{
    font.setBold(true);
    return font;
}

void line(QPainter& painter, QPointF from, QPointF to, const QColor& color)
{
    // One crisp device pixel: a filled rectangle on the grid is the same on every device.
    const double ratio = isVectorDevice(painter) ? 1 : painter.device()->devicePixelRatioF();
    const double w = 1 / ratio;
    QRectF box(from, to);
    if (from.y() == to.y()) box = QRectF(from.x(), from.y(), to.x() - from.x(), w);
    else box = QRectF(from.x(), from.y(), w, to.y() - from.y());
    painter.fillRect(snapToDevice(painter, box), color);
}

void frame(QPainter& painter, const QRectF& outer, double width, const QColor& color)
{
    const QRectF r = snapToDevice(painter, outer);
    if (r.width() <= 2 * width || r.height() <= 2 * width) {
        painter.fillRect(r, color);
        return;
    }
    painter.fillRect(QRectF(r.left(), r.top(), r.width(), width), color);
    painter.fillRect(QRectF(r.left(), r.bottom() - width, r.width(), width), color);
    painter.fillRect(QRectF(r.left(), r.top() + width, width, r.height() - 2 * width), color);
    painter.fillRect(QRectF(r.right() - width, r.top() + width, width, r.height() - 2 * width), color);
}

}  // namespace

void paintQueryLabels(QPainter& painter, const MapViewport& v, const std::vector<AxisLabel>& labels, int selected, double width,
                      const MapPaintStyle& style)
{
    const QRect seen = v.visible();
    const QRectF area = v.area();
    painter.save();
    painter.setClipRect(QRectF(area.left() - width - kLabelGap, area.top() - 4, width + kLabelGap, area.height() + 8), Qt::IntersectClip);
    for (const int row : labelsToDraw(seen.top(), seen.height(), v.cellHeight(), kLabelPitch, selected)) {
        const bool chosen = row == selected;
        if (v.cellRect(row, 0).center().y() < area.top() || v.cellRect(row, 0).center().y() > area.bottom()) continue;  // would be cut
        painter.setFont(chosen ? boldOf(style.tokenFont) : style.tokenFont);
        const QFontMetricsF metrics(painter.font(), painter.device());
        const QRectF cell = v.cellRect(row, 0);
        const double baseline = std::round(cell.center().y() + (metrics.ascent() - metrics.descent()) / 2);
        const QString text = elideToken(metrics, labels[static_cast<std::size_t>(row)].text, width);
        paintToken(painter, {area.left() - kLabelGap, baseline}, text, chosen ? style.select : style.ink,
                   chosen ? style.select : ink(Ink::Faint), true);
    }
    painter.restore();
}

void paintKeyLabels(QPainter& painter, const MapViewport& v, const std::vector<AxisLabel>& labels, int selected, double height,
                    const MapPaintStyle& style)
{
    const QRect seen = v.visible();
    const QRectF area = v.area();
    painter.save();
    painter.setClipRect(QRectF(area.left() - 4, area.bottom(), area.width() + 8, height + kLabelGap), Qt::IntersectClip);
    for (const int column : labelsToDraw(seen.left(), seen.width(), v.cellWidth(), kLabelPitch, selected)) {
        const bool chosen = column == selected;
        if (v.cellRect(0, column).center().x() < area.left() || v.cellRect(0, column).center().x() > area.right()) continue;
        painter.setFont(chosen ? boldOf(style.tokenFont) : style.tokenFont);
        const QFontMetricsF metrics(painter.font(), painter.device());
        const QRectF cell = v.cellRect(0, column);
        painter.save();
        painter.translate(std::round(cell.center().x() + (metrics.ascent() - metrics.descent()) / 2), area.bottom() + kLabelGap);
        painter.rotate(-90);
        const QString text = elideToken(metrics, labels[static_cast<std::size_t>(column)].text, height);
        paintToken(painter, {0, 0}, text, chosen ? style.select : style.ink, chosen ? style.select : ink(Ink::Faint), true);
        painter.restore();
    }
    painter.restore();
}

void paintTokenCaption(QPainter& painter, const QPointF& baseline, const QString& pattern, const QString& token, const MapPaintStyle& style,
                       bool rightAligned)
{
    const QString mark = QStringLiteral("%1");
    const qsizetype at = pattern.indexOf(mark);
    const QString before = at < 0 ? pattern : pattern.left(at), after = at < 0 ? QString() : pattern.mid(at + mark.size());
    const QFontMetricsF plain(style.axisFont, painter.device()), bold(boldOf(style.tokenFont), painter.device());
    const double width = plain.horizontalAdvance(before) + (at < 0 ? 0 : tokenWidth(bold, token)) + plain.horizontalAdvance(after);
    double x = rightAligned ? baseline.x() - width : baseline.x();
    painter.save();
    painter.setFont(style.axisFont);
    painter.setPen(style.muted);
    painter.drawText(QPointF(x, baseline.y()), before);
    x += plain.horizontalAdvance(before);
    if (at >= 0) {
        painter.setFont(boldOf(style.tokenFont));
        x += paintToken(painter, {x, baseline.y()}, token, style.select, style.select);
        painter.setFont(style.axisFont);
        painter.setPen(style.muted);
        painter.drawText(QPointF(x, baseline.y()), after);
    }
    painter.restore();
}

void paintRowProfile(QPainter& painter, const QRectF& area, const MapViewport& v, const Profile& profile, const MapPaintStyle& style)
{
    line(painter, area.topLeft(), area.topRight(), style.hair);
    line(painter, area.bottomLeft(), area.bottomRight(), style.hair2);
    painter.setFont(style.axisFont);
    painter.setPen(style.muted);
    const QFontMetricsF metrics(style.axisFont, painter.device());
    const auto number = [&](double value, double y) {
        const QString text = axisNumber(value);
        painter.drawText(QPointF(area.left() - kLabelGap - metrics.horizontalAdvance(text), y), text);
    };
    number(profile.high, area.top() + metrics.ascent() * 0.6);
    number(profile.low, area.bottom() + 1);
    if (profile.index < 0) return;
    if (!profile.values.empty() && profile.high > profile.low) {
        const QRect seen = v.visible();
        painter.save();
        painter.setClipRect(area.adjusted(0, -1, 0, 0), Qt::IntersectClip);
        const double zero = area.bottom() - std::clamp(-profile.low / (profile.high - profile.low), 0.0, 1.0) * area.height();
        const double inset = v.cellWidth() >= 6 ? 2 : v.cellWidth() >= 3 ? 0.5 : 0;
        // Below one pixel several bars share a pixel: the longest one shows.
        double drawn = -1e9, tallest = 0;
        for (int c = seen.left(); c <= seen.right(); ++c) {
            const float value = profile.values[static_cast<std::size_t>(c)];
            if (!(value == value)) continue;
            const double height = static_cast<double>(value) / (profile.high - profile.low) * area.height();
            const QRectF cell = v.cellRect(0, c);
            const double x = std::floor(cell.left());
            if (v.cellWidth() < 1) {
                if (x == drawn && std::abs(height) <= tallest) continue;
                drawn = x;
                tallest = std::abs(height);
            }
            const double w = std::max(cell.width() - 2 * inset, 1.0);
            painter.fillRect(QRectF(v.cellWidth() < 1 ? x : cell.left() + inset, std::min(zero, zero - height), w, std::abs(height)),
                             ink(Ink::Bar));
        }
        painter.restore();
    }
    paintTokenCaption(painter, {area.right(), area.top() - 7},
                      MapAxesTr::tr("row %1: where %2 looks").arg(profile.index).replace(QStringLiteral("%2"), QStringLiteral("%1")),
                      profile.token, style, true);
}

void paintColumnProfile(QPainter& painter, const QRectF& area, const MapViewport& v, const Profile& profile, const MapPaintStyle& style)
{
    line(painter, area.topLeft(), area.bottomLeft(), style.hair2);
    line(painter, area.topRight(), area.bottomRight(), style.hair);
    painter.setFont(style.axisFont);
    painter.setPen(style.muted);
    const QFontMetricsF metrics(style.axisFont, painter.device());
    const double base = area.bottom() + 4 + metrics.ascent();
    const QString low = axisNumber(profile.low), high = axisNumber(profile.high);
    painter.drawText(QPointF(area.left() - 3, base), low);
    painter.drawText(QPointF(area.right() + 3 - metrics.horizontalAdvance(high), base), high);
    if (profile.index < 0) return;
    if (!profile.values.empty() && profile.high > profile.low) {
        const QRect seen = v.visible();
        painter.save();
        painter.setClipRect(area.adjusted(0, 0, 1, 0), Qt::IntersectClip);
        const double zero = area.left() + std::clamp(-profile.low / (profile.high - profile.low), 0.0, 1.0) * area.width();
        const double inset = v.cellHeight() >= 6 ? 2 : v.cellHeight() >= 3 ? 0.5 : 0;
        double drawn = -1e9, longest = 0;
        for (int r = seen.top(); r <= seen.bottom(); ++r) {
            const float value = profile.values[static_cast<std::size_t>(r)];
            if (!(value == value)) continue;
            const double length = static_cast<double>(value) / (profile.high - profile.low) * area.width();
            const QRectF cell = v.cellRect(r, 0);
            const double y = std::floor(cell.top());
            if (v.cellHeight() < 1) {
                if (y == drawn && std::abs(length) <= longest) continue;
                drawn = y;
                longest = std::abs(length);
            }
            const double h = std::max(cell.height() - 2 * inset, 1.0);
            painter.fillRect(QRectF(std::min(zero, zero + length), v.cellHeight() < 1 ? y : cell.top() + inset, std::abs(length), h),
                             ink(Ink::Bar));
        }
        painter.restore();
    }
    const double next = base + 16;
    const QStringList lines = MapAxesTr::tr("column %1: who\nlooks at %2")
                                  .arg(profile.index)
                                  .replace(QStringLiteral("%2"), QStringLiteral("%1"))
                                  .split(QLatin1Char('\n'));
    for (qsizetype i = 0; i < lines.size(); ++i)
        paintTokenCaption(painter, {area.left() - 4, next + 16.0 * static_cast<double>(i)}, lines[i], profile.token, style, false);
}

void paintCrosshair(QPainter& painter, const MapViewport& v, Visibility mask, int row, int column, bool crosshair, bool strong,
                    const MapPaintStyle& style)
{
    const QRectF area = v.area();
    const double px = isVectorDevice(painter) ? 1 : 1 / painter.device()->devicePixelRatioF();
    painter.save();
    painter.setClipRect(area.adjusted(-1, 0, 1, 1), Qt::IntersectClip);
    painter.setRenderHint(QPainter::Antialiasing, false);
    if (crosshair && row >= 0) {
        const KeyRange seen = mask.keys(row, v.columns());
        const int last = std::max(seen.first, seen.end - 1);
        const QRectF strip(v.cellRect(row, seen.first).topLeft(), v.cellRect(row, last).bottomRight());
        frame(painter, strip.adjusted(-px, -px, px, px), px, style.paper);
        frame(painter, strip, std::max(px, 1.0), style.select);
    }
    if (crosshair && column >= 0) {
        const KeyRange seeing = mask.queries(column, v.rows());
        const int first = std::min(seeing.first, v.rows() - 1), last = std::max(first, seeing.end - 1);
        const QRectF strip(v.cellRect(first, column).topLeft(), v.cellRect(last, column).bottomRight());
        frame(painter, strip.adjusted(-px, -px, px, px), px, style.paper);
        frame(painter, strip, std::max(px, 1.0), style.select);
    }
    if (row >= 0 && column >= 0) {
        // Never smaller than can be seen: an overview's cell is less than a pixel.
        QRectF cell = v.cellRect(row, column);
        const double least = 5;
        cell.adjust(-std::max(0.0, least - cell.width()) / 2, -std::max(0.0, least - cell.height()) / 2,
                    std::max(0.0, least - cell.width()) / 2, std::max(0.0, least - cell.height()) / 2);
        const double width = strong ? 2 : 1;
        painter.setClipRect(area.adjusted(-3, -3, 3, 3));
        frame(painter, cell.adjusted(-1, -1, 1, 1), 1, style.paper);
        frame(painter, cell, width, style.select);
        if (cell.width() > 2 * width + 3) frame(painter, cell.adjusted(width, width, -width, -width), 1, style.paper);
    }
    painter.restore();
}

}  // namespace hs::ui
