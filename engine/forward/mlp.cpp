// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/forward/mlp.h"

#include <algorithm>

#include "engine/base/parallel.h"
#include "engine/forward/block.h"
#include "engine/forward/nonlinearity.h"
#include "engine/tensor/gemm.h"

namespace hs::block {
namespace {

/// Hidden values are held for this many rows at a time: long prompts stay small, each weight is still read by many rows.
constexpr std::ptrdiff_t kHiddenRows = 512;

/// What can only be done once a row is whole.
bool finishesRows(const ModelConfig& config) { return needsWholeRow(config.activation) || config.mlpNorm; }

void finishRows(const Context& c, MutViewF h)
{
    parallelFor(static_cast<std::size_t>(h.rows), [&](std::size_t r) {
        float* row = h.row(static_cast<std::ptrdiff_t>(r));
        if (!c.config.gatedMlp && needsWholeRow(c.config.activation)) activateInPlace(c.config.activation, row, h.cols);
    });
    if (c.config.mlpNorm) normRows(c.config.forMlpNorm(), c.weights.lnMlp, h, h);
}

void addBias(const std::vector<float>& bias, MutViewF tile, std::ptrdiff_t r, std::ptrdiff_t col0)
{
    if (!bias.empty()) addTo(tile.row(r), bias.data() + col0, tile.cols);
}

bool gateOf(const Context& c, ViewF x, MutViewF gate)
{
    const bool whole = needsWholeRow(c.config.activation);
    const bool done = gemmParallel(false, false, 1.0f, x, c.weights.wGate.view(), 0.0f, gate, c.progress,
                                   [&](MutViewF tile, std::ptrdiff_t, std::ptrdiff_t col0) {
                                       for (std::ptrdiff_t r = 0; r < tile.rows; ++r) {
                                           addBias(c.weights.bGate, tile, r, col0);
                                           if (!whole) activateInPlace(c.config.activation, tile.row(r), tile.cols);
                                       }
                                   });
    for (std::ptrdiff_t r = 0; r < gate.rows && whole; ++r) activateInPlace(c.config.activation, gate.row(r), gate.cols);
    return done;
}

bool mlpOutput(const Context& c, ViewF input, MutViewF out)
{
    const LayerWeights& w = c.weights;
    const std::ptrdiff_t rows = std::min(kHiddenRows, input.rows), f = w.wIn.cols();
    MatrixF hidden = MatrixF::uninitialised(rows, f);
    MatrixF gate = MatrixF::uninitialised(c.config.gatedMlp ? rows : 0, c.config.gatedMlp ? f : 0);
    const bool whole = needsWholeRow(c.config.activation);
    for (std::ptrdiff_t r0 = 0; r0 < input.rows; r0 += rows) {
        const std::ptrdiff_t nr = std::min(rows, input.rows - r0);
        const ViewF x = input.block(r0, 0, nr, input.cols);
        const MutViewF h = hidden.view().block(0, 0, nr, f);
        if (c.config.gatedMlp && !gateOf(c, x, gate.view().block(0, 0, nr, f))) return false;
        const bool done = gemmParallel(false, false, 1.0f, x, w.wIn.view(), 0.0f, h, c.progress,
                                       [&](MutViewF tile, std::ptrdiff_t row0, std::ptrdiff_t col0) {
                                           for (std::ptrdiff_t r = 0; r < tile.rows; ++r) {
                                               if (!w.bIn.empty() && !c.config.mlpBiasAfterGate)
                                                   addTo(tile.row(r), w.bIn.data() + col0, tile.cols);
                                               if (c.config.gatedMlp) multiplyBy(tile.row(r), gate.row(row0 + r) + col0, tile.cols);
                                               else if (!whole) activateInPlace(c.config.activation, tile.row(r), tile.cols);
                                               if (!w.bIn.empty() && c.config.mlpBiasAfterGate)
                                                   addTo(tile.row(r), w.bIn.data() + col0, tile.cols);
                                           }
                                       });
        if (!done) return false;
        if (finishesRows(c.config)) finishRows(c, h);
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
    const auto normed = [&](MutViewF to) {
        return addNormed(c, Branch::Mlp, to, [&](MutViewF part) { return mlpOutput(c, input, part); });
    };
    if (replaces(c, Site::MlpOut)) return addReplaced(c, Site::MlpOut, out, normed);
    return normed(out);
}

bool addUnnormed(const Context& c, Branch branch, ViewF read, MutViewF out)
{
    ModelConfig plain = c.config;
    plain.normPlace = NormPlace::Pre;
    const Context without{plain, c.weights, c.layer, c.interventions, c.padding, nullptr, false, c.progress};
    return branch == Branch::Mlp ? mlpOutput(without, read, out) : attentionOutput(without, read, out);
}

}  // namespace hs::block

namespace hs {

MatrixF afterMlp(const ModelConfig& config, const LayerWeights& weights, ViewF rows)
{
    static const Interventions none;
    const block::Context c{config, weights, weights.layer, none, {}, nullptr, false, {}};
    const MatrixF read = block::readRows(c, normBefore(blockPlan(config), Branch::Mlp), rows);
    MatrixF out = MatrixF::uninitialised(rows.rows, rows.cols);
    for (std::ptrdiff_t r = 0; r < rows.rows; ++r) std::copy_n(rows.row(r), rows.cols, out.row(r));
    block::addMlp(c, std::as_const(read).view(), out.view());
    return out;
}

}  // namespace hs
