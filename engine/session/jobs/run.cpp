// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/session/jobs/run.h"

#include "engine/io/write/run_room.h"
#include "engine/session/jobs/steps.h"
#include "engine/session/subject.h"

namespace hs {

std::string RunJob::subject() const
{
    if (!text.empty() || !ids.empty() || !base) return text;
    return base->prompt->text;
}

bool RunJob::interactive() const { return base ? isShort(base) : text.size() <= kShortPrompt && ids.size() <= kShortPrompt; }

}  // namespace hs

namespace hs::session {

namespace {

/// Says what a long pass will cost before it begins. Short ones are not worth the measuring of this machine's rate.
void announceCost(const Model& model, int n, const ForwardOptions& options, const JobContext& context)
{
    const ModelConfig& config = model.config();
    if (static_cast<double>(n) * config.dModel * config.nLayers < 1e6) return;
    const double seconds = estimateCost(model, n, options).seconds;
    if (seconds >= 1) context.expect({Stage::Attention, 0, config.nLayers}, seconds);
}

}  // namespace

Status runJob(const RunJob& job, const ContextOf<RunJob>& context)
{
    const std::shared_ptr<const Model> model = job.model ? job.model : job.base ? job.base->model : nullptr;
    if (!model) return missingArgument("model");

    // What is missing for any prompt comes before what this one lacks.
    if (!model->canRun()) return forward(model, std::make_shared<const Prompt>(), job.options).error();

    const RunStage onStage = [&](std::shared_ptr<const Run> stage) {
        context.publish(RunResult{std::move(stage)});
        context.progress.checkpoint();
    };

    // A base without a text of its own means "the same prompt again".
    std::shared_ptr<const Prompt> prompt = job.base && job.text.empty() && job.ids.empty() ? job.base->prompt : nullptr;
    if (!prompt) {
        auto made = promptFor(*model, job.text, job.ids, context.progress, job.special);
        if (!made) return made.error();
        prompt = std::move(*made);
        if (!job.types.empty()) {
            auto typed = std::make_shared<Prompt>(*prompt);
            typed->types = job.types;
            prompt = std::move(typed);
        }
    }
    const bool sharesBase = job.base && job.base->model == model && job.base->prompt->text == prompt->text
                            && job.base->prompt->ids() == prompt->ids() && job.base->prompt->types == prompt->types;
    if (!sharesBase)
        if (Status room = checkRunRoom(*model, prompt->size(), job.options); !room) return room;
    if (!sharesBase && (model->config().nCtx <= 0 || prompt->size() <= model->config().nCtx))
        announceCost(*model, prompt->size(), job.options, context);
    auto run = sharesBase ? rerun(job.base, job.options, context.progress, onStage)
                          : forward(model, prompt, job.options, context.progress, onStage);
    if (!run) return run.error();
    context.publish(RunResult{std::move(*run)});
    return {};
}

}  // namespace hs::session
