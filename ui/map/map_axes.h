// SPDX-License-Identifier: GPL-3.0-or-later
// Token axes, row and column profiles and the selection's outlines around a map. Painters only; the heatmap says where.
#pragma once

#include <QPainter>
#include <vector>

#include "ui/map/map_painter.h"
#include "ui/map/map_viewport.h"

namespace hs::ui {

inline constexpr double kLabelPitch = 11;  ///< px a label needs (ui/look.md section 3)

/// Query labels, right-aligned to the left of `viewport.area()`, in `width` px. `selected`: row or -1.
void paintQueryLabels(QPainter& painter, const MapViewport& viewport, const std::vector<AxisLabel>& labels, int selected, double width,
                      const MapPaintStyle& style);
/// Key labels below, turned by 90 degrees, in `height` px.
void paintKeyLabels(QPainter& painter, const MapViewport& viewport, const std::vector<AxisLabel>& labels, int selected, double height,
                    const MapPaintStyle& style);

/// Bars of one row above the map: `values` in map order, masked ones NaN; `high` is the top of the axis, `low` its bottom.
struct Profile {
    std::vector<float> values;
    double low = 0, high = 1;
    int index = -1;  ///< row or column shown; -1: none
    QString token;   ///< its label
};
void paintRowProfile(QPainter& painter, const QRectF& area, const MapViewport& viewport, const Profile& profile,
                     const MapPaintStyle& style);
void paintColumnProfile(QPainter& painter, const QRectF& area, const MapViewport& viewport, const Profile& profile,
                        const MapPaintStyle& style);

/// Row and column outlines (to the mask's edge) and the cell's own frame with paper casing. `strong`: locked.
void paintCrosshair(QPainter& painter, const MapViewport& viewport, Visibility mask, int row, int column, bool crosshair, bool strong,
                    const MapPaintStyle& style);

/// Caption with a token in it: "row 28: where %1 looks" with the token in the token face, bold and in `select`.
void paintTokenCaption(QPainter& painter, const QPointF& baseline, const QString& pattern, const QString& token, const MapPaintStyle& style,
                       bool rightAligned);

}  // namespace hs::ui
