// SPDX-License-Identifier: GPL-3.0-or-later
// Products of row-major matrices. The only door to a BLAS: the library picks its kernels for the processor at run time.
#pragma once

#include <functional>
#include <vector>

#include "engine/base/progress.h"
#include "engine/tensor/matrix.h"

namespace hs {

/// c = alpha * op(a) op(b) + beta * c on the calling thread alone; op transposes when asked. Shapes must agree.
/// With beta 0, c may hold anything. Any of the sizes may be 0.
void gemm(bool transA, bool transB, float alpha, ViewF a, ViewF b, float beta, MutViewF c);

/// Called for each finished tile of c, while it is still in the cache: add a bias, apply an activation. Runs on pool threads.
using TileEpilogue = std::function<void(MutViewF tile, std::ptrdiff_t row0, std::ptrdiff_t col0)>;

/// The same product shared among the pool: c is cut into tiles of at most about 0.3 GFLOP (prompt cancels, even shares).
/// The cut depends on shapes and thread count only, so results repeat bit by bit. False when stopped: c is then unfinished.
bool gemmParallel(bool transA, bool transB, float alpha, ViewF a, ViewF b, float beta, MutViewF c, const Progress& progress = {},
                  const TileEpilogue& epilogue = {});

/// One of several products with the same left side: c = a b.
struct GemmProduct {
    ViewF b;
    MutViewF c;
    TileEpilogue epilogue;
};
/// All products in one loop, so that no thread waits between them; the same bits as one gemmParallel() after the other.
bool gemmParallel(ViewF a, const std::vector<GemmProduct>& products, const Progress& progress = {});

/// Called for each finished block of rows, while it is in the cache.
using RowsDone = std::function<void(MutViewF rows, std::ptrdiff_t row0)>;

/// a op(b) for many rows on the calling thread, block.rows rows at a time: each lot is written to the first rows of `block` [any, b's columns] and
/// handed to `done` before the next overwrites it. b is brought into the order that the library's kernels read only once for all of them.
void gemmByRows(bool transB, ViewF a, ViewF b, MutViewF block, const RowsDone& done);

/// The same by gemm() alone: for libraries without an order of their own.
void gemmByRowsPlain(bool transB, ViewF a, ViewF b, MutViewF block, const RowsDone& done);

/// "oneDNN" or "Eigen": the library behind gemm().
const char* gemmLibrary();

/// GFLOP/s of gemmParallel on a middling product; measured at the first call (some ms), then remembered.
double gemmRate();

}  // namespace hs
