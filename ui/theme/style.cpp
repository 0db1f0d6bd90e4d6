// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/style.h"

#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollBar>
#include <QStyleFactory>
#include <QStyleOption>
#include <QTabBar>
#include <QTableView>
#include <QToolButton>

#include "ui/theme/paint.h"
#include "ui/theme/style_parts.h"
#include "ui/theme/theme.h"

namespace hs::ui {

Style::Style() : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion"))) {}

void Style::polish(QWidget* widget)
{
    QProxyStyle::polish(widget);
    if (qobject_cast<QAbstractButton*>(widget) || qobject_cast<QLineEdit*>(widget) || qobject_cast<QComboBox*>(widget)
        || qobject_cast<QTabBar*>(widget) || qobject_cast<QHeaderView*>(widget) || qobject_cast<QScrollBar*>(widget))
        widget->setAttribute(Qt::WA_Hover);
    if (auto* view = qobject_cast<QAbstractItemView*>(widget)) view->viewport()->setAttribute(Qt::WA_Hover);
}

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const
{
    switch (element) {
    case PE_PanelButtonCommand:
    case PE_PanelButtonTool: parts::button(*painter, *option, widget); return;
    case PE_FrameDefaultButton:
    case PE_FrameFocusRect:  // views paint their own; controls get the focus ring
    case PE_PanelStatusBar:
    case PE_FrameStatusBarItem:
    case PE_FrameTabBarBase: return;
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck: parts::checkBox(*painter, *option); return;
    case PE_IndicatorRadioButton: parts::radioButton(*painter, *option); return;
    case PE_PanelLineEdit:
    case PE_FrameLineEdit: {
        const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
        if (frame && frame->lineWidth <= 0) {
            painter->fillRect(option->rect, ink(Ink::Paper));
            return;
        }
        hairBox(*painter, option->rect, ink(Ink::Paper), ink(option->state & State_Enabled ? Ink::Hair2 : Ink::Hair));
        return;
    }
    case PE_Frame:
    case PE_FrameGroupBox:
    case PE_FrameMenu:
    case PE_FrameWindow: hairBox(*painter, option->rect, QColor(), ink(Ink::Hair), 0); return;
    case PE_PanelMenu:
    case PE_PanelTipLabel: hairBox(*painter, option->rect, ink(Ink::Paper), ink(Ink::Hair2), 0); return;
    case PE_PanelItemViewRow: return;
    case PE_PanelItemViewItem: parts::itemBackground(*painter, *option, widget); return;
    case PE_IndicatorHeaderArrow:  // part of the label, beside its words
        return;
    case PE_IndicatorArrowDown:
    case PE_IndicatorArrowUp: {
        arrow(*painter, QRectF(option->rect).center(), 7, ink(option->state & State_Enabled ? Ink::Muted : Ink::Faint),
              element == PE_IndicatorArrowUp);
        return;
    }
    default: QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void Style::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const
{
    switch (element) {
    case CE_PushButtonLabel:
        if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option)) {
            parts::buttonLabel(*painter, *button, widget);
            return;
        }
        break;
    case CE_TabBarTabShape:
        if (const auto* tab = qstyleoption_cast<const QStyleOptionTab*>(option)) {
            parts::tabShape(*painter, *tab);
            return;
        }
        break;
    case CE_TabBarTabLabel:
        if (const auto* tab = qstyleoption_cast<const QStyleOptionTab*>(option)) {
            parts::tabLabel(*painter, *tab);
            return;
        }
        break;
    case CE_Header:  // the label has the whole section, its sort mark included
        drawControl(CE_HeaderSection, option, painter, widget);
        drawControl(CE_HeaderLabel, option, painter, widget);
        return;
    case CE_HeaderSection:
        painter->fillRect(option->rect, ink(Ink::Paper));
        hairline(*painter, QPointF(option->rect.left(), option->rect.bottom()), QPointF(option->rect.right() + 1, option->rect.bottom()),
                 ink(Ink::Hair));
        return;
    case CE_HeaderEmptyArea:
        painter->fillRect(option->rect, ink(Ink::Paper));
        hairline(*painter, QPointF(option->rect.left(), option->rect.bottom()), QPointF(option->rect.right() + 1, option->rect.bottom()),
                 ink(Ink::Hair));
        return;
    case CE_HeaderLabel:
        if (const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option)) {
            parts::headerLabel(*painter, *header);
            return;
        }
        break;
    case CE_MenuBarEmptyArea: painter->fillRect(option->rect, ink(Ink::Chrome)); return;
    case CE_MenuBarItem:
        if (const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option)) {
            const bool on = option->state & (State_Selected | State_Sunken);
            painter->fillRect(option->rect, ink(on ? Ink::Hover : Ink::Chrome));
            painter->setPen(ink(option->state & State_Enabled ? Ink::Text : Ink::Faint));
            painter->setFont(Theme::instance().font(Type::Base));
            painter->drawText(option->rect,
                              Qt::AlignCenter | Qt::TextShowMnemonic
                                  | (styleHint(SH_UnderlineShortcut, option, widget, nullptr) ? 0 : Qt::TextHideMnemonic),
                              item->text);
            return;
        }
        break;
    case CE_Splitter:
        painter->fillRect(option->rect, ink(Ink::Paper));
        if (option->state & State_Horizontal)
            hairline(*painter, option->rect.topLeft(), QPointF(option->rect.left(), option->rect.bottom() + 1), ink(Ink::Hair));
        else hairline(*painter, option->rect.topLeft(), QPointF(option->rect.right() + 1, option->rect.top()), ink(Ink::Hair));
        return;
    case CE_FocusFrame: ring(*painter, option->rect, ink(Ink::Accent), 2, measure::kRadius + 2); return;
    case CE_ProgressBarGroove: painter->fillRect(option->rect, ink(Ink::Hair)); return;
    case CE_ProgressBarContents:
        if (const auto* bar = qstyleoption_cast<const QStyleOptionProgressBar*>(option)) {
            const double range = std::max(1, bar->maximum - bar->minimum);
            const double share = std::clamp((bar->progress - bar->minimum) / range, 0.0, 1.0);
            painter->fillRect(QRectF(option->rect.left(), option->rect.top(), option->rect.width() * share, option->rect.height()),
                              ink(Ink::Accent));
            return;
        }
        break;
    default: break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void Style::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter, const QWidget* widget) const
{
    switch (control) {
    case CC_ScrollBar:
        if (const auto* slider = qstyleoption_cast<const QStyleOptionSlider*>(option)) {
            painter->fillRect(option->rect, ink(Ink::Paper));
            if (slider->maximum <= slider->minimum) return;
            QRectF thumb = subControlRect(CC_ScrollBar, option, SC_ScrollBarSlider, widget);
            thumb.adjust(2, 2, -2, -2);
            const bool active = option->activeSubControls & SC_ScrollBarSlider && option->state & (State_MouseOver | State_Sunken);
            hairBox(*painter, thumb, ink(active ? Ink::Faint : Ink::Hair2), QColor(), 3);
            return;
        }
        break;
    case CC_ToolButton:
        if (const auto* button = qstyleoption_cast<const QStyleOptionToolButton*>(option)) {
            parts::toolButton(*painter, *button, widget);
            return;
        }
        break;
    case CC_ComboBox:
        if (const auto* combo = qstyleoption_cast<const QStyleOptionComboBox*>(option)) {
            const bool enabled = combo->state & State_Enabled;
            hairBox(*painter, combo->rect, ink(combo->state & State_MouseOver && enabled ? Ink::Hover : Ink::Paper),
                    ink(enabled ? Ink::Hair2 : Ink::Hair));
            arrow(*painter, QPointF(combo->rect.right() - 11, combo->rect.center().y() + 0.5), 7, ink(enabled ? Ink::Muted : Ink::Faint));
            return;
        }
        break;
    case CC_SpinBox:
        if (const auto* spin = qstyleoption_cast<const QStyleOptionSpinBox*>(option)) {
            const bool enabled = spin->state & State_Enabled;
            hairBox(*painter, spin->rect, ink(Ink::Paper), ink(enabled ? Ink::Hair2 : Ink::Hair));
            if (spin->buttonSymbols == QAbstractSpinBox::NoButtons) return;
            const auto mark = [&](SubControl part, bool up) {
                const QRect r = subControlRect(CC_SpinBox, spin, part, widget);
                const bool on = spin->activeSubControls == part && spin->state & (State_MouseOver | State_Sunken);
                if (on) painter->fillRect(r.adjusted(1, 1, -1, -1), ink(Ink::Hover));
                arrow(*painter, QRectF(r).center(), 6, ink(enabled ? Ink::Muted : Ink::Faint), up);
            };
            mark(SC_SpinBoxUp, true);
            mark(SC_SpinBoxDown, false);
            return;
        }
        break;
    default: break;
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

QRect Style::subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl part, const QWidget* widget) const
{
    const auto* slider = qstyleoption_cast<const QStyleOptionSlider*>(option);
    if (control != CC_ScrollBar || !slider) return QProxyStyle::subControlRect(control, option, part, widget);
    // No arrow buttons: the whole bar is groove.
    const QRect all = slider->rect;
    const bool horizontal = slider->orientation == Qt::Horizontal;
    const int length = horizontal ? all.width() : all.height();
    const int range = slider->maximum - slider->minimum;
    int thumb = length;
    if (range > 0)
        thumb = std::clamp(int(qint64(slider->pageStep) * length / std::max(1, range + slider->pageStep)), std::min(28, length), length);
    const int start =
        range > 0 ? sliderPositionFromValue(slider->minimum, slider->maximum, slider->sliderPosition, length - thumb, slider->upsideDown)
                  : 0;
    const auto along = [&](int from, int size) {
        return horizontal ? QRect(all.left() + from, all.top(), size, all.height())
                          : QRect(all.left(), all.top() + from, all.width(), size);
    };
    switch (part) {
    case SC_ScrollBarGroove: return all;
    case SC_ScrollBarSlider: return along(start, thumb);
    case SC_ScrollBarSubPage: return along(0, start);
    case SC_ScrollBarAddPage: return along(start + thumb, length - start - thumb);
    default: return {};
    }
}

QRect Style::subElementRect(SubElement element, const QStyleOption* option, const QWidget* widget) const
{
    const QRect r = option->rect;
    switch (element) {
    // 3 px are left free around the box for its focus ring.
    case SE_CheckBoxIndicator:
    case SE_RadioButtonIndicator: return visualRect(option->direction, r, QRect(r.left() + 3, r.center().y() - 6, 13, 13));
    case SE_CheckBoxContents:
    case SE_RadioButtonContents: return visualRect(option->direction, r, r.adjusted(23, 0, 0, 0));
    // Cells of tables: 8 px at both sides; a number stands under its heading's right edge.
    case SE_ItemViewItemText:
        if (!qobject_cast<const QTableView*>(widget)) break;
        return QProxyStyle::subElementRect(element, option, widget).adjusted(4, 0, -4, 0);
    case SE_LineEditContents: return QProxyStyle::subElementRect(element, option, widget).adjusted(4, 0, -4, 0);
    // Tabs begin where the view's text begins.
    case SE_TabWidgetTabBar: return QProxyStyle::subElementRect(element, option, widget).adjusted(measure::kWindowMargin, 0, 0, 0);
    default: break;
    }
    return QProxyStyle::subElementRect(element, option, widget);
}

QSize Style::sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size, const QWidget* widget) const
{
    const bool small = widget && widget->property("small").toBool();
    const int height = small ? measure::kSmallButton : measure::kButton;
    switch (type) {
    case CT_PushButton: {
        const int pad = widget && widget->property("link").toBool() ? 4 : small ? 16 : 24;
        return {size.width() + pad + (widget && widget->property("primary").toBool() ? 4 : 0), height};
    }
    case CT_CheckBox:
    case CT_RadioButton: return {size.width() + 26, std::max(size.height(), 22)};
    case CT_LineEdit:
    case CT_SpinBox: return QProxyStyle::sizeFromContents(type, option, size, widget).expandedTo({0, height}).boundedTo({100000, height});
    case CT_ComboBox: return {size.width() + 36, height};
    case CT_ToolButton: return {size.width() + 16, height};
    case CT_MenuBarItem: return {size.width() + 18, 28};
    case CT_MenuBar: return {size.width(), 28};
    case CT_TabBarTab: return {size.width() + 6, measure::kTabBar};
    case CT_HeaderSection: return {QProxyStyle::sizeFromContents(type, option, size, widget).width() + 8, measure::kTableRow};
    case CT_ItemViewItem: return QProxyStyle::sizeFromContents(type, option, size, widget).expandedTo({0, measure::kTableRow});
    default: return QProxyStyle::sizeFromContents(type, option, size, widget);
    }
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const
{
    switch (metric) {
    case PM_ScrollBarExtent: return 10;
    case PM_ScrollBarSliderMin: return 28;
    case PM_ScrollView_ScrollBarSpacing: return 0;
    case PM_DockWidgetSeparatorExtent: return 3;
    case PM_SplitterWidth: return 5;
    case PM_DefaultFrameWidth: return qobject_cast<const QMenu*>(widget) ? 1 : QProxyStyle::pixelMetric(metric, option, widget);
    case PM_MenuBarPanelWidth:
    case PM_MenuBarVMargin:
    case PM_MenuBarItemSpacing:
    case PM_DockWidgetFrameWidth:
    case PM_DockWidgetTitleMargin:
    case PM_TabBarTabOverlap:
    case PM_TabBarBaseOverlap:
    case PM_TabBarTabShiftVertical:
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical: return 0;
    case PM_MenuBarHMargin: return 6;
    case PM_TabBarTabHSpace: return 32;
    case PM_FocusFrameHMargin:
    case PM_FocusFrameVMargin: return 3;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight: return 13;
    case PM_HeaderMargin: return 3;  // with the base font this makes rows of 24 px possible
    case PM_HeaderDefaultSectionSizeVertical: return measure::kTableRow;
    case PM_ToolTipLabelFrameWidth: return 4;
    default: return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int Style::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget, QStyleHintReturn* data) const
{
    switch (hint) {
    case SH_UnderlineShortcut: return 0;
    case SH_FocusFrame_AboveWidget: return 1;  // a child of the window, so that no tight parent cuts the ring
    case SH_Menu_SubMenuPopupDelay: return 120;
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
    case SH_ComboBox_Popup: return 0;
    case SH_ScrollBar_LeftClickAbsolutePosition: return 0;
    case SH_ToolTip_WakeUpDelay: return 350;
    default: return QProxyStyle::styleHint(hint, option, widget, data);
    }
}

}  // namespace hs::ui
