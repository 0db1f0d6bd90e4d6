// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/session/jobs/ablation.h"

#include <algorithm>
#include <numeric>

#include "engine/session/jobs/steps.h"

namespace hs::session {

void fillNext(std::vector<NextToken>& next, std::vector<float>& baseProbabilities, const Run& before, const Run& after, int position, int k)
{
    std::vector<NextToken> candidates = topNext(after, position, k);
    for (const NextToken& token : topNext(before, position, k))
        if (std::none_of(candidates.begin(), candidates.end(), [&](const NextToken& c) { return c.id == token.id; }))
            candidates.push_back(token);
    std::vector<int> ids;
    ids.reserve(candidates.size());
    for (const NextToken& token : candidates) ids.push_back(token.id);
    const std::vector<float> old = nextProbabilities(before, position, ids), now = nextProbabilities(after, position, ids);
    if (old.size() != ids.size() || now.size() != ids.size()) return;  // no logits

    std::vector<std::size_t> order(ids.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        const float most[] = {std::max(old[a], now[a]), std::max(old[b], now[b])};
        return most[0] != most[1] ? most[0] > most[1] : ids[a] < ids[b];
    });
    if (order.size() > static_cast<std::size_t>(std::max(0, k))) order.resize(static_cast<std::size_t>(std::max(0, k)));
    for (const std::size_t i : order) {
        next.push_back({candidates[i].id, candidates[i].text, now[i]});
        baseProbabilities.push_back(old[i]);
    }
}

Status runJob(const AblationJob& job, const ContextOf<AblationJob>& context)
{
    if (!job.base) return missingArgument("base");
    const auto total = static_cast<std::int64_t>(job.variants.size());
    for (std::size_t i = 0; i < job.variants.size(); ++i) {
        context.progress.report(Stage::Ablation, static_cast<std::int64_t>(i), total);
        if (!context.progress.checkpoint()) return Error::cancelled();

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
        fillNext(outcome.next, outcome.baseProbabilities, *job.base, **run, job.position, job.topK);
        context.publish(AblationResult{job.base, i, std::move(outcome)});
    }
    context.progress.report(Stage::Ablation, total, total);
    return {};
}

}  // namespace hs::session
