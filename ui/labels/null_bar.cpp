// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/labels/null_bar.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

namespace hs::ui {

NullBar::NullBar(QWidget* parent) : QWidget(parent) { setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed); }

void NullBar::setValues(const NullBarValues& values, const QString& tip)
{
    m_values = values;
    setVisible(values.valid);
    setToolTip(tip);
    setAccessibleName(values.hasInterval
                          ? tr("Score %1, null %2, 95 % interval %3 to %4")
                                .arg(labelNumber(values.score), labelNumber(values.null), labelNumber(values.low), labelNumber(values.high))
                          : tr("Score %1, null %2").arg(labelNumber(values.score), labelNumber(values.null)));
    update();
}

void NullBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    // The axis is 0 to 1; a score outside (negative kappa) stands at the end.
    const double left = 0, reach = width() - 1.0;
    const auto x = [&](double v) { return left + std::clamp(v, 0.0, 1.0) * reach; };
    const QRectF axis(left, 6, reach, 9);
    hairBox(painter, axis, QColor(), ink(Ink::Hair), 0);
    const double null = x(m_values.null);
    painter.fillRect(QRectF(left, axis.top(), std::max(2.0, null - left), axis.height()), ink(Ink::Hair2));
    if (m_values.hasInterval) {
        const double low = x(m_values.low), high = x(m_values.high);
        painter.fillRect(QRectF(low, axis.top(), std::max(2.0, high - low), axis.height()), ink(Ink::Bar2));
    }
    if (std::isfinite(m_values.needed)) {
        painter.save();
        QPen pen(ink(Ink::Muted), 1.5);
        pen.setDashPattern({1.4, 1.6});
        painter.setPen(pen);
        painter.drawLine(QPointF(x(m_values.needed), 1), QPointF(x(m_values.needed), 20));
        painter.restore();
    }
    painter.fillRect(QRectF(std::min(x(m_values.score), reach - 2) - 1, 2, 3, 17), ink(Ink::Text));

    painter.setFont(Theme::instance().font(Type::Caption));
    painter.setPen(ink(Ink::Muted));
    const QRectF line(0, 23, width(), 16);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, tr("null %1").arg(labelNumber(m_values.null)));
    const QString interval = m_values.hasInterval ? tr("95 % %1–%2").arg(labelNumber(m_values.low), labelNumber(m_values.high)) : QString();
    painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, interval);
    if (std::isfinite(m_values.needed)) {
        // Under its own mark where there is room, else between the two.
        const QString needed = tr("needed %1").arg(labelNumber(m_values.needed));
        const QFontMetrics metrics(painter.font());
        const double w = metrics.horizontalAdvance(needed);
        const double first = metrics.horizontalAdvance(tr("null %1").arg(labelNumber(m_values.null))) + 10;
        const double last = width() - metrics.horizontalAdvance(interval) - 10 - w;
        const double at = std::clamp(x(m_values.needed) - w / 2, first, std::max(first, last));
        painter.drawText(QRectF(at, line.top(), w + 2, line.height()), Qt::AlignLeft | Qt::AlignVCenter, needed);
    }
}

}  // namespace hs::ui
