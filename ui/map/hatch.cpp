// SPDX-License-Identifier: GPL-3.0-or-later
// Hatch, device pixels, thinning of labels. Part of map_painter.h.
#include <QPaintEngine>
#include <QPolygonF>
#include <algorithm>
#include <cmath>

#include "ui/map/map_painter.h"

namespace hs::ui {

std::vector<int> labelsToDraw(int first, int count, double cell, double minimumPitch, int selected)
{
    std::vector<int> out;
    if (count <= 0 || !(cell > 0)) return out;
    long long step = 1;
    while (static_cast<double>(step) * cell < minimumPitch) step *= 2;
    const int last = first + count;
    const bool hasSelected = selected >= first && selected < last;
    const long long begin = (first + step - 1) / step * step;
    bool placed = !hasSelected;
    for (long long i = begin; i < last; i += step) {
        if (!placed && selected <= i) {
            out.push_back(selected);
            placed = true;
        }
        if (i == selected) continue;
        if (hasSelected && static_cast<double>(std::llabs(i - selected)) * cell < minimumPitch) continue;
        out.push_back(static_cast<int>(i));
    }
    if (!placed) out.push_back(selected);
    return out;
}

void paintHatch(QPainter& painter, const QPainterPath& region, const QColor& color)
{
    constexpr double kStep = 8;
    if (region.isEmpty()) return;
    painter.save();
    if (!isVectorDevice(painter)) {
        // A texture in device space: crisp lines that stay where they are while the region moves.
        const QTransform toDevice = painter.deviceTransform();
        const int ratio = std::max(1, static_cast<int>(std::lround(painter.device()->devicePixelRatioF())));
        const int side = static_cast<int>(kStep) * ratio;
        QImage tile(side, side, QImage::Format_ARGB32_Premultiplied);
        tile.fill(Qt::transparent);
        for (int y = 0; y < side; ++y)
            for (int w = 0; w < ratio; ++w) reinterpret_cast<QRgb*>(tile.scanLine(y))[(2 * side - 1 - y + w) % side] = color.rgba();
        QBrush brush(tile);
        brush.setTransform(toDevice.inverted());
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.fillPath(region, brush);
        painter.restore();
        return;
    }
    // Vector devices: SVG knows no clipping here, so every line x + y = c is cut at the region's edges.
    const QList<QPolygonF> polygons = region.toSubpathPolygons();
    const QRectF box = region.boundingRect();
    painter.setPen(QPen(color, 0.75));
    QList<QLineF> lines;
    std::vector<double> hits;
    const double begin = std::ceil((box.left() + box.top()) / kStep) * kStep;
    for (double c = begin; c <= box.right() + box.bottom(); c += kStep) {
        hits.clear();
        const double line = c + 1e-4;  // off the corners, which lie on whole pixels
        for (const QPolygonF& polygon : polygons) {
            for (qsizetype i = 0; i < polygon.size(); ++i) {
                const QPointF a = polygon[i], b = polygon[(i + 1) % polygon.size()];
                const double fa = a.x() + a.y() - line, fb = b.x() + b.y() - line;
                if ((fa < 0) == (fb < 0)) continue;
                hits.push_back(a.x() + (b.x() - a.x()) * fa / (fa - fb));
            }
        }
        std::sort(hits.begin(), hits.end());
        for (std::size_t i = 0; i + 1 < hits.size(); i += 2) {
            std::size_t end = i + 1;  // pieces that touch become one line
            while (end + 2 < hits.size() && hits[end + 1] - hits[end] < 1e-6) end += 2;
            lines << QLineF(hits[i], line - hits[i], hits[end], line - hits[end]);
            i = end - 1;
        }
    }
    painter.drawLines(lines);
    painter.restore();
}

bool isVectorDevice(const QPainter& painter)
{
    const QPaintEngine* engine = painter.paintEngine();
    return !engine || engine->type() != QPaintEngine::Raster;
}

QRectF snapToDevice(const QPainter& painter, const QRectF& rect)
{
    const QTransform t = painter.deviceTransform();
    if (isVectorDevice(painter) || t.type() > QTransform::TxScale) return rect;
    const QRectF d = t.mapRect(rect);
    const double left = std::ceil(d.left() - 0.5), top = std::ceil(d.top() - 0.5);
    return t.inverted().mapRect(QRectF(left, top, std::ceil(d.right() - 0.5) - left, std::ceil(d.bottom() - 0.5) - top));
}

}  // namespace hs::ui
