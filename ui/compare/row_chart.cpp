// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/row_chart.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/kit/numbers.h"
#include "ui/kit/token_paint.h"
#include "ui/map/map_painter.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {
constexpr int kLeft = 80, kRight = 16, kTitleHeight = 28, kBottom = 26, kTopNumbers = 16;
constexpr double kPitch = 48;

float valueAt(const std::vector<float>& values, int i)
{
    const float v = i < static_cast<int>(values.size()) ? values[static_cast<std::size_t>(i)] : 0;
    return v == v ? v : 0;
}
}  // namespace

RowChart::RowChart(QWidget* parent) : QWidget(parent)
{
    setMinimumHeight(150);
    setObjectName(QStringLiteral("rowChart"));
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void RowChart::setRow(const Row& row)
{
    m_row = row;
    setToolTip(note());  // the heading leaves it out where there is no room
    setAccessibleName(row.token < 0 ? tr("Row of A and B")
                                    : tr("Row %1 %2 of A and B. %3").arg(row.token).arg(row.label.trimmed(), note()));
    update();
}

int RowChart::fits() const { return std::max(1, static_cast<int>((width() - kLeft - kRight) / kPitch)); }

std::vector<int> RowChart::shownKeys() const
{
    std::vector<int> keys;
    const auto largest = [this](int i) { return std::max(std::abs(valueAt(m_row.a, i)), std::abs(valueAt(m_row.b, i))); };
    const int count = static_cast<int>(std::max(m_row.a.size(), m_row.b.size()));
    for (int i = 0; i < count; ++i)
        if (largest(i) >= kLeast) keys.push_back(i);
    if (static_cast<int>(keys.size()) > fits()) {
        std::stable_sort(keys.begin(), keys.end(), [&](int x, int y) { return largest(x) > largest(y); });
        keys.resize(static_cast<std::size_t>(fits()));
        std::sort(keys.begin(), keys.end());
    }
    return keys;
}

QString RowChart::note() const
{
    const std::vector<int> shown = shownKeys();
    int visible = 0, smallest = 0;  // unmasked keys; those below the limit
    const int count = static_cast<int>(m_row.a.size());
    for (int i = 0; i < count; ++i) {
        if (!(m_row.a[static_cast<std::size_t>(i)] == m_row.a[static_cast<std::size_t>(i)])) continue;
        ++visible;
        if (std::max(std::abs(valueAt(m_row.a, i)), std::abs(valueAt(m_row.b, i))) < kLeast) ++smallest;
    }
    const int left = visible - static_cast<int>(shown.size());
    if (left <= 0) return {};
    if (left > smallest) return tr("the %1 largest of %2 keys shown").arg(shown.size()).arg(visible);
    if (!shown.empty() && shown.front() == smallest)
        return smallest == 1 ? tr("key 0 holds less than 0.001, not shown")
                             : tr("keys 0 to %1 hold less than 0.001 each, not shown").arg(smallest - 1);
    return smallest == 1 ? tr("one key holds less than 0.001, not shown")
                         : tr("%1 keys hold less than 0.001 each, not shown").arg(smallest);
}

void RowChart::paintEvent(QPaintEvent*)
{
    QPainter p(this);
    p.fillRect(rect(), ink(Ink::Paper));
    const Theme& theme = Theme::instance();
    if (m_row.token < 0) {
        p.setFont(theme.font(Type::Base));
        p.setPen(ink(Ink::Muted));
        p.drawText(rect().adjusted(kLeft, 8, -kRight, 0), Qt::AlignLeft | Qt::AlignTop,
                   tr("Point at a row of the maps, or click a cell to keep it."));
        return;
    }
    // Heading: the query in the selection's colour, then which bar is which.
    double x = kLeft;
    const double baseline = 18;
    const auto words = [&](const QString& text, const QFont& font, const QColor& color, double gap) {
        p.setFont(font);
        p.setPen(color);
        p.drawText(QPointF(x, baseline), text);
        x += QFontMetricsF(font).horizontalAdvance(text) + gap;
    };
    words(tr("Row %1").arg(m_row.token), theme.font(Type::Base, true), ink(Ink::Text), 6);
    p.setFont(theme.tokenFont(Type::Token, true));
    x += paintToken(p, {x, baseline}, m_row.label, ink(Ink::Select), ink(Ink::Select)) + 18;
    const auto swatch = [&](bool filled) {
        const QRectF box(x, baseline - 10, 10, 10);
        if (filled) p.fillRect(box, ink(Ink::Bar));
        else hairBox(p, box, QColor(), ink(Ink::Bar), 0);
        x += 15;
    };
    swatch(true);
    words(QStringLiteral("A ") + m_row.nameA, theme.font(Type::Caption), ink(Ink::Text), 16);
    swatch(false);
    words(QStringLiteral("B ") + m_row.nameB, theme.font(Type::Caption), ink(Ink::Text), 16);
    const QString note = this->note();
    p.setFont(theme.font(Type::Caption));
    p.setPen(ink(Ink::Muted));
    if (x + QFontMetricsF(p.font()).horizontalAdvance(note) < width() - kRight)
        p.drawText(QRectF(x, 4, width() - kRight - x, 20), Qt::AlignRight | Qt::AlignVCenter, note);

    const std::vector<int> keys = shownKeys();
    float most = 0, least = 0;
    for (const int k : keys) {
        most = std::max({most, valueAt(m_row.a, k), valueAt(m_row.b, k)});
        least = std::min({least, valueAt(m_row.a, k), valueAt(m_row.b, k)});
    }
    // Weights have the same axis for every row; other kinds reach as far as they must.
    const double high = most <= 1 && least >= 0 ? 1.0 : static_cast<double>(most), low = static_cast<double>(std::min(0.0f, least));
    const QRectF plot(kLeft, kTitleHeight + kTopNumbers, width() - kLeft - kRight, height() - kTitleHeight - kTopNumbers - kBottom);
    if (plot.height() < 20) return;
    const auto yOf = [&](double v) { return std::round(plot.bottom() - (v - low) / (high - low) * plot.height()); };
    p.setFont(theme.font(Type::Caption));
    for (const double t : {low, (low + high) / 2, high}) {
        hairline(p, {plot.left(), yOf(t)}, {plot.right(), yOf(t)}, ink(t == low ? Ink::Hair2 : Ink::Hair));
        p.setPen(ink(Ink::Muted));
        p.drawText(QRectF(0, yOf(t) - 8, kLeft - 8, 16), Qt::AlignRight | Qt::AlignVCenter, axisNumber(t, 2));
    }
    const double pitch = keys.empty() ? plot.width() : std::min(84.0, plot.width() / static_cast<double>(keys.size()));
    const double from = plot.right() - pitch * static_cast<double>(keys.size());  // the newest keys stand at the right
    const double bar = std::min(18.0, pitch * 0.24);
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const int k = keys[i];
        const double centre = from + (static_cast<double>(i) + 0.5) * pitch;
        for (const bool second : {false, true}) {
            const auto& values = second ? m_row.b : m_row.a;
            if (k < static_cast<int>(values.size()) && std::isnan(values[static_cast<std::size_t>(k)])) continue;  // no such token there
            const float v = valueAt(values, k);
            const double left = std::round(centre + (second ? 1 : -bar - 1));
            const double y = yOf(static_cast<double>(v)), zero = yOf(0);
            const QRectF box(left, std::min(y, zero), std::round(bar), std::abs(zero - y));
            if (second) {
                if (box.height() >= 1) hairBox(p, box, QColor(), ink(Ink::Bar), 0);
            } else {
                p.fillRect(box, ink(Ink::Bar));
            }
            if (std::abs(v) >= 0.005f) {
                p.setFont(theme.font(Type::AxisSmall));
                p.setPen(ink(Ink::Text));
                // outwards from the middle, so that the two numbers never touch
                const double side = pitch / 2 - 1;
                p.drawText(second ? QRectF(centre + 1, std::min(y, zero) - 15, side, 14)
                                  : QRectF(centre - 1 - side, std::min(y, zero) - 15, side, 14),
                           (second ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter, numberText(static_cast<double>(v), 2));
            }
        }
        if (k >= static_cast<int>(m_row.keys.size())) continue;
        p.setFont(theme.tokenFont(Type::Caption, k == m_row.column));
        const QString token = elideToken(QFontMetricsF(p.font()), m_row.keys[static_cast<std::size_t>(k)].text, pitch - 4);
        const double w = tokenWidth(QFontMetricsF(p.font()), token);
        paintToken(p, {std::round(centre - w / 2), plot.bottom() + 16}, token, k == m_row.column ? ink(Ink::Select) : ink(Ink::Text),
                   ink(Ink::Faint));
    }
}

}  // namespace hs::ui
