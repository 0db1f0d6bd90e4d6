// SPDX-License-Identifier: GPL-3.0-or-later
// From the metric back to the last residuals.
#include <algorithm>
#include <cmath>

#include "engine/base/parallel.h"
#include "engine/forward/backward/parts.h"
#include "engine/forward/nonlinearity.h"
#include "engine/forward/unembedding.h"
#include "engine/tensor/gemm.h"

namespace hs::back {
namespace {

constexpr std::ptrdiff_t kColumns = 1024;
constexpr std::ptrdiff_t kBlockCells = std::ptrdiff_t(1) << 24;  // 64 MiB of logits at a time

/// Logits of some rows of the final norm's output [rows, V]; shared among the pool by columns.
void logitsOf(const Unembedding& u, ViewF x, MutViewF out, const Progress& progress)
{
    const std::ptrdiff_t vocabulary = u.vocabulary();
    parallelFor(static_cast<std::size_t>((vocabulary + kColumns - 1) / kColumns), [&](std::size_t chunk) {
        if (progress.stopped()) return;
        const std::ptrdiff_t c0 = static_cast<std::ptrdiff_t>(chunk) * kColumns, nc = std::min(kColumns, vocabulary - c0);
        u.multiply(x, c0, out.block(0, c0, x.rows, nc));
    });
}

struct Rows {
    const Run& run;
    const Metric& metric;
    std::vector<int> positions;
    double weight = 0;  ///< of each position
    float cap = 0;      ///< of the logits

    /// How the soft cap bends each of these logits; empty where there is none.
    std::vector<float> slopesOf(const float* logits, std::ptrdiff_t vocabulary) const
    {
        std::vector<float> out;
        if (cap <= 0) return out;
        out.resize(static_cast<std::size_t>(vocabulary));
        softCapSlope(out.data(), logits, vocabulary, cap);
        return out;
    }

    /// Logits of one row become derivatives; the return value is the row's share of the metric.
    Result<double> turn(float* row, std::ptrdiff_t vocabulary, int position) const
    {
        const float* kept = run.logits.empty() ? nullptr : run.logits.row(position);
        if (kept) std::copy_n(kept, vocabulary, row);
        const float w = static_cast<float>(weight);
        if (metric.kind != MetricKind::Kl) {
            const int id = wantedAt(metric, *run.prompt, position);
            const double logit = static_cast<double>(row[id]);
            const std::vector<float> slopes = slopesOf(row, vocabulary);
            const SoftmaxRow soft = softmaxRow(row, vocabulary);
            const double logProb = logit - static_cast<double>(soft.logSumExp);
            const bool loss = metric.kind == MetricKind::Loss;
            scaleInto(row, row, loss ? w : -w, vocabulary);
            row[id] += loss ? -w : w;
            if (!slopes.empty()) multiplyBy(row, slopes.data(), vocabulary);
            return (loss ? -logProb : logProb) * weight;
        }
        auto other = metric.reference->logitsRow(position);
        if (!other) return other.error();
        const std::vector<float> mine(row, row + vocabulary), theirs = *other;
        const std::vector<float> slopes = slopesOf(row, vocabulary);
        const SoftmaxRow soft = softmaxRow(row, vocabulary), softOther = softmaxRow(other->data(), vocabulary);
        double sum = 0;
        for (std::ptrdiff_t i = 0; i < vocabulary; ++i) {
            const auto at = static_cast<std::size_t>(i);
            const double p0 = static_cast<double>((*other)[at]);
            if (p0 > 0)
                sum += p0
                       * (static_cast<double>(theirs[at]) - static_cast<double>(softOther.logSumExp) - static_cast<double>(mine[at])
                          + static_cast<double>(soft.logSumExp));
            row[i] = (row[i] - (*other)[at]) * w;
        }
        if (!slopes.empty()) multiplyBy(row, slopes.data(), vocabulary);
        return sum * weight;
    }
};

/// Derivatives at the final norm's output for those at what the unembedding reads, of rows `resid` of the last residuals.
MatrixF transformBack(const Model& model, const OutputWeights& output, ViewF resid, MatrixF dt)
{
    const ModelConfig& config = model.config();
    const MatrixF y = onlyFinalNorm(model, output, resid), before = beforeActivation(output, y.view());
    MatrixF after = before;
    for (std::ptrdiff_t r = 0; r < after.rows(); ++r) activateInPlace(config.outputActivation, after.row(r), after.cols());
    normBack(config.forEmbeddingNorm(), output.lnT, std::as_const(after).view(), std::as_const(dt).view(), dt.view(), false);
    for (std::ptrdiff_t r = 0; r < dt.rows(); ++r) activationBack(config.outputActivation, dt.row(r), before.row(r), dt.cols());
    MatrixF dy = MatrixF::uninitialised(dt.rows(), config.dModel);
    gemmParallel(false, true, 1.0f, std::as_const(dt).view(), output.wT.view(), 0.0f, dy.view(), {});
    return dy;
}

}  // namespace

Result<LossHead> lossHead(const Run& run, const Metric& metric, const Progress& progress)
{
    const auto made = unembedding(*run.model, progress);
    if (!made) return made.error();
    const Unembedding& u = *made;
    const ModelConfig& config = run.model->config();
    const std::ptrdiff_t d = config.dModel, t = u.width(), vocabulary = u.vocabulary();
    Rows rows{run, metric, metricPositions(metric, *run.prompt, run.padding), 0, u.cap};
    const auto count = static_cast<std::ptrdiff_t>(rows.positions.size());
    rows.weight = 1.0 / static_cast<double>(count);

    MatrixF resid = MatrixF::uninitialised(count, d);
    for (std::ptrdiff_t r = 0; r < count; ++r)
        std::copy_n(run.residFinal.row(rows.positions[static_cast<std::size_t>(r)]), d, resid.row(r));
    const MatrixF x = finalNorm(*run.model, u, std::as_const(resid).view());
    MatrixF dx(count, t);
    LossHead out;

    if (metric.kind == MetricKind::LogitDifference) {
        // Two columns of the output matrix are all there is.
        const auto value = metricValue(run, metric, progress);
        if (!value) return value.error();
        out.value = *value;
        std::vector<int> ids{metric.answer};
        if (metric.wrong >= 0) ids.push_back(metric.wrong);
        for (std::ptrdiff_t r = 0; r < count; ++r) {
            std::vector<float> slopes(ids.size(), 1.0f);
            if (u.cap > 0) {
                const auto logits = answerLogits(run, rows.positions[static_cast<std::size_t>(r)], ids);
                if (!logits) return logits.error();
                softCapSlope(slopes.data(), logits->data(), static_cast<std::ptrdiff_t>(ids.size()), u.cap);
            }
            for (std::size_t i = 0; i < ids.size(); ++i) {
                const float factor = (i == 0 ? 1.0f : -1.0f) * static_cast<float>(rows.weight) * slopes[i];
                u.addColumns({&factor, 1, 1, 1}, ids[i], {dx.row(r), 1, t, t});
            }
        }
    } else {
        const std::ptrdiff_t step = std::clamp<std::ptrdiff_t>(kBlockCells / std::max<std::ptrdiff_t>(1, vocabulary), 1, count);
        MatrixF logits = MatrixF::uninitialised(step, vocabulary);
        for (std::ptrdiff_t r0 = 0; r0 < count; r0 += step) {
            const std::ptrdiff_t nr = std::min(step, count - r0);
            const MutViewF block = logits.view().block(0, 0, nr, vocabulary);
            if (run.logits.empty()) logitsOf(u, x.view().block(r0, 0, nr, t), block, progress);
            std::vector<Result<double>> shares(static_cast<std::size_t>(nr), 0.0);
            parallelFor(static_cast<std::size_t>(nr), [&](std::size_t r) {
                if (progress.stopped()) return;
                shares[r] =
                    rows.turn(block.row(static_cast<std::ptrdiff_t>(r)), vocabulary, rows.positions[static_cast<std::size_t>(r0) + r]);
            });
            if (progress.stopped()) return Error::cancelled();
            for (const auto& share : shares) {
                if (!share) return share.error();
                out.value += *share;
            }
            const ViewF w = u.tied() ? u.embedding->wE.view() : u.output->wU.view();
            if (!gemmParallel(false, !u.tied(), 1.0f, block, w, 0.0f, dx.view().block(r0, 0, nr, t), progress)) return Error::cancelled();
        }
    }
    if (!std::isfinite(out.value)) return Error::of(ErrorCode::NotFinite, metricName(metric.kind), std::to_string(out.value));
    if (config.outputTransform) dx = transformBack(*run.model, *u.output, std::as_const(resid).view(), std::move(dx));
    if (u.output->hasLnFinal) normBack(config, u.output->lnFinal, std::as_const(resid).view(), std::as_const(dx).view(), dx.view(), false);

    out.dResid = MatrixF(run.residFinal.rows(), d);
    for (std::ptrdiff_t r = 0; r < count; ++r) addTo(out.dResid.row(rows.positions[static_cast<std::size_t>(r)]), dx.row(r), d);
    return out;
}

}  // namespace hs::back
