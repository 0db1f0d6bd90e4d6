// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/forward/sweep/sweep.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <new>
#include <numeric>

#include "engine/forward/ends.h"
#include "engine/forward/metric.h"
#include "engine/forward/sweep/lane_pass.h"
#include "engine/forward/sweep/stacked_scores.h"

namespace hs {
namespace {

/// A batch may end where the first layer changes once it has this many rows: each weight is fetched and packed once for all of them, results still come in parts.
constexpr std::ptrdiff_t kTallRows = 3072;

Status checkCuts(const HeadCuts& cuts, const ModelConfig& config, int n)
{
    for (const HeadCut& cut : cuts) {
        const std::vector<int> positions(cut.position >= 0 ? 1 : 0, cut.position);
        if (Status status = checkInterventions({scaleHead(cut.head, cut.keep, positions)}, config, n); !status) return status;
    }
    return {};
}

Status checkValues(const AblationValues& values, const ModelConfig& config, int donor)
{
    const auto layers = static_cast<std::size_t>(config.nLayers);
    if (values.kind == AblationKind::Mean) {
        if (values.means.size() != layers) return Error::shape("means", std::to_string(values.means.size()), std::to_string(layers));
        for (std::size_t l = 0; l < layers; ++l)
            if (const auto width = static_cast<std::size_t>(config.heads(static_cast<int>(l)) * config.dHead);
                values.means[l].size() != width)
                return Error::shape("means", std::to_string(values.means[l].size()), std::to_string(width));
    }
    if (values.kind == AblationKind::Resample && (donor < 0 || static_cast<std::size_t>(donor) >= values.donors.size()))
        return Error::argument("donor", std::to_string(donor), "0 .. " + std::to_string(values.donors.size()) + " - 1");
    return {};
}

std::vector<sweep::RowTarget> targetsOf(const std::vector<int>& wanted)
{
    std::vector<sweep::RowTarget> targets(wanted.size());
    for (std::size_t i = 0; i < wanted.size(); ++i) targets[i].next = wanted[i];
    return targets;
}

/// Score of one prompt from its rows' scores. `y`: its rows of the unembedding's input, for KL; `differences`: of those rows, under a
/// soft cap (sweep::expectedDifferences). `of` says what is wanted and what hidden.
SweepScore scoreOf(const sweep::RowScore* rows, const SweepBase& of, ViewF y, const double* differences)
{
    const SweepBase::Reference* reference = of.reference.get();
    const std::size_t n = of.wanted.size();
    SweepScore score;
    double total = 0, kl = 0;
    int right = 0, counted = 0, compared = 0;
    for (std::size_t i = 0; i < n; ++i) {
        if (of.wanted[i] >= 0) {
            const double loss = rows[i].lse - static_cast<double>(rows[i].target);
            score.tokenLoss.push_back(static_cast<float>(loss));
            total += loss;
            right += rows[i].right;
            ++counted;
        } else if (i + 1 < n) {
            score.tokenLoss.push_back(std::numeric_limits<float>::quiet_NaN());
        }
        if (!reference || (!of.padding.empty() && of.padding[i])) continue;
        ++compared;
        // sum_v p0 (log p0 - log p) = (y0 - y) . E_p0[W_U column] - lse0 + lse: no second set of logits is needed, unless a cap bends them.
        const auto r = static_cast<std::ptrdiff_t>(i);
        double dot = differences ? differences[i] : 0.0;
        for (std::ptrdiff_t c = 0; c < y.cols && !differences; ++c)
            dot += static_cast<double>(reference->y(r, c) - y(r, c)) * static_cast<double>(reference->expected(r, c));
        kl += dot - reference->lse[i] + rows[i].lse;
    }
    score.loss = total / counted;
    score.accuracy = static_cast<double>(right) / counted;
    if (reference && compared > 0) score.kl = std::max(0.0, kl / compared);  // rounding may leave it a little below 0
    return score;
}

Result<std::shared_ptr<const SweepBase>> makeBase(const std::shared_ptr<const Model>& model, const Prompt& prompt,
                                                  const AblationValues& values, const HeadCuts& cuts, int donor,
                                                  const SweepOptions& options, const Progress& progress, const SweepBase* plain)
{
    const ModelConfig& config = model->config();
    const int n = prompt.size();
    if (!model->canRun()) return Error::in(model->identity().path, ErrorCode::ModelPartial, "attn");
    if (!model->canPredict()) return Error::in(model->identity().path, ErrorCode::ModelPartial, "unembed/W_U");
    if (prompt.targets.empty() && !config.predictsNext()) return noNextToken(*model);
    if (n < 1 || (prompt.targets.empty() && n < 2)) return Error::of(ErrorCode::TextEmpty, "tokens", std::to_string(n), ">= 2");
    if (config.nCtx > 0 && n > config.nCtx) return Error::of(ErrorCode::TextTooLong, {}, std::to_string(n), std::to_string(config.nCtx));
    if (Status status = checkCuts(cuts, config, n); !status) return status.error();
    if (Status status = checkValues(values, config, donor); !status && !cuts.empty()) return status.error();

    if (Status status = checkTargets(*model, prompt); !status) return status.error();

    auto base = std::make_shared<SweepBase>();
    base->model = model;
    base->ids = prompt.ids();
    base->padding = hiddenPositions(config, base->ids);
    base->wanted = wantedIds(prompt, base->padding);
    if (std::all_of(base->wanted.begin(), base->wanted.end(), [](int id) { return id < 0; }))
        return Error::of(ErrorCode::TextEmpty, "tokens", "0", ">= 2");
    base->cuts = cuts;
    base->donor = donor;
    Result<MatrixF> x = embed(*model, prompt, progress);
    if (!x) return x.error();
    sweep::Lane lane;
    lane.n = n;
    lane.padding = base->padding;
    lane.baseCuts = cuts;
    lane.donor = donor;
    sweep::LanePass pass(*model, values, {lane});
    if (Status status = pass.run(*x, base.get(), progress); !status) return status.error();
    if (!allFinite(x->data(), x->rows() * x->cols())) return Error::of(ErrorCode::NotFinite, "residuals");

    const auto u = unembedding(*model, progress);
    if (!u) return u.error();
    MatrixF y = finalNorm(*model, *u, std::as_const(*x).view());
    const auto rows = sweep::scoreRows(*u, std::as_const(y).view(), targetsOf(base->wanted), progress);
    if (!rows) return rows.error();
    if (options.kl) {
        if (plain) {
            base->reference = plain->reference;
        } else if (cuts.empty()) {
            auto reference = std::make_shared<SweepBase::Reference>();
            for (const sweep::RowScore& row : *rows) reference->lse.push_back(row.lse);
            if (u->cap == 0 && !sweep::expectedColumns(*u, std::as_const(y).view(), reference->lse, reference->expected, progress))
                return Error::cancelled();
            reference->y = y;
            base->reference = std::move(reference);
        } else {
            const auto uncut = makeBase(model, prompt, values, {}, donor, options, progress, nullptr);
            if (!uncut) return uncut.error();
            base->reference = (*uncut)->reference;
        }
    }
    std::vector<double> differences;
    if (base->reference && u->cap > 0
        && !sweep::expectedDifferences(*u, std::as_const(y).view(), base->reference->y.view(), base->reference->lse, differences, progress))
        return Error::cancelled();
    base->score = scoreOf(rows->data(), *base, std::as_const(y).view(), differences.empty() ? nullptr : differences.data());
    return std::shared_ptr<const SweepBase>(std::move(base));
}

int firstLayerOf(const HeadCuts& cuts, int nLayers)
{
    int first = nLayers;
    for (const HeadCut& cut : cuts) first = std::min(first, cut.head.layer);
    return first;
}

/// Bytes of stacked activations that one row needs at the worst moment.
std::size_t bytesPerRow(const ModelConfig& config)
{
    const int heads = config.nHeads * config.dHead, kv = config.nKvHeads * config.dHead;
    return sizeof(float) * static_cast<std::size_t>(3 * config.dModel + 2 * heads + 2 * kv);
}

Status runBatch(const std::vector<SweepLane>& lanes, const std::vector<std::size_t>& members, const AblationValues& values,
                std::vector<SweepScore>& scores, const Progress& progress)
{
    const Model& model = *lanes[members.front()].base->model;
    std::vector<sweep::Lane> stack;
    for (const std::size_t m : members) {
        const SweepLane& from = lanes[m];
        sweep::Lane lane;
        lane.index = m;
        lane.n = static_cast<int>(from.base->ids.size());
        lane.first = firstLayerOf(from.cuts, model.config().nLayers);
        lane.base = from.base.get();
        lane.padding = from.base->padding;
        lane.baseCuts = from.base->cuts;
        lane.cuts = from.cuts;
        lane.donor = from.donor;
        stack.push_back(std::move(lane));
    }
    sweep::LanePass pass(model, values, std::move(stack));
    MatrixF x = MatrixF::uninitialised(pass.rows(), model.config().dModel);
    if (Status status = pass.run(x, nullptr, progress); !status) return status;

    const auto u = unembedding(model, progress);
    if (!u) return u.error();
    const MatrixF y = finalNorm(model, *u, std::as_const(x).view());
    std::vector<sweep::RowTarget> targets;
    targets.reserve(static_cast<std::size_t>(pass.rows()));
    for (const sweep::Lane& lane : pass.lanes()) {
        const std::vector<sweep::RowTarget> own = targetsOf(lane.base->wanted);
        targets.insert(targets.end(), own.begin(), own.end());
    }
    const auto rows = sweep::scoreRows(*u, y.view(), targets, progress);
    if (!rows) return rows.error();
    std::vector<double> differences;
    for (const sweep::Lane& lane : pass.lanes()) {
        const SweepBase::Reference* reference = lane.base->reference.get();
        const ViewF own = y.view().block(lane.row, 0, lane.n, y.cols());
        differences.clear();
        if (reference && u->cap > 0 && !sweep::expectedDifferences(*u, own, reference->y.view(), reference->lse, differences, progress))
            return Error::cancelled();
        scores[lane.index] = scoreOf(rows->data() + lane.row, *lane.base, own, differences.empty() ? nullptr : differences.data());
    }
    return {};
}

}  // namespace

std::size_t SweepBase::bytes() const
{
    std::size_t sum = 0;
    for (const Layer& l : layers) sum += l.attended.bytes() + l.z.bytes() + l.v.bytes();
    if (reference) sum += reference->y.bytes() + reference->expected.bytes() + reference->lse.size() * sizeof(double);
    return sum;
}

Result<std::shared_ptr<const SweepBase>> sweepBase(const std::shared_ptr<const Model>& model, const Prompt& prompt,
                                                   const AblationValues& values, const HeadCuts& cuts, int donor,
                                                   const SweepOptions& options, const Progress& progress, const SweepBase* plain)
{
    try {
        return makeBase(model, prompt, values, cuts, donor, options, progress, plain);
    } catch (const std::bad_alloc&) {
        return Error::of(ErrorCode::OutOfMemory);
    }
}

Result<std::vector<SweepScore>> sweepLanes(const std::vector<SweepLane>& lanes, const AblationValues& values, const SweepOptions& options,
                                           const Progress& progress, const SweepLaneDone& onDone)
{
    std::vector<SweepScore> scores(lanes.size());
    std::vector<std::size_t> order;
    const auto total = static_cast<std::int64_t>(lanes.size());
    std::int64_t done = 0;
    for (std::size_t i = 0; i < lanes.size(); ++i) {
        const SweepLane& lane = lanes[i];
        if (Status s = checkCuts(lane.cuts, lane.base->model->config(), static_cast<int>(lane.base->ids.size())); !s) return s.error();
        if (Status s = checkValues(values, lane.base->model->config(), lane.donor); !s && !lane.cuts.empty()) return s.error();
        if (!lane.cuts.empty()) {
            order.push_back(i);
            continue;
        }
        scores[i] = lane.base->score;
        ++done;
        if (onDone) onDone(i, scores[i]);
    }
    if (order.empty()) return scores;
    const ModelConfig& config = lanes[order.front()].base->model->config();
    const auto first = [&](std::size_t i) { return firstLayerOf(lanes[i].cuts, config.nLayers); };
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return first(a) > first(b); });
    const auto most = static_cast<std::ptrdiff_t>(options.workBytes / bytesPerRow(config));
    const Progress quiet(progress.token(), {}, [&progress] { progress.checkpoint(); });
    try {
        for (std::size_t at = 0; at < order.size();) {
            progress.report(Stage::Ablation, done, total);
            std::vector<std::size_t> batch;
            std::ptrdiff_t rows = 0;
            while (at < order.size()) {
                const auto n = static_cast<std::ptrdiff_t>(lanes[order[at]].base->ids.size());
                if (!batch.empty() && (rows + n > most || (rows >= kTallRows && first(order[at]) != first(batch.back())))) break;
                batch.push_back(order[at++]);
                rows += n;
            }
            if (Status status = runBatch(lanes, batch, values, scores, quiet); !status) return status.error();
            for (const std::size_t i : batch) {
                ++done;
                if (onDone) onDone(i, scores[i]);
            }
        }
    } catch (const std::bad_alloc&) {
        return Error::of(ErrorCode::OutOfMemory);
    }
    progress.report(Stage::Ablation, total, total);
    return scores;
}

double sweepFlops(const std::vector<SweepLane>& lanes)
{
    double flops = 0;
    for (const SweepLane& lane : lanes) {
        const ModelConfig& config = lane.base->model->config();
        const double n = static_cast<double>(lane.base->ids.size()), d = config.dModel;
        const int first = firstLayerOf(lane.cuts, config.nLayers);
        for (int l = first; l < config.nLayers; ++l) {
            const double heads = static_cast<double>(config.heads(l)) * config.dHead,
                         kv = static_cast<double>(config.kvHeads(l)) * config.dHead;
            // The layer of the cut: a head's output changes, its projections do not; in parallel blocks the MLP does not either.
            if (l > first) flops += 2.0 * n * d * (2.0 * heads + 2.0 * kv) + 4.0 * config.visibility(l).cells(static_cast<int>(n)) * heads;
            if (l > first || !config.parallelAttnMlp) flops += 2.0 * n * d * config.passedWidth(l) * (config.gatedMlp ? 3.0 : 2.0);
        }
        if (first < config.nLayers) flops += 2.0 * n * d * config.outputs();
    }
    return flops;
}

}  // namespace hs
