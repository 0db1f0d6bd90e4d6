// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/map_viewport.h"

#include <algorithm>
#include <cmath>

#include "ui/theme/theme.h"

namespace hs::ui {

void MapViewport::setGeometry(int rows, int columns)
{
    m_rows = rows;
    m_columns = columns;
    fit();
}

void MapViewport::setAvailable(const QRectF& available)
{
    if (available == m_available) return;
    m_available = available;
    if (m_fitted) fit();
    else clamp();
}

// ui/look.md section 3: whole pixels, at most 40. Below four, whole pixels would waste up to half of the room: there the whole map has a
// whole number of pixels instead, and its cells differ by one.
double MapViewport::fitCell() const
{
    if (m_rows <= 0 || m_columns <= 0) return 1;
    const double room = std::min(m_available.width() / m_columns, m_available.height() / m_rows);
    const int cells = std::max(m_rows, m_columns);
    return std::clamp(room >= 4   ? std::floor(room)
                      : room >= 1 ? std::floor(room * cells) / cells
                                  : room,
                      1e-4, static_cast<double>(measure::kMaxCell));
}

void MapViewport::fit()
{
    m_cellWidth = m_cellHeight = fitCell();
    m_firstRow = m_firstColumn = 0;
    m_fitted = true;
}

void MapViewport::clamp()
{
    const double least = fitCell();
    m_cellWidth = std::clamp(m_cellWidth, least, std::max(least, kLargestCell));
    m_cellHeight = std::clamp(m_cellHeight, least, std::max(least, kLargestCell));
    m_fitted = m_cellWidth == least && m_cellHeight == least;
    const QRectF place = area();
    m_firstRow = std::clamp(m_firstRow, 0.0, std::max(0.0, m_rows - place.height() / m_cellHeight));
    m_firstColumn = std::clamp(m_firstColumn, 0.0, std::max(0.0, m_columns - place.width() / m_cellWidth));
}

QRectF MapViewport::area() const
{
    // Always the fitted size: what stands around the map stays in place while zooming, and so does the cell under the mouse.
    const double cell = fitCell();
    return QRectF(m_available.topLeft(), QSizeF(m_columns * cell, m_rows * cell));
}

QRect MapViewport::visible() const
{
    const QRectF place = area();
    if (m_rows <= 0 || m_columns <= 0 || place.isEmpty()) return {};
    const int top = std::clamp(static_cast<int>(std::floor(m_firstRow)), 0, m_rows - 1),
              left = std::clamp(static_cast<int>(std::floor(m_firstColumn)), 0, m_columns - 1);
    const int bottom = std::clamp(static_cast<int>(std::ceil(m_firstRow + place.height() / m_cellHeight - 1e-9)) - 1, top, m_rows - 1);
    const int right = std::clamp(static_cast<int>(std::ceil(m_firstColumn + place.width() / m_cellWidth - 1e-9)) - 1, left, m_columns - 1);
    return QRect(QPoint(left, top), QPoint(right, bottom));
}

QRectF MapViewport::cellRect(int row, int column) const
{
    return QRectF(m_available.left() + (column - m_firstColumn) * m_cellWidth, m_available.top() + (row - m_firstRow) * m_cellHeight,
                  m_cellWidth, m_cellHeight);
}

QPoint MapViewport::cellAt(const QPointF& position) const
{
    const QRectF place = area();
    if (position.x() < place.left() || position.y() < place.top() || position.x() >= place.right() || position.y() >= place.bottom())
        return {-1, -1};
    const int column = static_cast<int>(std::floor(m_firstColumn + (position.x() - place.left()) / m_cellWidth));
    const int row = static_cast<int>(std::floor(m_firstRow + (position.y() - place.top()) / m_cellHeight));
    return {std::clamp(column, 0, m_columns - 1), std::clamp(row, 0, m_rows - 1)};
}

void MapViewport::zoom(const QPointF& anchor, double factorX, double factorY)
{
    if (m_rows <= 0 || m_columns <= 0) return;
    const double least = fitCell(), most = std::max(least, kLargestCell);
    const double dx = anchor.x() - m_available.left(), dy = anchor.y() - m_available.top();
    const double column = m_firstColumn + dx / m_cellWidth, row = m_firstRow + dy / m_cellHeight;
    m_cellWidth = std::clamp(m_cellWidth * factorX, least, most);
    m_cellHeight = std::clamp(m_cellHeight * factorY, least, most);
    m_firstColumn = column - dx / m_cellWidth;
    m_firstRow = row - dy / m_cellHeight;
    clamp();
}

void MapViewport::panBy(const QPointF& pixels)
{
    m_firstColumn -= pixels.x() / m_cellWidth;
    m_firstRow -= pixels.y() / m_cellHeight;
    clamp();
}

void MapViewport::centreOn(double row, double column)
{
    const QRectF place = area();
    m_firstRow = row - place.height() / m_cellHeight / 2;
    m_firstColumn = column - place.width() / m_cellWidth / 2;
    clamp();
}

void MapViewport::showRect(const QRectF& cells)
{
    if (cells.isEmpty()) return;
    const double cell = std::min(m_available.width() / cells.width(), m_available.height() / cells.height());
    m_cellWidth = m_cellHeight = cell;
    m_firstRow = cells.top();
    m_firstColumn = cells.left();
    clamp();
}

void MapViewport::ensureVisible(int row, int column)
{
    const QRectF place = area();
    const double rowsShown = place.height() / m_cellHeight, columnsShown = place.width() / m_cellWidth;
    m_firstRow = std::clamp(m_firstRow, row + 1 - rowsShown, static_cast<double>(row));
    m_firstColumn = std::clamp(m_firstColumn, column + 1 - columnsShown, static_cast<double>(column));
    clamp();
}

}  // namespace hs::ui
