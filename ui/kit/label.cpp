// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/label.h"

#include <QLabel>
#include <QPainter>

#include "ui/theme/paint.h"

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

QLabel* makeLabel(const QString& text, Ink ink, Type type, bool bold) { return new InkLabel(text, ink, type, bold); }

QWidget* makeHairline() { return new Hairline; }

}  // namespace hs::ui
