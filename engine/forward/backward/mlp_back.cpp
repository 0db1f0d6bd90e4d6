// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <utility>

#include "engine/forward/backward/parts.h"
#include "engine/forward/nonlinearity.h"
#include "engine/tensor/gemm.h"

namespace hs::back {
namespace {

/// What cannot be done tile by tile: g is the derivative at what W_out reads, a the gate's and u the hidden values before activation.
void wholeRowsBack(const block::Context& c, MutViewF g, MutViewF a, MutViewF u)
{
    if (c.config.mlpNorm) {  // not gated: checkConfig
        MatrixF active = MatrixF::uninitialised(u.rows, u.cols);
        for (std::ptrdiff_t r = 0; r < u.rows; ++r) {
            std::copy_n(u.row(r), u.cols, active.row(r));
            activateInPlace(c.config.activation, active.row(r), u.cols);
        }
        normBack(c.config.forMlpNorm(), c.weights.lnMlp, std::as_const(active).view(), ViewF(g), g, false);
    }
    for (std::ptrdiff_t r = 0; r < g.rows; ++r) {
        if (c.config.gatedMlp) gatedBack(c.config.activation, g.row(r), a.row(r), u.row(r), g.cols);
        else activationBack(c.config.activation, g.row(r), u.row(r), g.cols);
    }
}

/// Hidden values are made again for this many rows at a time, as in the forward pass.
constexpr std::ptrdiff_t kHiddenRows = 512;

}  // namespace

bool mlpBack(const block::Context& c, ViewF input, ViewF dOut, MutViewF dInput)
{
    const LayerWeights& w = c.weights;
    const std::ptrdiff_t rows = std::min(kHiddenRows, input.rows), f = w.wIn.cols(), d = input.cols;
    const bool gated = c.config.gatedMlp;
    MatrixF hidden = MatrixF::uninitialised(rows, f), gradient = MatrixF::uninitialised(rows, f);
    MatrixF gate = MatrixF::uninitialised(gated ? rows : 0, gated ? f : 0);
    const bool whole = needsWholeRow(c.config.activation) || c.config.mlpNorm;
    const auto addGateBias = [&](MutViewF tile, std::ptrdiff_t, std::ptrdiff_t col0) {
        for (std::ptrdiff_t r = 0; r < tile.rows && !w.bGate.empty(); ++r) addTo(tile.row(r), w.bGate.data() + col0, tile.cols);
    };
    const auto addBias = [&](MutViewF tile, std::ptrdiff_t, std::ptrdiff_t col0) {
        if (w.bIn.empty() || c.config.mlpBiasAfterGate) return;  // what is added after the product has no part in its gradient
        for (std::ptrdiff_t r = 0; r < tile.rows; ++r) addTo(tile.row(r), w.bIn.data() + col0, tile.cols);
    };
    for (std::ptrdiff_t r0 = 0; r0 < input.rows; r0 += rows) {
        const std::ptrdiff_t nr = std::min(rows, input.rows - r0);
        const ViewF x = input.block(r0, 0, nr, d);
        const MutViewF u = hidden.view().block(0, 0, nr, f), g = gradient.view().block(0, 0, nr, f);
        const MutViewF a = gated ? gate.view().block(0, 0, nr, f) : MutViewF{};
        if (gated && !gemmParallel(false, false, 1.0f, x, w.wGate.view(), 0.0f, a, c.progress, addGateBias)) return false;
        if (!gemmParallel(false, false, 1.0f, x, w.wIn.view(), 0.0f, u, c.progress, addBias)) return false;
        const bool done = gemmParallel(false, true, 1.0f, dOut.block(r0, 0, nr, d), w.wOut.view(), 0.0f, g, c.progress,
                                       [&](MutViewF tile, std::ptrdiff_t row0, std::ptrdiff_t col0) {
                                           for (std::ptrdiff_t r = 0; r < tile.rows && !whole; ++r) {
                                               float* own = u.row(row0 + r) + col0;
                                               if (gated)
                                                   gatedBack(c.config.activation, tile.row(r), a.row(row0 + r) + col0, own, tile.cols);
                                               else activationBack(c.config.activation, tile.row(r), own, tile.cols);
                                           }
                                       });
        if (!done) return false;
        if (whole) wholeRowsBack(c, g, a, u);
        const MutViewF out = dInput.block(r0, 0, nr, d);
        if (!gemmParallel(false, true, 1.0f, gated ? u : g, w.wIn.view(), 0.0f, out, c.progress)) return false;
        if (gated && !gemmParallel(false, true, 1.0f, a, w.wGate.view(), 1.0f, out, c.progress)) return false;
    }
    return true;
}

}  // namespace hs::back
