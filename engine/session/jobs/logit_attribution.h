// SPDX-License-Identifier: GPL-3.0-or-later
// Direct logit attribution by head and by source token, and the logit lens.
#pragma once

#include <memory>
#include <string>

#include "engine/analysis/causes/logit_attribution.h"
#include "engine/session/subject.h"
#include "engine/session/work.h"

namespace hs {

struct LogitAttributionResult;

/// Direct logit attribution by head and by source token, and the logit lens.
struct LogitAttributionJob {
    using Answer = LogitAttributionResult;

    std::shared_ptr<const Run> run;
    LogitTarget target;

    std::string subject() const { return run ? run->prompt->text : std::string(); }
    bool interactive() const { return isShort(run); }
};
namespace session {
Status runJob(const LogitAttributionJob& job, const ContextOf<LogitAttributionJob>& context);
}

struct LogitAttributionResult {
    std::shared_ptr<const Run> run;
    std::shared_ptr<const LogitAttribution> parts;
    std::shared_ptr<const SourceAttribution> sources;
    std::shared_ptr<const LogitLens> lens;
};

}  // namespace hs
