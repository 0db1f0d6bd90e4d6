// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph/graph_view.h"

#include <QAccessible>
#include <QApplication>
#include <QContextMenuEvent>
#include <QElapsedTimer>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <cmath>
#include <utility>

#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {
constexpr double kLeast = 0.5, kMost = 12;
constexpr int kMotionMs = 150, kFrameMs = 15, kAheadMs = 150, kRestMs = 40;
constexpr double kStripMs = 9;    // a strip that costs more does not fit into a frame with the rest
constexpr double kMargin = 0.35;  // of the widget's size, on each side of the kept picture
}  // namespace

GraphView::GraphView(QWidget* parent) : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setMinimumSize(320, 200);
    setObjectName(QStringLiteral("graphView"));
    setAccessibleName(tr("Graph of heads"));
    m_motion.setInterval(kFrameMs);
    connect(&m_motion, &QTimer::timeout, this, [this] {
        m_motionAt = std::min(1.0, m_motionAt + double(kFrameMs) / kMotionMs);
        if (!m_target || !m_from || m_from->points.size() != m_target->points.size()) m_motionAt = 1;
        if (m_motionAt >= 1) {
            m_motion.stop();
            m_scene.layout = m_target;
            m_from.reset();
        } else {
            auto between = std::make_shared<GraphLayout>(*m_target);
            const double t = m_motionAt * m_motionAt * (3 - 2 * m_motionAt);
            for (std::size_t i = 0; i < between->points.size(); ++i)
                if (between->points[i] && m_from->points[i]) {
                    GraphPoint& p = *between->points[i];
                    const GraphPoint& q = *m_from->points[i];
                    // The frames may differ in size: positions are compared as shares of it.
                    p.x = q.x / std::max(1.0, m_from->width) * m_target->width * (1 - t) + p.x * t;
                    p.y = q.y / std::max(1.0, m_from->height) * m_target->height * (1 - t) + p.y * t;
                }
            m_scene.layout = std::move(between);
        }
        repaintAll();
    });
    m_sharpen.setSingleShot(true);
    m_sharpen.setInterval(60);
    connect(&m_sharpen, &QTimer::timeout, this, [this] {
        if (std::abs(m_pictureZoom - m_zoom) > 1e-9) repaintAll();  // else something else has painted it at this size already
    });
    m_ahead.setSingleShot(true);
    m_ahead.setInterval(kAheadMs);
    connect(&m_ahead, &QTimer::timeout, this, [this] {
        if (m_draft) m_dirty = true;                                                                // the hand rests: drawn well
        else if (!m_picture.isNull() && !m_dirty && m_zoom == m_pictureZoom) scrollPicture(m_pan);  // the margin is full again
        m_ahead.setInterval(kAheadMs);
        update();
    });
    connect(&Theme::instance(), &Theme::changed, this, &GraphView::repaintAll);
}

std::shared_ptr<const GraphLayout> GraphView::placed(const std::shared_ptr<const GraphLayout>& layout) const
{
    if (!layout || m_moved.empty()) return layout;
    auto copy = std::make_shared<GraphLayout>(*layout);
    for (const auto& [node, point] : m_moved)
        if (std::size_t(node) < copy->points.size() && copy->points[std::size_t(node)]) copy->points[std::size_t(node)] = point;
    return copy;
}

void GraphView::setScene(const GraphScene& scene, bool keepView)
{
    const auto before = m_scene.layout;
    const bool sameNodes =
        before && scene.layout && before->points.size() == scene.layout->points.size() && before->kind == scene.layout->kind;
    if (!sameNodes) m_moved.clear();
    m_scene = scene;
    measureNodes(m_scene);
    m_target = placed(scene.layout);
    m_scene.layout = m_target;
    if (!keepView || !sameNodes) {
        m_zoom = 1;
        m_pan = {};
    }
    m_motion.stop();
    if (sameNodes && m_animated && isVisible() && m_target && m_target->points != before->points) {
        m_from = before;
        m_motionAt = 0;
        m_motion.start();
    }
    repaintAll();
}

void GraphView::updateLook(const GraphScene& scene)
{
    const auto layout = m_scene.layout;
    m_scene = scene;
    measureNodes(m_scene);
    m_scene.layout = layout ? layout : scene.layout;
    repaintAll();
}

void GraphView::fit()
{
    m_zoom = 1;
    m_pan = {};
    repaintAll();
}

GraphFrame GraphView::frame() const
{
    if (!m_scene.layout) return {};
    GraphFrame frame = fitGraph(*m_scene.layout, QRectF(rect()), 1);
    const QPointF centre = frame.plot.center();
    frame.scaleX *= m_zoom;
    frame.scaleY *= m_zoom;
    frame.offset = centre + (frame.offset - centre) * m_zoom + m_pan;
    return frame;
}

void GraphView::zoomBy(double factor, const QPointF& at)
{
    if (!m_scene.layout) return;
    const double before = m_zoom;
    m_zoom = std::clamp(m_zoom * factor, kLeast, kMost);
    const double real = m_zoom / before;
    const QPointF centre = fitGraph(*m_scene.layout, QRectF(rect()), 1).plot.center();
    m_pan = (at - centre) * (1 - real) + m_pan * real;
    m_sharpen.start();
    update();
}

void GraphView::reveal(int node)
{
    if (m_scene.empty() || node < 0 || !m_scene.layout->points[std::size_t(node)]) return;
    const QPointF p = frame().toCanvas(*m_scene.layout->points[std::size_t(node)]);
    const QRectF room = QRectF(rect()).adjusted(40, 30, -60, -30);
    if (room.contains(p)) return;
    m_pan += QPointF(std::clamp(p.x(), room.left(), room.right()) - p.x(), std::clamp(p.y(), room.top(), room.bottom()) - p.y());
    repaintAll();
}

std::vector<std::pair<int, GraphPoint>> GraphView::moved() const { return {m_moved.begin(), m_moved.end()}; }

void GraphView::forgetMoved() { m_moved.clear(); }

void GraphView::repaintAll()
{
    m_dirty = true;
    update();
}

void GraphView::paintPart(QPainter& painter, const QRectF& box, bool draft)
{
    GraphPaintOptions options;
    options.dark = Theme::instance().dark();
    options.part = GraphPaintOptions::Part::Kept;
    options.clip = box;
    options.draft = draft;
    paintGraph(painter, m_scene, frame(), options);
}

void GraphView::render()
{
    QElapsedTimer clock;
    clock.start();
    const double ratio = devicePixelRatioF();
    const QRectF box = QRectF(rect()).adjusted(-kMargin * width(), -kMargin * height(), kMargin * width(), kMargin * height());
    m_picture = QPixmap((box.size() * ratio).toSize());
    m_picture.setDevicePixelRatio(ratio);
    m_picture.fill(ink(Ink::Paper));
    QPainter painter(&m_picture);
    painter.translate(-box.topLeft());
    paintPart(painter, box);
    m_pictureBox = box;
    m_pictureZoom = m_zoom;
    m_picturePan = m_pan;
    m_dirty = m_draft = false;
    m_stripMs = double(clock.nsecsElapsed()) / 4e6;  // a guess until there was one: every curve that crosses it is drawn whole
}

/// Moves what is in the picture to where it lies after a pan to `to`, and paints the strips that came in.
void GraphView::scrollPicture(const QPointF& to, bool draft)
{
    const double ratio = m_picture.devicePixelRatio();
    const QPoint by = ((to - m_picturePan) * ratio).toPoint();
    if (by.isNull()) return;
    QRegion strips;
    m_picture.scroll(by.x(), by.y(), m_picture.rect(), &strips);
    m_picturePan += QPointF(by) / ratio;
    const QPointF pan = std::exchange(m_pan, m_picturePan);  // the strips join the rest without a seam
    QPainter painter(&m_picture);
    painter.translate(-m_pictureBox.topLeft());
    for (const QRect& strip : strips) {
        const QRectF box(QPointF(strip.topLeft()) / ratio + m_pictureBox.topLeft(), QSizeF(strip.size()) / ratio);
        painter.setClipRect(box);
        painter.fillRect(box, ink(Ink::Paper));
        paintPart(painter, box, draft);
    }
    m_draft = m_draft || draft;
    m_pan = pan;
}

void GraphView::paintHover(QPainter& painter)
{
    const bool node = m_scene.hoverNode >= 0 && m_scene.layout->points[std::size_t(m_scene.hoverNode)];
    if (!node && m_scene.hoverEdge < 0) return;
    if (node) {  // the rest steps back by half
        QColor veil = ink(Ink::Paper);
        veil.setAlphaF(0.5f);
        painter.fillRect(rect(), veil);
    }
    GraphPaintOptions options;
    options.dark = Theme::instance().dark();
    options.part = GraphPaintOptions::Part::Hover;
    options.clip = rect();
    paintGraph(painter, m_scene, frame(), options);
}

void GraphView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), ink(Ink::Paper));
    if (!m_scene.empty()) {
        const bool zoomed = std::abs(m_pictureZoom - m_zoom) > 1e-9;
        if (m_dirty || m_picture.isNull()) {
            render();
        } else if (!zoomed) {
            const QRectF box = m_pictureBox.translated(m_pan - m_picturePan);
            if (!box.contains(QRectF(rect()))) {
                // Just far enough that the picture covers the widget again.
                const QPointF lack(std::max(0.0, box.left() - 0.0) - std::max(0.0, width() - box.right()),
                                   std::max(0.0, box.top() - 0.0) - std::max(0.0, height() - box.bottom()));
                // In a huge graph a strip may take longer than a frame: then a draft comes in, drawn well when the hand rests.
                const bool late = m_stripMs > kStripMs;
                QElapsedTimer clock;
                clock.start();
                scrollPicture(m_picturePan + lack, late);
                if (!late) m_stripMs = double(clock.nsecsElapsed()) / 1e6;
                m_ahead.setInterval(late ? kRestMs : kAheadMs);
            }
            if (m_draft || m_pan != m_picturePan) m_ahead.start();
        }
        if (std::abs(m_pictureZoom - m_zoom) <= 1e-9) {
            painter.drawPixmap(m_pictureBox.topLeft() + (m_pan - m_picturePan), m_picture);
            paintHover(painter);
        } else {
            // Until the zoom rests: the old picture, scaled. Sharp again 60 ms later.
            const QPointF centre = fitGraph(*m_scene.layout, QRectF(rect()), 1).plot.center();
            const double factor = m_zoom / m_pictureZoom;
            painter.setRenderHint(QPainter::SmoothPixmapTransform);
            painter.translate(centre + m_pan);
            painter.scale(factor, factor);
            painter.translate(-centre - m_picturePan);
            painter.drawPixmap(m_pictureBox.topLeft(), m_picture);
            painter.resetTransform();
        }
    }
    if (showsFocus(*this)) ring(painter, QRectF(rect()), ink(Ink::Accent), 2, 0);
}

void GraphView::resizeEvent(QResizeEvent*)
{
    repaintAll();
    GraphLayout layered;
    Q_EMIT resized(fitGraph(layered, QRectF(rect()), 1).plot.width());
}

void GraphView::contextMenuEvent(QContextMenuEvent* event)
{
    if (m_scene.empty()) return;
    if (event->reason() == QContextMenuEvent::Keyboard) {
        const int node = m_scene.selectedNode;
        if (node >= 0 && m_scene.layout->points[std::size_t(node)])
            Q_EMIT menuRequested(node, mapToGlobal(frame().toCanvas(*m_scene.layout->points[std::size_t(node)]).toPoint()));
    } else if (const auto node = nodeAt(m_scene, frame(), event->pos())) {
        Q_EMIT menuRequested(*node, event->globalPos());
    }
}

void GraphView::wheelEvent(QWheelEvent* event)
{
    if (event->angleDelta().y() == 0) return;
    zoomBy(std::pow(1.0015, event->angleDelta().y()), event->position());
    event->accept();
}

void GraphView::setHover(int node, int edge)
{
    if (node == m_scene.hoverNode && edge == m_scene.hoverEdge) return;
    m_scene.hoverNode = node;
    m_scene.hoverEdge = edge;
    setCursor(node >= 0 || edge >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
    update();
    Q_EMIT hovered(node, edge);
}

void GraphView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || m_scene.empty()) return;
    m_press = m_last = event->position();
    m_dragging = false;
    m_pressedNode = nodeAt(m_scene, frame(), m_press).value_or(-1);
}

void GraphView::mouseMoveEvent(QMouseEvent* event)
{
    const QPointF at = event->position();
    if (m_scene.empty()) return;
    if (!(event->buttons() & Qt::LeftButton)) {
        const GraphFrame f = frame();
        const int node = nodeAt(m_scene, f, at).value_or(-1);
        return setHover(node, node >= 0 ? -1 : edgeAt(m_scene, f, at).value_or(-1));
    }
    if (!m_dragging && (at - m_press).manhattanLength() < QApplication::startDragDistance()) return;
    m_dragging = true;
    if (m_pressedNode >= 0) {
        GraphPoint p = frame().toLayout(at);
        const GraphPoint old = *m_scene.layout->points[std::size_t(m_pressedNode)];
        if (m_scene.layout->kind == LayoutKind::Layered) p.y = old.y;  // height is the layer, always
        m_moved[m_pressedNode] = p;
        m_motion.stop();
        m_target = placed(m_target);
        m_scene.layout = m_target;
        repaintAll();
    } else {
        m_pan += at - m_last;
        setCursor(Qt::ClosedHandCursor);
        update();
    }
    m_last = at;
}

void GraphView::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || m_scene.empty()) return;
    if (m_dragging) {
        if (m_pressedNode >= 0) Q_EMIT movedByUser();
        setCursor(Qt::ArrowCursor);
    } else if (m_pressedNode >= 0) {
        if (event->modifiers() & Qt::ControlModifier) Q_EMIT nodePinned(m_pressedNode);
        else Q_EMIT nodeChosen(m_pressedNode);
    } else {
        Q_EMIT edgeChosen(edgeAt(m_scene, frame(), event->position()).value_or(-1));
    }
    m_dragging = false;
    m_pressedNode = -1;
}

void GraphView::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (m_scene.empty()) return;
    if (const auto node = nodeAt(m_scene, frame(), event->position())) Q_EMIT nodeOpened(*node);
    else fit();
}

void GraphView::leaveEvent(QEvent*) { setHover(-1, -1); }

void GraphView::step(int dx, int dy)
{
    if (m_scene.empty()) return;
    const auto& points = m_scene.layout->points;
    const int at = m_scene.selectedNode;
    if (at < 0 || !points[std::size_t(at)]) {
        for (int n = 0; n < int(points.size()); ++n)
            if (points[std::size_t(n)]) return Q_EMIT nodeChosen(n);
        return;
    }
    // The nearest node in that direction; sideways distance counts double.
    const GraphFrame f = frame();
    const QPointF here = f.toCanvas(*points[std::size_t(at)]);
    int best = -1;
    double least = 1e300;
    for (int n = 0; n < int(points.size()); ++n) {
        if (n == at || !points[std::size_t(n)]) continue;
        const QPointF d = f.toCanvas(*points[std::size_t(n)]) - here;
        const double along = d.x() * dx + d.y() * dy, aside = std::abs(d.x() * dy) + std::abs(d.y() * dx);
        if (along < 1) continue;
        const double cost = along + 2 * aside;
        if (cost < least) {
            least = cost;
            best = n;
        }
    }
    if (best >= 0) Q_EMIT nodeChosen(best);
}

void GraphView::keyPressEvent(QKeyEvent* event)
{
    const QPointF centre = QRectF(rect()).center();
    const bool ctrl = event->modifiers() & Qt::ControlModifier, shift = event->modifiers() & Qt::ShiftModifier;
    const auto pan = [this](double dx, double dy) {
        m_pan += QPointF(dx, dy);
        update();
    };
    if (!ctrl) switch (event->key()) {
        case Qt::Key_Left: return shift ? pan(40, 0) : step(-1, 0);
        case Qt::Key_Right: return shift ? pan(-40, 0) : step(1, 0);
        case Qt::Key_Up: return shift ? pan(0, 40) : step(0, -1);
        case Qt::Key_Down: return shift ? pan(0, -40) : step(0, 1);
        case Qt::Key_Plus:
        case Qt::Key_Equal: return zoomBy(1.25, centre);
        case Qt::Key_Minus: return zoomBy(0.8, centre);
        case Qt::Key_0:
        case Qt::Key_Home: return fit();
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (m_scene.selectedNode >= 0) Q_EMIT nodeOpened(m_scene.selectedNode);
            return;
        case Qt::Key_Space:
            if (m_scene.selectedNode >= 0) Q_EMIT nodePinned(m_scene.selectedNode);
            return;
        default: break;
        }
    QWidget::keyPressEvent(event);
}

void GraphView::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    update();
}

void GraphView::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    update();
}

}  // namespace hs::ui
