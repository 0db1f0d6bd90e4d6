// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/session/jobs/pictures.h"

#include "engine/session/cache.h"
#include "engine/session/jobs/steps.h"

namespace hs::session {

Status runJob(const TileJob& job, const ContextOf<TileJob>& context)
{
    if (!job.source) return missingArgument("source");
    const CacheKey key{pictureOwner(job.source, job.head.layer), job.head, job.kind, {job.q0, job.nq, job.k0, job.nk}};
    auto cells = context.cache.tile(key);
    if (!cells) {
        auto made = job.source->tile(job.head, job.kind, job.q0, job.nq, job.k0, job.nk);
        if (!made) return made.error();
        cells = std::make_shared<const MatrixF>(std::move(*made));
        context.cache.put(key, cells);
    }
    context.publish(TileResult{job, std::move(cells)});
    return {};
}

Status runJob(const OverviewJob& job, const ContextOf<OverviewJob>& context)
{
    if (!job.source) return missingArgument("source");
    const auto total = static_cast<std::int64_t>(job.heads.size());
    const Stage stage = total > 1 ? Stage::Thumbnails : Stage::Overview;
    const Progress inner = total > 1 ? context.quiet() : context.progress;
    std::int64_t done = 0;
    for (const HeadId head : job.heads) {
        if (!context.progress.checkpoint()) return Error::cancelled();
        const CacheKey key{pictureOwner(job.source, head.layer), head, job.kind, {job.maxSide, -1, -1, -1}};
        auto map = context.cache.overview(key);
        if (!map) {
            auto made = job.source->overview(head, job.kind, job.maxSide, inner);
            if (!made) return made.error();
            map = std::move(*made);
            context.cache.put(key, map);
        }
        context.publish(OverviewResult{job.source, head, job.kind, job.maxSide, job.tag, std::move(map)});
        context.progress.report(stage, ++done, total);
    }
    return {};
}

}  // namespace hs::session
