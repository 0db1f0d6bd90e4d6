// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/session/jobs/pruning.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>

#include "engine/io/open.h"
#include "engine/io/write/write.h"
#include "engine/session/jobs/steps.h"
#include "engine/session/texts.h"

namespace hs::session {

Status runJob(const LiveSwitchJob& job, const ContextOf<LiveSwitchJob>& context)
{
    if (!job.base) return missingArgument("base");
    const auto start = std::chrono::steady_clock::now();
    const Run& base = *job.base;
    AblationValues zero;
    const AblationValues& values = job.values ? *job.values : zero;
    HeadCuts cuts;
    for (const HeadId head : job.cut) {
        const ModelConfig& config = base.model->config();
        // Heads are looked up in tables of the values before forward() checks them.
        if (head.layer < 0 || head.layer >= config.nLayers || head.head < 0 || head.head >= config.heads(head.layer))
            return Error::of(ErrorCode::HeadOutOfRange, headName(head));
        cuts.push_back({head, 0.0f, -1});
    }
    const int donor = values.donorFor(0, 0, base.prompt->ids());
    const Interventions added = cutInterventions(cuts, values, base.model->config(), base.queries(), donor, base.padding);

    ForwardOptions options;
    options.interventions = base.interventions;
    options.interventions.insert(options.interventions.end(), added.begin(), added.end());
    options.padding = base.padding;
    options.keepResiduals = false;
    options.stats = false;
    const auto run = rerun(job.base, options, context.quiet());
    if (!run) return run.error();

    LiveSwitchResult result;
    result.base = job.base;
    result.run = *run;
    result.cut = job.cut;
    result.ablation = values.kind;
    fillNext(result.next, result.baseProbabilities, base, **run, job.position, job.topK);
    result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    context.publish(std::move(result));
    return {};
}

Status runJob(const PruningCurveJob& job, const ContextOf<PruningCurveJob>& context)
{
    if (!job.model) return missingArgument("model");
    const auto calibration = promptsOf(*job.model, job.calibration, context.progress);
    if (!calibration) return calibration.error();
    const auto test = promptsOf(*job.model, job.test, context.progress);
    if (!test) return test.error();
    const auto curve = runPruning(job.model, *calibration, *test, job.spec, job.modelHash, job.resume, context.progress,
                                  [&](const PruningCurvePtr& stage) {
                                      context.publish(PruningCurveResult{job.model, stage});
                                  });
    return curve ? Status() : Status(curve.error());
}

namespace {

constexpr int kTimedRuns = 5;

/// Median of some passes, after one that reads the weights.
Result<double> secondsOf(const std::shared_ptr<const Model>& model, const std::shared_ptr<const Prompt>& prompt, const Progress& progress)
{
    ForwardOptions options;
    options.stats = false;
    options.keepResiduals = false;
    std::vector<double> seconds;
    for (int i = 0; i <= kTimedRuns; ++i) {
        if (!progress.checkpoint()) return Error::cancelled();
        const auto run = forward(model, prompt, options, Progress(progress.token(), {}));
        if (!run) return run.error();
        if (i > 0) seconds.push_back((*run)->seconds);
    }
    std::nth_element(seconds.begin(), seconds.begin() + kTimedRuns / 2, seconds.end());
    return seconds[kTimedRuns / 2];
}

std::size_t fileSize(const std::string& path)
{
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    return error ? 0 : static_cast<std::size_t>(size);
}

/// Largest difference of logits (of last residuals where there is no output layer) at any position.
Result<double> differenceOf(const Run& a, const Run& b)
{
    double largest = 0;
    const bool predicts = a.model->canPredict();
    for (int i = 0; i < a.queries(); ++i) {
        std::vector<float> x, y;
        if (predicts) {
            const auto left = a.logitsRow(i), right = b.logitsRow(i);
            if (!left) return left.error();
            if (!right) return right.error();
            x = *left;
            y = *right;
        } else {
            x.assign(a.residFinal.row(i), a.residFinal.row(i) + a.residFinal.cols());
            y.assign(b.residFinal.row(i), b.residFinal.row(i) + b.residFinal.cols());
        }
        for (std::size_t k = 0; k < x.size(); ++k)
            largest = std::max(largest, std::abs(static_cast<double>(x[k]) - static_cast<double>(y[k])));
    }
    return largest;
}

/// Original name of a head: pruned models keep the numbers they had.
std::string originalName(const Model& model, HeadId head, const Progress& progress)
{
    if (model.headsRenamed())
        if (const auto weights = model.layer(head.layer, progress);
            weights && static_cast<std::size_t>(head.head) < (*weights)->headIds.size())
            head.head = (*weights)->headIds[static_cast<std::size_t>(head.head)];
    return headName(head);
}

}  // namespace

Status runJob(const WritePrunedJob& job, const ContextOf<WritePrunedJob>& context)
{
    if (!job.model) return missingArgument("model");
    const AblationValues zero;
    const AblationValues& values = job.values ? *job.values : zero;
    if (values.kind == AblationKind::Resample || values.kind == AblationKind::Uniform)
        return Error::argument("ablation", ablationName(values.kind), "zero, mean");
    std::error_code ignored;
    if (std::filesystem::equivalent(job.path, job.model->identity().path, ignored))
        return Error::in(job.path, ErrorCode::InvalidArgument, "path", job.path, "another file than the model's own");

    HeadRemoval removal{job.cut, values.means};
    const auto cut = withoutHeads(job.model, removal);
    if (!cut) return cut.error();
    PruningRecord record;
    record.sourceFile = job.model->identity().path;
    record.sourceHash = job.modelHash;
    std::vector<HeadId> heads = job.cut;
    std::sort(heads.begin(), heads.end());
    heads.erase(std::unique(heads.begin(), heads.end()), heads.end());
    for (const HeadId head : heads) record.heads.push_back(originalName(*job.model, head, context.progress));
    record.ablation = ablationName(values.kind);
    record.calibration = values.dataName;
    record.score = job.score;
    record.targets = job.targets;
    record.paddingToken = job.model->config().paddingToken;
    if (Status status = writePrunedModel(job.path, **cut, record, context.progress); !status) return status;

    WritePrunedResult result;
    result.path = job.path;
    const auto opened = openModel(job.path, {}, context.progress);
    if (!opened) return opened.error();
    result.pruned = *opened;
    result.bytesBefore = fileSize(job.model->identity().path);
    result.bytesAfter = fileSize(job.path);
    result.weightsBefore = job.model->weightBytes() / sizeof(float);
    result.weightsAfter = result.pruned->weightBytes() / sizeof(float);

    std::shared_ptr<const Prompt> prompt = job.check;
    if (!prompt && job.model->canRun()) {
        std::vector<int> ids;
        const int limit = job.model->config().nCtx, length = std::min({64, job.model->config().dVocab, limit > 0 ? limit : 64});
        for (int i = 0; i < length; ++i)
            ids.push_back(static_cast<int>(static_cast<std::int64_t>(i) * job.model->config().dVocab / length));
        auto made = makePromptFromIds(job.model->tokenizer().get(), ids, job.model->config().dVocab);
        if (!made) return made.error();
        prompt = std::make_shared<const Prompt>(std::move(*made));
    }
    if (prompt && job.model->canRun()) {
        HeadCuts cuts;
        for (const HeadId head : heads) cuts.push_back({head, 0.0f, -1});
        ForwardOptions masked;
        masked.stats = false;
        masked.keepResiduals = false;
        masked.padding = hiddenPositions(job.model->config(), prompt->ids());  // the file that was opened again hides nothing itself
        const ForwardOptions plain = masked;
        masked.interventions = cutInterventions(cuts, values, job.model->config(), prompt->size(), 0, masked.padding);
        const auto before = forward(job.model, prompt, masked, context.quiet());
        if (!before) return before.error();
        const auto after = forward(result.pruned, prompt, plain, context.quiet());
        if (!after) return after.error();
        const auto difference = differenceOf(**before, **after);
        if (!difference) return difference.error();
        result.largestDifference = *difference;
        const auto slow = secondsOf(job.model, prompt, context.quiet()), fast = secondsOf(result.pruned, prompt, context.quiet());
        if (!slow) return slow.error();
        if (!fast) return fast.error();
        result.secondsBefore = *slow;
        result.secondsAfter = *fast;
    }
    context.publish(std::move(result));
    return {};
}

}  // namespace hs::session
