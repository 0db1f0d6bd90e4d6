// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/style_parts.h"

#include <QPainter>
#include <QPainterPath>
#include <QStyle>
#include <QStyleOption>
#include <QWidget>

#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

namespace hs::ui::parts {

namespace {

bool flag(const QWidget* widget, const char* name) { return widget && widget->property(name).toBool(); }

struct Face {
    QColor fill, border, text;
    bool bold = false;
};

Face faceOf(const QStyleOption& option, const QWidget* widget)
{
    const bool enabled = option.state & QStyle::State_Enabled, down = option.state & QStyle::State_Sunken;
    const bool over = enabled && option.state & QStyle::State_MouseOver, on = option.state & QStyle::State_On;
    Face face{ink(Ink::Paper), ink(enabled ? Ink::Hair2 : Ink::Hair), ink(enabled ? Ink::Text : Ink::Faint), false};
    if (flag(widget, "primary")) {
        if (!enabled) return face;
        const QColor accent = ink(Ink::Accent);
        face = {down ? accent.darker(125) : over ? accent.darker(112) : accent, QColor(), ink(Ink::Paper), true};
        return face;
    }
    if (flag(widget, "link")) return {over || down ? ink(Ink::Hover) : QColor(), QColor(), ink(enabled ? Ink::Accent : Ink::Faint), false};
    if (flag(widget, "quiet")) {
        face.border = QColor();
        face.fill = down ? ink(Ink::Hair) : over ? ink(Ink::Hover) : QColor();
        face.text = ink(enabled ? Ink::Muted : Ink::Faint);
        return face;
    }
    if (flag(widget, "outlined")) {  // the head card's switch: accent border and words
        if (enabled) face.border = face.text = ink(Ink::Accent);
        face.bold = true;
    }
    if (down) face.fill = ink(Ink::Hair);
    else if (on) {
        face.fill = ink(Ink::Tint);
        if (enabled) face.text = ink(Ink::Accent);
        face.bold = widget && widget->property("segment").toInt() > 0;
    } else if (over) face.fill = ink(Ink::Hover);
    return face;
}

void paintFace(QPainter& painter, const QRectF& rect, const Face& face, int segment)
{
    if (segment == 0 || segment == 4) {
        if (face.fill.isValid() || face.border.isValid()) hairBox(painter, rect, face.fill, face.border);
        return;
    }
    // Segments share one rounded outline; each paints its own part and the divider at its right.
    painter.save();
    painter.setClipRect(rect);
    const double r = measure::kRadius;
    const QRectF box = rect.adjusted(segment == 1 ? 0 : -3 * r, 0, segment == 3 ? 0 : 3 * r, 0);
    hairBox(painter, box, face.fill, face.border, r);
    if (segment != 3) hairline(painter, QPointF(rect.right() - 1, rect.top()), QPointF(rect.right() - 1, rect.bottom()), face.border);
    painter.restore();
}

QRect labelRect(const QRect& r) { return r; }

}  // namespace

void button(QPainter& painter, const QStyleOption& option, const QWidget* widget)
{
    paintFace(painter, option.rect, faceOf(option, widget), widget ? widget->property("segment").toInt() : 0);
}

void buttonLabel(QPainter& painter, const QStyleOptionButton& option, const QWidget* widget)
{
    const Face face = faceOf(option, widget);
    QFont font = widget ? widget->font() : Theme::instance().font(Type::Base);
    if (face.bold) font.setBold(true);
    painter.setFont(font);
    painter.setPen(face.text);
    const bool menu = option.features & QStyleOptionButton::HasMenu;
    QRect r = labelRect(option.rect).adjusted(0, 0, menu ? -14 : 0, 0);
    if (!option.icon.isNull()) {  // line samples of chips: icon and word as one centred group
        const int gap = 8, words = painter.fontMetrics().horizontalAdvance(option.text);
        const int left = r.left() + std::max(8, (r.width() - option.iconSize.width() - gap - words) / 2);
        option.icon.paint(&painter,
                          QRect(left, r.center().y() - option.iconSize.height() / 2, option.iconSize.width(), option.iconSize.height()));
        r.setLeft(left + option.iconSize.width() + gap);
        painter.drawText(r, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextHideMnemonic, option.text);
        return;
    }
    painter.drawText(r, (flag(widget, "leftAligned") ? Qt::AlignLeft | Qt::AlignVCenter : Qt::AlignCenter) | Qt::TextHideMnemonic,
                     option.text);
    if (menu) arrow(painter, QPointF(option.rect.right() - 10, option.rect.center().y() + 1), 7, face.text);
}

void toolButton(QPainter& painter, const QStyleOptionToolButton& option, const QWidget* widget)
{
    const Face face = faceOf(option, widget);
    paintFace(painter, option.rect, face, widget ? widget->property("segment").toInt() : 0);
    QFont font = option.font;
    if (face.bold) font.setBold(true);
    painter.setFont(font);
    painter.setPen(face.text);
    const bool menu = option.features & (QStyleOptionToolButton::HasMenu | QStyleOptionToolButton::MenuButtonPopup);
    if (option.toolButtonStyle != Qt::ToolButtonTextOnly && !option.icon.isNull()) {
        const QSize size = option.iconSize;
        const QRect r(option.rect.center().x() - size.width() / 2, option.rect.center().y() - size.height() / 2, size.width(),
                      size.height());
        option.icon.paint(&painter, r, Qt::AlignCenter, option.state & QStyle::State_Enabled ? QIcon::Normal : QIcon::Disabled);
        return;
    }
    painter.drawText(option.rect.adjusted(0, 0, menu ? -12 : 0, 0), Qt::AlignCenter | Qt::TextHideMnemonic, option.text);
    if (menu) arrow(painter, QPointF(option.rect.right() - 8, option.rect.center().y() + 1), 7, face.text);
}

void checkBox(QPainter& painter, const QStyleOption& option)
{
    const bool enabled = option.state & QStyle::State_Enabled, on = option.state & QStyle::State_On;
    const bool down = option.state & QStyle::State_Sunken, over = enabled && option.state & QStyle::State_MouseOver;
    const QRectF r = QRectF(option.rect).adjusted(0, 0, 0, 0);
    QColor fill = ink(down ? Ink::Hair : Ink::Paper), border = ink(enabled ? Ink::Hair2 : Ink::Hair);
    if (on && enabled) fill = border = ink(Ink::Accent);
    if (over && !down) border = ink(Ink::Text);
    hairBox(painter, r, fill, border, 2);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    if (on) {
        painter.setPen(QPen(enabled ? ink(Ink::Paper) : ink(Ink::Faint), 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        const double s = r.width() / 13;
        const QPointF o = r.topLeft();
        painter.drawPolyline(QPolygonF({o + QPointF(3.2, 6.8) * s, o + QPointF(5.6, 9.2) * s, o + QPointF(9.9, 4.2) * s}));
    } else if (option.state & QStyle::State_NoChange) {
        painter.fillRect(r.adjusted(3, 5.5, -3, -5.5), ink(Ink::Muted));
    }
    painter.restore();
    if (option.state & QStyle::State_HasFocus && option.state & QStyle::State_KeyboardFocusChange)
        ring(painter, r.adjusted(-3, -3, 3, 3), ink(Ink::Accent), 2, 4);
}

void radioButton(QPainter& painter, const QStyleOption& option)
{
    const bool enabled = option.state & QStyle::State_Enabled, on = option.state & QStyle::State_On;
    const bool over = enabled && option.state & QStyle::State_MouseOver;
    const QRectF r = option.rect;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(on && enabled ? ink(Ink::Accent) : ink(Ink::Paper));
    painter.setPen(QPen(over ? ink(Ink::Text) : on && enabled ? ink(Ink::Accent) : ink(enabled ? Ink::Hair2 : Ink::Hair), 1));
    painter.drawEllipse(r.adjusted(0.5, 0.5, -0.5, -0.5));
    if (on) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(enabled ? ink(Ink::Paper) : ink(Ink::Faint));
        painter.drawEllipse(r.center(), 2.4, 2.4);
    }
    if (option.state & QStyle::State_HasFocus && option.state & QStyle::State_KeyboardFocusChange) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(ink(Ink::Accent), 2));
        painter.drawEllipse(r.adjusted(-2, -2, 2, 2));
    }
    painter.restore();
}

void itemBackground(QPainter& painter, const QStyleOption& option, const QWidget* widget)
{
    const auto* item = qstyleoption_cast<const QStyleOptionViewItem*>(&option);
    if (item && item->backgroundBrush.style() != Qt::NoBrush) painter.fillRect(option.rect, item->backgroundBrush);
    if (option.state & QStyle::State_Selected) painter.fillRect(option.rect, ink(Ink::Tint));
    else if (option.state & QStyle::State_MouseOver && option.state & QStyle::State_Enabled) painter.fillRect(option.rect, ink(Ink::Hover));
    if (option.state & QStyle::State_HasFocus && option.state & QStyle::State_KeyboardFocusChange && widget) {
        painter.save();
        painter.setClipping(false);
        ring(painter, option.rect, ink(Ink::Accent), 2, 0);
        painter.restore();
    }
}

void tabShape(QPainter& painter, const QStyleOptionTab& tab)
{
    const QRectF r = tab.rect;
    const bool active = tab.state & QStyle::State_Selected;
    const bool over = tab.state & QStyle::State_MouseOver && tab.state & QStyle::State_Enabled;
    painter.fillRect(r, ink(active ? Ink::Paper : over ? Ink::Hover : Ink::Chrome));
    if (active) {
        hairline(painter, r.topLeft(), QPointF(r.left(), r.bottom()), ink(Ink::Hair));
        hairline(painter, QPointF(r.right() - 1, r.top()), QPointF(r.right() - 1, r.bottom()), ink(Ink::Hair));
        painter.fillRect(QRectF(r.left(), r.top(), r.width(), 2), ink(Ink::Accent));
    } else {
        hairline(painter, QPointF(r.left(), r.bottom() - 1), QPointF(r.right(), r.bottom() - 1), ink(Ink::Hair));
    }
    if (tab.state & QStyle::State_HasFocus && tab.state & QStyle::State_KeyboardFocusChange)
        ring(painter, r.adjusted(3, 4, -3, -3), ink(Ink::Accent), 2, 2);
}

void tabLabel(QPainter& painter, const QStyleOptionTab& tab)
{
    const bool active = tab.state & QStyle::State_Selected, enabled = tab.state & QStyle::State_Enabled;
    painter.setFont(Theme::instance().font(Type::Base, active));
    painter.setPen(ink(!enabled ? Ink::Faint : active ? Ink::Text : Ink::Muted));
    painter.drawText(tab.rect, Qt::AlignCenter | Qt::TextHideMnemonic, tab.text);
}

void headerLabel(QPainter& painter, const QStyleOptionHeader& header)
{
    const bool sorted = header.sortIndicator != QStyleOptionHeader::None;
    painter.setFont(Theme::instance().font(Type::Caption, true));
    painter.setPen(ink(Ink::Muted));
    QRect r = header.rect.adjusted(8, 0, -8, 0);
    const auto align = header.textAlignment & Qt::AlignHorizontal_Mask;
    if (sorted) {
        const double width = QFontMetricsF(painter.font()).horizontalAdvance(header.text);
        // The sort mark keeps the number column's right edge: text moves left by the mark's width.
        const double x = align & Qt::AlignRight ? r.right() - 4 : std::min<double>(r.left() + width + 9, r.right() - 4);
        arrow(painter, QPointF(x, r.center().y() + 1), 7, ink(Ink::Muted), header.sortIndicator == QStyleOptionHeader::SortDown);
        if (align & Qt::AlignRight) r.adjust(0, 0, -11, 0);
    }
    painter.drawText(r, int(align) | Qt::AlignVCenter, header.text);
}

}  // namespace hs::ui::parts
