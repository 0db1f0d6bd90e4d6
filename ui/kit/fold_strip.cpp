// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/fold_strip.h"

#include <QDockWidget>
#include <QKeyEvent>
#include <QPainter>

#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

namespace hs::ui {

FoldStrip::FoldStrip(QDockWidget* dock, Qt::Edge edge, QWidget* parent) : QWidget(parent), m_dock(dock), m_edge(edge)
{
    setFixedWidth(28);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setCursor(Qt::PointingHandCursor);
    setAccessibleName(tr("Unfold %1").arg(dock->windowTitle()));
    setToolTip(tr("Show or hide %1").arg(dock->windowTitle()));
    connect(dock, &QDockWidget::visibilityChanged, this, qOverload<>(&QWidget::update));
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void FoldStrip::toggle()
{
    m_dock->setVisible(!m_dock->isVisible());
    if (m_dock->isVisible()) m_dock->raise();
}

void FoldStrip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), ink(underMouse() ? Ink::Hover : Ink::Chrome));
    const double x = m_edge == Qt::LeftEdge ? width() - 1 : 0;
    hairline(painter, QPointF(x, 0), QPointF(x, height()), ink(Ink::Hair));
    if (showsFocus(*this)) ring(painter, QRectF(rect()).adjusted(2, 2, -2, -2), ink(Ink::Accent));
    painter.save();
    painter.translate(m_edge == Qt::LeftEdge ? 0 : width(), m_edge == Qt::LeftEdge ? 12 + 200 : 12);
    painter.rotate(m_edge == Qt::LeftEdge ? -90 : 90);
    painter.setFont(Theme::instance().font(Type::Base, m_dock->isVisible()));
    painter.setPen(ink(Ink::Text));
    painter.drawText(QRect(0, 0, 200, width()), (m_edge == Qt::LeftEdge ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter,
                     m_dock->windowTitle());
    painter.restore();
}

void FoldStrip::mousePressEvent(QMouseEvent*) { toggle(); }

void FoldStrip::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space) toggle();
    else QWidget::keyPressEvent(event);
}

}  // namespace hs::ui
