// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/session/jobs/behaviour.h"

#include "engine/io/corpus_open.h"
#include "engine/session/jobs/behaviour_steps.h"
#include "engine/session/jobs/steps.h"
#include "engine/session/texts.h"
#include "engine/similarity/behaviour/swap_steps.h"

namespace hs::session {
namespace {

std::shared_ptr<const HeadMatrix> signedBy(const std::shared_ptr<const HeadMatrix>& matrix, const std::string& hash, int paddingToken)
{
    if (!matrix) return matrix;
    auto copy = std::make_shared<HeadMatrix>(*matrix);
    copy->modelHash = hash;
    copy->paddingToken = paddingToken;
    return copy;
}

}  // namespace

Result<PromptCorpus> promptsOf(const Model& model, const BehaviourText& text, const Progress& progress)
{
    if (!text.prompts.empty()) return PromptCorpus{text.name, text.prompts};
    if (!text.tokensFile.empty()) {
        TextRequest request;
        request.tokensFile = text.tokensFile;
        request.name = text.name;
        request.length = text.options.length;
        request.maxPrompts = text.options.maxDocuments;
        auto made = hs::promptsOf(model, request, progress);
        if (!made) return made.error();
        return PromptCorpus{made->name, std::move(made->prompts)};
    }
    auto read = readCorpus(text.corpusPaths, {}, progress);
    if (!read) return read.error();
    auto corpus = makePromptCorpus(model, *read, text.options, progress);
    if (corpus && !text.name.empty()) corpus->name = text.name;
    return corpus;
}

Result<std::shared_ptr<const BehaviourResult>> behaviourOf(const BehaviourJob& job, const JobContext& context,
                                                           const std::function<void(std::shared_ptr<const BehaviourResult>)>& onPartial)
{
    if (!job.model) return missingArgument("model");
    // What no text can cure comes before what is wrong with this one.
    if (!job.model->canRun()) return forward(job.model, std::make_shared<const Prompt>(), {}).error();
    const auto corpus = promptsOf(*job.model, job.text, context.progress);
    if (!corpus) return corpus.error();
    const auto withHash = [&](const std::shared_ptr<const BehaviourResult>& state) {
        auto copy = std::make_shared<BehaviourResult>(*state);
        copy->patterns = signedBy(copy->patterns, job.modelHash, job.model->config().paddingToken);
        copy->outputs = signedBy(copy->outputs, job.modelHash, job.model->config().paddingToken);
        return std::shared_ptr<const BehaviourResult>(std::move(copy));
    };
    std::function<void(std::shared_ptr<const BehaviourResult>)> partial;
    if (onPartial) partial = [&](const std::shared_ptr<const BehaviourResult>& state) { onPartial(withHash(state)); };
    auto result = compareBehaviour(job.model, *corpus, job.request, context.progress, partial);
    if (!result) return result.error();
    return withHash(*result);
}

Status runJob(const BehaviourJob& job, const ContextOf<BehaviourJob>& context)
{
    const auto publish = [&](std::shared_ptr<const BehaviourResult> state) {
        context.publish(BehaviourAnswer{job.model, std::move(state), job.tag});
    };
    auto result = behaviourOf(job, context, publish);
    if (!result) return result.error();
    publish(*std::move(result));
    return {};
}

Status runJob(const SwapJob& job, const ContextOf<SwapJob>& context)
{
    if (!job.model) return missingArgument("model");
    if (!job.model->canRun()) return forward(job.model, std::make_shared<const Prompt>(), {}).error();
    const auto corpus = promptsOf(*job.model, job.text, context.progress);
    if (!corpus) return corpus.error();
    const auto soFar = [&](const std::vector<SwapResult>& results) { context.publish(SwapAnswer{job.model, results, job.tag}); };
    auto results = swapTestInSteps(job.model, *corpus, job.requests, job.seed, context.progress, soFar);
    if (!results) return results.error();
    context.publish(SwapAnswer{job.model, *std::move(results), job.tag});
    return {};
}

}  // namespace hs::session
