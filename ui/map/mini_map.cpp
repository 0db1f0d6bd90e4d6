// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/mini_map.h"

#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/theme/theme.h"

namespace hs::ui {

namespace {
constexpr int kLeft = 7;  // in line with the colour bar, whose thumbs need this room
QRectF box() { return QRectF(kLeft, 0, measure::kMiniMap, measure::kMiniMap); }
}  // namespace

MiniMap::MiniMap(QWidget* parent) : QWidget(parent)
{
    setAccessibleName(tr("Mini-map"));
    setToolTip(tr("The whole map; each pixel is the largest cell under it, its colour by the power 0.7. Drag the frame."));
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

QSize MiniMap::sizeHint() const { return {132, measure::kMiniMap + 20}; }

QSize MiniMap::pictureSize() const
{
    const int side = static_cast<int>(std::lround((measure::kMiniMap - 2) * devicePixelRatioF()));
    return {side, side};
}

void MiniMap::setPicture(const QImage& picture)
{
    m_picture = picture;
    update();
}

void MiniMap::setView(const QRectF& shares, const QString& caption)
{
    if (shares == m_view && caption == m_caption) return;
    m_view = shares;
    m_caption = caption;
    setAccessibleDescription(caption);
    update();
}

void MiniMap::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Theme& theme = Theme::instance();
    const QRectF place = box().adjusted(1, 1, -1, -1);
    if (!m_picture.isNull()) painter.drawImage(place, m_picture);
    painter.setPen(QPen(theme.color(Ink::Hair), 1));
    painter.drawRect(box().adjusted(0.5, 0.5, -0.5, -0.5));
    QRectF frame(place.left() + m_view.left() * place.width(), place.top() + m_view.top() * place.height(),
                 std::max(4.0, m_view.width() * place.width()), std::max(4.0, m_view.height() * place.height()));
    painter.setPen(QPen(theme.color(Ink::Select), 1));
    painter.drawRect(frame.adjusted(-0.5, -0.5, 0.5, 0.5));
    painter.setFont(theme.font(Type::Caption));
    painter.setPen(theme.color(Ink::Muted));
    painter.drawText(QPointF(kLeft, box().bottom() + 18), m_caption);
}

void MiniMap::mousePressEvent(QMouseEvent* event)
{
    const QRectF place = box();
    const QPointF centre(place.left() + m_view.center().x() * place.width(), place.top() + m_view.center().y() * place.height());
    const QRectF frame(centre.x() - m_view.width() * place.width() / 2, centre.y() - m_view.height() * place.height() / 2,
                       m_view.width() * place.width(), m_view.height() * place.height());
    m_grip = frame.contains(event->position()) ? event->position() - centre : QPointF();
    choose(event->position());
}

void MiniMap::mouseMoveEvent(QMouseEvent* event)
{
    if (event->buttons() & Qt::LeftButton) choose(event->position());
}

void MiniMap::choose(const QPointF& position)
{
    const QRectF place = box();
    const QPointF centre = position - m_grip;
    Q_EMIT centreChosen({(centre.x() - place.left()) / place.width(), (centre.y() - place.top()) / place.height()});
}

}  // namespace hs::ui
