// SPDX-License-Identifier: GPL-3.0-or-later
// Painting of the atlas: cells, axis labels, marks of selection, pin, hover, focus and off.
#include <QPainter>
#include <QPainterPath>
#include <QScrollBar>
#include <algorithm>

#include "ui/atlas/atlas.h"
#include "ui/atlas/repeat_scores.h"
#include "ui/labels/label_code.h"
#include "ui/labels/label_store.h"
#include "ui/map/map_painter.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"
#include "ui/theme/colour_map.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

namespace hs::ui {

QRgb AtlasView::scoreColour(double value) const
{
    const bool dark = Theme::instance().dark();
    if (headScoreInfo(m_score).signedValue) {
        const ColourMap& map = ColourMap::get(QStringLiteral("difference"), dark);
        return map.at(static_cast<float>(m_high > 0 ? 0.5 + 0.5 * value / m_high : 0.5));
    }
    return ColourMap::get(QStringLiteral("attention"), dark)
        .at(static_cast<float>(m_high > m_low ? (value - m_low) / (m_high - m_low) : 0));
}

void AtlasView::paintCode(QPainter& painter, HeadId head, const QRect& cell)
{
    const LabelMark label = mark(head);
    const double strength = m_c.project->isOff(head) || !m_c.labels->passes(head) ? 0.45 : 1.0;
    const QRect strip(cell.left(), cell.bottom() + 1, cell.width(), measure::kAtlasCodeStrip);
    paintLabelCode(painter, strip, label, strength, 0);
    if (!m_c.labels->note(head).empty()) {  // the user's own words about this head: a notch at the cell's corner
        QPainterPath notch;
        notch.moveTo(cell.right() + 1, cell.top());
        notch.lineTo(cell.right() - 6, cell.top());
        notch.lineTo(cell.right() + 1, cell.top() + 7);
        notch.closeSubpath();
        painter.fillPath(notch, ink(Ink::Text));
    }
}

void AtlasView::paintCell(QPainter& painter, HeadId head, const QRect& rect)
{
    const Theme& theme = Theme::instance();
    const bool off = m_c.project->isOff(head);
    if (off) {
        paintOff(painter, head, rect);
    } else if (!m_importance.empty()) {
        paintImportance(painter, head, rect);
    } else if (m_score == ShownScore::Thumbnail) {
        painter.fillRect(rect, ink(Ink::Paper));
        const auto it = m_overviews.find(head);
        if (it != m_overviews.end()) {
            QImage& image = m_images[head];
            const double ratio = devicePixelRatioF();
            const QSize pixels(qRound(rect.width() * ratio), qRound(rect.height() * ratio));
            if (image.size() != pixels) {
                image = renderThumbnail(it->second->maximum, it->second->factor, m_source ? m_source->visibility(head.layer) : Visibility(),
                                        ColourMap::get(QStringLiteral("attention"), theme.dark()), pixels);
                image.setDevicePixelRatio(ratio);
            }
            painter.drawImage(QRectF(rect), image);
        } else if (m_source && head.layer >= m_source->readyLayers()) {
            hairline(painter, QPointF(rect.left() + 4, rect.center().y()), QPointF(rect.right() - 3, rect.center().y()), ink(Ink::Hair));
        }
    } else {
        const auto value = scoreOf(m_score, head, sources());
        if (m_score == ShownScore::Label && !hasStrip()) {  // no room for a strip: the code is the cell
            painter.fillRect(rect, ink(Ink::Paper));
            paintLabelCode(painter, rect, mark(head), 1.0, 0);
        } else if (value) {
            const QRgb colour = scoreColour(*value);
            painter.fillRect(rect, QColor::fromRgb(colour));
            if (m_score == ShownScore::Edges && *value < 3) {
                // One or two edges are colour enough: their number stands in the table.
            } else if ((rect.width() >= 26 || m_score == ShownScore::Edges) && headScoreInfo(m_score).decimals <= 2) {
                QString text = scoreText(m_score, *value);
                if (text.startsWith(QLatin1String("0."))) text.remove(0, 1);
                painter.setFont(theme.font(Type::AxisSmall));
                painter.setPen(inkOn(colour));
                painter.drawText(rect, Qt::AlignCenter, text);
            }
        } else {
            painter.fillRect(rect, ink(Ink::Paper));
            painter.setFont(theme.font(Type::AxisSmall));
            painter.setPen(ink(Ink::Muted));
            painter.drawText(rect, Qt::AlignCenter, QStringLiteral("–"));
        }
    }
    if (m_c.labels && !m_c.labels->passes(head)) {  // filtered out: still there, but it steps back
        QColor veil = ink(Ink::Paper);
        veil.setAlphaF(0.78f);
        painter.fillRect(rect, veil);
    }
    hairBox(painter, rect, QColor(), ink(Ink::Hair), 0);
    if (hasStrip()) paintCode(painter, head, rect);
    const bool selected = head == current(), pinned = isPinned(head);
    if (selected) {
        ring(painter, QRectF(rect).adjusted(-2, -2, 2, 2), ink(Ink::Select), 2, 0);
    } else if (pinned) {
        painter.save();
        QPen pen(ink(Ink::Select), 2);
        pen.setDashPattern({2.2, 1.4});
        pen.setJoinStyle(Qt::MiterJoin);
        painter.setPen(pen);
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(rect).adjusted(-1, -1, 1, 1));
        painter.restore();
    } else if (m_hover == head) {
        ring(painter, QRectF(rect).adjusted(-1, -1, 1, 1), ink(Ink::Text), 1, 0);
    }
    if (selected && showsFocus(*this)) ring(painter, QRectF(rect).adjusted(-4, -4, 4, 4), ink(Ink::Accent), 1.5, 0);
}

void AtlasView::paintEvent(QPaintEvent*)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), ink(Ink::Paper));
    const Theme& theme = Theme::instance();
    const Geometry g = geometry();
    if (m_heads.empty()) {
        painter.setFont(theme.font(Type::Caption));
        painter.setPen(ink(Ink::Muted));
        painter.drawText(viewport()->rect().adjusted(12, 12, -12, -12), Qt::AlignTop | Qt::AlignLeft | Qt::TextWordWrap,
                         tr("Heads appear here when a model is open."));
        return;
    }
    const auto& list = m_order.empty() ? m_heads : m_order;
    painter.save();
    painter.setClipRect(QRect(g.left - 5, g.top - 5, viewport()->width(), viewport()->height()));
    for (const HeadId head : list) {
        const QRect r = cellRect(head);
        if (r.adjusted(-4, -4, 4, 4).intersects(viewport()->rect())) paintCell(painter, head, r);
    }
    painter.restore();

    // Heading and layer numbers stay while the cells scroll.
    painter.setFont(theme.font(Type::Caption));
    painter.setPen(ink(Ink::Muted));
    if (!m_order.empty()) {
        painter.drawText(QRect(12, 2, viewport()->width() - 16, g.top - 8), Qt::AlignLeft | Qt::AlignVCenter,
                         QFontMetrics(painter.font())
                             .elidedText(tr("highest first: %1").arg(scoreInSentence(m_score, m_c.labels)), Qt::ElideRight,
                                         viewport()->width() - 16));
        return;
    }
    const QFontMetrics metrics(painter.font());
    const int every = g.cell >= 26 ? 1 : 2;
    for (int h = 0; h < m_columns; h += every) {
        const int x = g.left + h * g.pitchX - horizontalScrollBar()->value() + g.cell / 2;
        if (x < g.left || x > viewport()->width()) continue;
        painter.drawText(QRect(x - 20, 2, 40, g.top - 8), Qt::AlignHCenter | Qt::AlignVCenter, tr("H%1").arg(h));
    }
    for (int l = 0; l < m_layers; l += g.pitchY >= metrics.ascent() ? 1 : 2) {
        const int y = g.top + rowOfLayer(l) * g.pitchY - verticalScrollBar()->value();
        if (y < g.top - g.cell / 2 || y > viewport()->height()) continue;
        painter.drawText(QRect(0, y, g.left - 6, g.cell), Qt::AlignRight | Qt::AlignVCenter, tr("L%1").arg(l));
    }
}

}  // namespace hs::ui
