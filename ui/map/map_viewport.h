// SPDX-License-Identifier: GPL-3.0-or-later
// Which part of a map is on screen and how large: zoom, pan and fit, without a widget.
#pragma once

#include <QPointF>
#include <QRect>
#include <QRectF>
#include <QSizeF>

namespace hs::ui {

/// Lengths in device-independent pixels. The map's place is that of the fitted map, whatever the zoom.
class MapViewport {
public:
    static constexpr double kLargestCell = 160;
    void setGeometry(int rows, int columns);     ///< fits
    void setAvailable(const QRectF& available);  ///< fits again if the whole map was shown
    int rows() const { return m_rows; }
    int columns() const { return m_columns; }

    double cellWidth() const { return m_cellWidth; }
    double cellHeight() const { return m_cellHeight; }
    double firstRow() const { return m_firstRow; }
    double firstColumn() const { return m_firstColumn; }
    bool fitted() const { return m_fitted; }
    QRectF area() const;                         ///< where cells are drawn now
    QRect visible() const;                       ///< rows and columns at least partly in it
    QRectF cellRect(int row, int column) const;  ///< may lie outside area()
    /// Cell at a point of the widget: x column, y row; (-1, -1) outside.
    QPoint cellAt(const QPointF& position) const;

    void fit();
    /// Scales by the factors, keeping the cell under `anchor` there. Equal factors keep the shape of cells.
    void zoom(const QPointF& anchor, double factorX, double factorY);
    void panBy(const QPointF& pixels);
    void centreOn(double row, double column);
    void showRect(const QRectF& cells);  ///< zoom to these rows and columns (x column, y row)
    void ensureVisible(int row, int column);

private:
    void clamp();
    double fitCell() const;

    int m_rows = 0, m_columns = 0;
    QRectF m_available;
    double m_cellWidth = 1, m_cellHeight = 1, m_firstRow = 0, m_firstColumn = 0;
    bool m_fitted = true;
};

}  // namespace hs::ui
