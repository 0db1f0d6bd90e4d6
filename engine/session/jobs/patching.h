// SPDX-License-Identifier: GPL-3.0-or-later
// Activation and path patching between two prompts. Runs must have kept their residuals.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/analysis/causes/attribution_patching.h"
#include "engine/analysis/causes/path_patching.h"
#include "engine/session/jobs/written.h"
#include "engine/session/work.h"

namespace hs {

struct PatchResult;
struct PathPatchResult;

/// Two prompts as runs, or as texts (or ids) of a model to be run first. The answers are ids in the metric, or texts of one token
/// each: then the metric is their logit difference (without `wrong`: the logit of the answer) after the last token. With targets it is
/// their loss, in both prompts.
struct PatchPrompts {
    std::shared_ptr<const Run> clean, corrupt;
    std::shared_ptr<const Model> model;
    std::string cleanText, corruptText;
    std::vector<int> cleanIds, corruptIds;
    SpecialText special = SpecialText::Recognise;  ///< in the texts
    std::string answer, wrong;
    std::string targetsFile;  ///< one line: see targets.h
};

struct PatchJob {
    using Answer = PatchResult;

    PatchPrompts prompts;
    Metric metric;
    PatchOptions options;
    bool exact = true;      ///< every cell by a forward pass, published layer by layer
    bool estimate = false;  ///< by attribution, published first
    int steps = 1;          ///< of the estimate: see AttributionOptions
    bool exactSoftmax = false;

    std::string subject() const { return prompts.clean ? prompts.clean->prompt->text : prompts.cleanText; }
};
namespace session {
Status runJob(const PatchJob& job, const ContextOf<PatchJob>& context);
}

struct PatchResult {
    PatchPair pair;
    std::string targetsHash;                   ///< of the file that targets came from
    std::shared_ptr<const PatchMap> map;       ///< null until the first layer is done, and when not asked for
    std::shared_ptr<const PatchMap> estimate;  ///< null when not asked for
    AttributionCheck check;                    ///< estimate against what is exact so far; 0 cells without both
    bool complete = false;
};

struct PathPatchJob {
    using Answer = PathPatchResult;

    PatchPrompts prompts;
    Metric metric;
    PathOptions options;

    std::string subject() const { return prompts.clean ? prompts.clean->prompt->text : prompts.cleanText; }
};
namespace session {
Status runJob(const PathPatchJob& job, const ContextOf<PathPatchJob>& context);
}

struct PathPatchResult {
    PatchPair pair;
    std::shared_ptr<const PathMap> map;
    bool complete = false;
};

/// A finished map to an HDF5 file: see engine/io/write/write_patch.h. Answers WrittenResult.
struct WritePatchJob {
    using Answer = WrittenResult;

    std::string path;
    PatchPair pair;
    std::shared_ptr<const PatchMap> map;
    std::string targetsHash;

    std::string subject() const { return path; }
};
namespace session {
Status runJob(const WritePatchJob& job, const ContextOf<WritePatchJob>& context);
}

}  // namespace hs
