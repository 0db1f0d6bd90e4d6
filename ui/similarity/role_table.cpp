// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/similarity/role_table.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/kit/chart_axis.h"
#include "ui/map/map_painter.h"
#include "ui/theme/colour_map.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

constexpr double kSide = 34, kTop = 36, kCellW = 66, kCellH = 40;
const char* const kRoles = "QKVO";

QRectF cellOf(int cell, const QRectF& area, double unit)
{
    const double w = std::min(kCellW * unit, (area.width() - kSide * unit) / 4),
                 h = std::min(kCellH * unit, (area.height() - kTop * unit) / 4);
    const int row = cell / 4, column = cell % 4;
    return QRectF(area.left() + kSide * unit + column * w, area.top() + kTop * unit + row * h, w, h);
}

}  // namespace

void paintRoleTable(QPainter& painter, const RoleTableScene& scene, const QRectF& area, double unit, bool dark, bool selection)
{
    if (scene.cells.size() != 16) return;
    painter.save();
    double most = 0;
    for (const auto& cell : scene.cells)
        if (std::isfinite(cell.value)) most = std::max(most, cell.value);
    const ColourMap& map = ColourMap::get(QStringLiteral("attention"), dark);
    const QFont base = chartFont(Type::Base, unit), bold = chartFont(Type::Base, unit, true), small = chartFont(Type::AxisSmall, unit),
                caption = chartFont(Type::Caption, unit);
    painter.setFont(caption);
    painter.setPen(Theme::color(Ink::Muted, dark));
    const QRectF first = cellOf(0, area, unit);
    painter.drawText(QRectF(first.left(), area.top(), 4 * first.width(), 16 * unit), Qt::AlignLeft | Qt::AlignVCenter,
                     RoleTable::tr("target role →"));
    painter.save();
    painter.translate(area.left() + 7 * unit, cellOf(12, area, unit).bottom());
    painter.rotate(-90);
    painter.drawText(QRectF(0, -8 * unit, 4 * first.height(), 16 * unit), Qt::AlignRight | Qt::AlignVCenter,
                     RoleTable::tr("← source role"));
    painter.restore();
    for (int i = 0; i < 4; ++i) {
        painter.setFont(bold);
        painter.setPen(Theme::color(Ink::Text, dark));
        const QRectF column = cellOf(i, area, unit), row = cellOf(4 * i, area, unit);
        painter.drawText(QRectF(column.left(), column.top() - 18 * unit, column.width(), 16 * unit), Qt::AlignCenter,
                         QString(QLatin1Char(kRoles[i])));
        painter.drawText(QRectF(row.left() - 14 * unit, row.top(), 12 * unit, row.height()), Qt::AlignCenter,
                         QString(QLatin1Char(kRoles[i])));
    }
    for (int c = 0; c < 16; ++c) {
        const auto& cell = scene.cells[std::size_t(c)];
        const QRectF box = cellOf(c, area, unit).adjusted(0, 0, -unit, -unit);
        QColor ground = Theme::color(Ink::Paper, dark);
        if (std::isfinite(cell.value)) {
            // Only part of the ramp: the numbers are the thing, and they stay readable.
            ground = QColor(map.at(float(most > 0 ? 0.75 * std::max(0.0, cell.value) / most : 0)));
            painter.fillRect(box, ground);
        } else {
            QPainterPath region;
            region.addRect(box);
            paintHatch(painter, region, Theme::color(Ink::Hatch, dark));
        }
        const QColor text = std::isfinite(cell.value) ? inkOn(ground.rgb()) : Theme::color(Ink::Muted, dark);
        painter.setPen(text);
        painter.setFont(base);
        const bool two = !cell.second.isEmpty();
        painter.drawText(two ? QRectF(box.left(), box.top() + 3 * unit, box.width(), box.height() * 0.55) : box, Qt::AlignCenter,
                         cell.text);
        if (two) {
            painter.setFont(small);
            painter.drawText(QRectF(box.left(), box.center().y() + unit, box.width(), box.height() * 0.42), Qt::AlignCenter, cell.second);
        }
    }
    if (selection && scene.chosen >= 0 && scene.chosen < 16) {
        const QRectF box = cellOf(scene.chosen, area, unit).adjusted(0, 0, -unit, -unit);
        ring(painter, box.adjusted(-unit, -unit, unit, unit), Theme::color(Ink::Paper, dark), 4 * unit, 0);
        ring(painter, box.adjusted(-2 * unit, -2 * unit, 2 * unit, 2 * unit), Theme::color(Ink::Accent, dark), 2 * unit, 0);
    }
    painter.restore();
}

RoleTable::RoleTable(const QString& name, QWidget* parent) : QWidget(parent)
{
    setAccessibleName(name);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

QSize RoleTable::sizeHint() const { return {int(kSide + 4 * kCellW) + 4, int(kTop + 4 * kCellH) + 4}; }
QRectF RoleTable::cellRect(int cell) const { return cellOf(cell, QRectF(rect()), 1); }

void RoleTable::setScene(RoleTableScene scene)
{
    m_scene = std::move(scene);
    QStringList words;
    for (int c = 0; c < int(m_scene.cells.size()); ++c)
        words << QStringLiteral("%1%2 %3")
                     .arg(QLatin1Char(kRoles[c / 4]))
                     .arg(QLatin1Char(kRoles[c % 4]))
                     .arg(m_scene.cells[std::size_t(c)].text);
    setAccessibleDescription(words.join(QStringLiteral(", ")));
    update();
}

void RoleTable::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintRoleTable(painter, m_scene, QRectF(rect()), 1, Theme::instance().dark(), true);
    if (showsFocus(*this)) ring(painter, QRectF(rect()), ink(Ink::Accent), 2, 0);
}

void RoleTable::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || m_scene.cells.empty()) return;
    for (int c = 0; c < 16; ++c)
        if (cellRect(c).contains(event->position())) return Q_EMIT chosen(c);
}

void RoleTable::keyPressEvent(QKeyEvent* event)
{
    int row = std::max(0, m_scene.chosen) / 4, col = std::max(0, m_scene.chosen) % 4;
    switch (event->key()) {
    case Qt::Key_Left: --col; break;
    case Qt::Key_Right: ++col; break;
    case Qt::Key_Up: --row; break;
    case Qt::Key_Down: ++row; break;
    default: return QWidget::keyPressEvent(event);
    }
    if (!m_scene.cells.empty() && row >= 0 && col >= 0 && row < 4 && col < 4) Q_EMIT chosen(row * 4 + col);
}

void RoleTable::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    update();
}

void RoleTable::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    update();
}

}  // namespace hs::ui
