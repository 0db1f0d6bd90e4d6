// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/session/jobs/logit_attribution.h"

#include "engine/session/jobs/steps.h"

namespace hs::session {

Status runJob(const LogitAttributionJob& job, const ContextOf<LogitAttributionJob>& context)
{
    if (!job.run) return missingArgument("run");
    auto parts = logitAttribution(*job.run, job.target, context.progress);
    if (!parts) return parts.error();
    LogitAttributionResult result{job.run, std::make_shared<const LogitAttribution>(*std::move(parts)), nullptr, nullptr};
    context.publish(result);
    auto sources = sourceAttribution(*job.run, job.target, context.progress);
    if (!sources) return sources.error();
    result.sources = std::make_shared<const SourceAttribution>(*std::move(sources));
    auto lens = logitLens(*job.run, job.target, context.progress);
    if (!lens) return lens.error();
    result.lens = std::make_shared<const LogitLens>(*std::move(lens));
    context.publish(std::move(result));
    return {};
}

}  // namespace hs::session
