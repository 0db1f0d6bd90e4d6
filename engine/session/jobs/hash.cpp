// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/session/jobs/hash.h"

#include "engine/base/hash.h"
#include "engine/session/jobs/steps.h"

namespace hs::session {

Status runJob(const HashJob& job, const ContextOf<HashJob>& context)
{
    auto hash = sha256OfFile(job.path, context.progress);
    if (!hash) return hash.error();
    context.publish(HashResult{job.path, std::move(*hash)});
    return {};
}

}  // namespace hs::session
