// SPDX-License-Identifier: GPL-3.0-or-later
// The look of all controls (ui/look.md sections 2 to 4): Fusion with flat, hair-lined painting. The only place that paints standard controls.
//
// Dynamic properties that choose a variant:
//   "primary"  (bool)     filled accent button; one per view
//   "quiet"    (bool)     button without border: text only, underlined by hover colour
//   "link"     (bool)     accent text, no border
//   "segment"  (int)      1 first, 2 middle, 3 last, 4 only one: parts of a segmented switch
//   "small"    (bool)     24 px instead of 28 px
#pragma once

#include <QProxyStyle>

namespace hs::ui {

class Style : public QProxyStyle {
    Q_OBJECT
public:
    Style();
    void polish(QWidget* widget) override;
    using QProxyStyle::polish;
    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const override;
    void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                            const QWidget* widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl part, const QWidget* widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption* option, const QWidget* widget) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size, const QWidget* widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override;
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget, QStyleHintReturn* data) const override;
};

/// Shows the focus ring (2 px accent, 1 px away) around the control that has keyboard focus. One per application.
void installFocusRing();

}  // namespace hs::ui
