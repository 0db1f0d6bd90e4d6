// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/level_slider.h"

#include <QPainter>
#include <QStyleOptionSlider>
#include <cmath>

#include "ui/theme/theme.h"

namespace hs::ui {

void LevelSlider::setMark(std::optional<double> value)
{
    if (value == m_mark) return;
    m_mark = value;
    update();
}

void LevelSlider::paintEvent(QPaintEvent* event)
{
    if (m_mark && *m_mark >= minimum() && *m_mark <= maximum() && maximum() > minimum()) {
        QStyleOptionSlider option;
        initStyleOption(&option);
        const QRect groove = style()->subControlRect(QStyle::CC_Slider, &option, QStyle::SC_SliderGroove, this);
        const int handle = style()->subControlRect(QStyle::CC_Slider, &option, QStyle::SC_SliderHandle, this).width();
        const double share = (*m_mark - minimum()) / (maximum() - minimum());
        const double x = groove.left() + handle / 2.0 + share * (groove.width() - handle);
        QPainter painter(this);
        // Under the handle, and longer than it is high: it shows beside it.
        painter.fillRect(QRectF(std::round(x) - 1, 1, 2, height() - 2), ink(isEnabled() ? Ink::Text : Ink::Faint));
    }
    QSlider::paintEvent(event);
}

}  // namespace hs::ui
