// SPDX-License-Identifier: GPL-3.0-or-later
// A head graph as text for other programs. Numbers are written so that reading them gives the same double.
#pragma once

#include <string>
#include <vector>

#include "engine/similarity/graph/head_graph.h"
#include "engine/similarity/graph/layout.h"

namespace hs {

enum class GraphFormat { Json, GraphMl, Dot, Csv };

/// Edges over all types, strongest first: falling values, or rising where every type is a distance; equal ones by type, then rank.
/// Edges of distances among others go by weight.
std::vector<GraphEdge> edgesByStrength(const HeadGraph& graph);

/// JSON: {model, weights, choice, types, edges: [{source, target, type, value, corrected, weight, rank, pairs}], nodes: [{head, every hub
/// measure}]}; a shared key/value head adds source_heads or target_heads, names of the query heads it stands for. NaN is null.
/// GraphML (graphml.graphdrawing.org): directed, nodes with the hub measures, positions where a layout is given.
/// DOT: heads with edges, one rank for each layer (positions are left to dot). CSV: the table of edges.
std::string graphText(const HeadGraph& graph, GraphFormat format, const GraphLayout* layout = nullptr);

}  // namespace hs
