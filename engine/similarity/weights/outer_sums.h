// SPDX-License-Identifier: GPL-3.0-or-later
// The one kernel behind Projection Kernel, Composition Score, Simple-CS and CKA: ||A_i^T B_j||_F^2 for all heads i, j
// (benchmarks/README.md section 4, engine/methods/weight_space.md section 8).
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "engine/base/progress.h"
#include "engine/tensor/matrix.h"

namespace hs {

/// Columns of all heads of one role: for each layer a [d, heads * width] matrix; head h has columns [h * width, (h + 1) * width).
struct ColumnStack {
    int d = 0;
    int width = 0;
    std::vector<MatrixF> layers;
    std::vector<int> heads;    ///< of each layer
    std::size_t size() const;  ///< heads of all layers
};

/// Two stacks and where the sums go. The same stack twice: every pair. Else: only pairs with layer(i) < layer(j), the rest is left alone.
struct OuterProduct {
    const ColumnStack* a = nullptr;
    const ColumnStack* b = nullptr;
    double* out = nullptr;  ///< [a->size(), b->size()]
};

enum class OuterMethod {
    Auto,           ///< the cheaper of the two
    ProjectorGram,  ///< <A_i A_i^T, B_j B_j^T>, streamed in tiles of the d x d matrices: d^2 a pair
    StackedGemm,    ///< A^T B of whole layers, then squares of blocks: 2 width^2 d a pair
};

/// Multiplications and additions that a method would need.
double outerCost(const std::vector<OuterProduct>& products, OuterMethod method);

using OuterProgress = std::function<void(std::int64_t done, std::int64_t total)>;
/// Sums in double over float products of at most 16384 terms. Scratch memory at most 256 MiB besides the stacks. The result does
/// not depend on the number of threads. False: stopped.
bool outerSums(const std::vector<OuterProduct>& products, OuterMethod method, const Progress& progress, const OuterProgress& report = {});

}  // namespace hs
