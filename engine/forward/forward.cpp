// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/forward/forward.h"

#include <algorithm>
#include <chrono>
#include <limits>
#include <new>

#include "engine/forward/block.h"
#include "engine/forward/ends.h"

namespace hs {
namespace {

using Clock = std::chrono::steady_clock;

Status check(const Model& model, const Prompt& prompt, const ForwardOptions& options)
{
    const ModelConfig& config = model.config();
    const int n = prompt.size();
    if (!model.canRun()) {
        const char* part = model.lacks(Part::TokenEmbedding)      ? "embed/W_E"
                           : model.lacks(Part::AttentionWeights)  ? "attn"
                           : model.lacks(Part::PositionEmbedding) ? "pos_embed/W_pos"
                                                                  : "mlp";
        return Error::in(model.identity().path, ErrorCode::ModelPartial, part);
    }
    // The forms of GELU differ by 1e-3 a layer, and neither names nor shapes tell them apart: a pass with the wrong one looks right.
    if (const auto act = model.origins().find("act_fn");
        !config.attnOnly && act != model.origins().end() && act->second.origin == Origin::Guess)
        return Error::in(model.identity().path, ErrorCode::ConfigMissing, "act_fn");
    if (const auto mask = model.origins().find("attention_dir"); mask != model.origins().end() && mask->second.origin == Origin::Guess)
        return Error::in(model.identity().path, ErrorCode::ConfigMissing, "attention_dir");
    if (n == 0) return Error::of(ErrorCode::TextEmpty);
    if (config.nCtx > 0 && n > config.nCtx) return Error::of(ErrorCode::TextTooLong, {}, std::to_string(n), std::to_string(config.nCtx));
    if (!options.padding.empty() && options.padding.size() != static_cast<std::size_t>(n))
        return Error::shape("padding", std::to_string(options.padding.size()), std::to_string(n));
    return checkInterventions(options.interventions, config, n);
}

/// First position of a row with NaN or infinity; -1: none.
std::ptrdiff_t firstBadRow(const MatrixF& x)
{
    if (allFinite(x.data(), x.rows() * x.cols())) return -1;
    for (std::ptrdiff_t r = 0; r < x.rows(); ++r)
        if (!allFinite(x.row(r), x.cols())) return r;
    return 0;  // the sum over all rows overflowed nowhere but met a NaN: report the first
}

Status checkFinite(const MatrixF& x, const std::string& name)
{
    const std::ptrdiff_t bad = firstBadRow(x);
    if (bad < 0) return {};
    return Error::of(ErrorCode::NotFinite, name, "position " + std::to_string(bad));
}

/// What of every layer stays, decided once from the sizes: results never depend on it, only the time of later questions.
block::Keep whatStays(const ModelConfig& config, int n, const ForwardOptions& options)
{
    double perToken = 0;
    for (int l = 0; l < config.nLayers; ++l)
        perToken += 2.0 * config.heads(l) * config.dHead + 2.0 * config.kvHeads(l) * config.dHead
                    + (options.keepResiduals ? 2.0 * config.dModel : 0.0);
    const bool large = perToken * n * sizeof(float) > static_cast<double>(options.keepBytes);
    block::Keep keep;
    keep.resid = options.keepResiduals;
    keep.mid = options.keepResiduals && !large;
    keep.z = !large;
    keep.values = !large || !options.keepResiduals;  // without residuals they could not be computed again
    return keep;
}

/// Runs layers [first, nLayers) on x, then the output, into `run`, which already has the layers before.
Result<std::shared_ptr<const Run>> finish(std::shared_ptr<Run> run, MatrixF x, int first, const ForwardOptions& options,
                                          const Progress& progress, const RunStage& onStage, Clock::time_point start)
{
    const Model& model = *run->model;
    const ModelConfig& config = model.config();
    const int n = static_cast<int>(x.rows());
    const block::Keep keep = whatStays(config, n, options);
    const Rotations rotations(config, n);
    const auto positions = positionsForQk(model, progress);
    if (!positions) return positions.error();
    for (int l = first; l < config.nLayers; ++l) {
        progress.report(Stage::Attention, l, config.nLayers);
        if (!progress.checkpoint()) return Error::cancelled();
        const auto weights = model.layer(l, progress);
        if (!weights) return weights.error();
        const block::Context context{config,
                                     **weights,
                                     l,
                                     options.interventions,
                                     options.padding,
                                     &rotations.of(config, l),
                                     options.stats,
                                     progress,
                                     *positions ? &(*positions)->wPos : nullptr};
        if (Status status = block::checkShapes(context); !status) return status.error();
        auto layer = std::make_shared<LayerRun>();
        if (!block::run(context, x, *layer, keep)) return Error::cancelled();
        if (Status status = checkFinite(x, "blocks." + std::to_string(l)); !status) return status.error();
        run->layerRuns.push_back(std::move(layer));
        if (onStage && l + 1 < config.nLayers) onStage(std::make_shared<const Run>(*run));
    }
    progress.report(Stage::Attention, config.nLayers, config.nLayers);
    run->residFinal = std::move(x);
    if (options.logits && model.canPredict()) {
        if (!progress.checkpoint()) return Error::cancelled();
        if (Status status = predict(*run, options.keepBytes, progress); !status) return status.error();
    }
    run->complete = true;
    run->seconds = std::chrono::duration<double>(Clock::now() - start).count();
    std::shared_ptr<const Run> done = std::move(run);
    if (onStage) onStage(done);
    return done;
}

template <typename Body>
Result<std::shared_ptr<const Run>> guarded(Body body)
{
    try {
        return body();
    } catch (const std::bad_alloc&) {
        return Error::of(ErrorCode::OutOfMemory);
    }
}

/// The options with what the model hides of this prompt.
ForwardOptions completed(ForwardOptions options, const Model& model, const Prompt& prompt)
{
    if (options.padding.empty()) options.padding = hiddenPositions(model.config(), prompt.ids());
    return options;
}

std::shared_ptr<Run> newRun(std::shared_ptr<const Model> model, std::shared_ptr<const Prompt> prompt, const ForwardOptions& options)
{
    auto run = std::make_shared<Run>();
    run->model = std::move(model);
    run->prompt = std::move(prompt);
    run->interventions = options.interventions;
    run->padding = options.padding;
    run->loss = std::numeric_limits<double>::quiet_NaN();
    return run;
}

/// First layer whose interventions differ, in content or order; nLayers when none does.
int firstDifference(const Interventions& a, const Interventions& b, int nLayers)
{
    for (int l = 0; l < nLayers; ++l) {
        const auto ofLayer = [l](const Interventions& list) {
            Interventions out;
            std::copy_if(list.begin(), list.end(), std::back_inserter(out), [l](const Intervention& v) { return v.head.layer == l; });
            return out;
        };
        if (ofLayer(a) != ofLayer(b)) return l;
    }
    return nLayers;
}

}  // namespace

Result<std::shared_ptr<const Run>> forward(std::shared_ptr<const Model> model, std::shared_ptr<const Prompt> prompt,
                                           const ForwardOptions& given, const Progress& progress, const RunStage& onStage)
{
    return guarded([&]() -> Result<std::shared_ptr<const Run>> {
        const auto start = Clock::now();
        const ForwardOptions options = completed(given, *model, *prompt);
        if (Status status = check(*model, *prompt, options); !status) return status.error();
        if (progress.stopped()) return Error::cancelled();
        Result<MatrixF> x = embed(*model, *prompt, progress);
        if (!x) return x.error();
        if (Status status = checkFinite(*x, "hook_embed"); !status) return status.error();
        return finish(newRun(model, prompt, options), *std::move(x), 0, options, progress, onStage, start);
    });
}

Result<std::shared_ptr<const Run>> forwardFrom(const std::shared_ptr<const Run>& base, const ForwardOptions& given,
                                               const Progress& progress, const RunStage& onStage)
{
    const ForwardOptions options = completed(given, *base->model, *base->prompt);
    const ModelConfig& config = base->model->config();
    const bool samePadding = base->padding == options.padding;
    int first = samePadding ? firstDifference(base->interventions, options.interventions, config.nLayers) : 0;
    // The input of a layer is what the base kept of it; a base still running, or one without statistics, is shared up to there.
    const auto usable = [&](int l) {
        if (l == config.nLayers) return base->complete;
        return l < static_cast<int>(base->layerRuns.size()) && !base->layerRuns[static_cast<std::size_t>(l)]->residPre.empty();
    };
    const auto hasStats = [&](int l) { return !options.stats || !base->layerRuns[static_cast<std::size_t>(l)]->stats.empty(); };
    while (first > 0 && !(usable(first) && hasStats(first - 1))) --first;
    if (first == 0) return forward(base->model, base->prompt, options, progress, onStage);

    return guarded([&]() -> Result<std::shared_ptr<const Run>> {
        const auto start = Clock::now();
        if (Status status = check(*base->model, *base->prompt, options); !status) return status.error();
        auto run = newRun(base->model, base->prompt, options);
        run->layerRuns.assign(base->layerRuns.begin(), base->layerRuns.begin() + first);
        MatrixF x = first == config.nLayers ? base->residFinal : base->layerRuns[static_cast<std::size_t>(first)]->residPre;
        return finish(std::move(run), std::move(x), first, options, progress, onStage, start);
    });
}

}  // namespace hs
