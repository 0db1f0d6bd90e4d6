// SPDX-License-Identifier: GPL-3.0-or-later
// The graph of heads, its layout and its files.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/session/jobs/written.h"
#include "engine/session/work.h"
#include "engine/similarity/graph/graph_text.h"
#include "engine/similarity/graph/layout.h"

namespace hs {

struct GraphResult;

/// Edges, hub measures and layout, off the window's thread. A free layout publishes states on the way (complete false).
struct GraphJob {
    using Answer = GraphResult;

    std::vector<std::shared_ptr<const HeadMatrix>> matrices;  ///< one edge type each
    EdgeChoice choice;
    LayoutOptions layout;
    int focus = -1;  ///< node to collapse to, or -1
    int focusSteps = 1;
    std::shared_ptr<const HeadGraph> graph;  ///< given: only the layout is made (matrices, choice and focus are not read)
    std::uint64_t tag = 0;                   ///< comes back untouched

    std::string subject() const { return !matrices.empty() && matrices.front() ? matrices.front()->model : std::string(); }
};
namespace session {
Status runJob(const GraphJob& job, const ContextOf<GraphJob>& context);
}

struct GraphResult {
    std::shared_ptr<const HeadGraph> graph;
    std::shared_ptr<const GraphLayout> layout;
    std::uint64_t tag = 0;
    bool complete = false;
};

/// JSON, GraphML, DOT or CSV; answers WrittenResult.
struct WriteGraphJob {
    using Answer = WrittenResult;

    std::string path;
    GraphFormat format = GraphFormat::Json;
    std::shared_ptr<const HeadGraph> graph;
    std::shared_ptr<const GraphLayout> layout;  ///< may be null

    std::string subject() const { return path; }
};
namespace session {
Status runJob(const WriteGraphJob& job, const ContextOf<WriteGraphJob>& context);
}

}  // namespace hs
