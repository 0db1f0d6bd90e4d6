// SPDX-License-Identifier: GPL-3.0-or-later
// Tokens on axes and rows: the space mark, thinning, hatch. Part of map_painter.h.
#include <QFontMetricsF>
#include <QPaintEngine>
#include <QPolygonF>
#include <algorithm>
#include <cmath>

#include "ui/views/map_painter.h"

namespace hs::ui {

namespace {

enum class PieceKind { Text, Space, Newline, Tab };
struct Piece { PieceKind kind; QString text; };

// Control characters have no picture of their own; a token of them must still be seen.
std::vector<Piece> piecesOf(const QString& token)
{
    std::vector<Piece> out;
    for (const QChar c : token) {
        if (c == QLatin1Char(' ') || c == QChar(0xA0)) out.push_back({PieceKind::Space, {}});
        else if (c == QLatin1Char('\n') || c == QLatin1Char('\r')) out.push_back({PieceKind::Newline, {}});
        else if (c == QLatin1Char('\t')) out.push_back({PieceKind::Tab, {}});
        else {
            if (out.empty() || out.back().kind != PieceKind::Text) out.push_back({PieceKind::Text, {}});
            if (c.category() == QChar::Other_Control)
                out.back().text += QStringLiteral("<0x%1>").arg(c.unicode(), 2, 16, QLatin1Char('0'));
            else
                out.back().text += c;
        }
    }
    return out;
}

// look.md section 2: the mark is 5 x 3 px at the caption size (11 px, whose ascent is 11.76 px in the token face).
struct MarkSize { double width, height, advance; };
MarkSize markSize(const QFontMetricsF& metrics)
{
    const double unit = std::max(metrics.ascent() / 11.76, 0.02);
    double width = 5 * unit, height = 3 * unit;
    if (unit >= 0.9 && unit < 2.5) {   // whole pixels on screen
        width = std::round(width);
        height = std::round(height);
    }
    return {width, height, std::max(metrics.horizontalAdvance(QLatin1Char(' ')), width + 1.5 * unit)};
}

void paintMark(QPainter& painter, PieceKind kind, double x, double baseline, const MarkSize& size, const QColor& color)
{
    const double pen = std::max(size.height / 3, 0.01);
    const double left = x + (size.advance - size.width) / 2;
    painter.setPen(QPen(color, pen, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
    const auto snap = [pen](double v) { return std::floor(v / pen) * pen + pen / 2; };
    QPolygonF line;
    if (kind == PieceKind::Space) {
        const double l = snap(left), r = l + size.width - pen, b = snap(baseline + size.height * 0.67), t = b - size.height + pen / 2;
        line << QPointF(l, t) << QPointF(l, b) << QPointF(r, b) << QPointF(r, t);
        painter.drawPolyline(line);
    } else if (kind == PieceKind::Newline) {   // a hook to the left
        const double r = snap(left + size.width), l = snap(left), y = snap(baseline - size.height * 0.67);
        line << QPointF(r, y - 1.5 * size.height) << QPointF(r, y) << QPointF(l, y);
        painter.drawPolyline(line);
        painter.drawLine(QPointF(l, y), QPointF(l + size.width * 0.4, y - size.width * 0.4));
        painter.drawLine(QPointF(l, y), QPointF(l + size.width * 0.4, y + size.width * 0.4));
    } else {                                   // tab: an arrow to a wall
        const double r = snap(left + size.width), l = snap(left), y = snap(baseline - size.height);
        painter.drawLine(QPointF(l, y), QPointF(r, y));
        painter.drawLine(QPointF(r, y - size.height * 0.8), QPointF(r, y + size.height * 0.8));
    }
}

}  // namespace

double tokenWidth(const QFontMetricsF& metrics, const QString& text)
{
    const MarkSize mark = markSize(metrics);
    double width = 0;
    for (const Piece& piece : piecesOf(text))
        width += piece.kind == PieceKind::Text ? metrics.horizontalAdvance(piece.text) : mark.advance;
    return width;
}

QString elideToken(const QFontMetricsF& metrics, const QString& text, double width)
{
    if (tokenWidth(metrics, text) <= width) return text;
    const QString dots = QStringLiteral("…");
    QString cut = text;
    while (!cut.isEmpty() && tokenWidth(metrics, cut + dots) > width) {
        const bool pair = cut.size() > 1 && cut.back().isLowSurrogate();
        cut.chop(pair ? 2 : 1);
    }
    return cut + dots;
}

double paintToken(QPainter& painter, const QPointF& baseline, const QString& text, const QColor& ink, const QColor& mark, bool rightAligned)
{
    const QFontMetricsF metrics(painter.font(), painter.device());
    const MarkSize size = markSize(metrics);
    const double width = tokenWidth(metrics, text);
    double x = rightAligned ? baseline.x() - width : baseline.x();
    painter.save();
    for (const Piece& piece : piecesOf(text)) {
        if (piece.kind == PieceKind::Text) {
            painter.setPen(ink);
            painter.drawText(QPointF(x, baseline.y()), piece.text);
            x += metrics.horizontalAdvance(piece.text);
        } else {
            paintMark(painter, piece.kind, x, baseline.y(), size, mark);
            x += size.advance;
        }
    }
    painter.restore();
    return width;
}

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
            for (int w = 0; w < ratio; ++w)
                reinterpret_cast<QRgb*>(tile.scanLine(y))[(2 * side - 1 - y + w) % side] = color.rgba();
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
        const double line = c + 1e-4;   // off the corners, which lie on whole pixels
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
            std::size_t end = i + 1;   // pieces that touch become one line
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
