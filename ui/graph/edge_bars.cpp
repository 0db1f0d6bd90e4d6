// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph/edge_bars.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {
constexpr int kRow = 22;
}

EdgeBars::EdgeBars(QWidget* parent) : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Strongest edges of this head"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void EdgeBars::setRows(std::vector<EdgeBar> rows, double most, int selectedEdge)
{
    m_rows = std::move(rows);
    m_most = most > 0 ? most : 1;
    m_selected = selectedEdge;
    QStringList words;
    for (const EdgeBar& row : m_rows)
        words << QStringLiteral("%1 %2 %3 %4").arg(edgeTypeWord(row.type), row.out ? tr("into") : tr("from"), row.other, row.text);
    setAccessibleDescription(words.join(QStringLiteral(", ")));
    updateGeometry();
    update();
}

void EdgeBars::setEdgePalette(EdgePalette palette)
{
    m_palette = palette;
    update();
}

QSize EdgeBars::sizeHint() const { return {240, std::max<int>(1, int(m_rows.size())) * kRow}; }

void EdgeBars::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Theme& theme = Theme::instance();
    painter.setFont(theme.font(Type::Base));
    if (m_rows.empty()) {
        painter.setPen(ink(Ink::Muted));
        painter.drawText(rect(), Qt::AlignLeft | Qt::AlignVCenter, tr("None among those drawn"));
    }
    for (int i = 0; i < int(m_rows.size()); ++i) {
        const EdgeBar& row = m_rows[std::size_t(i)];
        const QRectF r(0, i * kRow, width(), kRow);
        if (row.edge == m_selected) painter.fillRect(r, ink(Ink::Tint));
        QPen pen(edgeColour(row.type, m_palette, theme.dark()), 2.5, Qt::SolidLine, Qt::FlatCap);
        if (auto dashes = edgeDashes(row.type); !dashes.isEmpty()) {
            for (qreal& d : dashes) d /= 2.5;
            pen.setDashPattern(dashes);
        }
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(pen);
        painter.drawLine(QPointF(2, r.center().y()), QPointF(24, r.center().y()));
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.setPen(ink(Ink::Text));
        painter.drawText(r.adjusted(34, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, row.out ? tr("into") : tr("from"));
        painter.drawText(r.adjusted(78, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, row.other);
        const double left = 142, right = width() - 52;
        painter.fillRect(QRectF(left, r.center().y() - 3, std::max(1.0, (right - left) * row.value / m_most), 6), ink(Ink::Bar));
        painter.drawText(r.adjusted(0, 0, -2, 0), Qt::AlignRight | Qt::AlignVCenter, row.text);
    }
    if (showsFocus(*this)) ring(painter, QRectF(rect()), ink(Ink::Accent), 2, 0);
}

void EdgeBars::mousePressEvent(QMouseEvent* event)
{
    const int i = int(event->position().y()) / kRow;
    if (i >= 0 && i < int(m_rows.size())) Q_EMIT chosen(m_rows[std::size_t(i)].edge);
}

void EdgeBars::keyPressEvent(QKeyEvent* event)
{
    if (m_rows.empty() || (event->key() != Qt::Key_Up && event->key() != Qt::Key_Down)) return QWidget::keyPressEvent(event);
    int at = -1;
    for (int i = 0; i < int(m_rows.size()); ++i)
        if (m_rows[std::size_t(i)].edge == m_selected) at = i;
    at = std::clamp(at + (event->key() == Qt::Key_Down ? 1 : -1), 0, int(m_rows.size()) - 1);
    Q_EMIT chosen(m_rows[std::size_t(at)].edge);
}

void EdgeBars::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    update();
}

void EdgeBars::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    update();
}

}  // namespace hs::ui
