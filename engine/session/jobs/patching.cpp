// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/session/jobs/patching.h"

#include <cmath>

#include "engine/io/write/write_patch.h"
#include "engine/session/jobs/steps.h"
#include "engine/session/targets.h"

namespace hs::session {
namespace {

/// `other`: the run it is paired with; then both go under the same interventions, or more than the prompts would differ.
Result<std::shared_ptr<const Run>> runOf(const PatchPrompts& p, const std::string& text, const std::vector<int>& ids,
                                         const std::vector<Target>& targets, const JobContext& context, const Run* other = nullptr)
{
    if (!p.model) return missingArgument("model");
    auto prompt = promptFor(*p.model, text, ids, context.progress, p.special);
    if (!prompt) return prompt.error();
    if (!targets.empty()) {
        if (Status s = checkPositions(targets, (*prompt)->size(), 1, p.targetsFile); !s) return s.error();
        auto answered = std::make_shared<Prompt>(**prompt);
        answered->targets = targets;
        prompt = std::shared_ptr<const Prompt>(std::move(answered));
    }
    ForwardOptions options;
    options.stats = false;
    if (other) {
        const int n = other->queries(), m = static_cast<int>((*prompt)->tokens.size());
        if (m != n)
            return Error::of(ErrorCode::PromptsDiffer, "clean, corrupt", std::to_string(n),
                             std::to_string(m));  // before anything is run for it
        options.interventions = other->interventions;
    }
    return forward(p.model, *prompt, options, context.quiet());
}

/// Runs what is not there yet and finds the answers' ids. `hash`: of the targets' file, where there is one.
Result<PatchPair> pairOf(const PatchPrompts& prompts, const Metric& metric, const JobContext& context, std::string& hash)
{
    PatchPair pair{prompts.clean, prompts.corrupt, metric};
    std::vector<Target> targets;
    if (!prompts.targetsFile.empty()) {
        if (!prompts.model) return missingArgument("model");
        auto read = readTargets(prompts.targetsFile, prompts.model->config().outputs());
        if (!read) return read.error();
        if (Status s = checkCount(*read, 1, prompts.targetsFile); !s) return s.error();
        targets = std::move(read->lines.front());
        hash = read->hash;
    }
    if (!pair.clean) {
        auto run = runOf(prompts, prompts.cleanText, prompts.cleanIds, targets, context);
        if (!run) return run.error();
        pair.clean = *run;
    }
    if (!pair.corrupt) {
        auto run = runOf(prompts, prompts.corruptText, prompts.corruptIds, targets, context, pair.clean.get());
        if (!run) return run.error();
        pair.corrupt = *run;
    }
    if (prompts.answer.empty()) return pair;
    pair.metric.kind = MetricKind::LogitDifference;
    const auto answer = singleToken(*pair.clean->model, prompts.answer, "answer");
    if (!answer) return answer.error();
    pair.metric.answer = *answer;
    if (prompts.wrong.empty()) return pair;
    const auto wrong = singleToken(*pair.clean->model, prompts.wrong, "wrong");
    if (!wrong) return wrong.error();
    pair.metric.wrong = *wrong;
    return pair;
}

template <typename T>
std::shared_ptr<const T> shared(T value)
{
    return std::make_shared<const T>(std::move(value));
}

}  // namespace

Status runJob(const PatchJob& job, const ContextOf<PatchJob>& context)
{
    std::string hash;
    const auto pair = pairOf(job.prompts, job.metric, context, hash);
    if (!pair) return pair.error();
    PatchResult result{*pair, hash, nullptr, nullptr, {}, false};
    if (job.estimate) {
        auto estimate = attributePatches(*pair, {job.options, job.steps, job.exactSoftmax}, context.progress);
        if (!estimate) return estimate.error();
        result.estimate = shared(*std::move(estimate));
        result.complete = !job.exact;
        context.publish(result);
    }
    if (!job.exact) return {};
    const auto take = [&](const PatchMap& map, bool complete) {
        result.map = shared(map);
        if (result.estimate) result.check = compareMaps(*result.estimate, map);
        result.complete = complete;
        context.publish(result);
    };
    const auto map = patchActivations(*pair, job.options, context.progress, [&](const PatchMap& m) {
        if (m.done < m.total) take(m, false);
    });
    if (!map) return map.error();
    take(*map, true);
    return {};
}

Status runJob(const PathPatchJob& job, const ContextOf<PathPatchJob>& context)
{
    std::string hash;
    const auto pair = pairOf(job.prompts, job.metric, context, hash);
    if (!pair) return pair.error();
    const auto map = patchPaths(*pair, job.options, context.progress, [&](const PathMap& m) {
        if (m.done < m.total) context.publish(PathPatchResult{*pair, shared(m), false});
    });
    if (!map) return map.error();
    context.publish(PathPatchResult{*pair, shared(*map), true});
    return {};
}

Status runJob(const WritePatchJob& job, const ContextOf<WritePatchJob>& context)
{
    if (!job.map || !job.pair.clean || !job.pair.corrupt) return missingArgument("map");
    const PatchMap& map = *job.map;
    PatchFile file;
    file.model = job.pair.clean->model;
    file.clean = job.pair.clean->prompt;
    file.corrupt = job.pair.corrupt->prompt;
    file.metric = metricName(job.pair.metric.kind);
    file.answer = job.pair.metric.answer;
    file.wrong = job.pair.metric.wrong;
    file.positions = metricPositions(job.pair.metric, *file.clean, job.pair.clean->padding);
    if (job.pair.metric.kind == MetricKind::Loss) file.targetsHash = job.targetsHash;
    file.site = siteName(map.options.site);
    file.direction = map.options.direction == PatchDirection::Denoise ? "denoise" : "noise";
    file.cleanValue = map.clean;
    file.corruptValue = map.corrupt;
    switch (map.options.axes) {
    case PatchAxes::LayerHead:
        file.shape = {map.layers, map.heads};
        file.axes = "layer, head";
        break;
    case PatchAxes::LayerPosition:
        file.shape = {map.layers, map.positions};
        file.axes = "layer, position";
        break;
    case PatchAxes::LayerHeadPosition:
        file.shape = {map.layers, map.heads, map.positions};
        file.axes = "layer, head, position";
        break;
    }
    file.value = map.value;
    const auto normalised = map.normalised();
    file.normalised = normalised.ok();
    const double base = map.options.direction == PatchDirection::Denoise ? map.corrupt : map.clean;
    for (std::size_t i = 0; i < map.value.size(); ++i) file.effect.push_back(normalised ? (*normalised)[i] : map.value[i] - base);
    if (Status s = writePatch(job.path, file); !s) return s;
    context.publish(WrittenResult{job.path});
    return {};
}

}  // namespace hs::session
