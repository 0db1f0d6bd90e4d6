// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <atomic>
#include <chrono>

#include "engine/base/parallel.h"
#include "engine/tensor/gemm.h"

namespace hs {
namespace {

constexpr double kTileFlops = 0.3e9;  // 1 to 2 ms on an AVX-512 core: prompt cancels, and a core that other work slows is not waited for

// Inside a loop nobody waits for even shares: tiles as wide as the library likes best, some 7 ms long at most.
constexpr double kAloneFlops = 1.5e9;
constexpr std::ptrdiff_t kAloneColumns = 768;

std::ptrdiff_t ceilDiv(std::ptrdiff_t a, std::ptrdiff_t b) { return (a + b - 1) / b; }

/// Number of row and column cuts. Columns first: then each weight is read and packed by one thread only.
struct Cut {
    std::ptrdiff_t rowStep = 0, colStep = 0;
};

Cut cutAlone(std::ptrdiff_t rows, std::ptrdiff_t cols, std::ptrdiff_t inner)
{
    const std::ptrdiff_t colStep = std::min(cols, kAloneColumns);
    const double row = 2.0 * static_cast<double>(colStep) * static_cast<double>(std::max<std::ptrdiff_t>(1, inner));
    const std::ptrdiff_t most = std::max<std::ptrdiff_t>(64, static_cast<std::ptrdiff_t>(kAloneFlops / row) / 16 * 16);
    return {std::min(rows, most), colStep};
}

Cut cut(std::ptrdiff_t rows, std::ptrdiff_t cols, std::ptrdiff_t inner)
{
    if (insideParallelFor()) return cutAlone(rows, cols, inner);
    const std::ptrdiff_t threads = threadCount();
    const double flops = 2.0 * static_cast<double>(rows) * static_cast<double>(cols) * static_cast<double>(inner);
    if (flops < 1e6) return {rows, cols};  // the hand-over would cost more
    std::ptrdiff_t colCuts = std::min(threads, std::max<std::ptrdiff_t>(1, cols / 64));
    std::ptrdiff_t rowCuts = std::min(ceilDiv(threads, colCuts), std::max<std::ptrdiff_t>(1, rows / 32));
    // Too big for a prompt cancel: more column cuts while they stay wide, then row cuts.
    while (flops / static_cast<double>(rowCuts * colCuts) > kTileFlops) {
        if (cols / (colCuts * 2) >= 256) colCuts *= 2;
        else if (rows / (rowCuts * 2) >= 64) rowCuts *= 2;
        else break;
    }
    // Tile edges on multiples of the widest kernels, so that only the last tile has a remainder.
    const std::ptrdiff_t colStep = std::min(cols, ceilDiv(ceilDiv(cols, colCuts), 16) * 16);
    const std::ptrdiff_t rowStep = std::min(rows, ceilDiv(ceilDiv(rows, rowCuts), 16) * 16);
    return {rowStep, colStep};
}

}  // namespace

bool gemmParallel(bool transA, bool transB, float alpha, ViewF a, ViewF b, float beta, MutViewF c, const Progress& progress,
                  const TileEpilogue& epilogue)
{
    if (c.empty()) return !progress.stopped();
    const std::ptrdiff_t inner = transA ? a.rows : a.cols;
    const Cut step = cut(c.rows, c.cols, inner);
    const std::ptrdiff_t rowTiles = ceilDiv(c.rows, step.rowStep), colTiles = ceilDiv(c.cols, step.colStep);
    parallelFor(static_cast<std::size_t>(rowTiles * colTiles), [&](std::size_t index) {
        if (progress.stopped()) return;
        const std::ptrdiff_t r0 = static_cast<std::ptrdiff_t>(index) % rowTiles * step.rowStep;
        const std::ptrdiff_t c0 = static_cast<std::ptrdiff_t>(index) / rowTiles * step.colStep;
        const std::ptrdiff_t nr = std::min(step.rowStep, c.rows - r0), nc = std::min(step.colStep, c.cols - c0);
        const ViewF left = transA ? a.block(0, r0, inner, nr) : a.block(r0, 0, nr, inner);
        const ViewF right = transB ? b.block(c0, 0, nc, inner) : b.block(0, c0, inner, nc);
        const MutViewF tile = c.block(r0, c0, nr, nc);
        gemm(transA, transB, alpha, left, right, beta, tile);
        if (epilogue) epilogue(tile, r0, c0);
    });
    return !progress.stopped();
}

bool gemmParallel(ViewF a, const std::vector<GemmProduct>& products, const Progress& progress)
{
    struct Tile {
        const GemmProduct* product;
        std::ptrdiff_t row, col, rows, cols;
    };
    std::vector<Tile> tiles;
    for (const GemmProduct& p : products) {
        if (p.c.empty()) continue;
        const Cut step = cut(p.c.rows, p.c.cols, a.cols);
        for (std::ptrdiff_t c0 = 0; c0 < p.c.cols; c0 += step.colStep)
            for (std::ptrdiff_t r0 = 0; r0 < p.c.rows; r0 += step.rowStep)
                tiles.push_back({&p, r0, c0, std::min(step.rowStep, p.c.rows - r0), std::min(step.colStep, p.c.cols - c0)});
    }
    parallelFor(tiles.size(), [&](std::size_t index) {
        if (progress.stopped()) return;
        const Tile& t = tiles[index];
        const MutViewF tile = t.product->c.block(t.row, t.col, t.rows, t.cols);
        gemm(false, false, 1.0f, a.block(t.row, 0, t.rows, a.cols), t.product->b.block(0, t.col, t.product->b.rows, t.cols), 0.0f, tile);
        if (t.product->epilogue) t.product->epilogue(tile, t.row, t.col);
    });
    return !progress.stopped();
}

void gemmByRowsPlain(bool transB, ViewF a, ViewF b, MutViewF block, const RowsDone& done)
{
    if (block.empty()) return;
    for (std::ptrdiff_t r0 = 0; r0 < a.rows; r0 += block.rows) {
        const MutViewF rows = block.block(0, 0, std::min(block.rows, a.rows - r0), block.cols);
        gemm(false, transB, 1.0f, a.block(r0, 0, rows.rows, a.cols), b, 0.0f, rows);
        done(rows, r0);
    }
}

double gemmRate()
{
    static const double rate = [] {
        MatrixF a(256, 768), b(768, 768), c(256, 768);
        std::fill(a.data(), a.data() + a.rows() * a.cols(), 0.5f);
        std::fill(b.data(), b.data() + b.rows() * b.cols(), 0.25f);
        double best = 1e9;
        for (int i = 0; i < 4; ++i) {
            const auto start = std::chrono::steady_clock::now();
            gemmParallel(false, false, 1.0f, std::as_const(a).view(), std::as_const(b).view(), 0.0f, c.view());
            best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
        }
        return 2.0 * 256 * 768 * 768 / best / 1e9;
    }();
    return rate;
}

}  // namespace hs
