// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/session/jobs/jobs.h"

namespace hs::session {

Status runJob(const AblationJob& job, const JobContext& context)
{
    if (!job.base) return missingArgument("base");
    const auto total = static_cast<std::int64_t>(job.variants.size());
    for (std::size_t i = 0; i < job.variants.size(); ++i) {
        context.progress.report(Stage::Ablation, static_cast<std::int64_t>(i), total);
        if (!context.progress.checkpoint()) return Error{ErrorCode::Cancelled, {}, {}, {}, {}};

        ForwardOptions options;
        options.interventions = job.base->interventions;
        options.interventions.insert(options.interventions.end(), job.variants[i].begin(), job.variants[i].end());
        options.padding = job.base->padding;
        options.keepResiduals = false;
        options.stats = false;
        auto run = rerun(job.base, options, context.quiet());
        if (!run) return run.error();

        AblationOutcome outcome;
        outcome.interventions = job.variants[i];
        outcome.loss = (*run)->loss;
        outcome.next = topNext(**run, job.position, job.topK);
        std::vector<int> ids;
        ids.reserve(outcome.next.size());
        for (const NextToken& token : outcome.next) ids.push_back(token.id);
        outcome.baseProbabilities = nextProbabilities(*job.base, job.position, ids);
        context.publish(AblationResult{job.base, i, std::move(outcome)});
    }
    context.progress.report(Stage::Ablation, total, total);
    return {};
}

}  // namespace hs::session
