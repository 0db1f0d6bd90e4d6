// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/labels/example_maps.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>

#include "ui/labels/label_words.h"
#include "ui/map/map_painter.h"
#include "ui/theme/colour_map.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

constexpr int kPerRow = 5, kGap = 7, kTick = 4;

}  // namespace

ExampleMaps::ExampleMaps(int side, QWidget* parent) : QWidget(parent), m_side(side)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void ExampleMaps::setMaps(std::vector<ExampleMap> maps)
{
    m_maps = std::move(maps);
    m_images.assign(m_maps.size(), {});
    m_current = 0;
    m_hover = -1;
    setVisible(!m_maps.empty());
    setAccessibleDescription(sentence(0));
    update();
}

void ExampleMaps::setCells(int index, std::shared_ptr<const MatrixF> cells)
{
    if (index < 0 || index >= int(m_maps.size())) return;
    m_maps[std::size_t(index)].cells = std::move(cells);
    m_images[std::size_t(index)] = {};
    update();
}

void ExampleMaps::setCurrent(int index)
{
    index = std::clamp(index, 0, std::max(0, int(m_maps.size()) - 1));
    if (index != m_current) {
        m_current = index;
        setAccessibleDescription(sentence(index));
        Q_EMIT currentChanged(index);
    }
    update();
}

int ExampleMaps::side() const
{
    const int columns = std::min(kPerRow, std::max(1, int(m_maps.size())));
    return std::clamp((width() - kTick - 2 - (columns - 1) * kGap) / columns, 16, m_side);
}

QSize ExampleMaps::sizeHint() const
{
    return {m_side > 100 ? m_side + kTick + 2 : kPerRow * m_side + (kPerRow - 1) * kGap + kTick + 2, m_side + kTick + 3};
}

QRect ExampleMaps::mapRect(int index) const { return {kTick + index * (side() + kGap), 1, side(), side()}; }

int ExampleMaps::mapAt(const QPointF& at) const
{
    for (int i = 0; i < int(m_maps.size()); ++i)
        if (mapRect(i).adjusted(-kTick, -1, 1, kTick).contains(at.toPoint())) return i;
    return -1;
}

QString ExampleMaps::sentence(int index) const
{
    if (index < 0 || index >= int(m_maps.size())) return {};
    const ExampleMap& map = m_maps[std::size_t(index)];
    if (map.mass == RowMass::Norms)
        return tr("What is written around query %1, tokens %2 to %3 of %4: share %5")
            .arg(map.line.row.query)
            .arg(map.window.from)
            .arg(map.window.to - 1)
            .arg(QString::fromStdString(map.line.document.name), labelNumber(static_cast<double>(map.line.row.value)));
    return tr("Attention around query %1, tokens %2 to %3 of %4: weight %5")
        .arg(map.line.row.query)
        .arg(map.window.from)
        .arg(map.window.to - 1)
        .arg(QString::fromStdString(map.line.document.name), labelNumber(static_cast<double>(map.line.row.value)));
}

bool ExampleMaps::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int index = mapAt(help->pos());
        if (index >= 0)
            QToolTip::showText(help->globalPos(),
                               sentence(index) + QLatin1Char('\n')
                                   + tr("Tick at the left: the query; ticks below: what the label expects. Click opens the passage."),
                               this);
        else QToolTip::hideText();
        return true;
    }
    return QWidget::event(event);
}

void ExampleMaps::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const int size = side();
    const bool dark = Theme::instance().dark();
    if (dark != m_darkImages) {
        for (QImage& image : m_images) image = {};
        m_darkImages = dark;
    }
    for (int i = 0; i < int(m_maps.size()); ++i) {
        const ExampleMap& map = m_maps[std::size_t(i)];
        const QRect box = mapRect(i);
        painter.fillRect(box, ink(Ink::Paper));
        if (map.cells) {
            QImage& image = m_images[std::size_t(i)];
            const double ratio = devicePixelRatioF();
            const QSize pixels(qRound(size * ratio), qRound(size * ratio));
            if (image.size() != pixels) {
                image = renderThumbnail(*map.cells, 1, map.mask, ColourMap::get(QStringLiteral("attention"), dark), pixels);
                image.setDevicePixelRatio(ratio);
            }
            painter.drawImage(QRectF(box), image);
        } else hairline(painter, QPointF(box.left() + 6, box.center().y()), QPointF(box.right() - 5, box.center().y()), ink(Ink::Hair));
        hairBox(painter, QRectF(box).adjusted(-0.5, -0.5, 0.5, 0.5), QColor(), i == m_hover ? ink(Ink::Text) : ink(Ink::Hair2), 0);
        // Ticks outside of the map name the row and the columns; inside nothing is painted over the data.
        const double cell = double(size) / std::max(1, map.window.size()), thick = std::clamp(cell, 2.0, 5.0);
        const auto along = [&](int position) { return (position - map.window.from + 0.5) * cell - thick / 2; };
        painter.fillRect(QRectF(box.left() - kTick, box.top() + along(map.line.row.query), kTick - 1, thick), ink(Ink::Select));
        for (const int key : map.line.row.keys)
            if (key >= map.window.from && key < map.window.to)
                painter.fillRect(QRectF(box.left() + along(key), box.bottom() + 2, thick, kTick - 1), ink(Ink::Text));
        if (i == m_current && showsFocus(*this)) ring(painter, QRectF(box).adjusted(-3, -1, 2, 5), ink(Ink::Accent), 2, 0);
    }
}

void ExampleMaps::mouseMoveEvent(QMouseEvent* event)
{
    const int index = mapAt(event->position());
    if (index == m_hover) return;
    m_hover = index;
    setCursor(index >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
    update();
}

void ExampleMaps::mousePressEvent(QMouseEvent* event)
{
    const int index = mapAt(event->position());
    if (index < 0 || event->button() != Qt::LeftButton) return;
    setCurrent(index);
    Q_EMIT opened(ExampleLine(m_maps[std::size_t(index)].line));  // a copy: who opens it may replace the maps
}

void ExampleMaps::leaveEvent(QEvent*)
{
    m_hover = -1;
    update();
}

void ExampleMaps::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Left: return setCurrent(m_current - 1);
    case Qt::Key_Right: return setCurrent(m_current + 1);
    case Qt::Key_Home: return setCurrent(0);
    case Qt::Key_End: return setCurrent(int(m_maps.size()) - 1);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_current < int(m_maps.size())) Q_EMIT opened(ExampleLine(m_maps[std::size_t(m_current)].line));
        return;
    default: QWidget::keyPressEvent(event);
    }
}

void ExampleMaps::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    update();
}

void ExampleMaps::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    update();
}

}  // namespace hs::ui
