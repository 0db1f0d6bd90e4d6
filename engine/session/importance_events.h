// SPDX-License-Identifier: GPL-3.0-or-later
// Requests and answers about what heads are worth.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/analysis/importance/importance.h"
#include "engine/analysis/importance/sets.h"

namespace hs {

/// Where the prompts of a measurement come from; the first that is set counts.
struct TextRequest {
    std::vector<std::shared_ptr<const Prompt>> prompts;   ///< as they are
    std::vector<std::vector<int>> ids;                    ///< one prompt each
    std::string tokensFile;           ///< comma-separated ids, one prompt a line
    std::vector<std::string> files;   ///< text files or folders, read as documents (engine/io/corpus_open.h)
    std::string text;                 ///< documents as corpusFromText sees them
    std::string name;                 ///< stated as the text's name; empty: the file's
    int length = 0;                   ///< longest prompt in tokens; 0: the model's context, or 256 where it has no limit
    int maxPrompts = 0;               ///< evenly spread over all there are; 0: all
    bool given() const { return !prompts.empty() || !ids.empty() || !tokensFile.empty() || !files.empty() || !text.empty(); }
};

/// One importance table. Gate comes at once, exact ablation fills in, late layers first: ImportanceResult for each stage.
struct ImportanceJob {
    std::shared_ptr<const Model> model;
    TextRequest text, calibration;    ///< calibration: Mean and Resample; not given: the text itself
    ImportanceOptions options;
};
/// Partial until table->complete.
struct ImportanceResult { std::shared_ptr<const Model> model; ImportanceTablePtr table; };

/// Sets, pairs or positions; what is not asked for stays empty.
struct SetAblationJob {
    std::shared_ptr<const Model> model;
    TextRequest text, calibration;
    AblationKind ablation = AblationKind::Mean;
    ImportanceOptions options;
    std::vector<std::vector<HeadId>> sets;
    std::vector<HeadId> pairs;        ///< all pairs of these
    std::vector<HeadId> positions;    ///< these heads at each position of the first prompt
};
struct SetAblationResult {
    std::shared_ptr<const Model> model;
    AblationKind ablation = AblationKind::Mean;
    std::vector<SetEffect> sets;
    std::vector<PairEffect> pairs;
    std::shared_ptr<const PositionSweep> positions;   ///< partial until complete
};

}  // namespace hs
