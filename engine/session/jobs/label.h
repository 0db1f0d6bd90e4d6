// SPDX-License-Identifier: GPL-3.0-or-later
// Labels of heads with their evidence.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/analysis/labels/label.h"
#include "engine/analysis/labels/preset.h"
#include "engine/model/model.h"
#include "engine/session/subject.h"
#include "engine/session/work.h"

namespace hs {

struct LabelResult;
struct LabelExamplesResult;

/// What is labelled and how; all of it is part of the cache key except `useCache` and `onlyStored`.
struct LabelRequest {
    std::vector<std::string> corpusPaths;  ///< files or folders; empty: no text
    std::string tokensFile;                ///< instead of them: comma-separated ids, one prompt a line; no tokeniser is needed
    std::string corpusName;                ///< shown and stored; empty: from the paths
    bool text = true, synthetic = true, weights = true, causes = true;
    RowMass mass = RowMass::Weights;
    RowWeighting weighting = RowWeighting::Documents;
    LabelPreset preset;
    int length = 128;            ///< longest document in tokens
    int maxDocuments = 400;      ///< 0: all
    bool everyDocument = false;  ///< that many are read even where "trust.text-work" pays for fewer
    std::uint64_t seed = 0;
    bool useCache = true;     ///< read a stored result, and store the new one
    bool onlyStored = false;  ///< no work: the newest stored result of this very file, whatever was asked for then, or none
};

/// Labels every head of a model. Publishes LabelResult after each stage (report->complete is false until the end); a result
/// found in the cache comes at once and ends the job.
struct LabelJob {
    using Answer = LabelResult;

    std::shared_ptr<const Model> model;
    LabelRequest request;

    std::string subject() const { return pathOf(model); }
};
namespace session {
Status runJob(const LabelJob& job, const ContextOf<LabelJob>& context);
}

struct LabelResult {
    std::shared_ptr<const Model> model;
    std::shared_ptr<const LabelReport> report;
    bool fromCache = false;
    std::int64_t storedAt = 0;  ///< seconds since 1970 of a result from the cache; 0: not known
};

/// Where one head fires most, least and typically under a label over the whole corpus; documents are those of the report's corpus.
struct LabelExamplesJob {
    using Answer = LabelExamplesResult;

    std::shared_ptr<const Model> model;
    LabelRequest request;
    HeadId head;
    LabelId label;
    std::string variant;
    int count = 20;  ///< rows of each kind

    std::string subject() const { return headName(head) + " " + labelName(label); }
};
namespace session {
Status runJob(const LabelExamplesJob& job, const ContextOf<LabelExamplesJob>& context);
}

struct LabelExamplesResult {
    LabelExamplesJob request;
    std::vector<ExampleRow> best, worst, typical;
    std::vector<ExampleDocument> documents;
};

}  // namespace hs
