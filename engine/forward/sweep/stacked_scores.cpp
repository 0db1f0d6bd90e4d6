// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/forward/sweep/stacked_scores.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/base/parallel.h"
#include "engine/tensor/nn.h"

namespace hs::sweep {
namespace {

/// One tile of logits: large enough for full speed of the product, small enough that it and both of its factors stay in the cache of a core.
constexpr std::ptrdiff_t kRows = 512, kColumns = 384;
/// One task takes its columns of W_U through as many rows as these operations allow: some 8 ms with AVX-512, so it still cancels at once elsewhere.
constexpr double kTaskFlops = 2e9;
/// Rows whose expected column one task gathers.
constexpr std::ptrdiff_t kExpectedRows = 64;

/// What one block of the vocabulary says about a row.
struct Part {
    float max = -std::numeric_limits<float>::infinity();
    float sum = 0;
};

MutViewF scoreScratch(std::ptrdiff_t rows, std::ptrdiff_t cols)
{
    thread_local FloatBuffer buffer;
    const auto size = static_cast<std::size_t>(rows * cols);
    if (buffer.size() < size) buffer = FloatBuffer(size, false);
    return {buffer.data(), rows, cols, cols};
}

std::ptrdiff_t taskRows(std::ptrdiff_t width)
{
    const auto most = static_cast<std::ptrdiff_t>(kTaskFlops / (2.0 * static_cast<double>(width * kColumns)));
    return std::max<std::ptrdiff_t>(1, most / kRows) * kRows;
}

}  // namespace

Result<std::vector<RowScore>> scoreRows(const Unembedding& u, ViewF y, const std::vector<RowTarget>& targets, const Progress& progress)
{
    const std::ptrdiff_t vocabulary = u.vocabulary();
    const std::ptrdiff_t chunks = (vocabulary + kColumns - 1) / kColumns, rowsPerTask = taskRows(y.cols),
                         blocks = (y.rows + rowsPerTask - 1) / rowsPerTask;
    std::vector<RowScore> scores(static_cast<std::size_t>(y.rows));
    std::vector<Part> parts(static_cast<std::size_t>(chunks * y.rows));   // [chunk][row]
    std::vector<char> firstInChunk(static_cast<std::size_t>(y.rows), 0);  // the target leads its own block of the vocabulary
    // All rows of one block of columns before the next: W_U is read from memory once.
    parallelFor(static_cast<std::size_t>(chunks * blocks), [&](std::size_t task) {
        if (progress.stopped()) return;
        const std::ptrdiff_t chunk = static_cast<std::ptrdiff_t>(task) / blocks,
                             r0 = static_cast<std::ptrdiff_t>(task) % blocks * rowsPerTask;
        const std::ptrdiff_t c0 = chunk * kColumns, nc = std::min(kColumns, vocabulary - c0), nr = std::min(rowsPerTask, y.rows - r0);
        u.multiplyByRows(y.block(r0, 0, nr, y.cols), c0, scoreScratch(std::min(kRows, nr), nc), [&](MutViewF tile, std::ptrdiff_t first) {
            for (std::ptrdiff_t r = 0; r < tile.rows; ++r) {
                const float* row = tile.row(r);
                const auto at = static_cast<std::size_t>(r0 + first + r);
                Part& part = parts[static_cast<std::size_t>(chunk * y.rows) + at];
                part.max = maxOf(row, nc);
                part.sum = sumExp(row, nc, part.max);
                const std::ptrdiff_t next = targets[at].next - c0;
                if (next < 0 || next >= nc) continue;
                scores[at].target = row[next];
                firstInChunk[at] = row[next] == part.max && argmaxOf(row, nc) == next;
            }
        });
    });
    if (progress.stopped()) return Error::cancelled();
    for (std::ptrdiff_t r = 0; r < y.rows; ++r) {
        const auto part = [&](std::ptrdiff_t c) -> const Part& { return parts[static_cast<std::size_t>(c * y.rows + r)]; };
        float top = part(0).max;
        for (std::ptrdiff_t c = 1; c < chunks; ++c) top = std::max(top, part(c).max);
        double sum = 0;
        for (std::ptrdiff_t c = 0; c < chunks; ++c)
            sum += static_cast<double>(part(c).sum) * std::exp(static_cast<double>(part(c).max - top));
        RowScore& score = scores[static_cast<std::size_t>(r)];
        score.lse = static_cast<double>(top) + std::log(sum);
        if (!std::isfinite(score.lse)) return Error::of(ErrorCode::NotFinite, "logits", "row " + std::to_string(r));
        const int next = targets[static_cast<std::size_t>(r)].next;
        if (next < 0) continue;
        score.right = firstInChunk[static_cast<std::size_t>(r)] != 0 && score.target == top;
        for (std::ptrdiff_t c = 0; c < next / kColumns && score.right; ++c) score.right = part(c).max < top;
    }
    return scores;
}

bool expectedColumns(const Unembedding& u, ViewF y, const std::vector<double>& lse, MatrixF& out, const Progress& progress)
{
    const std::ptrdiff_t vocabulary = u.vocabulary();
    out = MatrixF(y.rows, y.cols);
    parallelFor(static_cast<std::size_t>((y.rows + kExpectedRows - 1) / kExpectedRows), [&](std::size_t task) {
        const std::ptrdiff_t r0 = static_cast<std::ptrdiff_t>(task) * kExpectedRows, nr = std::min(kExpectedRows, y.rows - r0);
        for (std::ptrdiff_t c0 = 0; c0 < vocabulary; c0 += kColumns) {
            if (progress.stopped()) return;
            const MutViewF tile = scoreScratch(nr, std::min(kColumns, vocabulary - c0));
            u.multiply(y.block(r0, 0, nr, y.cols), c0, tile);
            for (std::ptrdiff_t r = 0; r < nr; ++r)
                expInPlace(tile.row(r), tile.cols, static_cast<float>(lse[static_cast<std::size_t>(r0 + r)]));
            u.addColumns(tile, c0, out.view().block(r0, 0, nr, y.cols));
        }
    });
    return !progress.stopped();
}

bool expectedDifferences(const Unembedding& u, ViewF y, ViewF y0, const std::vector<double>& lse0, std::vector<double>& out,
                         const Progress& progress)
{
    const std::ptrdiff_t vocabulary = u.vocabulary();
    out.assign(static_cast<std::size_t>(y.rows), 0.0);
    parallelFor(static_cast<std::size_t>((y.rows + kExpectedRows - 1) / kExpectedRows), [&](std::size_t task) {
        const std::ptrdiff_t r0 = static_cast<std::ptrdiff_t>(task) * kExpectedRows, nr = std::min(kExpectedRows, y.rows - r0);
        for (std::ptrdiff_t c0 = 0; c0 < vocabulary; c0 += kColumns) {
            if (progress.stopped()) return;
            const std::ptrdiff_t nc = std::min(kColumns, vocabulary - c0);
            const MutViewF both = scoreScratch(2 * nr, nc), tile = both.block(0, 0, nr, nc), tile0 = both.block(nr, 0, nr, nc);
            u.multiply(y.block(r0, 0, nr, y.cols), c0, tile);
            u.multiply(y0.block(r0, 0, nr, y.cols), c0, tile0);
            for (std::ptrdiff_t r = 0; r < nr; ++r) {
                const auto at = static_cast<std::size_t>(r0 + r);
                for (std::ptrdiff_t c = 0; c < nc; ++c) {
                    const double logit0 = static_cast<double>(tile0(r, c));
                    out[at] += std::exp(logit0 - lse0[at]) * (logit0 - static_cast<double>(tile(r, c)));
                }
            }
        }
    });
    return !progress.stopped();
}

}  // namespace hs::sweep
