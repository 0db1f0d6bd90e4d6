// SPDX-License-Identifier: GPL-3.0-or-later
// The directed graph of heads: the strongest pairs of one or several measures as edges (engine/methods/weight_space.md section 5).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/progress.h"
#include "engine/base/result.h"
#include "engine/similarity/head_matrix.h"

namespace hs {

/// Which pairs of each type become edges. Strongest first: largest value, or smallest where the measure is a distance.
struct EdgeChoice {
    enum class Rule {
        Top,        ///< the `top` strongest of each type
        Threshold,  ///< value >= threshold (distance: <=)
        Percent,    ///< the strongest `percent` % of the pairs of each type, rounded up
    };
    Rule rule = Rule::Top;
    int top = 20;
    double threshold = 0;
    double percent = 1;
    int most = 20000;  ///< never more edges of one type; EdgeType::leftOut counts the rest
    bool operator==(const EdgeChoice&) const = default;
};

/// One matrix of the graph.
struct EdgeType {
    std::string name;  ///< "OQ"; name of the measure ("js") where there is no pairing
    HeadMeasure measure = HeadMeasure::ProjectionKernel;
    std::optional<RolePair> pairing;
    bool symmetric = false;             ///< same role, or behaviour: each pair once, from the earlier head to the later one
    bool smallIsStrong = false;         ///< a distance
    std::int64_t pairs = 0;             ///< pairs with a value: "2 of 9 504"
    int edges = 0;                      ///< drawn
    std::int64_t leftOut = 0;           ///< chosen, but beyond EdgeChoice::most
    std::optional<NullMoments> chance;  ///< mean over the pairs (they differ only with unequal ranks); nothing: no chance level
    double strongest = 0, weakest = 0;  ///< values of the first and last edge; NaN without edges
    bool sharedSource = false, sharedTarget = false;  ///< that axis holds native key/value heads
};

/// A key/value head that several query heads share stands for all of them: `source`..`sourceLast` and `target`..`targetLast` are nodes of
/// one layer. Draw the edge to the middle of the range; degrees count it for every member, strength and flow are shared out equally.
struct GraphEdge {
    int source = 0, target = 0;          ///< nodes; source < target
    int sourceLast = 0, targetLast = 0;  ///< the same but for shared key/value heads
    int type = 0;                        ///< index into HeadGraph::types
    double value = 0;                    ///< raw
    double corrected = 0;                ///< chance-corrected; NaN where there is no chance level
    double weight = 0;                   ///< value - chance mean; value where there is no chance level; 1 - value for distances
    std::int64_t rank = 0;               ///< from 1, within its type
};

struct GraphNode {
    HeadId id;
    std::vector<int> in, out;  ///< [types] edges drawn
    int inEdges = 0, outEdges = 0;
    double inStrength = 0, outStrength = 0;        ///< sum of edge weights, drawn edges
    double inStrengthAll = 0, outStrengthAll = 0;  ///< the same over all pairs of all types, drawn or not
    double pageRank = 0;                           ///< along the edges: heads that are read from many (damping .85, weighted)
    double reversePageRank = 0;                    ///< against the edges: heads that feed many
    double betweenness = 0;  ///< number of ordered pairs whose shortest path (length 1 / weight) leads through, ties shared
    int edges() const { return inEdges + outEdges; }
};

struct HeadGraph {
    std::vector<EdgeType> types;
    std::vector<GraphNode> nodes;  ///< every head, layer-major: an order of the directed graph in which edges point forward
    std::vector<GraphEdge> edges;  ///< by type, then rank
    EdgeChoice choice;
    int layers = 0;
    // provenance, from the matrices
    std::string model, modelHash, corpus;
    WeightProcessing weights = WeightProcessing::Raw;

    int nodeOf(HeadId id) const;                          ///< -1 when there is none
    std::string sourceName(const GraphEdge& edge) const;  ///< "L4H7"; "L4H4-7" for a shared key/value head
    std::string targetName(const GraphEdge& edge) const;
};

/// Graph of the given matrices (one edge type each, in their order) over the same model. Deterministic: equal values go by source, then
/// target. InvalidArgument (item "matrices": none, a null pointer, two of one type, or of different models; item "top", "percent").
Result<HeadGraph> makeHeadGraph(const std::vector<std::shared_ptr<const HeadMatrix>>& matrices, const EdgeChoice& choice,
                                const Progress& progress = {});

/// The part within `steps` edges of a node, all nodes kept: edges elsewhere are dropped and the measures of what is left computed anew
/// (ranks, counts of pairs and strengths over all pairs stay).
HeadGraph neighbourhood(const HeadGraph& graph, int node, int steps = 1);

}  // namespace hs
