// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/labels/label_code.h"

#include <QFontMetricsF>
#include <QPainterPath>

#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

QColor mixed(const QColor& color, double share)
{
    if (share >= 1) return color;
    const QColor paper = ink(Ink::Paper);
    const auto part = [share](int a, int b) { return qRound(a * share + b * (1 - share)); };
    return QColor(part(color.red(), paper.red()), part(color.green(), paper.green()), part(color.blue(), paper.blue()));
}

}  // namespace

void paintLabelCode(QPainter& painter, const QRectF& rect, const LabelMark& mark, double strength, double radius)
{
    if (mark.code.isEmpty()) return;
    painter.save();
    painter.setFont(Theme::instance().font(rect.height() < 15 ? Type::AxisSmall : Type::Caption, mark.hasLabel()));
    const QColor family = familyColour(mark.family);
    if (mark.state == LabelMark::State::Awarded && family.isValid()) {
        QPainterPath box;
        box.addRoundedRect(rect, radius, radius);
        painter.setRenderHint(QPainter::Antialiasing, radius > 0);
        painter.fillPath(box, mixed(family, strength));
        painter.setPen(mixed(familyText(mark.family), strength < 1 ? 0.75 : 1));
    } else if (mark.state == LabelMark::State::Candidate) {
        const QColor line = mixed(family.isValid() ? family : ink(Ink::Hair2), strength);
        painter.fillRect(rect, ink(Ink::Paper));
        painter.setClipRect(rect, Qt::IntersectClip);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(line, 1.2));
        for (double x = rect.left() - rect.height() + 2; x < rect.right(); x += 5)
            painter.drawLine(QPointF(x, rect.bottom()), QPointF(x + rect.height(), rect.top()));
        const double width = QFontMetricsF(painter.font()).horizontalAdvance(mark.code) + 4;
        painter.fillRect(QRectF(rect.center().x() - width / 2, rect.top(), width, rect.height()), ink(Ink::Paper));
        painter.setRenderHint(QPainter::Antialiasing, false);
        hairBox(painter, rect, QColor(), line, radius);
        painter.setPen(mixed(ink(Ink::Text), strength));
    } else {
        if (mark.state == LabelMark::State::Awarded) hairBox(painter, rect, QColor(), ink(Ink::Hair2), radius);
        painter.setPen(mixed(ink(Ink::Muted), strength));
    }
    painter.drawText(rect, Qt::AlignCenter, mark.code);
    painter.restore();
}

}  // namespace hs::ui
