// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/dock_title.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>

#include "ui/kit/label.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

namespace hs::ui {

DockTitle::DockTitle(const QString& title, QWidget* parent) : QWidget(parent)
{
    setFixedHeight(measure::kDockTitle);
    m_row = new QHBoxLayout(this);
    m_row->setContentsMargins(measure::kWindowMargin, 0, 6, 0);
    m_row->setSpacing(measure::kControlGap);
    m_title = makeLabel(title, Ink::Text, Type::Base, true);
    m_note = makeLabel({}, Ink::Muted, Type::Caption);
    for (QLabel* label : {m_title, m_note}) {
        label->setAttribute(Qt::WA_TransparentForMouseEvents);
        m_row->addWidget(label);
    }
    m_row->addStretch(1);
}

void DockTitle::setTitle(const QString& title) { m_title->setText(title); }
void DockTitle::setNote(const QString& note) { m_note->setText(note); }
void DockTitle::addControl(QWidget* control) { m_row->addWidget(control); }
QSize DockTitle::minimumSizeHint() const { return {80, measure::kDockTitle}; }

void DockTitle::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), ink(Ink::Chrome));
    hairline(painter, QPointF(0, height() - 1), QPointF(width(), height() - 1), ink(Ink::Hair));
}

void DockTitle::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) update();
}

}  // namespace hs::ui
