// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph/graph_scene.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

constexpr double kLeft = 52, kRight = 64, kTop = 22, kBottom = 20;

struct GraphTr {
    Q_DECLARE_TR_FUNCTIONS(Graph)
};

double sizeValue(const GraphNode& node, NodeSize size)
{
    switch (size) {
    case NodeSize::Edges: return node.edges();
    case NodeSize::In: return node.inEdges;
    case NodeSize::Out: return node.outEdges;
    case NodeSize::InStrength: return node.inStrength;
    case NodeSize::OutStrength: return node.outStrength;
    case NodeSize::PageRank: return node.pageRank;
    case NodeSize::ReversePageRank: return node.reversePageRank;
    case NodeSize::Betweenness: return node.betweenness;
    case NodeSize::Same: return 1;
    }
    return 0;
}

std::optional<HeadRole> readRole(const EdgeType& type)
{
    if (!type.pairing || type.pairing->source != HeadRole::O || type.pairing->target == HeadRole::O) return std::nullopt;
    return type.pairing->target;
}

}  // namespace

GraphFrame fitGraph(const GraphLayout& layout, const QRectF& canvas, double unit)
{
    GraphFrame frame;
    frame.unit = unit;
    const bool layered = layout.kind == LayoutKind::Layered;
    frame.plot = canvas.adjusted((layered ? kLeft : 24) * unit, kTop * unit, -(layered ? kRight : 48) * unit, -kBottom * unit);
    const double width = std::max(1.0, layout.width), height = std::max(1.0, layout.height);
    frame.scaleX = frame.plot.width() / width;
    frame.scaleY = frame.plot.height() / height;
    if (!layered) frame.scaleX = frame.scaleY = std::min({frame.scaleX, frame.scaleY, 2.0 * unit});
    frame.offset = frame.plot.center() - QPointF(width * frame.scaleX, height * frame.scaleY) / 2;
    return frame;
}

void measureNodes(GraphScene& scene)
{
    scene.radii.clear();
    if (!scene.graph) return;
    std::vector<double> radii;
    for (int i = 0; i < int(scene.graph->nodes.size()); ++i) radii.push_back(nodeRadius(scene, i, 1));
    scene.radii = std::move(radii);
}

double nodeRadius(const GraphScene& scene, int node, double unit)
{
    if (!scene.radii.empty()) return scene.radii[std::size_t(node)] * unit;
    const auto& nodes = scene.graph->nodes;
    const GraphNode& n = nodes[std::size_t(node)];
    if (scene.nodeSize == NodeSize::Same) return 7 * unit;
    if (scene.nodeSize == NodeSize::Edges || scene.nodeSize == NodeSize::In || scene.nodeSize == NodeSize::Out)
        return std::min(20.0, 5 + 2.4 * std::sqrt(std::max(0.0, sizeValue(n, scene.nodeSize)))) * unit;
    double most = 0;
    for (const GraphNode& other : nodes) most = std::max(most, sizeValue(other, scene.nodeSize));
    return (5 + (most > 0 ? 10.5 * std::sqrt(std::max(0.0, sizeValue(n, scene.nodeSize)) / most) : 0)) * unit;
}

QColor edgeColour(const EdgeType& type, EdgePalette palette, bool dark)
{
    const auto role = readRole(type);
    if (!role) return Theme::color(Ink::Bar, dark);
    static constexpr QRgb kLight[] = {0xFF0072B2, 0xFFD55E00, 0xFF009E73}, kDark[] = {0xFF56B4E9, 0xFFF08A3C, 0xFF3FC296};
    static constexpr QRgb kPaperLight[] = {0xFFC62828, 0xFF2E7D32, 0xFF1F4FC4}, kPaperDark[] = {0xFFFF7B72, 0xFF6BC46D, 0xFF8AB4FF};
    const auto index = std::size_t(*role);  // Q, K, V
    if (palette == EdgePalette::Paper) return QColor(dark ? kPaperDark[index] : kPaperLight[index]);
    return QColor(dark ? kDark[index] : kLight[index]);
}

QList<qreal> edgeDashes(const EdgeType& type)
{
    const auto role = readRole(type);
    if (role == HeadRole::Q) return {7, 3};
    if (role == HeadRole::V) return {2, 2.5};
    return {};
}

QString edgeTypeWord(const EdgeType& type)
{
    const auto role = readRole(type);
    if (role == HeadRole::Q) return GraphTr::tr("queries");
    if (role == HeadRole::K) return GraphTr::tr("keys");
    if (role == HeadRole::V) return GraphTr::tr("values");
    return QString::fromStdString(type.name);
}

double edgeStrength(const GraphScene& scene, const GraphEdge& edge)
{
    const EdgeType& type = scene.graph->types[std::size_t(edge.type)];
    if (scene.scale == EdgeScale::Percentile) return type.edges > 1 ? 1 - double(edge.rank - 1) / double(type.edges - 1) : 1;
    // One scale for all types of one measure, so that widths can be compared across colours.
    double low = type.weakest, high = type.strongest;
    for (const EdgeType& other : scene.graph->types)
        if (other.measure == type.measure && other.edges > 0) {
            low = type.smallIsStrong ? std::max(low, other.weakest) : std::min(low, other.weakest);
            high = type.smallIsStrong ? std::min(high, other.strongest) : std::max(high, other.strongest);
        }
    return high == low ? 1 : std::clamp((edge.value - low) / (high - low), 0.0, 1.0);
}

QString nodeName(const GraphNode& node) { return QStringLiteral("%1.%2").arg(node.id.layer).arg(node.id.head); }

}  // namespace hs::ui
