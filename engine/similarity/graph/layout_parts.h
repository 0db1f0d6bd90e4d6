// SPDX-License-Identifier: GPL-3.0-or-later
// Inside engine/similarity/graph only: what both layouts need.
#pragma once

#include "engine/similarity/graph/layout.h"

namespace hs::layout {

struct Link {
    int a = 0, b = 0;   ///< nodes, a < b
    double weight = 0;  ///< 1 for the strongest edge of a type, less for paler ones, at least .1; parallel ones added up
};

/// Links of the drawn graph, shared key/value heads to every member, in order of nodes.
std::vector<Link> links(const HeadGraph& graph);
/// True for nodes that get a place: with an edge, pinned, or all.
std::vector<bool> drawn(const HeadGraph& graph, const LayoutOptions& options);
/// ShapeMismatch and InvalidArgument of layeredLayout.
Status check(const HeadGraph& graph, const LayoutOptions& options);
/// Heads of each layer that have no place.
std::vector<int> hiddenByLayer(const HeadGraph& graph, const std::vector<bool>& drawn);

}  // namespace hs::layout
