// SPDX-License-Identifier: GPL-3.0-or-later
// Paint code shared by screen and export. Nothing here knows a widget.
#pragma once

#include <QImage>
#include <QPainter>
#include <QPainterPath>
#include <QRectF>
#include <functional>
#include <optional>
#include <vector>

#include "engine/tensor/matrix.h"
#include "ui/map/map_model.h"
#include "ui/state/view_settings.h"
#include "ui/theme/colour_map.h"

namespace hs::ui {

/// Value -> [0, 1] for the colour map: range, linear / log / per-row stretch. One instance per picture.
struct ValueScale {
    double low = 0, high = 1;
    Stretch stretch = Stretch::Linear;
    bool diverging = false;  ///< symmetric around 0
    /// `rowMax` is used by Stretch::PerRow only. NaN stays NaN.
    float map(float value, float rowMax = 1) const;
    QString legend() const;    ///< "linear 0 to 1", "log 10⁻⁴ to 1", "each row to its own maximum"
    double logLow() const;     ///< lower end of a logarithmic range: `low` if positive, else high / 10⁴
    bool logarithmic() const;  ///< Log was asked for and the range allows it (no negative values)
    bool operator==(const ValueScale&) const = default;
};
/// The automatic range of a kind: weights 0 to 1, value-weighted 0 to the largest, scores the data range.
ValueScale scaleFor(const MapLook& look, const std::optional<std::pair<float, float>>& dataRange);
/// "0.55", "−3.2", "10⁻⁴": a number for axes and legends, with a true minus and at most `digits` significant digits.
QString axisNumber(double value, int digits = 3);

/// One pixel per cell. Masked cells (later than the row's own, and NaN) are transparent. `q0`, `k0`: place of the matrix in the map,
/// `factor`: cells per pixel.
/// `rowMaxima` [rows of cells]: for Stretch::PerRow; null: the maxima of the rows given.
QImage renderCells(const MatrixF& cells, int q0, int k0, int factor, Visibility mask, const ValueScale& scale, const ColourMap& map,
                   const std::vector<float>* rowMaxima = nullptr);
/// Thumbnail: maxima of an overview raised to 0.7 (ui/look.md section 1).
QImage renderThumbnail(const MatrixF& maxima, int factor, Visibility mask, const ColourMap& map, const QSize& pixels);

/// How cells go to a painter. Auto: exact device pixels on raster devices; on SVG, PDF and printers rectangles up to 64 x 64 cells,
/// else an image that is enlarged without smoothing.
enum class CellsAs { Auto, Image, Rects };

struct MapPaintStyle {
    QColor paper, ink, muted, hair, hair2, hatch, select;
    QFont tokenFont, axisFont;
    double cell = 16;  ///< width of a cell, device-independent; also its height while cellHeight is 0
    double cellHeight = 0;
    CellsAs cellsAs = CellsAs::Auto;
    double height() const { return cellHeight > 0 ? cellHeight : cell; }
    bool drawHatch = true;
    bool labelsAsText = true;
    static MapPaintStyle screen();
};

/// Cells inside `area` (top left corner = row q0f, column k0f as fractions allowed while panning), hatch over masked cells.
void paintMapCells(QPainter& painter, const QRectF& area, double firstRow, double firstColumn, const MapModel& model,
                   const ValueScale& scale, const ColourMap& map, const MapPaintStyle& style);
/// Which labels to draw when cells are `cell` px: every one, every second, fourth ...; the selected one always, its near neighbours give way.
std::vector<int> labelsToDraw(int first, int count, double cell, double minimumPitch, int selected);
/// First device pixel of cell `index` when cell 0 begins at `origin` and cells are `cell` wide: pixels belong to the cell under their
/// centre. Outlines use the same rounding, so they never miss their cell by a pixel.
int cellEdge(double origin, double cell, int index);
/// `rect` moved to whole device pixels of the painter (unchanged on vector devices and rotated painters).
QRectF snapToDevice(const QPainter& painter, const QRectF& rect);
bool isVectorDevice(const QPainter& painter);
/// 45 degree hatch, 1 px lines every 8 px, anchored to the device so that it does not crawl.
void paintHatch(QPainter& painter, const QPainterPath& region, const QColor& color);

}  // namespace hs::ui
