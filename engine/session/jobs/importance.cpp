// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/session/jobs/importance.h"

#include "engine/session/jobs/steps.h"
#include "engine/session/texts.h"

namespace hs::session {
namespace {

struct Texts {
    ImportanceText text, calibration;
};

Result<Texts> textsOf(const Model& model, const TextRequest& text, const TextRequest& calibration, const JobContext& context)
{
    Texts out;
    auto measured = promptsOf(model, text, context.progress);
    if (!measured) return measured.error();
    out.text = std::move(*measured);
    if (calibration.given()) {
        auto read = promptsOf(model, calibration, context.progress);
        if (!read) return read.error();
        out.calibration = std::move(*read);
    }
    return out;
}

}  // namespace

Status runJob(const ImportanceJob& job, const ContextOf<ImportanceJob>& context)
{
    if (!job.model) return missingArgument("model");
    Texts texts;
    if (needsText(job.options.kind)) {
        auto read = textsOf(*job.model, job.text, job.calibration, context);
        if (!read) return read.error();
        texts = std::move(*read);
    }
    const auto table =
        measureImportance(job.model, texts.text, texts.calibration, job.options, context.progress, [&](const ImportanceTablePtr& stage) {
            context.publish(ImportanceResult{job.model, stage});
        });
    return table ? Status() : Status(table.error());
}

Status runJob(const SetAblationJob& job, const ContextOf<SetAblationJob>& context)
{
    if (!job.model) return missingArgument("model");
    auto texts = textsOf(*job.model, job.text, job.calibration, context);
    if (!texts) return texts.error();
    const ImportanceText& from = texts->calibration.prompts.empty() ? texts->text : texts->calibration;
    AblationCollectOptions collect;
    collect.draws = job.options.draws;
    collect.seed = job.options.seed;
    collect.dataName = from.name;
    const auto values = collectAblationValues(job.model, from.prompts, job.ablation, collect, context.progress);
    if (!values) return values.error();

    SetAblationResult result;
    result.model = job.model;
    result.ablation = job.ablation;
    if (!job.sets.empty()) {
        auto sets = ablateSets(job.model, texts->text, job.sets, **values, job.options, context.progress);
        if (!sets) return sets.error();
        result.sets = std::move(*sets);
        context.publish(result);
    }
    if (!job.pairs.empty()) {
        auto pairs = ablatePairs(job.model, texts->text, job.pairs, **values, job.options, context.progress);
        if (!pairs) return pairs.error();
        result.pairs = std::move(*pairs);
        context.publish(result);
    }
    if (!job.positions.empty()) {
        const auto positions = ablatePositions(job.model, *texts->text.prompts.front(), job.positions, **values, job.options,
                                               context.progress, [&](const std::shared_ptr<const PositionSweep>& stage) {
                                                   result.positions = stage;
                                                   context.publish(result);
                                               });
        if (!positions) return positions.error();
    }
    return {};
}

Status runJob(const AblationValuesJob& job, const ContextOf<AblationValuesJob>& context)
{
    if (!job.model) return missingArgument("model");
    ImportanceText text;
    if (job.ablation == AblationKind::Mean || job.ablation == AblationKind::Resample) {
        auto read = promptsOf(*job.model, job.calibration, context.progress);
        if (!read) return read.error();
        text = std::move(*read);
    }
    AblationCollectOptions options = job.options;
    if (options.dataName.empty()) options.dataName = text.name;
    auto values = collectAblationValues(job.model, text.prompts, job.ablation, options, context.progress);
    if (!values) return values.error();
    context.publish(AblationValuesResult{job.model, std::move(*values)});
    return {};
}

}  // namespace hs::session
