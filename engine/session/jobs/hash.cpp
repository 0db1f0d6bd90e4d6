// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/hash.h"
#include "engine/session/jobs/jobs.h"

namespace hs::session {

Status runJob(const HashJob& job, const JobContext& context)
{
    auto hash = sha256OfFile(job.path, context.progress);
    if (!hash) return hash.error();
    context.publish(HashResult{job.path, std::move(*hash)});
    return {};
}

}  // namespace hs::session
