// SPDX-License-Identifier: GPL-3.0-or-later
// Painting of the comparison. Part of compare_view.h.
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

#include "ui/compare/compare_view.h"
#include "ui/map/map_axes.h"
#include "ui/state/selection.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

namespace hs::ui {

void CompareView::paintHeading(QPainter& painter, int map)
{
    const Theme& theme = Theme::instance();
    const QFont bold = theme.font(Type::Base, true), plain = theme.font(Type::Base), small = theme.font(Type::Caption);
    const QRectF line(m_maps[map].left(), 0, m_maps[map].width(), 22);
    double x = line.left();
    const auto put = [&](const QString& words, const QFont& font, Ink color) {
        painter.setFont(font);
        painter.setPen(ink(color));
        const QFontMetricsF metrics(font);
        const QString shown = metrics.elidedText(words, Qt::ElideRight, line.right() - x);
        painter.drawText(QRectF(x, line.top(), line.right() - x, line.height()), Qt::AlignLeft | Qt::AlignVCenter, shown);
        x += metrics.horizontalAdvance(shown) + 8;
    };
    if (map == 2) {
        put(QStringLiteral("A \u2212 B"), bold, Ink::Text);
        const QString full = tr("orange: A looks more, blue: B looks more");
        const bool fits = QFontMetricsF(small).horizontalAdvance(full) <= line.right() - x;
        if (m_setup.comparable) put(fits ? full : tr("orange: A more, blue: B more"), small, Ink::Muted);
        return;
    }
    put(map == 0 ? QStringLiteral("A") : QStringLiteral("B"), bold, Ink::Text);
    put(map == 0 ? m_setup.nameA : m_setup.nameB, plain, Ink::Text);
    put(map == 0 ? m_setup.noteA : m_setup.noteB, small, Ink::Muted);
}

void CompareView::paintBar(QPainter& painter, int map)
{
    const Theme& theme = Theme::instance();
    const bool difference = map == 2;
    if (difference && !m_setup.comparable) return;
    const QRect bar(static_cast<int>(m_maps[map].left()), static_cast<int>(m_maps[map].bottom()) + 58,
                    static_cast<int>(m_maps[map].width()), 12);
    const ColourMap& colours = ColourMap::get(difference ? QStringLiteral("difference") : m_colourMap, theme.dark());
    for (int i = 0; i < bar.width(); ++i)
        painter.fillRect(QRect(bar.left() + i, bar.top(), 1, bar.height()),
                         QColor::fromRgb(colours.at(static_cast<float>(i) / static_cast<float>(bar.width() - 1))));
    hairBox(painter, bar, QColor(), ink(Ink::Hair2), 0);
    painter.setFont(theme.font(Type::Caption));
    painter.setPen(ink(Ink::Muted));
    const QRect words(bar.left(), bar.bottom() + 2, bar.width(), 18);
    const ValueScale scale = difference ? ValueScale{} : scaleOf(map == 1);
    const double reach = differenceReach();
    QString low = difference                         ? axisNumber(-reach)
                  : scale.stretch == Stretch::PerRow ? QStringLiteral("0")
                                                     : axisNumber(scale.logarithmic() ? scale.logLow() : scale.low);
    QString high = difference                         ? QStringLiteral("+") + axisNumber(reach)
                   : scale.stretch == Stretch::PerRow ? tr("row maximum")
                                                      : axisNumber(scale.high);
    const MapKind kind = m_models[0]->look().kind;
    QString middle = difference                 ? QStringLiteral("0")
                     : kind == MapKind::Weights ? tr("weight")
                     : kind == MapKind::Scores  ? tr("score")
                                                : tr("value-weighted");
    if (!difference && scale.logarithmic()) middle += tr(", log");
    if (!difference && !m_sameScale) middle += tr(", own scale");
    if (!m_sameView && m_setup.comparable) middle += difference ? tr(", view of A") : tr(", own view");
    painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter, low);
    painter.drawText(words, Qt::AlignRight | Qt::AlignVCenter, high);
    painter.drawText(words, Qt::AlignHCenter | Qt::AlignVCenter, middle);
}

void CompareView::paintDifference(QPainter& painter, const MapPaintStyle& style)
{
    const MapViewport& v = m_views[0];
    const QRect visible = v.visible();
    const double perCell = std::min(v.cellWidth(), v.cellHeight()) * devicePixelRatioF();
    const MapCells a = m_models[0]->cells(visible, perCell), b = m_models[1]->cells(visible, perCell);
    const QRectF area = v.area().translated(shift(2));
    painter.fillRect(area, style.paper);
    if (!a.cells || !b.cells || a.factor != b.factor) return;
    // Both cover their own rectangle; the difference is formed where they meet.
    const int q0 = std::max(a.q0, b.q0), k0 = std::max(a.k0, b.k0), f = a.factor;
    const auto rows = std::min(a.cells->rows() - (q0 - a.q0) / f, b.cells->rows() - (q0 - b.q0) / f);
    const auto columns = std::min(a.cells->cols() - (k0 - a.k0) / f, b.cells->cols() - (k0 - b.k0) / f);
    if (rows <= 0 || columns <= 0) return;
    MatrixF d(rows, columns);
    for (std::ptrdiff_t r = 0; r < rows; ++r)
        for (std::ptrdiff_t c = 0; c < columns; ++c)
            d(r, c) = (*a.cells)(r + (q0 - a.q0) / f, c + (k0 - a.k0) / f) - (*b.cells)(r + (q0 - b.q0) / f, c + (k0 - b.k0) / f);
    ValueScale scale;
    scale.low = -differenceReach();
    scale.high = differenceReach();
    scale.diverging = true;
    const QImage image =
        renderCells(d, q0, k0, f, m_models[0]->mask(), scale, ColourMap::get(QStringLiteral("difference"), Theme::instance().dark()));
    painter.save();
    painter.setClipRect(area);
    if (!m_models[0]->mask().looksAhead()) {
        // Hatch over the staircase of masked cells, on both sides of a window.
        QPainterPath path;
        for (int r = visible.top(); r <= visible.bottom(); ++r) {
            const KeyRange seen = m_models[0]->mask().keys(r, v.columns());
            const QRectF first = v.cellRect(r, r + 1).translated(shift(2)), own = v.cellRect(r, seen.first).translated(shift(2));
            if (first.left() < area.right())
                path.addRect(QRectF(QPointF(first.left(), first.top()), QPointF(area.right(), first.bottom())).intersected(area));
            if (own.left() > area.left())
                path.addRect(QRectF(QPointF(area.left(), own.top()), QPointF(own.left(), own.bottom())).intersected(area));
        }
        paintHatch(painter, path, style.hatch);
    }
    const QRectF from = v.cellRect(q0, k0), to = v.cellRect(q0 + static_cast<int>(rows) * f - 1, k0 + static_cast<int>(columns) * f - 1);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
    painter.drawImage(QRectF(from.topLeft(), to.bottomRight()).translated(shift(2)), image);
    painter.restore();
}

void CompareView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), ink(Ink::Paper));
    const MapPaintStyle base = MapPaintStyle::screen();
    const bool dark = Theme::instance().dark();
    const int row = this->row(), column = this->column();
    for (int i = 0; i < 3; ++i) {
        paintHeading(painter, i);
        if (i == 2 && !m_setup.comparable) {
            painter.setFont(Theme::instance().font(Type::Base));
            painter.setPen(ink(Ink::Text));
            painter.drawText(m_maps[2].adjusted(0, 8, 0, 0), Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, m_setup.whyNot);
            continue;
        }
        const MapViewport& v = i == 2 ? m_views[0] : viewportOf(i);
        MapPaintStyle style = base;
        style.cell = v.cellWidth();
        style.cellHeight = v.cellHeight();
        const QRectF area = v.area().translated(shift(i));
        if (i == 2) paintDifference(painter, style);
        else
            paintMapCells(painter, area, v.firstRow(), v.firstColumn(), *m_models[i], scaleOf(i == 1), ColourMap::get(m_colourMap, dark),
                          style);
        hairline(painter, area.topLeft() - QPointF(1, 0), area.bottomLeft() - QPointF(1, 0), ink(Ink::Hair2));
        hairline(painter, area.bottomLeft() - QPointF(1, 0), area.bottomRight(), ink(Ink::Hair2));
        painter.save();
        painter.translate(shift(i));
        const bool marks = m_setup.comparable || i == 0;
        const MapModel& labels = *m_models[i == 1 ? 1 : 0];
        if (i == 0) paintQueryLabels(painter, v, m_models[0]->rowLabels(), row, measure::kQueryLabels - 6, style);
        paintKeyLabels(painter, v, labels.columnLabels(), marks ? column : -1, 54, style);
        if (marks && row >= 0) {
            painter.setClipRect(v.area().adjusted(-3, -3, 3, 3));
            paintCrosshair(painter, v, m_models[0]->mask(), row, column, m_crosshair, m_selection->locked(), style);
        }
        painter.restore();
        paintBar(painter, i);
    }
    if (hasFocus()) ring(painter, m_maps[0].adjusted(-4, -4, 4, 4), ink(Ink::Accent), 2, 0);
}

}  // namespace hs::ui
