// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/forward/backward/parts.h"
#include "engine/forward/mlp_part.h"
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

void addBias(const float* bias, MutViewF tile, std::ptrdiff_t col0)
{
    for (std::ptrdiff_t r = 0; r < tile.rows && bias; ++r) addTo(tile.row(r), bias + col0, tile.cols);
}

/// gatedBack where the gate ends at a limit and the linear part at both: beyond it nothing depends on them.
void limitedGateBack(const ModelConfig& config, const float* g, float* a, float* u, std::ptrdiff_t n)
{
    const auto most = static_cast<float>(config.gateLimit);
    for (std::ptrdiff_t i = 0; i < n; ++i) {
        const bool held = std::abs(u[i]) > most, gateHeld = a[i] > most;
        a[i] = std::min(a[i], most);
        u[i] = std::clamp(u[i], -most, most) + 1;
        gatedBack(config.activation, g + i, a + i, u + i, 1);
        if (held) u[i] = 0;
        if (gateHeld) a[i] = 0;
    }
}

/// dInput += derivative at what one MLP reads, for derivatives dOut of what it writes. False when stopped.
bool partBack(const block::Context& c, const block::MlpPart& part, ViewF input, ViewF dOut, MutViewF dInput)
{
    const std::ptrdiff_t rows = std::min(kHiddenRows, input.rows), f = part.in.cols, d = input.cols;
    const bool gated = c.config.gatedMlp;
    MatrixF hidden = MatrixF::uninitialised(rows, f), gradient = MatrixF::uninitialised(rows, f);
    MatrixF gate = MatrixF::uninitialised(gated ? rows : 0, gated ? f : 0);
    const bool whole = needsWholeRow(c.config.activation) || c.config.mlpNorm;
    const auto addGateBias = [&](MutViewF tile, std::ptrdiff_t, std::ptrdiff_t col0) { addBias(part.bGate, tile, col0); };
    const auto addInBias = [&](MutViewF tile, std::ptrdiff_t, std::ptrdiff_t col0) {
        // What is added after the product has no part in its gradient.
        if (!c.config.mlpBiasAfterGate) addBias(part.bIn, tile, col0);
    };
    for (std::ptrdiff_t r0 = 0; r0 < input.rows; r0 += rows) {
        const std::ptrdiff_t nr = std::min(rows, input.rows - r0);
        const ViewF x = input.block(r0, 0, nr, d);
        const MutViewF u = hidden.view().block(0, 0, nr, f), g = gradient.view().block(0, 0, nr, f);
        const MutViewF a = gated ? gate.view().block(0, 0, nr, f) : MutViewF{};
        if (gated && !gemmParallel(false, false, 1.0f, x, part.gate, 0.0f, a, c.progress, addGateBias)) return false;
        if (!gemmParallel(false, false, 1.0f, x, part.in, 0.0f, u, c.progress, addInBias)) return false;
        const bool done = gemmParallel(false, true, 1.0f, dOut.block(r0, 0, nr, d), part.out, 0.0f, g, c.progress,
                                       [&](MutViewF tile, std::ptrdiff_t row0, std::ptrdiff_t col0) {
                                           for (std::ptrdiff_t r = 0; r < tile.rows && !whole; ++r) {
                                               float* own = u.row(row0 + r) + col0;
                                               if (gated && c.config.gateLimit > 0)
                                                   limitedGateBack(c.config, tile.row(r), a.row(row0 + r) + col0, own, tile.cols);
                                               else if (gated)
                                                   gatedBack(c.config.activation, tile.row(r), a.row(row0 + r) + col0, own, tile.cols);
                                               else activationBack(c.config.activation, tile.row(r), own, tile.cols);
                                           }
                                       });
        if (!done) return false;
        if (whole) wholeRowsBack(c, g, a, u);
        const MutViewF out = dInput.block(r0, 0, nr, d);
        if (!gemmParallel(false, true, 1.0f, gated ? u : g, part.in, 1.0f, out, c.progress)) return false;
        if (gated && !gemmParallel(false, true, 1.0f, a, part.gate, 1.0f, out, c.progress)) return false;
    }
    return true;
}

double dot(const float* a, const float* b, std::ptrdiff_t n)
{
    double sum = 0;
    for (std::ptrdiff_t i = 0; i < n; ++i) sum += static_cast<double>(a[i]) * static_cast<double>(b[i]);
    return sum;
}

/// The layer's own MLP beside experts: s(x) m(x), s the sigmoid of a product where the layer has such a gate.
bool sharedBack(const block::Context& c, ViewF input, ViewF dOut, MutViewF dInput)
{
    const block::MlpPart part = block::ownMlp(c.weights);
    const MatrixF& gate = c.weights.experts->sharedGate;
    if (gate.empty()) return partBack(c, part, input, dOut, dInput);
    const std::vector<float> weights = block::sharedWeights(c, input);
    MatrixF scaled(dOut.rows, dOut.cols), own(dOut.rows, dOut.cols);
    if (!block::addPart(c, part, input, own.view())) return false;
    for (std::ptrdiff_t r = 0; r < dOut.rows; ++r) {
        const float s = weights[static_cast<std::size_t>(r)];
        for (std::ptrdiff_t i = 0; i < dOut.cols; ++i) scaled.row(r)[i] = s * dOut.row(r)[i];
        const auto slope = static_cast<float>(dot(dOut.row(r), own.row(r), dOut.cols)) * s * (1 - s);
        for (std::ptrdiff_t i = 0; i < dInput.cols; ++i) dInput.row(r)[i] += slope * gate.row(i)[0];
    }
    return partBack(c, part, input, std::as_const(scaled).view(), dInput);
}

/// Experts and, through their weights, the router; which experts a token passes is held.
bool expertsBack(const block::Context& c, ViewF input, ViewF dOut, MutViewF dInput)
{
    const Routing& routing = c.config.routing;
    const block::Routed routed = block::route(c, input);
    if (routed.choices.empty()) return false;
    std::vector<std::vector<double>> dWeights(routed.choices.size(), std::vector<double>(static_cast<std::size_t>(routing.chosen)));
    for (int e = 0; e < routing.count; ++e) {
        const block::ExpertRows& own = routed.experts[static_cast<std::size_t>(e)];
        if (own.rows.empty()) continue;
        const block::MlpPart part = block::expertMlp(*c.weights.experts, e, routing);
        const MatrixF x = block::gathered(c, own, input);
        MatrixF y(x.rows(), x.cols()), dy(x.rows(), x.cols()), dx(x.rows(), x.cols());
        if (!routing.weighsInput && !block::addPart(c, part, x.view(), y.view())) return false;
        for (std::ptrdiff_t r = 0; r < dy.rows(); ++r) {
            const auto at = static_cast<std::size_t>(r);
            const auto weight = static_cast<float>(routing.weighsInput ? 1.0 : own.weights[at]);
            const float* from = dOut.row(own.rows[at]);
            for (std::ptrdiff_t i = 0; i < dy.cols(); ++i) dy.row(r)[i] = weight * from[i];
        }
        if (!partBack(c, part, x.view(), std::as_const(dy).view(), dx.view())) return false;
        for (std::ptrdiff_t r = 0; r < dx.rows(); ++r) {
            const auto at = static_cast<std::size_t>(r);
            const std::ptrdiff_t row = own.rows[at];
            dWeights[static_cast<std::size_t>(row)][own.at[at]] =
                routing.weighsInput ? dot(dx.row(r), input.row(row), dx.cols()) : dot(dOut.row(row), y.row(r), y.cols());
            const auto weight = static_cast<float>(routing.weighsInput ? own.weights[at] : 1.0);
            for (std::ptrdiff_t i = 0; i < dx.cols(); ++i) dInput.row(row)[i] += weight * dx.row(r)[i];
        }
    }
    MatrixF dLogits(input.rows, routing.count);
    for (std::ptrdiff_t r = 0; r < input.rows; ++r) {
        const auto at = static_cast<std::size_t>(r);
        routerBack(routing, routed.logits.row(r), routed.choices[at], dWeights[at], dLogits.row(r));
    }
    return gemmParallel(false, true, 1.0f, std::as_const(dLogits).view(), c.weights.experts->router.view(), 1.0f, dInput, c.progress);
}

}  // namespace

bool mlpBack(const block::Context& c, ViewF input, ViewF dOut, MutViewF dInput)
{
    for (std::ptrdiff_t r = 0; r < dInput.rows; ++r) std::fill_n(dInput.row(r), dInput.cols, 0.0f);
    if (!c.weights.experts) return partBack(c, block::ownMlp(c.weights), input, dOut, dInput);
    if (!c.weights.wIn.empty() && !sharedBack(c, input, dOut, dInput)) return false;
    return input.rows == 0 || expertsBack(c, input, dOut, dInput);
}

}  // namespace hs::back
