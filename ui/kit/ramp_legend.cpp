// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/ramp_legend.h"

#include <QPainter>

#include "ui/theme/colour_map.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {
constexpr int kRamp = 120, kGap = 6;
}

RampLegend::RampLegend(QWidget* parent) : QWidget(parent)
{
    setFixedHeight(24);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void RampLegend::setRamp(const QString& colourMap, const QString& low, const QString& high, const QString& words)
{
    m_map = colourMap;
    m_low = low;
    m_high = high;
    m_words = words;
    setAccessibleName(tr("Colours from %1 to %2, %3").arg(low, high, words));
    setToolTip(words);
    updateGeometry();
    update();
}

QSize RampLegend::sizeHint() const
{
    const QFontMetrics metrics(Theme::instance().font(Type::Caption));
    const int words = metrics.horizontalAdvance(m_words) + 1;  // a width is rounded, and what lacks a fraction of a pixel is elided
    return {kRamp + 4 * kGap + metrics.horizontalAdvance(m_low) + metrics.horizontalAdvance(m_high) + words, 24};
}

void RampLegend::paintEvent(QPaintEvent*)
{
    QPainter p(this);
    const QFont font = Theme::instance().font(Type::Caption);
    const QFontMetrics metrics(font);
    p.setFont(font);
    p.setPen(ink(Ink::Muted));
    int x = 0;
    const auto text = [&](const QString& words) {
        p.setPen(ink(Ink::Muted));
        p.drawText(QRect(x, 0, width() - x, height()), Qt::AlignLeft | Qt::AlignVCenter, words);
        x += metrics.horizontalAdvance(words) + kGap;
    };
    text(m_low);
    const ColourMap& map = ColourMap::get(m_map, Theme::instance().dark());
    const QRect bar(x, height() / 2 - 5, kRamp, 10);
    for (int i = 0; i < kRamp; ++i)
        p.fillRect(QRect(bar.left() + i, bar.top(), 1, bar.height()), QColor::fromRgb(map.at(static_cast<float>(i) / (kRamp - 1))));
    hairBox(p, bar, QColor(), ink(Ink::Hair2), 0);
    x += kRamp + kGap;
    text(m_high);
    x += kGap;
    text(metrics.elidedText(m_words, Qt::ElideRight, width() - x));
}

}  // namespace hs::ui
