// SPDX-License-Identifier: GPL-3.0-or-later
// What a picture of the head graph shows, as a value: the window, exported figures and the command line paint the same scene.
#pragma once

#include <QColor>
#include <QPointF>
#include <QRectF>
#include <QString>
#include <memory>
#include <vector>

#include "engine/similarity/graph/head_graph.h"
#include "engine/similarity/graph/layout.h"

namespace hs::ui {

/// What the radius of a node means.
enum class NodeSize { Edges, In, Out, InStrength, OutStrength, PageRank, ReversePageRank, Betweenness, Same };
/// Queries, keys and values in the program's own role colours, or red, green and blue as in arXiv:2601.10266 figure 1.
enum class EdgePalette { Roles, Paper };
/// What width and paleness of an edge follow.
enum class EdgeScale { Value, Percentile };

struct GraphScene {
    std::shared_ptr<const HeadGraph> graph;
    std::shared_ptr<const GraphLayout> layout;
    std::vector<QString> letters;  ///< [nodes] two-letter label codes; empty strings or an empty list: none
    std::vector<double> radii;     ///< [nodes] at unit 1, from measureNodes(); empty: found when asked
    std::vector<bool> typeShown;   ///< [types]; empty: all
    NodeSize nodeSize = NodeSize::Edges;
    EdgePalette palette = EdgePalette::Roles;
    EdgeScale scale = EdgeScale::Value;
    int selectedNode = -1, pinnedNode = -1, hoverNode = -1;
    int selectedEdge = -1, hoverEdge = -1;

    bool empty() const { return !graph || !layout; }
    bool shows(const GraphEdge& edge) const { return typeShown.empty() || typeShown[std::size_t(edge.type)]; }
};

/// Where layout coordinates fall on the canvas.
struct GraphFrame {
    QRectF plot;  ///< where nodes may stand
    double scaleX = 1, scaleY = 1;
    QPointF offset;   ///< canvas position of layout (0, 0)
    double unit = 1;  ///< canvas units of one pixel of ui/look.md's sizes (text, radii, line widths)

    QPointF toCanvas(const GraphPoint& p) const { return {offset.x() + p.x * scaleX, offset.y() + p.y * scaleY}; }
    GraphPoint toLayout(const QPointF& p) const { return {(p.x() - offset.x()) / scaleX, (p.y() - offset.y()) / scaleY}; }
};

/// Fits the whole layout into `canvas` with room for layer names at the left and counts at the right. Layered layouts are stretched in both
/// directions, free ones keep their shape.
GraphFrame fitGraph(const GraphLayout& layout, const QRectF& canvas, double unit);

/// Fills `radii`: for graphs that are painted often. To be called again after another graph or nodeSize.
void measureNodes(GraphScene& scene);
double nodeRadius(const GraphScene& scene, int node, double unit);
/// Colour of an edge type: queries, keys and values have their own, everything else the neutral bar colour.
QColor edgeColour(const EdgeType& type, EdgePalette palette, bool dark);
/// Dash pattern in line widths; empty: solid. Tells the types apart without colour.
QList<qreal> edgeDashes(const EdgeType& type);
/// "queries", "keys", "values", or the pairing's own name.
QString edgeTypeWord(const EdgeType& type);
/// Strength of an edge among those drawn of its type, 0 weakest to 1 strongest.
double edgeStrength(const GraphScene& scene, const GraphEdge& edge);
/// "4.7" as in the field's graphs.
QString nodeName(const GraphNode& node);

}  // namespace hs::ui
