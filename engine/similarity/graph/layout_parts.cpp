// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/similarity/graph/layout_parts.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "engine/base/at.h"

namespace hs {

namespace layout {
std::vector<Link> links(const HeadGraph& graph)
{
    std::vector<double> largest(graph.types.size());
    for (const GraphEdge& e : graph.edges) largest[at(e.type)] = std::max(largest[at(e.type)], e.weight);
    std::vector<Link> out;
    for (const GraphEdge& e : graph.edges) {
        const double most = largest[at(e.type)];
        const double weight = most > 0 ? std::max(0.1, e.weight / most) : 0.1;
        const int members = (e.sourceLast - e.source + 1) * (e.targetLast - e.target + 1);
        for (int s = e.source; s <= e.sourceLast; ++s)
            for (int t = e.target; t <= e.targetLast; ++t) out.push_back({s, t, weight / members});
    }
    std::stable_sort(out.begin(), out.end(), [](const Link& x, const Link& y) { return x.a != y.a ? x.a < y.a : x.b < y.b; });
    std::size_t kept = 0;
    for (std::size_t k = 0; k < out.size(); ++k) {
        if (kept > 0 && out[kept - 1].a == out[k].a && out[kept - 1].b == out[k].b) out[kept - 1].weight += out[k].weight;
        else out[kept++] = out[k];
    }
    out.resize(kept);
    return out;
}

std::vector<bool> drawn(const HeadGraph& graph, const LayoutOptions& options)
{
    std::vector<bool> out(graph.nodes.size());
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = options.all || graph.nodes[i].edges() > 0;
    for (const auto& [node, point] : options.pinned) out[at(node)] = true;
    return out;
}

Status check(const HeadGraph& graph, const LayoutOptions& options)
{
    const std::size_t nodes = graph.nodes.size();
    if (options.before && options.before->points.size() != nodes)
        return Error::shape("before", std::to_string(options.before->points.size()), std::to_string(nodes));
    if (!(options.gap > 0) || !(options.layerStep > 0) || !(options.width >= 0) || !std::isfinite(options.width))
        return Error::argument("gap, layerStep, width", std::to_string(options.gap), "> 0");
    for (const auto& [node, point] : options.pinned)
        if (node < 0 || at(node) >= nodes || !std::isfinite(point.x) || !std::isfinite(point.y))
            return Error::argument("pinned", std::to_string(node), std::to_string(nodes));
    return {};
}

std::vector<int> hiddenByLayer(const HeadGraph& graph, const std::vector<bool>& drawn)
{
    std::vector<int> out(at(graph.layers));
    for (std::size_t i = 0; i < drawn.size(); ++i)
        if (!drawn[i]) ++out[at(graph.nodes[i].id.layer)];
    return out;
}

}  // namespace layout

Result<GraphLayout> layoutGraph(const HeadGraph& graph, const LayoutOptions& options, const Progress& progress,
                                const std::function<void(const GraphLayout&)>& onStep)
{
    return options.kind == LayoutKind::Force ? forceLayout(graph, options, progress, onStep) : layeredLayout(graph, options, progress);
}

}  // namespace hs
