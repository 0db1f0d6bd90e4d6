// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/labels/example_rows.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cstdlib>
#include <numeric>

#include "ui/kit/token_paint.h"
#include "ui/labels/label_words.h"
#include "ui/theme/colour_map.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

constexpr int kRow = 24, kDetail = 150;

bool isKey(const ExampleRow& row, int position) { return std::find(row.keys.begin(), row.keys.end(), position) != row.keys.end(); }

}  // namespace

ExampleRows::ExampleRows(QWidget* parent) : QWidget(parent)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setSizePolicy(policy);
}

void ExampleRows::setLines(std::vector<ExampleLine> lines)
{
    m_lines = std::move(lines);
    m_current = 0;
    m_hover = -1;
    setVisible(!m_lines.empty());
    setAccessibleDescription(m_lines.empty() ? QString() : sentence(0));
    updateGeometry();
    update();
}

void ExampleRows::setDetailed(bool on)
{
    m_detailed = on;
    update();
}

QSize ExampleRows::sizeHint() const { return {240, int(m_lines.size()) * kRow}; }

QString ExampleRows::sentence(int line) const
{
    if (line < 0 || line >= int(m_lines.size())) return {};
    const ExampleLine& l = m_lines[std::size_t(line)];
    const auto token = [&](int position) {
        const auto it = std::find(l.positions.begin(), l.positions.end(), position);
        return it != l.positions.end() ? visibleToken(l.tokens[std::size_t(it - l.positions.begin())]) : QString::number(position);
    };
    QStringList keys;
    for (const int key : l.row.keys)
        if (keys.size() < 3) keys << token(key);
    const QString where = QString::fromStdString(l.document.name);
    const QString query = token(l.row.query), weight = labelNumber(static_cast<double>(l.row.value));
    return keys.isEmpty() ? tr("Query %1, %2: %3").arg(query, weight, where)
                          : tr("Query %1 gives %2 to %3: %4").arg(query, weight, keys.join(QStringLiteral(", ")), where);
}

int ExampleRows::lineAt(double y) const
{
    const int line = int(y) / kRow;
    return y >= 0 && line < int(m_lines.size()) ? line : -1;
}

void ExampleRows::setCurrent(int line)
{
    line = std::clamp(line, 0, std::max(0, int(m_lines.size()) - 1));
    if (line != m_current) {
        m_current = line;
        setAccessibleDescription(sentence(line));
        Q_EMIT currentChanged(line);
    }
    update();
}

bool ExampleRows::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int line = lineAt(help->pos().y());
        if (line >= 0)
            QToolTip::showText(help->globalPos(),
                               sentence(line) + QLatin1Char('\n')
                                   + (m_opensOnClick ? tr("Click or Enter opens the passage.")
                                                     : tr("Enter or double click opens the passage.")),
                               this);
        else QToolTip::hideText();
        return true;
    }
    return QWidget::event(event);
}

void ExampleRows::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Theme& theme = Theme::instance();
    const ColourMap& map = ColourMap::get(QStringLiteral("attention"), theme.dark());
    for (int i = 0; i < int(m_lines.size()); ++i) {
        const ExampleLine& line = m_lines[std::size_t(i)];
        const QRect row(0, i * kRow, width(), kRow);
        if (i == m_hover) painter.fillRect(row, ink(Ink::Hover));
        if (i == m_current && hasFocus() && showsFocus(*this))
            ring(painter, QRectF(row).adjusted(0, 0, -0.5, -0.5), ink(Ink::Accent), 2, 0);
        painter.setFont(theme.tokenFont(Type::Token));
        const QFontMetricsF metrics(painter.font());
        const double room = width() - (m_detailed ? kDetail : 0) - 4;
        // Tokens that matter least give way until all fits: from the ends and the middle, never query or key.
        const QString dots = QStringLiteral("…");
        const double gap = metrics.horizontalAdvance(dots);
        std::vector<int> shown(line.positions.size());
        std::iota(shown.begin(), shown.end(), 0);
        const auto textWidth = [&] {
            double sum = 0;
            for (std::size_t t = 0; t < shown.size(); ++t) {
                sum += tokenWidth(metrics, line.tokens[std::size_t(shown[t])]);
                if (t == 0 ? line.positions[std::size_t(shown[t])] > 0
                           : line.positions[std::size_t(shown[t])] != line.positions[std::size_t(shown[t - 1])] + 1)
                    sum += gap;
            }
            return sum + gap;
        };
        const auto importance = [&](int t) {
            const int position = line.positions[std::size_t(t)];
            int nearest = std::abs(position - line.row.query);
            for (const int key : line.row.keys) nearest = std::min(nearest, std::abs(position - key));
            return nearest;
        };
        while (shown.size() > 1 && textWidth() > room) {
            const auto least = std::max_element(shown.begin(), shown.end(), [&](int a, int b) { return importance(a) < importance(b); });
            if (importance(*least) == 0) break;
            shown.erase(least);
        }
        double x = 2;
        const double base = row.top() + (kRow + metrics.capHeight()) / 2;
        const auto leaveOut = [&] {
            painter.setPen(ink(Ink::Muted));
            painter.drawText(QPointF(x, base), dots);
            x += gap;
        };
        for (std::size_t t = 0; t < shown.size(); ++t) {
            const int position = line.positions[std::size_t(shown[t])];
            if (t == 0 ? position > 0 : position != line.positions[std::size_t(shown[t - 1])] + 1) leaveOut();
            QString token = line.tokens[std::size_t(shown[t])];
            if (x + tokenWidth(metrics, token) > room) token = elideToken(metrics, token, room - x);
            const double w = tokenWidth(metrics, token);
            QColor color = ink(Ink::Text), mark = ink(Ink::Faint);
            if (isKey(line.row, position)) {
                const QRgb fill = map.at(std::clamp(line.row.value, 0.0f, 1.0f));
                painter.fillRect(QRectF(x, row.top() + 2, w, kRow - 5), QColor::fromRgb(fill));
                color = mark = inkOn(fill);
                hairBox(painter, QRectF(x, row.top() + 2, w, kRow - 5), QColor(), ink(Ink::Hair2), 0);
            }
            paintToken(painter, QPointF(x, base), token, color, mark);
            if (position == line.row.query) painter.fillRect(QRectF(x, row.bottom() - 2, w, 2), ink(Ink::Select));
            x += w;
        }
        if (!shown.empty() && line.positions[std::size_t(shown.back())] + 1 < int(line.document.ids.size()) && x + gap <= room + 4)
            leaveOut();
        if (m_detailed) {
            painter.setFont(theme.font(Type::Caption));
            painter.setPen(ink(Ink::Muted));
            const QString name =
                QFontMetrics(painter.font()).elidedText(QString::fromStdString(line.document.name), Qt::ElideMiddle, kDetail - 52);
            painter.drawText(QRect(width() - kDetail + 4, row.top(), kDetail - 50, kRow), Qt::AlignLeft | Qt::AlignVCenter, name);
            painter.setPen(ink(Ink::Text));
            painter.drawText(QRect(width() - 46, row.top(), 42, kRow), Qt::AlignRight | Qt::AlignVCenter,
                             labelNumber(static_cast<double>(line.row.value)));
        }
    }
}

void ExampleRows::mouseMoveEvent(QMouseEvent* event)
{
    const int line = lineAt(event->position().y());
    if (line == m_hover) return;
    m_hover = line;
    if (m_opensOnClick) setCursor(line >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
    update();
}

void ExampleRows::mousePressEvent(QMouseEvent* event)
{
    const int line = lineAt(event->position().y());
    if (line < 0) return;
    setCurrent(line);
    if (m_opensOnClick && event->button() == Qt::LeftButton) Q_EMIT opened(ExampleLine(m_lines[std::size_t(line)]));
}

void ExampleRows::mouseDoubleClickEvent(QMouseEvent* event)
{
    const int line = lineAt(event->position().y());
    if (line >= 0 && !m_opensOnClick) Q_EMIT opened(m_lines[std::size_t(line)]);
}

void ExampleRows::leaveEvent(QEvent*)
{
    m_hover = -1;
    update();
}

void ExampleRows::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Up: return setCurrent(m_current - 1);
    case Qt::Key_Down: return setCurrent(m_current + 1);
    case Qt::Key_Home: return setCurrent(0);
    case Qt::Key_End: return setCurrent(int(m_lines.size()) - 1);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_current < int(m_lines.size())) Q_EMIT opened(m_lines[std::size_t(m_current)]);
        return;
    default: QWidget::keyPressEvent(event);
    }
}

void ExampleRows::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    update();
}

}  // namespace hs::ui
