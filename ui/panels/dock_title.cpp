// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/dock_title.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>

#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

class InkLabel : public QLabel {
public:
    InkLabel(const QString& text, Ink token, Type type, bool bold) : QLabel(text), m_ink(token)
    {
        setFont(Theme::instance().font(type, bold));
        connect(&Theme::instance(), &Theme::changed, this, [this] { apply(); });
        apply();
    }

private:
    void apply()
    {
        QPalette p = palette();
        p.setColor(QPalette::WindowText, ink(m_ink));
        p.setColor(QPalette::Text, ink(m_ink));
        setPalette(p);
    }
    Ink m_ink;
};

class Hairline : public QWidget {
public:
    Hairline() { setFixedHeight(1); }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        hairline(painter, QPointF(0, 0), QPointF(width(), 0), ink(Ink::Hair));
    }
};

}  // namespace

QLabel* makeLabel(const QString& text, int inkToken, int typePx, bool bold) { return new InkLabel(text, static_cast<Ink>(inkToken), static_cast<Type>(typePx), bold); }

QWidget* makeHairline() { return new Hairline; }

DockTitle::DockTitle(const QString& title, QWidget* parent) : QWidget(parent)
{
    setFixedHeight(measure::kDockTitle);
    m_row = new QHBoxLayout(this);
    m_row->setContentsMargins(measure::kWindowMargin, 0, 6, 0);
    m_row->setSpacing(measure::kControlGap);
    m_title = makeLabel(title, int(Ink::Text), int(Type::Base), true);
    m_note = makeLabel({}, int(Ink::Muted), int(Type::Caption));
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
