// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/session/jobs/parity.h"

#include "engine/session/jobs/steps.h"

namespace hs::session {

Status runJob(const ParityJob& job, const ContextOf<ParityJob>& context)
{
    if (!job.model) return missingArgument("model");
    auto report = checkParity(job.model, context.progress);
    if (!report) return report.error();
    context.publish(ParityResult{job.model, std::move(*report)});
    return {};
}

}  // namespace hs::session
