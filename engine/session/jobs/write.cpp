// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/session/jobs/write.h"

#include "engine/session/jobs/steps.h"

namespace hs::session {
namespace {

template <class Request>
Status published(Status written, const std::string& path, const ContextOf<Request>& context)
{
    if (written.ok()) context.publish(WrittenResult{path});
    return written;
}

Status writeNpyMap(const WriteMapJob& job)
{
    auto map = job.source->tile(job.head, job.kind, 0, job.source->queries(), 0, job.source->keys());
    if (!map) return map.error();
    return writeNpy(job.path, *map);
}

}  // namespace

Status runJob(const WriteRunJob& job, const ContextOf<WriteRunJob>& context)
{
    return published(writeRun(job.path, job.runs, job.options, context.progress), job.path, context);
}

Status runJob(const WriteModelJob& job, const ContextOf<WriteModelJob>& context)
{
    if (!job.model) return missingArgument("model");
    return published(writeNativeModel(job.path, *job.model, context.progress), job.path, context);
}

Status runJob(const WriteMapJob& job, const ContextOf<WriteMapJob>& context)
{
    if (!job.source) return missingArgument("source");
    context.progress.report(Stage::Writing, 0, 0);
    return published(job.npy ? writeNpyMap(job) : writeMapCsv(job.path, *job.source, job.head, job.kind), job.path, context);
}

}  // namespace hs::session
