// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/pair_histogram.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/kit/numbers.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

namespace hs::ui {

PairCounts countPairs(const std::vector<double>& values, int bins)
{
    PairCounts out;
    double low = 0, high = 0;
    for (const double v : values)
        if (std::isfinite(v)) {
            low = std::min(low, v);
            high = std::max(high, v);
            ++out.total;
        }
    if (out.total == 0) return out;
    if (high <= low) high = low + 1;
    out.low = low;
    out.high = high;
    out.counts.assign(std::size_t(bins), 0);
    for (const double v : values)
        if (std::isfinite(v)) ++out.counts[std::size_t(std::clamp(int((v - low) / (high - low) * bins), 0, bins - 1))];
    return out;
}

PairHistogram::PairHistogram(QWidget* parent) : QWidget(parent)
{
    setAccessibleName(tr("All pairs of heads"));
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void PairHistogram::setData(const PairCounts& counts, std::optional<double> chance, std::optional<double> drawnFrom, int drawn,
                            const QString& unit, int decimals)
{
    m_counts = counts;
    m_chance = chance;
    m_from = drawnFrom;
    m_drawn = drawn;
    m_unit = unit;
    m_decimals = decimals;
    QString text = tr("%1 pairs").arg(countText(counts.total));
    if (chance) text += tr(", random level %1").arg(numberText(*chance, 2));
    setAccessibleDescription(text);
    update();
}

void PairHistogram::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Theme& theme = Theme::instance();
    painter.setFont(theme.font(Type::Caption));
    if (m_counts.counts.empty()) return;
    constexpr int kTop = 34, kAxis = 18;
    const QRectF plot(6, kTop, width() - 12, height() - kTop - kAxis);
    const int n = int(m_counts.counts.size());
    const int most = *std::max_element(m_counts.counts.begin(), m_counts.counts.end());
    const double span = m_counts.high - m_counts.low;
    const auto x = [&](double value) { return plot.left() + (value - m_counts.low) / span * plot.width(); };
    for (int i = 0; i < n; ++i) {
        const int count = m_counts.counts[std::size_t(i)];
        if (count == 0) continue;
        const double h = std::log1p(double(count)) / std::log1p(double(most)) * plot.height();
        const double left = plot.left() + plot.width() * i / n, right = plot.left() + plot.width() * (i + 1) / n;
        const double upper = m_counts.low + span * (i + 1) / n;
        painter.fillRect(QRectF(left, plot.bottom() - h, std::max(1.0, right - left - 1), h),
                         m_from && upper > *m_from ? ink(Ink::Bar) : ink(Ink::Bar2));
    }
    hairline(painter, plot.bottomLeft(), plot.bottomRight(), ink(Ink::Hair2));
    const QFontMetrics metrics(painter.font());
    if (m_chance && *m_chance >= m_counts.low && *m_chance <= m_counts.high) {
        painter.fillRect(QRectF(x(*m_chance) - 0.75, plot.top() - 14, 1.5, plot.height() + 14), ink(Ink::Text));
        painter.setPen(ink(Ink::Text));
        const QString text = tr("random %1").arg(numberText(*m_chance, m_decimals + 1));
        painter.drawText(QPointF(std::min(x(*m_chance) + 4, double(width() - metrics.horizontalAdvance(text))), plot.top() - 18), text);
    }
    if (m_from) {
        QPen pen(ink(Ink::Muted), 1);
        pen.setDashPattern({2, 2});
        painter.setPen(pen);
        painter.drawLine(QPointF(x(*m_from), plot.top() - 2), QPointF(x(*m_from), plot.bottom()));
        painter.setPen(ink(Ink::Muted));
        const QString text = tr("top %1 begin at %2").arg(countText(m_drawn), numberText(*m_from, m_decimals));
        const double w = metrics.horizontalAdvance(text);
        painter.drawText(QPointF(x(*m_from) + 4 + w < width() ? x(*m_from) + 4 : std::max(0.0, x(*m_from) - w - 4), plot.top() - 4), text);
    }
    painter.setPen(ink(Ink::Muted));
    const QRectF axis(plot.left(), plot.bottom() + 2, plot.width(), kAxis - 2);
    painter.drawText(axis, Qt::AlignLeft | Qt::AlignTop, numberText(m_counts.low, m_counts.low == 0 ? 0 : m_decimals));
    painter.drawText(axis, Qt::AlignRight | Qt::AlignTop, numberText(m_counts.high, m_decimals));
    painter.drawText(axis, Qt::AlignHCenter | Qt::AlignTop, tr("%1; count, log").arg(m_unit));
}

}  // namespace hs::ui
