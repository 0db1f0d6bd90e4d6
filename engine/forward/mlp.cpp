// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/forward/mlp.h"

#include <algorithm>

#include "engine/base/parallel.h"
#include "engine/forward/mlp_part.h"
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

void addBias(const float* bias, MutViewF tile, std::ptrdiff_t r, std::ptrdiff_t col0)
{
    if (bias) addTo(tile.row(r), bias + col0, tile.cols);
}

bool gateOf(const Context& c, const MlpPart& part, ViewF x, MutViewF gate)
{
    const bool whole = needsWholeRow(c.config.activation);
    const auto most = static_cast<float>(c.config.gateLimit);
    const bool done =
        gemmParallel(false, false, 1.0f, x, part.gate, 0.0f, gate, c.progress, [&](MutViewF tile, std::ptrdiff_t, std::ptrdiff_t col0) {
            for (std::ptrdiff_t r = 0; r < tile.rows; ++r) {
                addBias(part.bGate, tile, r, col0);
                for (float* v = tile.row(r); most > 0 && v != tile.row(r) + tile.cols; ++v) *v = std::min(*v, most);
                if (!whole) activateInPlace(c.config.activation, tile.row(r), tile.cols);
            }
        });
    for (std::ptrdiff_t r = 0; r < gate.rows && whole; ++r) activateInPlace(c.config.activation, gate.row(r), gate.cols);
    return done;
}

/// The layer's own MLP, each row by what it counts.
bool addShared(const Context& c, ViewF input, MutViewF out)
{
    if (c.weights.experts->sharedGate.empty()) return addPart(c, ownMlp(c.weights), input, out);
    MatrixF own(out.rows, out.cols);
    if (!addPart(c, ownMlp(c.weights), input, own.view())) return false;
    const std::vector<float> weights = sharedWeights(c, input);
    for (std::ptrdiff_t r = 0; r < out.rows; ++r)
        for (std::ptrdiff_t i = 0; i < out.cols; ++i) out.row(r)[i] += weights[static_cast<std::size_t>(r)] * own.row(r)[i];
    return true;
}

/// Experts one after another, each with the rows that it gets: a layer costs what its tokens pass.
bool addExperts(const Context& c, ViewF input, MutViewF out)
{
    if (input.rows == 0) return true;
    const Routed routed = route(c, input);
    if (routed.choices.empty()) return false;
    for (int e = 0; e < c.config.routing.count; ++e) {
        const ExpertRows& own = routed.experts[static_cast<std::size_t>(e)];
        if (own.rows.empty()) continue;
        const MatrixF x = gathered(c, own, input);
        MatrixF y(x.rows(), out.cols);
        if (!addPart(c, expertMlp(*c.weights.experts, e, c.config.routing), x.view(), y.view())) return false;
        for (std::ptrdiff_t r = 0; r < y.rows(); ++r) {
            const auto weight = static_cast<float>(c.config.routing.weighsInput ? 1.0 : own.weights[static_cast<std::size_t>(r)]);
            float* to = out.row(own.rows[static_cast<std::size_t>(r)]);
            for (std::ptrdiff_t i = 0; i < out.cols; ++i) to[i] += weight * y.row(r)[i];
        }
    }
    return true;
}

bool mlpOutput(const Context& c, ViewF input, MutViewF out)
{
    if (!c.weights.experts) return addPart(c, ownMlp(c.weights), input, out);
    if (!c.weights.wIn.empty() && !addShared(c, input, out)) return false;
    return addExperts(c, input, out);
}

}  // namespace

bool addPart(const Context& c, const MlpPart& part, ViewF input, MutViewF out)
{
    const std::ptrdiff_t rows = std::min(kHiddenRows, input.rows), f = part.in.cols;
    const auto most = static_cast<float>(c.config.gateLimit);
    MatrixF hidden = MatrixF::uninitialised(rows, f);
    MatrixF gate = MatrixF::uninitialised(c.config.gatedMlp ? rows : 0, c.config.gatedMlp ? f : 0);
    const bool whole = needsWholeRow(c.config.activation);
    for (std::ptrdiff_t r0 = 0; r0 < input.rows; r0 += rows) {
        const std::ptrdiff_t nr = std::min(rows, input.rows - r0);
        const ViewF x = input.block(r0, 0, nr, input.cols);
        const MutViewF h = hidden.view().block(0, 0, nr, f);
        if (c.config.gatedMlp && !gateOf(c, part, x, gate.view().block(0, 0, nr, f))) return false;
        const bool done =
            gemmParallel(false, false, 1.0f, x, part.in, 0.0f, h, c.progress, [&](MutViewF tile, std::ptrdiff_t row0, std::ptrdiff_t col0) {
                for (std::ptrdiff_t r = 0; r < tile.rows; ++r) {
                    if (!c.config.mlpBiasAfterGate) addBias(part.bIn, tile, r, col0);
                    for (float* v = tile.row(r); most > 0 && v != tile.row(r) + tile.cols; ++v) *v = std::clamp(*v, -most, most) + 1;
                    if (c.config.gatedMlp) multiplyBy(tile.row(r), gate.row(row0 + r) + col0, tile.cols);
                    else if (!whole) activateInPlace(c.config.activation, tile.row(r), tile.cols);
                    if (c.config.mlpBiasAfterGate) addBias(part.bIn, tile, r, col0);
                }
            });
        if (!done) return false;
        if (finishesRows(c.config)) finishRows(c, h);
        const bool added = gemmParallel(false, false, 1.0f, h, part.out, 1.0f, out.block(r0, 0, nr, out.cols), c.progress,
                                        [&](MutViewF tile, std::ptrdiff_t, std::ptrdiff_t col0) {
                                            for (std::ptrdiff_t r = 0; r < tile.rows; ++r) addBias(part.bOut, tile, r, col0);
                                        });
        if (!added) return false;
    }
    return true;
}

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
