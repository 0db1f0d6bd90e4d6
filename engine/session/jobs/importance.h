// SPDX-License-Identifier: GPL-3.0-or-later
// What heads are worth.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/analysis/importance/sets.h"
#include "engine/analysis/pruning/pruning.h"
#include "engine/session/subject.h"
#include "engine/session/texts.h"
#include "engine/session/work.h"

namespace hs {

struct ImportanceResult;
struct SetAblationResult;
struct AblationValuesResult;

/// One importance table. Gate comes at once, exact ablation fills in, late layers first: ImportanceResult for each stage.
struct ImportanceJob {
    using Answer = ImportanceResult;

    std::shared_ptr<const Model> model;
    TextRequest text, calibration;  ///< calibration: Mean and Resample; not given: the text itself
    ImportanceOptions options;

    std::string subject() const { return importanceName(options.kind); }
};
namespace session {
Status runJob(const ImportanceJob& job, const ContextOf<ImportanceJob>& context);
}

/// Partial until table->complete.
struct ImportanceResult {
    std::shared_ptr<const Model> model;
    ImportanceTablePtr table;
};

/// Sets, pairs or positions; what is not asked for stays empty.
struct SetAblationJob {
    using Answer = SetAblationResult;

    std::shared_ptr<const Model> model;
    TextRequest text, calibration;
    AblationKind ablation = AblationKind::Mean;
    ImportanceOptions options;
    std::vector<std::vector<HeadId>> sets;
    std::vector<HeadId> pairs;      ///< all pairs of these
    std::vector<HeadId> positions;  ///< these heads at each position of the first prompt

    std::string subject() const { return pathOf(model); }
};
namespace session {
Status runJob(const SetAblationJob& job, const ContextOf<SetAblationJob>& context);
}

struct SetAblationResult {
    std::shared_ptr<const Model> model;
    AblationKind ablation = AblationKind::Mean;
    std::vector<SetEffect> sets;
    std::vector<PairEffect> pairs;
    std::shared_ptr<const PositionSweep> positions;  ///< partial until complete
};

/// Replacement values for live switching and files, measured once.
struct AblationValuesJob {
    using Answer = AblationValuesResult;

    std::shared_ptr<const Model> model;
    TextRequest calibration;
    AblationKind ablation = AblationKind::Mean;
    AblationCollectOptions options;

    std::string subject() const { return pathOf(model); }
};
namespace session {
Status runJob(const AblationValuesJob& job, const ContextOf<AblationValuesJob>& context);
}

struct AblationValuesResult {
    std::shared_ptr<const Model> model;
    std::shared_ptr<const AblationValues> values;
};

}  // namespace hs
