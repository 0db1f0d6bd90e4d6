// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/session/jobs/continue.h"

#include "engine/forward/metric.h"
#include "engine/session/jobs/steps.h"
#include "engine/session/sampling.h"

namespace hs::session {
namespace {

/// The prompt with the ids chosen so far. New tokens carry no place in the text: only their ids matter to the pass.
std::shared_ptr<const Prompt> extended(const Prompt& prompt, const std::vector<int>& ids)
{
    auto longer = std::make_shared<Prompt>(prompt);
    for (const int id : ids) {
        Token token;
        token.id = id;
        longer->tokens.push_back(std::move(token));
    }
    return longer;
}

}  // namespace

Status runJob(const ContinueJob& job, const ContextOf<ContinueJob>& context)
{
    if (!job.model) return missingArgument("model");
    if (!job.prompt) return missingArgument("prompt");
    if (job.tokens < 1) return Error::argument("tokens", std::to_string(job.tokens), ">= 1");
    if (!job.model->canPredict())
        return Error::in(job.model->identity().path, ErrorCode::ModelPartial,
                         job.model->lacks(Part::TokenEmbedding) ? "embed/W_E" : "unembed/W_U");
    if (!job.model->canPredictNext()) return noNextToken(*job.model);

    const int limit = job.model->config().nCtx;
    const auto& tokenizer = job.model->tokenizer();
    const std::optional<int> eos = tokenizer ? tokenizer->eosId() : std::nullopt;
    ForwardOptions options;
    options.interventions = job.interventions;
    options.logits = false;  // only the last row is needed
    options.keepResiduals = false;
    options.stats = false;

    ContinueResult result;
    result.prompt = job.prompt;
    SeededRandom random(job.seed);
    std::optional<Error> failure;
    for (int i = 0; i < job.tokens; ++i) {
        if (limit > 0 && job.prompt->size() + i > limit && !result.newIds.empty()) break;  // the context is full
        context.progress.report(Stage::Continuing, i, job.tokens);
        if (!context.progress.checkpoint()) {
            failure = Error::cancelled();
            break;
        }
        auto run = forward(job.model, extended(*job.prompt, result.newIds), options, context.quiet());
        if (!run) {
            failure = run.error();
            break;
        }
        const auto logits = (*run)->logitsRow((*run)->queries() - 1);
        if (!logits) {
            failure = logits.error();
            break;
        }
        const Choice next = chooseToken(*logits, job.temperature, random);
        if (eos && next.id == *eos) break;
        result.newIds.push_back(next.id);
        result.probabilities.push_back(next.probability);
    }
    if (!failure || !result.newIds.empty()) context.publish(std::move(result));  // what was written before a cancel stays
    if (failure) return *failure;
    context.progress.report(Stage::Continuing, job.tokens, job.tokens);
    return {};
}

}  // namespace hs::session
