// SPDX-License-Identifier: GPL-3.0-or-later
// Requests and answers about the causes of an answer. Part of events.h. Runs must have kept their residuals.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/analysis/causes/attribution_patching.h"
#include "engine/analysis/causes/edges.h"
#include "engine/analysis/causes/flow_routes.h"
#include "engine/analysis/causes/logit_attribution.h"
#include "engine/analysis/causes/path_patching.h"

namespace hs {

/// Direct logit attribution by head and by source token, and the logit lens.
struct LogitAttributionJob { std::shared_ptr<const Run> run; LogitTarget target; };
struct LogitAttributionResult {
    std::shared_ptr<const Run> run;
    std::shared_ptr<const LogitAttribution> parts;
    std::shared_ptr<const SourceAttribution> sources;
    std::shared_ptr<const LogitLens> lens;
};

/// Exact knock-outs, one result an edge.
struct EdgeKnockOutJob { std::shared_ptr<const Run> run; Metric metric; std::vector<AttentionEdge> edges; };
struct EdgeKnockOutResult { std::shared_ptr<const Run> run; std::size_t index = 0; AttentionEdge edge; double change = 0; };

/// The estimate of every edge of some heads from one backward pass.
struct EdgeInfluenceJob { std::shared_ptr<const Run> run; Metric metric; std::vector<HeadId> heads; };
struct EdgeInfluenceResult { std::shared_ptr<const Run> run; std::shared_ptr<const EdgeInfluence> influence; };

/// Two prompts as runs, or as texts (or ids) of a model to be run first. The answers are ids in the metric, or texts of one token
/// each: then the metric is their logit difference (without `wrong`: the logit of the answer) after the last token.
struct PatchPrompts {
    std::shared_ptr<const Run> clean, corrupt;
    std::shared_ptr<const Model> model;
    std::string cleanText, corruptText;
    std::vector<int> cleanIds, corruptIds;
    std::string answer, wrong;
};
struct PatchJob {
    PatchPrompts prompts;
    Metric metric;
    PatchOptions options;
    bool exact = true;      ///< every cell by a forward pass, published layer by layer
    bool estimate = false;  ///< by attribution, published first
    int steps = 1;          ///< of the estimate: see AttributionOptions
    bool exactSoftmax = false;
};
struct PatchResult {
    PatchPair pair;
    std::shared_ptr<const PatchMap> map;        ///< null until the first layer is done, and when not asked for
    std::shared_ptr<const PatchMap> estimate;   ///< null when not asked for
    AttributionCheck check;                     ///< estimate against what is exact so far; 0 cells without both
    bool complete = false;
};

struct PathPatchJob { PatchPrompts prompts; Metric metric; PathOptions options; };
struct PathPatchResult { PatchPair pair; std::shared_ptr<const PathMap> map; bool complete = false; };

struct FlowRoutesJob { std::shared_ptr<const Run> run; FlowOptions options; };
struct FlowRoutesResult { std::shared_ptr<const Run> run; std::shared_ptr<const FlowRoutes> routes; };

/// A finished map to an HDF5 file: see engine/io/write/write_patch.h. Answers WrittenResult.
struct WritePatchJob { std::string path; PatchPair pair; std::shared_ptr<const PatchMap> map; };

}  // namespace hs
