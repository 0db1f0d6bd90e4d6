// SPDX-License-Identifier: GPL-3.0-or-later
// Attention in row panels: scores of some rows against all keys they can see, softmax, statistics, mix of values; then the panel
// is used again. No map is ever stored.
#include <algorithm>
#include <limits>

#include "engine/base/parallel.h"
#include "engine/forward/block.h"
#include "engine/forward/row_stats.h"
#include "engine/tensor/gemm.h"
#include "engine/tensor/reduce.h"

namespace hs::block {
namespace {

constexpr int kPanelRows = 128;
/// Panels are cut in two where later rows see more keys (at the diagonal): a quarter of its square is never computed.
constexpr int kHalfPanel = kPanelRows / 2;
/// A head's panels are shared among at most this many tasks: each needs column sums of its own.
constexpr int kTasksPerHead = 8;

const float kMasked = -std::numeric_limits<float>::infinity();

MutViewF scratch(std::ptrdiff_t rows, std::ptrdiff_t cols)
{
    thread_local std::vector<float> buffer;
    const auto size = static_cast<std::size_t>(rows * cols);
    if (buffer.size() < size) buffer.resize(size);
    return {buffer.data(), rows, cols, cols};
}

}  // namespace

void hideKeys(const std::vector<bool>& padding, int k0, MutViewF scores)
{
    if (padding.empty()) return;
    for (std::ptrdiff_t j = 0; j < scores.cols; ++j)
        if (padding[static_cast<std::size_t>(k0 + j)])
            for (std::ptrdiff_t i = 0; i < scores.rows; ++i) scores(i, j) = kMasked;
}

void scorePanel(const Context& c, int head, const MatrixF& q, const MatrixF& k, int q0, int k0, MutViewF scores, int first)
{
    const int dh = c.config.dHead;
    const auto nq = static_cast<int>(scores.rows), nk = static_cast<int>(scores.cols);
    gemm(false, true, static_cast<float>(c.config.effectiveScale(c.layer)), q.view().block(q0, head * dh, nq, dh),
         k.view().block(k0, c.kvHeadOf(head) * dh, nk, dh), 0.0f, scores);
    addPlaceProducts(c, head, q, k, q0, k0, scores);
    if (c.config.attnSoftcap > 0)
        for (int i = 0; i < nq; ++i) softCapInPlace(scores.row(i), nk, static_cast<float>(c.config.attnSoftcap));
    addScoreBias(c, head, q0, k0, first, scores);
    hideKeys(c.padding, k0, scores);
    for (const Intervention& v : c.interventions) {
        // Clamped cells take their share from the rest of the row: the softmax runs over the rest alone.
        if (v.kind != InterventionKind::KnockOutEdges && v.kind != InterventionKind::ClampEdges) continue;
        if (v.head != HeadId{c.layer, head}) continue;
        for (const auto& [query, key] : v.edges)
            if (query >= q0 && query < q0 + nq && key >= k0 && key < k0 + nk) scores(query - q0, key - k0) = kMasked;
    }
}

void capSlopes(const Context& c, int head, int q0, int k0, ViewF scores, MutViewF slopes)
{
    for (std::ptrdiff_t i = 0; i < scores.rows; ++i) std::copy_n(scores.row(i), scores.cols, slopes.row(i));
    addScoreBias(c, head, q0, k0, 0, slopes, -1.0f);  // the cap bends what is below the bias
    for (std::ptrdiff_t i = 0; i < scores.rows; ++i)
        softCapSlope(slopes.row(i), slopes.row(i), scores.cols, static_cast<float>(c.config.attnSoftcap));
}

void addSink(const Context& c, int head, float* row, std::ptrdiff_t n, SoftmaxRow& soft)
{
    if (c.weights.sinks.empty()) return;
    const double sink = static_cast<double>(c.weights.sinks[static_cast<std::size_t>(head)]), own = static_cast<double>(soft.logSumExp);
    const double most = std::max(sink, own), all = most + std::log(std::exp(sink - most) + std::exp(own - most));
    const double share = std::exp(own - all);  // 0 where the row has no key
    for (std::ptrdiff_t i = 0; i < n; ++i) row[i] = static_cast<float>(static_cast<double>(row[i]) * share);
    soft.logSumExp = static_cast<float>(all);
    soft.max = static_cast<float>(static_cast<double>(soft.max) * share);
    // - sum of s p ln(s p) where the p sum to 1
    soft.entropy = share > 0 ? static_cast<float>(share * (static_cast<double>(soft.entropy) - std::log(share))) : 0.0f;
}

bool attend(const Context& c, const MatrixF& q, const MatrixF& k, const MatrixF& v, MatrixF& z, LayerRun& out)
{
    const int n = static_cast<int>(q.rows()), heads = c.heads(), dh = c.config.dHead;
    const Visibility mask = c.visibility();
    const int panels = (n + kPanelRows - 1) / kPanelRows;
    const int tasks = std::min(panels, kTasksPerHead);
    out.lse.assign(static_cast<std::size_t>(heads) * static_cast<std::size_t>(n), 0.0f);
    std::vector<RowStatsAccumulator> parts;
    if (c.wantStats) parts.assign(static_cast<std::size_t>(heads * tasks), RowStatsAccumulator(0, 0, mask));

    parallelFor(static_cast<std::size_t>(heads * tasks), [&](std::size_t index) {
        // Head by head, so that its keys and values stay in the cache; long tasks (late rows of causal maps) first, so that no
        // thread is left with one at the end.
        const int task = tasks - 1 - static_cast<int>(index) % tasks, head = static_cast<int>(index) / tasks;
        RowStatsAccumulator* stats = nullptr;
        if (c.wantStats) {
            stats = &parts[static_cast<std::size_t>(head * tasks + task)];
            const int first = task * panels / tasks * kPanelRows, end = std::min(n, (task + 1) * panels / tasks * kPanelRows);
            *stats = RowStatsAccumulator(n, n, mask, first, end - first, &c.padding);
        }
        for (int panel = task * panels / tasks; panel < (task + 1) * panels / tasks; ++panel) {
            if (c.progress.stopped()) return;
            const int q0 = panel * kPanelRows, nq = std::min(kPanelRows, n - q0);
            const KeyRange keys = mask.keysOf(q0, nq, n);
            const MutViewF p = scratch(nq, keys.size());
            // Keys of the first half's rows, all rows of the panel against them; then the rest of the rows that see more.
            const int early = nq > kHalfPanel ? mask.keysOf(q0, kHalfPanel, n).end : keys.end, late = nq - kHalfPanel;
            const int nEarly = early - keys.first, nLate = keys.end - early;
            scorePanel(c, head, q, k, q0, keys.first, p.block(0, 0, nq, nEarly));
            if (nLate > 0) scorePanel(c, head, q, k, q0 + kHalfPanel, early, p.block(kHalfPanel, nEarly, late, nLate));
            for (int i = 0; i < nq; ++i) {
                const int query = q0 + i;
                const KeyRange seen = mask.keys(query, n);
                float *row = p.row(i), *own = row + (seen.first - keys.first);
                SoftmaxRow soft = softmaxRow(own, seen.size());
                addSink(c, head, own, seen.size(), soft);
                out.lse[static_cast<std::size_t>(head) * static_cast<std::size_t>(n) + static_cast<std::size_t>(query)] = soft.logSumExp;
                std::fill(row, own, 0.0f);
                std::fill(own + seen.size(), row + (i < kHalfPanel ? nEarly : keys.size()), 0.0f);
                const float* forced = forcedRow(c, head, query);
                if (forced) std::copy_n(forced + seen.first, seen.size(), own);
                if (forced || applyClamps(c, head, query, own, seen)) {
                    soft.argmax = argmaxOf(own, seen.size());
                    soft.max = own[soft.argmax];
                    soft.entropy = entropyOf(own, seen.size());
                }
                const bool counts = c.padding.empty() || !c.padding[static_cast<std::size_t>(query)];
                if (stats && counts) stats->row(query, seen, own, soft.max, seen.first + static_cast<int>(soft.argmax), soft.entropy);
            }
            const int column = c.kvHeadOf(head) * dh;
            gemm(false, false, 1.0f, p.block(0, 0, nq, nEarly), v.view().block(keys.first, column, nEarly, dh), 0.0f,
                 z.view().block(q0, head * dh, nq, dh));
            if (nLate > 0)
                gemm(false, false, 1.0f, p.block(kHalfPanel, nEarly, late, nLate), v.view().block(early, column, nLate, dh), 1.0f,
                     z.view().block(q0 + kHalfPanel, head * dh, late, dh));
        }
    });
    if (c.progress.stopped()) return false;

    out.stats.assign(c.wantStats ? static_cast<std::size_t>(heads) : 0, nullptr);
    parallelFor(static_cast<std::size_t>(heads), [&](std::size_t head) {
        applyToZ(c, static_cast<int>(head), z.view().block(0, static_cast<int>(head) * dh, n, dh));
        if (!c.wantStats) return;
        RowStatsAccumulator whole(n, n, mask, 0, n, &c.padding);
        for (int t = 0; t < tasks; ++t) whole.merge(parts[head * static_cast<std::size_t>(tasks) + static_cast<std::size_t>(t)]);
        out.stats[head] = std::make_shared<const HeadStats>(whole.finish());
    });
    return true;
}

}  // namespace hs::block
