// SPDX-License-Identifier: GPL-3.0-or-later
// The atlas as the switchboard of the pruning bench: heads go off and on by click and drag, and carry the number of their cut.
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/atlas/atlas.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"
#include "ui/theme/colour_map.h"
#include "ui/theme/theme.h"

namespace hs::ui {

void AtlasView::setSwitching(bool on)
{
    m_switching = on;
    m_gesture = -1;
    viewport()->setCursor(on ? Qt::PointingHandCursor : Qt::ArrowCursor);
    setAccessibleDescription(on ? tr("Arrow keys move through heads and layers, X switches the head off or on, Space pins.")
                                : tr("Arrow keys move through heads and layers, Space pins, X switches off."));
}

void AtlasView::setImportance(std::map<HeadId, double> values, const QString& title)
{
    m_importance = std::move(values);
    m_importanceTitle = title;
    m_importanceTop = 0;
    for (const auto& [head, value] : m_importance)
        if (std::isfinite(value)) m_importanceTop = std::max(m_importanceTop, std::abs(value));
    viewport()->update();
}

bool AtlasView::switchAt(HeadId head)
{
    choose(head);
    if (m_c.project->isOff(head) == m_dragOff) return false;
    std::vector<HeadId> off = m_c.project->offHeads();
    if (m_dragOff) off.push_back(head);
    else std::erase(off, head);
    const QString name = QString::fromStdString(headName(head));
    m_c.project->setOffHeads(off, m_dragOff ? tr("switch %1 off").arg(name) : tr("switch %1 on").arg(name), m_gesture);
    return true;
}

void AtlasView::mouseReleaseEvent(QMouseEvent* event)
{
    m_gesture = -1;
    QAbstractScrollArea::mouseReleaseEvent(event);
}

void AtlasView::paintOff(QPainter& painter, HeadId head, const QRect& rect)
{
    // Off: empty cell, one diagonal hairline, number of the cut.
    painter.fillRect(rect, ink(Ink::Paper));
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const auto off = m_c.project->offHeads();
    const auto it = std::find(off.begin(), off.end(), head);
    const QString number = it == off.end() ? QString() : QString::number(it - off.begin() + 1);
    painter.setPen(QPen(ink(Ink::Hair2), 1));
    painter.drawLine(QPointF(rect.left(), rect.bottom() + 1), QPointF(rect.right() + 1, rect.top()));
    painter.restore();
    QFont font = Theme::instance().font(rect.width() >= 26 ? Type::Caption : Type::AxisSmall, true);
    painter.setFont(font);
    const QRect box = QFontMetrics(font).boundingRect(number);
    painter.fillRect(QRect(rect.center().x() - box.width() / 2 - 1, rect.center().y() - box.height() / 2 + 1, box.width() + 2,
                           box.height() - 2),
                     ink(Ink::Paper));
    painter.setPen(ink(Ink::Bad));
    painter.drawText(rect, Qt::AlignCenter, number);
}

void AtlasView::paintImportance(QPainter& painter, HeadId head, const QRect& rect)
{
    const auto it = m_importance.find(head);
    if (it == m_importance.end() || !std::isfinite(it->second)) {
        painter.fillRect(rect, ink(Ink::Paper));
        painter.setFont(Theme::instance().font(Type::AxisSmall));
        painter.setPen(ink(Ink::Muted));
        painter.drawText(rect, Qt::AlignCenter, QStringLiteral("…"));
        return;
    }
    const ColourMap& map = ColourMap::get(QStringLiteral("difference"), Theme::instance().dark());
    painter.fillRect(rect,
                     QColor::fromRgb(map.at(static_cast<float>(m_importanceTop > 0 ? 0.5 + 0.5 * it->second / m_importanceTop : 0.5))));
}

}  // namespace hs::ui
