// SPDX-License-Identifier: GPL-3.0-or-later
// Paints a graph scene (ui/look.md section 5.3). Knows no widget: window and exported figure share it.
#pragma once

#include <QPainterPath>
#include <optional>

#include "ui/graph/graph_labels.h"
#include "ui/graph/graph_scene.h"

class QPainter;

namespace hs::ui {

struct GraphPaintOptions {
    /// All at once; or in two parts for a window that keeps the picture: what stays, and what the head or edge under the pointer adds.
    enum class Part { All, Kept, Hover };
    Part part = Part::All;
    QRectF clip;  ///< only what may show in here, on the canvas; null: everything. The painter's own clip is left alone.
    bool dark = false;
    bool selection = true;                ///< rings, dimming and casing of what is selected or hovered
    bool draft = false;                   ///< while the hand moves: hairlines for edges, no names; many times faster
    const GraphLabels* labels = nullptr;  ///< names that have their places already: of a figure
    bool axes = true;                     ///< layer lines, their names and the counts of heads without an edge
};

void paintGraph(QPainter& painter, const GraphScene& scene, const GraphFrame& frame, const GraphPaintOptions& options);

/// Names of the figure that paintGraphFigure paints into `area`.
GraphLabels graphFigureLabels(const GraphScene& scene, const QRectF& area);
/// As an exported figure: no selection, and a line under the graph that says which edges are which.
void paintGraphFigure(QPainter& painter, const GraphScene& scene, const QRectF& area, bool dark);

/// The curve of an edge on the canvas; empty when an end has no place.
QPainterPath edgePath(const GraphScene& scene, const GraphFrame& frame, const GraphEdge& edge);
/// Nearest drawn node whose disc (or within 4 px of it) holds the point.
std::optional<int> nodeAt(const GraphScene& scene, const GraphFrame& frame, const QPointF& point);
/// Nearest drawn edge within 5 px.
std::optional<int> edgeAt(const GraphScene& scene, const GraphFrame& frame, const QPointF& point);

}  // namespace hs::ui
