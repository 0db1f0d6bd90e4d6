// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/token_bars.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "ui/kit/token_paint.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

constexpr int kRow = 24, kTokenWidth = 68;

}  // namespace

TokenBars::TokenBars(QWidget* parent) : QWidget(parent)
{
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void TokenBars::setRows(std::vector<Row> rows)
{
    const bool resize = rows.size() != m_rows.size();
    m_rows = std::move(rows);
    m_current = std::clamp(m_current, 0, std::max(0, int(m_rows.size()) - 1));
    QStringList words;
    for (const Row& row : m_rows) words << QStringLiteral("%1 %2 %3").arg(row.text, row.numbersBefore, row.numbers);
    setAccessibleDescription(words.join(QStringLiteral("; ")));
    if (resize) updateGeometry();
    update();
}

void TokenBars::setChoosable(bool on)
{
    m_choosable = on;
    setFocusPolicy(on ? Qt::StrongFocus : Qt::NoFocus);
}

QSize TokenBars::sizeHint() const { return {270, int(m_rows.size()) * kRow}; }

int TokenBars::rowAt(double y) const
{
    const int row = int(std::floor(y / kRow));
    return row >= 0 && row < int(m_rows.size()) ? row : -1;
}

bool TokenBars::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int row = rowAt(help->pos().y());
        if (row >= 0 && !m_rows[std::size_t(row)].tip.isEmpty()) QToolTip::showText(help->globalPos(), m_rows[std::size_t(row)].tip, this);
        else QToolTip::hideText();
        return true;
    }
    return QWidget::event(event);
}

void TokenBars::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Theme& theme = Theme::instance();
    const QFontMetricsF token(theme.tokenFont()), base(theme.font(Type::Caption));
    bool anyBefore = false;
    for (const Row& row : m_rows) anyBefore |= row.before.has_value();
    const double numbers = anyBefore ? 112 : 54, left = kTokenWidth, reach = std::max(20.0, width() - left - numbers);
    double top = 0;
    for (const Row& row : m_rows) top = std::max({top, row.value, row.before.value_or(0.0)});
    if (top <= 0) top = 1;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const Row& row = m_rows[i];
        const QRectF r(0, double(i) * kRow, width(), kRow);
        if (m_choosable && int(i) == m_hover) painter.fillRect(r, ink(Ink::Hover));
        painter.setFont(theme.tokenFont());
        const double y = std::round(r.center().y() + (token.ascent() - token.descent()) / 2);
        const QString shown = elideToken(token, row.text, kTokenWidth - 14);
        paintToken(painter, QPointF(left - 8, y), shown, ink(Ink::Text), ink(Ink::Faint), true);
        hairline(painter, QPointF(left, r.top() + 3), QPointF(left, r.bottom() - 3), ink(Ink::Hair2));
        const auto bar = [&](double value, double y0, double height, Ink colour) {
            painter.fillRect(QRectF(left + 1, y0, std::round(value / top * (reach - 8)), height), ink(colour));
        };
        if (row.before) {
            bar(*row.before, r.top() + 5, 6, Ink::Bar2);
            bar(row.value, r.top() + 12, 6, Ink::Bar);
        } else bar(row.value, r.top() + 8, 8, Ink::Bar);
        painter.setFont(theme.font(Type::Caption, anyBefore));
        painter.setPen(ink(Ink::Text));
        painter.drawText(QRectF(width() - 50, r.top(), 50, kRow), Qt::AlignRight | Qt::AlignVCenter, row.numbers);
        if (anyBefore) {
            painter.setFont(theme.font(Type::Caption));
            painter.drawText(QRectF(width() - 124, r.top(), 50, kRow), Qt::AlignRight | Qt::AlignVCenter, row.numbersBefore);
            painter.setPen(ink(Ink::Muted));
            painter.drawText(QRectF(width() - 72, r.top(), 20, kRow), Qt::AlignCenter, QStringLiteral("→"));
        }
        if (m_choosable && hasFocus() && int(i) == m_current) ring(painter, r, ink(Ink::Accent), 2, 0);
    }
}

void TokenBars::mouseMoveEvent(QMouseEvent* event)
{
    const int row = rowAt(event->position().y());
    if (row == m_hover) return;
    m_hover = row;
    setCursor(m_choosable && row >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
    update();
}

void TokenBars::mousePressEvent(QMouseEvent* event)
{
    const int row = rowAt(event->position().y());
    if (m_choosable && row >= 0 && event->button() == Qt::LeftButton) Q_EMIT chosen(row);
}

void TokenBars::leaveEvent(QEvent*)
{
    m_hover = -1;
    update();
}

void TokenBars::keyPressEvent(QKeyEvent* event)
{
    const int last = int(m_rows.size()) - 1;
    switch (event->key()) {
    case Qt::Key_Up: m_current = std::clamp(m_current - 1, 0, std::max(0, last)); break;
    case Qt::Key_Down: m_current = std::clamp(m_current + 1, 0, std::max(0, last)); break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_choosable && m_current <= last) Q_EMIT chosen(m_current);
        break;
    default: QWidget::keyPressEvent(event); return;
    }
    update();
}

void TokenBars::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    update();
}

}  // namespace hs::ui
