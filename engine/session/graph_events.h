// SPDX-License-Identifier: GPL-3.0-or-later
// Requests and answers about the graph of heads, their groups, their map and their behaviour. Part of events.h.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/similarity/behaviour/swap_test.h"
#include "engine/similarity/cluster/groups.h"
#include "engine/similarity/cluster/mds.h"
#include "engine/similarity/graph/class_list.h"
#include "engine/similarity/graph/graph_text.h"
#include "engine/similarity/graph/layout.h"

namespace hs {

/// Edges, hub measures and layout, off the window's thread. A free layout publishes states on the way (complete false).
struct GraphJob {
    std::vector<std::shared_ptr<const HeadMatrix>> matrices;   ///< one edge type each
    EdgeChoice choice;
    LayoutOptions layout;
    int focus = -1;                       ///< node to collapse to, or -1
    int focusSteps = 1;
    std::shared_ptr<const HeadGraph> graph;   ///< given: only the layout is made (matrices, choice and focus are not read)
    std::uint64_t tag = 0;                ///< comes back untouched
};
struct GraphResult {
    std::shared_ptr<const HeadGraph> graph;
    std::shared_ptr<const GraphLayout> layout;
    std::uint64_t tag = 0;
    bool complete = false;
};
/// JSON, GraphML, DOT or CSV; answers WrittenResult.
struct WriteGraphJob {
    std::string path;
    GraphFormat format = GraphFormat::Json;
    std::shared_ptr<const HeadGraph> graph;
    std::shared_ptr<const GraphLayout> layout;   ///< may be null
};

/// How well measures find the heads of a class list. The list is read from the file where there is a path, else taken as given.
struct ClassListJob {
    std::string path;                     ///< JSON or CSV, see parseClassList()
    std::shared_ptr<const ClassList> list;
    std::vector<std::shared_ptr<const HeadMatrix>> matrices;   ///< may be empty: only read
    int k = 20;                           ///< of precision at k
    std::uint64_t tag = 0;
};
struct ClassListResult {
    std::string path;
    std::shared_ptr<const ClassList> list;
    std::vector<std::shared_ptr<const HeadMatrix>> matrices;
    std::vector<ClassScore> scores;       ///< [matrices]
    std::uint64_t tag = 0;
};
/// JSON, or CSV by the ending of the path; answers WrittenResult.
struct WriteClassListJob { std::string path; std::shared_ptr<const ClassList> list; };

/// Groups of heads by average linkage on distancesFrom(matrix).
struct ClusterJob {
    std::shared_ptr<const HeadMatrix> matrix;
    int clusters = 0;                     ///< 0: the cut with the best silhouette
    double height = -1;                   ///< >= 0: cut there instead
    std::vector<double> sinkMass;         ///< [heads of the matrix] or empty: BehaviourResult::referenceMass
    std::uint64_t tag = 0;
};
/// Everything below counts the present items: row i of the dendrogram is row items[i] of the matrix.
struct ClusterResult {
    std::shared_ptr<const HeadMatrix> matrix;
    std::vector<int> items;
    std::shared_ptr<const Dendrogram> tree;
    SilhouetteCut best;                   ///< always computed: the mean silhouette of every cut
    std::vector<int> labels;              ///< [items]
    std::vector<HeadGroup> groups;        ///< members and medoid are rows of the matrix
    std::vector<int> order;               ///< all rows of the matrix in leaf order, those without distances last
    std::uint64_t tag = 0;
};

/// The plane that keeps the distances of distancesFrom(matrix) best.
struct HeadMapJob { std::shared_ptr<const HeadMatrix> matrix; std::uint64_t tag = 0; };
struct HeadMapResult { std::shared_ptr<const HeadMatrix> matrix; std::shared_ptr<const HeadMap> map; std::uint64_t tag = 0; };

/// Text of the behaviour jobs: prompts as they are, or documents of files and folders.
struct BehaviourText {
    std::vector<std::shared_ptr<const Prompt>> prompts;
    std::vector<std::string> corpusPaths;
    std::string name;                     ///< stated with the result; empty: the corpus' own
    PromptOptions options;
};
/// Publishes BehaviourAnswer after 1, 2, 4, ... documents and at the end.
struct BehaviourJob {
    std::shared_ptr<const Model> model;
    BehaviourText text;
    BehaviourRequest request;
    std::string modelHash;                ///< stored with the matrices; empty: pending
    std::uint64_t tag = 0;
};
struct BehaviourAnswer { std::shared_ptr<const Model> model; std::shared_ptr<const BehaviourResult> result; std::uint64_t tag = 0; };

/// Each requested head replaced by another, on every document.
struct SwapJob {
    std::shared_ptr<const Model> model;
    BehaviourText text;
    std::vector<SwapRequest> requests;
    std::uint64_t seed = 1;
    std::uint64_t tag = 0;
};
struct SwapAnswer { std::shared_ptr<const Model> model; std::vector<SwapResult> results; std::uint64_t tag = 0; };

}  // namespace hs
