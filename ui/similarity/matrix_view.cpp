// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/similarity/matrix_view.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <cmath>

#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

namespace hs::ui {

MatrixView::MatrixView(QWidget* parent) : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setMinimumSize(320, 240);
    setObjectName(QStringLiteral("matrixView"));
    setAccessibleName(tr("Matrix of heads"));
    connect(&Theme::instance(), &Theme::changed, this, &MatrixView::redraw);
}

void MatrixView::redraw()
{
    m_picture = {};
    update();
}

void MatrixView::setScene(const MatrixScene& scene)
{
    const bool sameShape = scene.rows() == m_scene.rows() && scene.cols() == m_scene.cols();
    m_scene = scene;
    if (!sameShape) {
        m_zoom = 1;
        m_pan = {};
    }
    redraw();
}

void MatrixView::fit()
{
    m_zoom = 1;
    m_pan = {};
    redraw();
}

MatrixFrame MatrixView::frame() const
{
    MatrixFrame frame = fitMatrix(m_scene, QRectF(rect()), 1);
    const QRectF all = frame.cells;
    frame.cells = QRectF(all.topLeft() + m_pan, all.size() * m_zoom);
    if (m_zoom > 1)
        frame.plot = QRectF(all.topLeft(), QPointF(std::min(all.left() + all.width() * m_zoom, width() - 12.0 - barRoom(m_scene)),
                                                   std::min(all.top() + all.height() * m_zoom, height() - 12.0)));
    return frame;
}

void MatrixView::clampPan()
{
    const MatrixFrame f = frame();
    m_pan.setX(std::clamp(m_pan.x(), std::min(0.0, f.plot.width() - f.cells.width()), 0.0));
    m_pan.setY(std::clamp(m_pan.y(), std::min(0.0, f.plot.height() - f.cells.height()), 0.0));
}

void MatrixView::zoomBy(double factor, const QPointF& at)
{
    if (m_scene.empty()) return;
    const double before = m_zoom;
    const double most = 40.0 / std::max(0.5, fitMatrix(m_scene, QRectF(rect()), 1).cellWidth(m_scene));
    m_zoom = std::clamp(m_zoom * factor, 1.0, std::max(1.0, most));
    const QPointF corner = fitMatrix(m_scene, QRectF(rect()), 1).cells.topLeft();
    const QPointF rel = at - corner;
    m_pan = rel - (rel - m_pan) * (m_zoom / before);
    clampPan();
    redraw();
}

void MatrixView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    if (m_picture.isNull() || m_picture.size() != (QSizeF(size()) * devicePixelRatioF()).toSize()) {
        m_picture = QPixmap((QSizeF(size()) * devicePixelRatioF()).toSize());
        m_picture.setDevicePixelRatio(devicePixelRatioF());
        m_picture.fill(ink(Ink::Paper));
        QPainter inner(&m_picture);
        paintMatrix(inner, m_scene, frame(), Theme::instance().dark(), true);
    }
    painter.drawPixmap(0, 0, m_picture);
    if (showsFocus(*this)) ring(painter, QRectF(rect()), ink(Ink::Accent), 2, 0);
}

void MatrixView::resizeEvent(QResizeEvent*)
{
    clampPan();
    redraw();
}

void MatrixView::wheelEvent(QWheelEvent* event)
{
    if (event->angleDelta().y() == 0) return;
    zoomBy(std::pow(1.0015, event->angleDelta().y()), event->position());
    event->accept();
}

void MatrixView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton) return;
    m_press = m_last = event->position();
    m_pressed = true;
    m_dragging = false;
}

void MatrixView::mouseMoveEvent(QMouseEvent* event)
{
    if (!m_pressed) {
        const auto at = frame().at(m_scene, event->position());
        return at ? Q_EMIT hovered(m_scene.rowAt(at->first), m_scene.colAt(at->second)) : Q_EMIT hovered(-1, -1);
    }
    if (!m_dragging && (event->position() - m_press).manhattanLength() < QApplication::startDragDistance()) return;
    m_dragging = true;
    m_pan += event->position() - m_last;
    m_last = event->position();
    clampPan();
    redraw();
}

void MatrixView::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton) return;
    if (!m_dragging)
        if (const auto at = frame().at(m_scene, event->position())) Q_EMIT chosen(m_scene.rowAt(at->first), m_scene.colAt(at->second));
    m_pressed = m_dragging = false;
}

void MatrixView::mouseDoubleClickEvent(QMouseEvent*) { fit(); }
void MatrixView::leaveEvent(QEvent*) { Q_EMIT hovered(-1, -1); }

void MatrixView::step(int rows, int cols)
{
    if (m_scene.empty()) return;
    int row = 0, col = 0;
    for (int p = 0; p < m_scene.rows(); ++p)
        if (m_scene.rowAt(p) == m_scene.selectedRow) row = p;
    for (int p = 0; p < m_scene.cols(); ++p)
        if (m_scene.colAt(p) == m_scene.selectedCol) col = p;
    row = std::clamp(row + rows, 0, m_scene.rows() - 1);
    col = std::clamp(col + cols, 0, m_scene.cols() - 1);
    Q_EMIT chosen(m_scene.rowAt(row), m_scene.colAt(col));
}

void MatrixView::keyPressEvent(QKeyEvent* event)
{
    const int n = event->modifiers() & Qt::ShiftModifier ? 8 : 1;
    if (!(event->modifiers() & Qt::ControlModifier)) switch (event->key()) {
        case Qt::Key_Left: return step(0, -n);
        case Qt::Key_Right: return step(0, n);
        case Qt::Key_Up: return step(-n, 0);
        case Qt::Key_Down: return step(n, 0);
        case Qt::Key_Plus:
        case Qt::Key_Equal: return zoomBy(1.25, frame().plot.center());
        case Qt::Key_Minus: return zoomBy(0.8, frame().plot.center());
        case Qt::Key_0:
        case Qt::Key_Home: return fit();
        default: break;
        }
    QWidget::keyPressEvent(event);
}

void MatrixView::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    update();
}

void MatrixView::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    update();
}

}  // namespace hs::ui
