// SPDX-License-Identifier: GPL-3.0-or-later
// Geometry of the head graph, apart from painting. Units: logical pixels at zoom 1; y points down, so the first layer has the largest y.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "engine/base/progress.h"
#include "engine/base/result.h"
#include "engine/similarity/graph/head_graph.h"

namespace hs {

struct GraphPoint {
    double x = 0, y = 0;
    bool operator==(const GraphPoint&) const = default;
};

enum class LayoutKind { Layered, Force };

struct GraphLayout {
    LayoutKind kind = LayoutKind::Layered;
    std::vector<std::optional<GraphPoint>> points;  ///< [nodes]; nothing: head without an edge (not drawn)
    double width = 0, height = 0;                   ///< points lie in [0, width] x [0, height]
    std::vector<double> layerY;                     ///< [layers] layered: y of each layer, empty ones too
    std::vector<int> hidden;                        ///< [layers] heads not drawn: the "+7" at the right
};

struct LayoutOptions {
    LayoutKind kind = LayoutKind::Layered;
    double width = 640;      ///< layered: layers are spread over this width, wider when the gap asks for it
    double layerStep = 48;   ///< layered: distance of layers
    double gap = 40;         ///< least distance of neighbours in a layer; force: least distance of any two nodes
    bool all = false;        ///< heads without an edge too
    std::uint64_t seed = 1;  ///< force: start positions
    int steps = 300;         ///< force: at most
    std::shared_ptr<const GraphLayout>
        before;  ///< of a graph with the same nodes: those present keep their order (layered) or start where they were (force)
    std::vector<std::pair<int, GraphPoint>>
        pinned;  ///< nodes that stay where they are put (in the coordinates of `before`, or of the result)
};

/// Layers (Sugiyama style): y is the layer, always; order by barycentre sweeps; x as near to the mean of the neighbours as order and gap
/// allow, with a pull to even spacing. Deterministic. ShapeMismatch when `before` has another number of nodes; InvalidArgument (pinned); Cancelled.
Result<GraphLayout> layeredLayout(const HeadGraph& graph, const LayoutOptions& options, const Progress& progress = {});

/// Free placing by springs and repulsion (Fruchterman & Reingold 1991, far nodes by quadtree: Barnes & Hut 1986). Deterministic for a seed, on
/// any number of threads. `onStep` sees the state after some steps (never the last), for drawing it in motion.
Result<GraphLayout> forceLayout(const HeadGraph& graph, const LayoutOptions& options, const Progress& progress = {},
                                const std::function<void(const GraphLayout&)>& onStep = {});

/// By options.kind.
Result<GraphLayout> layoutGraph(const HeadGraph& graph, const LayoutOptions& options, const Progress& progress = {},
                                const std::function<void(const GraphLayout&)>& onStep = {});

}  // namespace hs
