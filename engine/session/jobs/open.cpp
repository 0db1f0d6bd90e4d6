// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/session/jobs/open.h"

#include "engine/session/jobs/steps.h"

namespace hs::session {

Status runJob(const OpenJob& job, const ContextOf<OpenJob>& context)
{
    auto opened = openFile(job.path, job.options, context.progress);
    if (!opened) return opened.error();
    context.publish(OpenedResult{std::move(*opened)});
    return {};
}

}  // namespace hs::session
