// SPDX-License-Identifier: GPL-3.0-or-later
// Paint code shared by screen and export. Nothing here knows a widget.
#pragma once

#include <QImage>
#include <QPainter>
#include <QRectF>
#include <functional>
#include <optional>
#include <vector>

#include "engine/tensor/matrix.h"
#include "ui/models/map_model.h"
#include "ui/state/view_settings.h"
#include "ui/theme/colour_map.h"

namespace hs::ui {

/// Value -> [0, 1] for the colour map: range, linear / log / per-row stretch. One instance per picture.
struct ValueScale {
    double low = 0, high = 1;
    Stretch stretch = Stretch::Linear;
    bool diverging = false;      ///< symmetric around 0
    /// `rowMax` is used by Stretch::PerRow only. NaN stays NaN.
    float map(float value, float rowMax = 1) const;
    QString legend() const;      ///< "linear 0 to 1", "log 10⁻⁴ to 1", "each row to its own maximum"
};

/// One pixel per cell. Masked cells (column > row when causal, and NaN) are transparent. `q0`, `k0`: place of the matrix in the map,
/// `factor`: cells per pixel.
QImage renderCells(const MatrixF& cells, int q0, int k0, int factor, MaskKind mask, const ValueScale& scale, const ColourMap& map);
/// Thumbnail: maxima of an overview raised to 0.7 (look.md section 1).
QImage renderThumbnail(const MatrixF& maxima, int factor, MaskKind mask, const ColourMap& map, const QSize& pixels);

struct MapPaintStyle {
    QColor paper, ink, muted, hair, hair2, hatch, select;
    QFont tokenFont, axisFont;
    double cell = 16;               ///< size of a cell, device-independent
    bool drawHatch = true;
    bool labelsAsText = true;
    static MapPaintStyle screen();
};

/// Cells inside `area` (top left corner = row q0f, column k0f as fractions allowed while panning), hatch over masked cells.
void paintMapCells(QPainter& painter, const QRectF& area, double firstRow, double firstColumn, const MapModel& model,
                   const ValueScale& scale, const ColourMap& map, const MapPaintStyle& style);
/// Which labels to draw when cells are `cell` px: every one, every second, fourth ...; the selected one always, its near neighbours give way.
std::vector<int> labelsToDraw(int first, int count, double cell, double minimumPitch, int selected);
/// A token with its space mark (painted bracket, no glyph). Returns the width.
double paintToken(QPainter& painter, const QPointF& baseline, const QString& text, const QColor& ink, const QColor& mark, bool rightAligned = false);
double tokenWidth(const QFontMetricsF& metrics, const QString& text);
/// 45 degree hatch, 1 px lines every 8 px, anchored to the device so that it does not crawl.
void paintHatch(QPainter& painter, const QPainterPath& region, const QColor& color);

}  // namespace hs::ui
