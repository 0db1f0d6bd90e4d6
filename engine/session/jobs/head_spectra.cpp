// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/session/jobs/head_spectra.h"

#include "engine/session/jobs/steps.h"

namespace hs::session {

Status runJob(const ReferenceJob& job, const ContextOf<ReferenceJob>& context)
{
    if (!job.model) return missingArgument("model");
    ReferenceResult answer;
    answer.model = job.model;
    if (job.draws > 0) {
        const ModelConfig& config = job.model->config();
        const auto dimension = [&](int asked) { return asked > 0 ? asked : config.dHead; };
        const auto draws = projectionKernelDraws(config.dModel, dimension(job.m), dimension(job.n), job.draws, job.seed, context.progress);
        if (!draws) return draws.error();
        answer.draws = std::make_shared<const MonteCarlo>(*draws);
    } else {
        auto report = referenceReport(*job.model, job.options, context.progress);
        if (!report) return report.error();
        answer.report = std::make_shared<const ReferenceReport>(std::move(*report));
    }
    context.publish(std::move(answer));
    return {};
}

Status runJob(const SpectraJob& job, const ContextOf<SpectraJob>& context)
{
    if (!job.model) return missingArgument("model");
    std::vector<HeadId> heads = job.heads;
    if (heads.empty())
        for (int l = 0; l < job.model->config().nLayers; ++l)
            for (int h = 0; h < job.model->config().heads(l); ++h) heads.push_back({l, h});
    const auto total = static_cast<std::int64_t>(heads.size());
    for (std::int64_t i = 0; i < total; ++i) {
        context.progress.report(Stage::HeadBases, i, total);
        if (!context.progress.checkpoint()) return Error::cancelled();
        auto spectra = headSpectra(*job.model, heads[static_cast<std::size_t>(i)], job.options, job.run.get(), context.quiet());
        if (!spectra) return spectra.error();
        context.publish(SpectraResult{job.model, std::make_shared<const HeadSpectra>(std::move(*spectra))});
    }
    context.progress.report(Stage::HeadBases, total, total);
    return {};
}

Status runJob(const PairAnglesJob& job, const ContextOf<PairAnglesJob>& context)
{
    if (!job.model) return missingArgument("model");
    auto angles = pairAngles(*job.model, job.pairing, job.source, job.target, job.weights, context.progress);
    if (!angles) return angles.error();
    context.publish(PairAnglesResult{job.model, std::make_shared<const PairAngles>(*std::move(angles))});
    return {};
}

}  // namespace hs::session
