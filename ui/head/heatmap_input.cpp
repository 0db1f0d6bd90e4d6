// SPDX-License-Identifier: GPL-3.0-or-later
// Mouse, wheel and keys of the heatmap.
#include <QApplication>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "ui/head/heatmap_view.h"
#include "ui/kit/token_paint.h"
#include "ui/map/cell_readout.h"
#include "ui/state/selection.h"

namespace hs::ui {

namespace {
constexpr double kWheelStep = 1.2;
constexpr int kKeyJump = 4;      // with Shift
constexpr double kBoxLeast = 6;  // px; a smaller box was a slip of the hand
}  // namespace

void HeatmapView::wheelEvent(QWheelEvent* event)
{
    const QPoint angle = event->angleDelta();
    const double delta = angle.y() != 0 ? angle.y() : angle.x();  // Alt turns the wheel sideways on most platforms
    if (delta == 0 || m_viewport.rows() <= 0) return event->ignore();
    if (m_settings->wheelScrolls() && !(event->modifiers() & Qt::ControlModifier)) {
        const QPointF by = QPointF(angle) / 2;
        m_viewport.panBy(event->modifiers() & Qt::ShiftModifier ? QPointF(by.y(), by.x()) : by);
        afterZoom();
        hoverAt(event->position());
        event->accept();
        return;
    }
    const double factor = std::pow(kWheelStep, delta / 120.0);
    const bool onlyX = event->modifiers() & Qt::AltModifier, onlyY = event->modifiers() & Qt::ShiftModifier;
    const QPoint before = m_viewport.cellAt(event->position());
    m_viewport.zoom(event->position(), onlyY ? 1 : factor, onlyX ? 1 : factor);
    afterZoom();
    if (m_viewport.cellAt(event->position()) != before) hoverAt(event->position());
    event->accept();
}

void HeatmapView::mousePressEvent(QMouseEvent* event)
{
    m_dragFrom = m_dragLast = event->position();
    const bool left = event->button() == Qt::LeftButton;
    if (event->button() == Qt::MiddleButton) m_drag = Drag::Pan;
    else if (!left) m_drag = Drag::None;
    else if (queryLabelArea().contains(m_dragFrom)) m_drag = Drag::Queries;
    else if (keyLabelArea().contains(m_dragFrom)) m_drag = Drag::Keys;
    else if (event->modifiers() & Qt::ControlModifier) m_drag = Drag::Box;
    else m_drag = Drag::Maybe;
    if (m_drag == Drag::Queries || m_drag == Drag::Keys) lockAt(m_dragFrom, m_drag);
    if (m_drag == Drag::Pan) setCursor(Qt::ClosedHandCursor);
}

void HeatmapView::mouseMoveEvent(QMouseEvent* event)
{
    const QPointF at = event->position();
    if (m_drag == Drag::Maybe && (at - m_dragFrom).manhattanLength() >= QApplication::startDragDistance()) {
        m_drag = Drag::Pan;
        setCursor(Qt::ClosedHandCursor);
        QToolTip::hideText();
    }
    switch (m_drag) {
    case Drag::Pan:
        m_viewport.panBy(at - m_dragLast);
        m_dragLast = at;
        return afterZoom();
    case Drag::Box: m_dragLast = at; return update();
    case Drag::Queries:
    case Drag::Keys: return lockAt(at, m_drag);
    case Drag::Maybe: return;
    case Drag::None: break;
    }
    hoverAt(at);
}

void HeatmapView::mouseReleaseEvent(QMouseEvent* event)
{
    const Drag drag = std::exchange(m_drag, Drag::None);
    unsetCursor();
    if (drag == Drag::Box) {
        const QRectF area = m_viewport.area(), box = QRectF(m_dragFrom, m_dragLast).normalized().intersected(area);
        if (box.width() >= kBoxLeast && box.height() >= kBoxLeast) {
            m_viewport.showRect(QRectF(m_viewport.firstColumn() + (box.left() - area.left()) / m_viewport.cellWidth(),
                                       m_viewport.firstRow() + (box.top() - area.top()) / m_viewport.cellHeight(),
                                       box.width() / m_viewport.cellWidth(), box.height() / m_viewport.cellHeight()));
            return afterZoom();
        }
        return update();
    }
    if (drag == Drag::Maybe && event->button() == Qt::LeftButton) lockAt(event->position(), Drag::None);
}

void HeatmapView::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton) return;
    const QPoint cell = m_viewport.cellAt(event->position());
    m_drag = Drag::None;
    // The first click of the two may have freed this very pair: a double click always ends locked.
    if (cell.x() >= 0 && !m_model->masked(cell.y(), cell.x())) {
        m_selection->lock(m_model->rowLabels()[static_cast<std::size_t>(cell.y())].token,
                          m_model->columnLabels()[static_cast<std::size_t>(cell.x())].token);
        return;
    }
    if (!queryLabelArea().contains(event->position()) && !keyLabelArea().contains(event->position())) fit();
}

void HeatmapView::leaveEvent(QEvent*)
{
    m_selection->hover(-1, -1);
    QToolTip::hideText();
}

void HeatmapView::hoverAt(const QPointF& position)
{
    const QPoint cell = m_viewport.cellAt(position);
    if (cell.x() < 0) {
        m_selection->hover(-1, -1);
        QToolTip::hideText();
        return;
    }
    m_selection->hover(m_model->rowLabels()[static_cast<std::size_t>(cell.y())].token,
                       m_model->columnLabels()[static_cast<std::size_t>(cell.x())].token);
    // Straight away, for the cell under the mouse, also while another pair is locked.
    const QString text = statusLine(readCell(*m_model, cell.y(), cell.x())).replace(QStringLiteral(" | "), QStringLiteral("\n"));
    QToolTip::showText(mapToGlobal((position + QPointF(14, 14)).toPoint()),
                       text.toHtmlEscaped().replace(QLatin1Char('\n'), QStringLiteral("<br>")), this,
                       m_viewport.cellRect(cell.y(), cell.x()).toAlignedRect());
}

void HeatmapView::lockAt(const QPointF& position, Drag what)
{
    const QRectF area = m_viewport.area();
    if (area.isEmpty() || m_viewport.rows() <= 0) return;
    const QPointF inside(std::clamp(position.x(), area.left(), area.right() - 0.01),
                         std::clamp(position.y(), area.top(), area.bottom() - 0.01));
    const QPoint cell = m_viewport.cellAt(what == Drag::None ? position : inside);
    if (cell.x() < 0) return;
    int query = m_model->rowLabels()[static_cast<std::size_t>(cell.y())].token,
        key = m_model->columnLabels()[static_cast<std::size_t>(cell.x())].token;
    if (what == Drag::Queries) {
        key = locked() ? m_selection->key() : -1;
        if (m_model->masked(cell.y(), m_model->columnOfToken(key))) key = -1;
    } else if (what == Drag::Keys) {
        query = locked() ? m_selection->query() : -1;
    } else if (locked() && m_selection->query() == query && m_selection->key() == key) {
        m_selection->release();  // a second click on the locked cell frees it
        return;
    }
    m_selection->lock(query, key);
}

void HeatmapView::moveCursor(int rows, int columns)
{
    if (m_viewport.rows() <= 0) return;
    int r = row(), c = column();
    if (r < 0 && c < 0) {  // nothing yet: begin at the strongest key of the last row
        r = m_viewport.rows() - 1;
        const std::vector<float> values = m_model->rowValues(r);
        c = 0;
        for (int i = 1; i < static_cast<int>(values.size()); ++i)
            if (!m_model->masked(r, i) && values[static_cast<std::size_t>(i)] > values[static_cast<std::size_t>(c)]) c = i;
    } else {
        r = std::clamp((r < 0 ? m_viewport.rows() - 1 : r) + rows, 0, m_viewport.rows() - 1);
        c = std::clamp((c < 0 ? 0 : c) + columns, 0, m_viewport.columns() - 1);
        if (!m_model->seen(r, c)) {  // stay where there are weights: a step up or down takes the key along, one to the side the query
            const KeyRange keys = m_model->mask().keys(r, m_viewport.columns()), queries = m_model->mask().queries(c, m_viewport.rows());
            if (rows != 0 && !keys.empty()) c = std::clamp(c, keys.first, keys.end - 1);
            else if (!queries.empty()) r = std::clamp(r, queries.first, queries.end - 1);
        }
    }
    m_viewport.ensureVisible(r, c);
    afterZoom();
    m_selection->lock(m_model->rowLabels()[static_cast<std::size_t>(r)].token, m_model->columnLabels()[static_cast<std::size_t>(c)].token);
}

void HeatmapView::keyPressEvent(QKeyEvent* event)
{
    const bool control = event->modifiers() & Qt::ControlModifier;
    const int step = event->modifiers() & Qt::ShiftModifier ? kKeyJump : 1;
    // Plain arrows change the head everywhere, so the cell cursor takes Ctrl.
    if (control) {
        switch (event->key()) {
        case Qt::Key_Left: return moveCursor(0, -step);
        case Qt::Key_Right: return moveCursor(0, step);
        case Qt::Key_Up: return moveCursor(-step, 0);
        case Qt::Key_Down: return moveCursor(step, 0);
        case Qt::Key_0: return fit();
        case Qt::Key_Plus:
        case Qt::Key_Equal: return zoomBy(kWheelStep);
        case Qt::Key_Minus: return zoomBy(1 / kWheelStep);
        default: break;
        }
    }
    if (event->key() == Qt::Key_Home && !control) return fit();
    if (event->key() == Qt::Key_Escape && locked()) return m_selection->release();
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && row() >= 0 && column() >= 0)
        return m_selection->lock(m_selection->query(), m_selection->key());
    event->ignore();
}

void HeatmapView::focusInEvent(QFocusEvent* event)
{
    update();
    QWidget::focusInEvent(event);
}

void HeatmapView::focusOutEvent(QFocusEvent* event)
{
    update();
    QWidget::focusOutEvent(event);
}

bool HeatmapView::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const QRectF area = m_viewport.area();
        const QPointF inside(std::clamp<double>(help->pos().x(), area.left(), area.right() - 0.01),
                             std::clamp<double>(help->pos().y(), area.top(), area.bottom() - 0.01));
        const QPoint cell = m_viewport.rows() > 0 ? m_viewport.cellAt(inside) : QPoint(-1, -1);
        if (cell.x() >= 0 && queryLabelArea().contains(help->pos()))  // long labels are cut
            QToolTip::showText(help->globalPos(),
                               tr("query %1 %2")
                                   .arg(QString::number(cell.y()),
                                        visibleToken(m_model->rowLabels()[static_cast<std::size_t>(cell.y())].text)),
                               this);
        else if (cell.x() >= 0 && keyLabelArea().contains(help->pos()))
            QToolTip::showText(help->globalPos(),
                               tr("key %1 %2")
                                   .arg(QString::number(cell.x()),
                                        visibleToken(m_model->columnLabels()[static_cast<std::size_t>(cell.x())].text)),
                               this);
        else if (!area.contains(help->pos())) QToolTip::hideText();
        return true;  // over cells the tooltip follows the mouse (hoverAt)
    }
    return QWidget::event(event);
}

}  // namespace hs::ui
