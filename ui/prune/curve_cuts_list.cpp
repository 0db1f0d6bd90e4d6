// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prune/curve_cuts_list.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <algorithm>

#include "ui/kit/numbers.h"
#include "ui/labels/label_code.h"
#include "ui/labels/label_store.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

constexpr int kRow = measure::kTableRow, kHeader = measure::kTableRow;
constexpr int kNumber = 12, kHead = 36, kLabel = 90, kUndo = 48;

}  // namespace

CutsList::CutsList(const LabelStore* labels, QWidget* parent) : QAbstractScrollArea(parent), m_labels(labels)
{
    setObjectName(QStringLiteral("cutsList"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Heads that are off, in order"));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setMouseTracking(true);
    verticalScrollBar()->setSingleStep(kRow);
    if (labels) connect(labels, &LabelStore::changed, viewport(), qOverload<>(&QWidget::update));
    connect(&Theme::instance(), &Theme::changed, viewport(), qOverload<>(&QWidget::update));
}

int CutsList::preferredHeight() const { return kHeader + std::max(1, lineCount()) * kRow + 2; }

void CutsList::setRows(std::vector<CutRow> rows, const std::optional<NextCut>& next, bool measuring)
{
    const bool grown = rows.size() != m_rows.size();
    m_rows = std::move(rows);
    m_next = next;
    m_measuring = measuring;
    if (grown) m_current = int(m_rows.size()) - 1;
    QStringList words;
    for (const CutRow& r : m_rows)
        words << QString::fromStdString(headName(r.head)) + (r.total ? QLatin1Char(' ') + numberText(*r.total, 4, true) : QString());
    setAccessibleDescription(words.join(QStringLiteral("; ")));
    fit();
    if (grown) {
        updateGeometry();
        verticalScrollBar()->setValue(verticalScrollBar()->maximum());
    }
    viewport()->update();
}

void CutsList::fit()
{
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setRange(0, std::max(0, preferredHeight() - viewport()->height()));
}

void CutsList::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    fit();
}

int CutsList::rowAt(double y) const
{
    if (y < kHeader) return -1;
    const int row = int((y - kHeader + verticalScrollBar()->value()) / kRow);
    return row >= 0 && row < lineCount() ? row : -1;
}

QRect CutsList::undoBox(int row) const
{
    return {viewport()->width() - kUndo - 8, kHeader + row * kRow - verticalScrollBar()->value(), kUndo + 4, kRow};
}

void CutsList::paintEvent(QPaintEvent*)
{
    QPainter p(viewport());
    p.fillRect(viewport()->rect(), ink(Ink::Paper));
    const Theme& theme = Theme::instance();
    const int width = viewport()->width(), numbers = width - kUndo - 16;
    const int total = numbers;  // right edges
    const QFont base = theme.font(Type::Base), caption = theme.font(Type::Caption);
    const auto right = [&](int edge, int y, const QString& text) {
        p.drawText(QRect(edge - 76, y, 76, kRow), Qt::AlignRight | Qt::AlignVCenter, text);
    };
    const int stepEdge = std::max(kLabel + 84, total - 66);
    for (int i = 0; i < lineCount(); ++i) {
        const int y = kHeader + i * kRow - verticalScrollBar()->value();
        if (y + kRow < kHeader || y > viewport()->height()) continue;
        const bool next = i == int(m_rows.size());
        const HeadId head = next ? m_next->head : m_rows[std::size_t(i)].head;
        if (!next && i == m_current) p.fillRect(QRect(0, y, width, kRow), ink(Ink::Tint));
        else if (i == m_hover) p.fillRect(QRect(0, y, width, kRow), ink(Ink::Hover));
        const QColor ordinary = ink(next ? Ink::Muted : Ink::Text);
        p.setFont(base);
        p.setPen(ink(Ink::Muted));
        p.drawText(QRect(kNumber, y, kHead - kNumber, kRow), Qt::AlignLeft | Qt::AlignVCenter, QString::number(i + 1));
        p.setPen(ordinary);
        p.drawText(QRect(kHead, y, 60, kRow), Qt::AlignLeft | Qt::AlignVCenter, QString::fromStdString(headName(head)));
        if (m_labels) paintLabelCode(p, QRectF(kLabel, y + 5, 22, 15), m_labels->mark(head));
        p.setPen(ordinary);
        p.setFont(base);
        const auto number = [&](const std::optional<double>& v) {
            return v ? numberText(*v, 4, true) : m_measuring ? QStringLiteral("…") : QStringLiteral("–");
        };
        if (next) {
            right(stepEdge, y, numberText(m_next->change, 4, true));
            p.setFont(caption);
            p.drawText(QRect(stepEdge, y, width - 12 - stepEdge, kRow), Qt::AlignRight | Qt::AlignVCenter, tr("next best"));
        } else {
            right(stepEdge, y, number(m_rows[std::size_t(i)].step));
            right(total, y, number(m_rows[std::size_t(i)].total));
            p.setFont(caption);
            p.setPen(ink(Ink::Accent));
            p.drawText(undoBox(i).adjusted(0, 0, -4, 0), Qt::AlignRight | Qt::AlignVCenter, tr("Undo"));
        }
        if (i == m_current && showsFocus(*this)) ring(p, QRectF(1, y, width - 2, kRow), ink(Ink::Accent), 2, 0);
    }
    if (m_rows.empty() && !m_next) {
        p.setFont(caption);
        p.setPen(ink(Ink::Muted));
        p.drawText(QRect(12, kHeader, width - 24, kRow), Qt::AlignLeft | Qt::AlignVCenter, tr("No head is off: click one in the atlas."));
    }
    p.fillRect(QRect(0, 0, width, kHeader), ink(Ink::Paper));
    p.setFont(theme.font(Type::Caption, true));
    p.setPen(ink(Ink::Muted));
    p.drawText(QRect(kHead, 0, 60, kHeader), Qt::AlignLeft | Qt::AlignVCenter, tr("Head"));
    p.drawText(QRect(kLabel, 0, 60, kHeader), Qt::AlignLeft | Qt::AlignVCenter, tr("Label"));
    right(stepEdge, 0, tr("Step"));
    right(total, 0, tr("Total"));
    hairline(p, QPointF(0, kHeader - 1), QPointF(width, kHeader - 1), ink(Ink::Hair));
}

void CutsList::mousePressEvent(QMouseEvent* event)
{
    const int row = rowAt(event->position().y());
    if (row < 0 || event->button() != Qt::LeftButton) return;
    if (row == int(m_rows.size())) return Q_EMIT cutRequested(m_next->head);
    const HeadId head = m_rows[std::size_t(row)].head;
    if (undoBox(row).contains(event->position().toPoint())) return Q_EMIT undoRequested(head);
    m_current = row;
    viewport()->update();
    Q_EMIT chosen(head);
}

void CutsList::mouseMoveEvent(QMouseEvent* event)
{
    const int row = rowAt(event->position().y());
    const bool link = row >= 0 && (row == int(m_rows.size()) || undoBox(row).contains(event->position().toPoint()));
    viewport()->setCursor(link ? Qt::PointingHandCursor : Qt::ArrowCursor);
    if (row == m_hover) return;
    m_hover = row;
    viewport()->update();
}

void CutsList::leaveEvent(QEvent*)
{
    m_hover = -1;
    viewport()->update();
}

void CutsList::keyPressEvent(QKeyEvent* event)
{
    const int last = int(m_rows.size()) - 1;
    switch (event->key()) {
    case Qt::Key_Up: m_current = std::clamp(m_current - 1, std::min(0, last), last); break;
    case Qt::Key_Down: m_current = std::clamp(m_current + 1, std::min(0, last), last); break;
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        if (m_current >= 0 && m_current <= last) Q_EMIT undoRequested(m_rows[std::size_t(m_current)].head);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_next) Q_EMIT cutRequested(m_next->head);
        return;
    default: return QAbstractScrollArea::keyPressEvent(event);
    }
    if (m_current >= 0) Q_EMIT chosen(m_rows[std::size_t(m_current)].head);
    viewport()->update();
}

bool CutsList::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int row = rowAt(help->pos().y());
        QString text;
        if (row >= 0 && row < int(m_rows.size())) {
            const CutRow& r = m_rows[std::size_t(row)];
            if (r.total) text = tr("All heads up to here off: loss %1 nats on the test text").arg(numberText(*r.total, 5, true));
            if (r.totalInterval)
                text += QLatin1Char('\n')
                        + tr("95 % interval %1 to %2")
                              .arg(numberText(r.totalInterval->low, 5, true), numberText(r.totalInterval->high, 5, true));
        } else if (row >= 0 && m_next)
            text = tr("Of all heads that are on, this one hurts least on the calibration text; click or Return cuts it.");
        if (help->pos().y() < kHeader) text = tr("Step: change of the loss on the test text by this cut alone; Total: by all up to it");
        if (text.isEmpty()) QToolTip::hideText();
        else QToolTip::showText(help->globalPos(), text, viewport());
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void CutsList::focusInEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void CutsList::focusOutEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

}  // namespace hs::ui
