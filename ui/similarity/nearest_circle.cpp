// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/similarity/nearest_circle.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <numbers>

#include "ui/kit/chart_axis.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

constexpr double kDisc = 9, kCentre = 20, kLabel = 50;

QPointF direction(int i, int n)
{
    const double angle = 2 * std::numbers::pi * i / std::max(1, n) - std::numbers::pi / 2;
    return {std::cos(angle), std::sin(angle)};
}

void disc(QPainter& painter, const QPointF& at, double r, const QString& letters, const QColor& colour, bool dark, const QPen& pen,
          const QFont& font)
{
    painter.setPen(pen);
    painter.setBrush(colour.isValid() ? colour : Theme::color(Ink::Chrome, dark));
    painter.drawEllipse(at, r, r);
    painter.setBrush(Qt::NoBrush);
    if (letters.isEmpty()) return;
    painter.setFont(font);
    painter.setPen(colour.isValid() ? inkOn(colour.rgb()) : Theme::color(Ink::Muted, dark));
    painter.drawText(QRectF(at.x() - r, at.y() - r, 2 * r, 2 * r), Qt::AlignCenter, letters);
}

}  // namespace

NearestFrame fitNearest(const QRectF& area, double unit)
{
    NearestFrame f;
    f.inner = (kCentre + kDisc + 3) * unit;
    f.outer = std::max(f.inner + 8 * unit, std::min(area.width() / 2 - kLabel * unit, area.height() / 2 - 38 * unit));
    // At the top of a high area; a line of words stands below.
    f.centre = QPointF(area.center().x(), area.top() + f.outer + 32 * unit);
    return f;
}

QPointF NearestFrame::at(const NearestScene& s, int i) const
{
    const double t = std::clamp(s.heads[std::size_t(i)].distance / std::max(1e-12, s.edge), 0.0, 1.0);
    return centre + direction(i, int(s.heads.size())) * (inner + t * (outer - inner));
}

QPointF NearestFrame::rim(const NearestScene& s, int i, double beyond) const
{
    return centre + direction(i, int(s.heads.size())) * (outer + beyond);
}

void paintNearest(QPainter& painter, const NearestScene& scene, const QRectF& area, double unit, bool dark, bool selection)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const auto colour = [dark](Ink ink) { return Theme::color(ink, dark); };
    const QFont caption = chartFont(Type::Caption, unit), bold = chartFont(Type::Caption, unit, true),
                small = chartFont(Type::AxisSmall, unit);
    if (scene.heads.empty()) {
        painter.setFont(caption);
        painter.setPen(colour(Ink::Muted));
        painter.drawText(area, Qt::AlignCenter | Qt::TextWordWrap, scene.absent);
        painter.restore();
        return;
    }
    const NearestFrame f = fitNearest(area, unit);
    QPen ringPen(colour(Ink::Hair2), unit);
    ringPen.setDashPattern({3, 3});
    painter.setPen(ringPen);
    painter.drawEllipse(f.centre, f.outer, f.outer);
    painter.setFont(small);
    painter.setPen(colour(Ink::Muted));
    painter.drawText(QRectF(area.left(), std::min(area.bottom() - 14 * unit, f.centre.y() + f.outer + 44 * unit), area.width(), 13 * unit),
                     Qt::AlignLeft | Qt::AlignVCenter, scene.edgeName);
    for (int i = 0; i < int(scene.heads.size()); ++i) {
        const NearestHead& head = scene.heads[std::size_t(i)];
        const bool lit = selection && i == scene.lit;
        const QPointF at = f.at(scene, i);
        painter.setPen(QPen(colour(lit ? Ink::Text : Ink::Hair), unit));
        painter.drawLine(f.centre, f.rim(scene, i, 0));
        disc(painter, at, kDisc * unit, head.letters, head.colour, dark, QPen(colour(lit ? Ink::Text : Ink::Hair2), (lit ? 2 : 1) * unit),
             small);
        const QPointF label = f.rim(scene, i, 8 * unit), way = direction(i, int(scene.heads.size()));
        const double w = kLabel * unit, h = 26 * unit;
        // The label's near side touches the rim: left of it on the left, right of it on the right, centred at top and bottom.
        const double x = std::abs(way.x()) < 0.2 ? label.x() - w / 2 : way.x() > 0 ? label.x() : label.x() - w;
        const double y = std::abs(way.y()) < 0.2 ? label.y() - h / 2 : label.y() - h / 2 + way.y() * h / 2.6;
        const Qt::Alignment side = std::abs(way.x()) < 0.2 ? Qt::AlignHCenter : way.x() > 0 ? Qt::AlignLeft : Qt::AlignRight;
        painter.setFont(bold);
        painter.setPen(colour(Ink::Text));
        painter.drawText(QRectF(x, y, w, h / 2), side | Qt::AlignVCenter, head.name);
        painter.setFont(small);
        painter.setPen(colour(lit ? Ink::Text : Ink::Muted));
        painter.drawText(QRectF(x, y + h / 2, w, h / 2), side | Qt::AlignVCenter, head.text);
    }
    disc(painter, f.centre, kCentre * unit, scene.letters, scene.colour, dark, QPen(colour(selection ? Ink::Select : Ink::Text), 2 * unit),
         caption);
    if (scene.letters.isEmpty()) {
        painter.setFont(small);
        painter.setPen(colour(Ink::Text));
        painter.drawText(QRectF(f.centre.x() - 24 * unit, f.centre.y() - 8 * unit, 48 * unit, 16 * unit), Qt::AlignCenter, scene.centre);
    }
    painter.restore();
}

NearestCircle::NearestCircle(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("nearestCircle"));
    setAccessibleName(tr("Nearest heads"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void NearestCircle::setScene(NearestScene scene)
{
    m_scene = std::move(scene);
    m_scene.lit = -1;
    QStringList words;
    for (const NearestHead& head : m_scene.heads) words << QStringLiteral("%1 %2").arg(head.name, head.text);
    setAccessibleDescription(words.isEmpty() ? m_scene.absent : words.join(QStringLiteral(", ")));
    update();
}

int NearestCircle::headAt(const QPointF& p) const
{
    const NearestFrame f = fitNearest(QRectF(rect()), 1);
    int best = -1;
    double nearest = 18;
    for (int i = 0; i < int(m_scene.heads.size()); ++i)
        for (const QPointF& q : {f.at(m_scene, i), f.rim(m_scene, i, 22)})
            if (const double d = std::hypot(q.x() - p.x(), q.y() - p.y()); d < nearest) {
                nearest = d;
                best = i;
            }
    return best;
}

void NearestCircle::light(int index)
{
    if (index == m_scene.lit) return;
    m_scene.lit = index;
    update();
    Q_EMIT hovered(index);
}

void NearestCircle::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintNearest(painter, m_scene, QRectF(rect()), 1, Theme::instance().dark(), true);
    if (showsFocus(*this)) ring(painter, QRectF(rect()), ink(Ink::Accent), 2, 0);
}

void NearestCircle::mouseMoveEvent(QMouseEvent* event) { light(headAt(event->position())); }
void NearestCircle::leaveEvent(QEvent*) { light(-1); }

void NearestCircle::mousePressEvent(QMouseEvent* event)
{
    if (const int at = headAt(event->position()); at >= 0 && event->button() == Qt::LeftButton)
        Q_EMIT chosen(m_scene.heads[std::size_t(at)].head);
}

void NearestCircle::keyPressEvent(QKeyEvent* event)
{
    const int n = int(m_scene.heads.size());
    if (n > 0 && !(event->modifiers() & Qt::ControlModifier)) switch (event->key()) {
        case Qt::Key_Right:
        case Qt::Key_Down: return light(m_scene.lit < 0 ? 0 : (m_scene.lit + 1) % n);
        case Qt::Key_Left:
        case Qt::Key_Up: return light(m_scene.lit < 0 ? n - 1 : (m_scene.lit + n - 1) % n);
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (m_scene.lit >= 0) Q_EMIT chosen(m_scene.heads[std::size_t(m_scene.lit)].head);
            return;
        default: break;
        }
    QWidget::keyPressEvent(event);
}

void NearestCircle::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    update();
}

void NearestCircle::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    update();
}

}  // namespace hs::ui
