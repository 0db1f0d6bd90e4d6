// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/similarity/head_map_view.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

constexpr double kRadius = 9, kSmallRadius = 5;  // with and without letters

struct MapFit {
    QPointF centre, middle;
    double scale = 1;
    QPointF at(const HeadMapPoint& p) const { return middle + QPointF((p.x - centre.x()) * scale, -(p.y - centre.y()) * scale); }
};

MapFit fitOf(const HeadMapScene& scene, const QRectF& canvas)
{
    MapFit fit;
    fit.middle = canvas.center();
    if (scene.points.empty()) return fit;
    double left = 1e300, right = -1e300, low = 1e300, high = -1e300;
    for (const HeadMapPoint& p : scene.points) {
        left = std::min(left, p.x);
        right = std::max(right, p.x);
        low = std::min(low, p.y);
        high = std::max(high, p.y);
    }
    fit.centre = {(left + right) / 2, (low + high) / 2};
    fit.scale = std::min(canvas.width() / std::max(1e-12, right - left), canvas.height() / std::max(1e-12, high - low));
    if (right - left < 1e-12 && high - low < 1e-12) fit.scale = 1;
    return fit;
}

}  // namespace

void paintHeadMap(QPainter& painter, const HeadMapScene& scene, const QRectF& canvas, double unit, bool dark, bool selection)
{
    const MapFit fit = fitOf(scene, canvas);
    painter.setRenderHint(QPainter::Antialiasing);
    QFont font = Theme::instance().font(Type::Caption), small = font;
    font.setPixelSize(std::max(1, int(std::lround(11 * unit))));
    small.setPixelSize(std::max(1, int(std::lround(10 * unit))));
    // No name is written over another head.
    std::vector<QRectF> taken, discs;
    const auto radius = [unit](const HeadMapPoint& p) { return (p.letters.isEmpty() ? kSmallRadius : kRadius) * unit; };
    for (const HeadMapPoint& p : scene.points) {
        const QPointF at = fit.at(p);
        const double r = radius(p) - unit;
        discs.emplace_back(at.x() - r, at.y() - r, 2 * r, 2 * r);
    }
    const auto paintPoint = [&](int i) {
        const HeadMapPoint& p = scene.points[std::size_t(i)];
        const QPointF at = fit.at(p);
        const double r = radius(p);
        const bool lit = selection && (i == scene.selected || i == scene.hover), pin = selection && i == scene.pinned;
        const QColor fill = p.colour.isValid() ? p.colour : Theme::color(Ink::Chrome, dark);
        QPen pen(selection && i == scene.selected ? Theme::color(Ink::Select, dark)
                 : pin                            ? Theme::color(Ink::Select, dark)
                 : lit                            ? Theme::color(Ink::Text, dark)
                                                  : Theme::color(Ink::Hair2, dark),
                 (lit || pin ? 2.2 : 1) * unit);
        if (pin && i != scene.selected) pen.setDashPattern({2.2, 1.4});
        painter.setPen(pen);
        painter.setBrush(fill);
        painter.drawEllipse(at, r, r);
        if (!p.letters.isEmpty()) {
            painter.setFont(small);
            painter.setPen(p.colour.isValid() ? inkOn(p.colour.rgb()) : Theme::color(Ink::Muted, dark));
            painter.drawText(QRectF(at.x() - r, at.y() - r, 2 * r, 2 * r), Qt::AlignCenter, p.letters);
        }
        // A name only where it hides no other; the chosen one always has its own.
        painter.setFont(font);
        const QFontMetricsF metrics(font);
        const double w = metrics.horizontalAdvance(p.name) + 2 * unit;
        const auto isFree = [&](const QRectF& box) {
            const auto hits = [&](const QRectF& other) { return other.intersects(box); };
            return std::none_of(taken.begin(), taken.end(), hits) && std::none_of(discs.begin(), discs.end(), hits);
        };
        const QRectF rightBox(at.x() + r + 2 * unit, at.y() - 7 * unit, w, 14 * unit),
            leftBox(at.x() - r - 2 * unit - w, at.y() - 7 * unit, w, 14 * unit);
        const bool rightFree = isFree(rightBox), leftFree = !rightFree && isFree(leftBox);
        if (!rightFree && !leftFree && !lit && !pin) return;
        const QRectF box = leftFree ? leftBox : rightBox;
        taken.push_back(box);
        painter.setPen(Theme::color(lit ? Ink::Text : Ink::Muted, dark));
        if (!rightFree && !leftFree) painter.fillRect(box, Theme::color(Ink::Paper, dark));
        painter.drawText(box, (leftFree ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter, p.name);
    };
    for (int i = 0; i < int(scene.points.size()); ++i)
        if (i != scene.selected && i != scene.hover) paintPoint(i);
    for (const int i : {scene.selected, scene.hover})
        if (i >= 0 && i < int(scene.points.size())) paintPoint(i);
}

HeadMapView::HeadMapView(QWidget* parent) : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setMinimumSize(320, 240);
    setObjectName(QStringLiteral("headMapView"));
    setAccessibleName(tr("Map of heads"));
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void HeadMapView::setScene(HeadMapScene scene)
{
    m_scene = std::move(scene);
    update();
}

void HeadMapView::fit()
{
    m_zoom = 1;
    m_pan = {};
    update();
}

QRectF HeadMapView::canvas() const
{
    const QRectF room = QRectF(rect()).adjusted(32, 24, -64, -24);
    const QSizeF size = room.size() * m_zoom;
    return QRectF(room.center() - QPointF(size.width(), size.height()) / 2 + m_pan, size);
}

int HeadMapView::pointAt(const QPointF& p) const
{
    const MapFit fit = fitOf(m_scene, canvas());
    int best = -1;
    double nearest = kRadius + 4;
    for (int i = 0; i < int(m_scene.points.size()); ++i) {
        const QPointF d = fit.at(m_scene.points[std::size_t(i)]) - p;
        if (const double distance = std::hypot(d.x(), d.y()); distance < nearest) {
            nearest = distance;
            best = i;
        }
    }
    return best;
}

void HeadMapView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), ink(Ink::Paper));
    paintHeadMap(painter, m_scene, canvas(), 1, Theme::instance().dark(), true);
    if (showsFocus(*this)) ring(painter, QRectF(rect()), ink(Ink::Accent), 2, 0);
}

void HeadMapView::wheelEvent(QWheelEvent* event)
{
    if (event->angleDelta().y() == 0) return;
    const double before = m_zoom;
    m_zoom = std::clamp(m_zoom * std::pow(1.0015, event->angleDelta().y()), 0.5, 30.0);
    const QPointF rel = event->position() - QRectF(rect()).adjusted(32, 24, -64, -24).center();
    m_pan = rel - (rel - m_pan) * (m_zoom / before);
    update();
    event->accept();
}

void HeadMapView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton) return;
    m_press = m_last = event->position();
    m_pressed = true;
    m_dragging = false;
}

void HeadMapView::mouseMoveEvent(QMouseEvent* event)
{
    if (!m_pressed) {
        const int at = pointAt(event->position());
        if (at == m_scene.hover) return;
        m_scene.hover = at;
        update();
        return Q_EMIT hovered(at);
    }
    if (!m_dragging && (event->position() - m_press).manhattanLength() < QApplication::startDragDistance()) return;
    m_dragging = true;
    m_pan += event->position() - m_last;
    m_last = event->position();
    update();
}

void HeadMapView::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton) return;
    if (!m_dragging)
        if (const int at = pointAt(event->position()); at >= 0)
            event->modifiers() & Qt::ControlModifier ? Q_EMIT pinned(at) : Q_EMIT chosen(at);
    m_pressed = m_dragging = false;
}

void HeadMapView::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (const int at = pointAt(event->position()); at >= 0) Q_EMIT opened(at);
    else fit();
}

void HeadMapView::leaveEvent(QEvent*)
{
    m_scene.hover = -1;
    update();
    Q_EMIT hovered(-1);
}

void HeadMapView::keyPressEvent(QKeyEvent* event)
{
    const auto move = [this](double dx, double dy) {
        if (m_scene.points.empty()) return;
        if (m_scene.selected < 0) return Q_EMIT chosen(0);
        const HeadMapPoint& here = m_scene.points[std::size_t(m_scene.selected)];
        int best = -1;
        double least = 1e300;
        for (int i = 0; i < int(m_scene.points.size()); ++i) {
            const double x = m_scene.points[std::size_t(i)].x - here.x, y = m_scene.points[std::size_t(i)].y - here.y;
            const double along = x * dx + y * dy, aside = std::abs(x * dy) + std::abs(y * dx);
            if (i == m_scene.selected || along <= 0) continue;
            if (const double cost = along + 2 * aside; cost < least) {
                least = cost;
                best = i;
            }
        }
        if (best >= 0) Q_EMIT chosen(best);
    };
    if (!(event->modifiers() & Qt::ControlModifier)) switch (event->key()) {
        case Qt::Key_Left: return move(-1, 0);
        case Qt::Key_Right: return move(1, 0);
        case Qt::Key_Up: return move(0, 1);
        case Qt::Key_Down: return move(0, -1);
        case Qt::Key_0:
        case Qt::Key_Home: return fit();
        case Qt::Key_Plus:
        case Qt::Key_Equal: m_zoom = std::min(30.0, m_zoom * 1.25); return update();
        case Qt::Key_Minus: m_zoom = std::max(0.5, m_zoom * 0.8); return update();
        case Qt::Key_Space:
            if (m_scene.selected >= 0) Q_EMIT pinned(m_scene.selected);
            return;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (m_scene.selected >= 0) Q_EMIT opened(m_scene.selected);
            return;
        default: break;
        }
    QWidget::keyPressEvent(event);
}

void HeadMapView::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    update();
}

void HeadMapView::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    update();
}

}  // namespace hs::ui
