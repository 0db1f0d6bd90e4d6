// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "engine/forward/block.h"
#include "engine/tensor/gemm.h"

namespace hs::block {
namespace {

/// Hidden values are held for this many rows at a time: long prompts stay small, each weight is still read by many rows.
constexpr std::ptrdiff_t kHiddenRows = 512;

void activate(Activation activation, float* x, std::ptrdiff_t n)
{
    switch (activation) {
    case Activation::Relu: reluInPlace(x, n); break;
    case Activation::GeluExact: geluExactInPlace(x, n); break;
    case Activation::GeluTanh: geluTanhInPlace(x, n); break;
    case Activation::Silu: siluInPlace(x, n); break;
    }
}

bool mlpOutput(const Context& c, ViewF input, MutViewF out)
{
    const LayerWeights& w = c.weights;
    const std::ptrdiff_t rows = std::min(kHiddenRows, input.rows), f = w.wIn.cols();
    MatrixF hidden = MatrixF::uninitialised(rows, f);
    MatrixF gate = MatrixF::uninitialised(c.config.gatedMlp ? rows : 0, c.config.gatedMlp ? f : 0);
    for (std::ptrdiff_t r0 = 0; r0 < input.rows; r0 += rows) {
        const std::ptrdiff_t nr = std::min(rows, input.rows - r0);
        const ViewF x = input.block(r0, 0, nr, input.cols);
        const MutViewF h = hidden.view().block(0, 0, nr, f);
        if (c.config.gatedMlp) {
            const MutViewF g = gate.view().block(0, 0, nr, f);
            const bool done = gemmParallel(false, false, 1.0f, x, w.wGate.view(), 0.0f, g, c.progress,
                                           [&](MutViewF tile, std::ptrdiff_t, std::ptrdiff_t) {
                                               for (std::ptrdiff_t r = 0; r < tile.rows; ++r)
                                                   activate(c.config.activation, tile.row(r), tile.cols);
                                           });
            if (!done) return false;
        }
        const bool done = gemmParallel(false, false, 1.0f, x, w.wIn.view(), 0.0f, h, c.progress,
                                       [&](MutViewF tile, std::ptrdiff_t row0, std::ptrdiff_t col0) {
                                           for (std::ptrdiff_t r = 0; r < tile.rows; ++r) {
                                               if (!w.bIn.empty() && !c.config.mlpBiasAfterGate)
                                                   addTo(tile.row(r), w.bIn.data() + col0, tile.cols);
                                               if (c.config.gatedMlp) multiplyBy(tile.row(r), gate.row(row0 + r) + col0, tile.cols);
                                               else activate(c.config.activation, tile.row(r), tile.cols);
                                               if (!w.bIn.empty() && c.config.mlpBiasAfterGate)
                                                   addTo(tile.row(r), w.bIn.data() + col0, tile.cols);
                                           }
                                       });
        if (!done) return false;
        const bool added = gemmParallel(false, false, 1.0f, h, w.wOut.view(), 1.0f, out.block(r0, 0, nr, out.cols), c.progress,
                                        [&](MutViewF tile, std::ptrdiff_t, std::ptrdiff_t col0) {
                                            if (w.bOut.empty()) return;
                                            for (std::ptrdiff_t r = 0; r < tile.rows; ++r)
                                                addTo(tile.row(r), w.bOut.data() + col0, tile.cols);
                                        });
        if (!added) return false;
    }
    return true;
}

}  // namespace

bool addMlp(const Context& c, ViewF input, MutViewF out)
{
    if (replaces(c, Site::MlpOut)) return addReplaced(c, Site::MlpOut, out, [&](MutViewF part) { return mlpOutput(c, input, part); });
    return mlpOutput(c, input, out);
}

}  // namespace hs::block
