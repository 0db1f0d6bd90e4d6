// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/workspace_switch.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>

#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

namespace hs::ui {

WorkspaceSwitch::WorkspaceSwitch(const QStringList& names, QWidget* parent)
    : QWidget(parent), m_names(names), m_obstacles(names.size(), QString())
{
    setFixedHeight(28);
    setMouseTracking(true);
    setFocusPolicy(Qt::TabFocus);
    setAccessibleName(tr("Workspace: %1").arg(names.value(0)));
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

QRect WorkspaceSwitch::box(int index) const
{
    const QFontMetrics metrics(Theme::instance().font(Type::Base, true));
    int x = 0;
    for (int i = 0; i < index; ++i) x += metrics.horizontalAdvance(m_names[i]) + 26;
    return {x, 0, metrics.horizontalAdvance(m_names[index]) + 26, 28};
}

QSize WorkspaceSwitch::sizeHint() const { return {m_names.isEmpty() ? 0 : box(int(m_names.size()) - 1).right() + 1 + 8, 28}; }

void WorkspaceSwitch::setCurrent(int index)
{
    m_current = index;
    setAccessibleName(tr("Workspace: %1").arg(m_names.value(index)));
    update();
}

void WorkspaceSwitch::setObstacle(int index, const QString& reason)
{
    m_obstacles[index] = reason;
    update();
}

bool WorkspaceSwitch::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    auto* help = static_cast<QHelpEvent*>(event);
    for (int i = 0; i < m_names.size(); ++i)
        if (box(i).contains(help->pos())) {
            QToolTip::showText(help->globalPos(),
                               m_obstacles[i].isEmpty() ? QStringLiteral("%1 (Alt+%2)").arg(m_names[i]).arg(i + 1) : m_obstacles[i], this);
            return true;
        }
    QToolTip::hideText();
    return true;
}

void WorkspaceSwitch::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), ink(Ink::Chrome));
    for (int i = 0; i < m_names.size(); ++i) {
        const QRect r = box(i);
        if (i == m_hover && i != m_current) painter.fillRect(r, ink(Ink::Hover));
        painter.setFont(Theme::instance().font(Type::Base, i == m_current));
        painter.setPen(ink(!m_obstacles[i].isEmpty() ? Ink::Faint : i == m_current ? Ink::Text : Ink::Muted));
        painter.drawText(r, Qt::AlignCenter, m_names[i]);
        if (i == m_current) painter.fillRect(QRect(r.left(), r.bottom() - 1, r.width(), 2), ink(Ink::Accent));
        if (i == m_current && showsFocus(*this)) ring(painter, r.adjusted(2, 2, -2, -3), ink(Ink::Accent));
    }
}

void WorkspaceSwitch::mousePressEvent(QMouseEvent* event)
{
    for (int i = 0; i < m_names.size(); ++i)
        if (box(i).contains(event->position().toPoint())) {
            setCurrent(i);
            Q_EMIT chosen(i);
        }
}

void WorkspaceSwitch::mouseMoveEvent(QMouseEvent* event)
{
    m_hover = -1;
    for (int i = 0; i < m_names.size(); ++i)
        if (box(i).contains(event->position().toPoint())) m_hover = i;
    update();
}

void WorkspaceSwitch::leaveEvent(QEvent*)
{
    m_hover = -1;
    update();
}

void WorkspaceSwitch::keyPressEvent(QKeyEvent* event)
{
    const int by = event->key() == Qt::Key_Right ? 1 : event->key() == Qt::Key_Left ? -1 : 0;
    if (!by) return QWidget::keyPressEvent(event);
    setCurrent(std::clamp(m_current + by, 0, int(m_names.size()) - 1));
    Q_EMIT chosen(m_current);
}

}  // namespace hs::ui
