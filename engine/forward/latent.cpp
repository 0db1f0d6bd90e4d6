// SPDX-License-Identifier: GPL-3.0-or-later
// Queries, keys and values of latent attention (engine/model/weights.h).
#include <algorithm>
#include <utility>

#include "engine/forward/backward/parts.h"
#include "engine/forward/block.h"
#include "engine/tensor/gemm.h"

namespace hs::block {
namespace {

/// The norm of latent rows.
ModelConfig latentNorm(const ModelConfig& config)
{
    ModelConfig out = config;
    out.norm = NormKind::RmsNorm;
    out.eps = kLatentEps;
    return out;
}

bool product(const Context& c, ViewF x, const MatrixF& w, const std::vector<float>& bias, MatrixF& out)
{
    out = MatrixF::uninitialised(x.rows, w.cols());
    return gemmParallel(false, false, 1.0f, x, w.view(), 0.0f, out.view(), c.progress,
                        [&](MutViewF tile, std::ptrdiff_t, std::ptrdiff_t col0) {
                            for (std::ptrdiff_t r = 0; r < tile.rows && !bias.empty(); ++r)
                                addTo(tile.row(r), bias.data() + col0, tile.cols);
                        });
}

/// What the branches of one input are made of: q before its norm, [latent before its norm | turned entries of keys], and both normed.
struct Latent {
    MatrixF q, qNormed, kv, kvNormed;
};

bool latentOf(const Context& c, ViewF input, Latent& out)
{
    const LatentWeights& w = *c.weights.latent;
    const ModelConfig norm = latentNorm(c.config);
    if (!w.qDown.empty()) {
        if (!product(c, input, w.qDown, w.bQDown, out.q)) return false;
        out.qNormed = MatrixF::uninitialised(out.q.rows(), out.q.cols());
        normRows(norm, w.qNorm, std::as_const(out.q).view(), out.qNormed.view());
    }
    if (!product(c, input, w.kvDown, w.bKvDown, out.kv)) return false;
    out.kvNormed = MatrixF::uninitialised(input.rows, w.kUp.rows());
    normRows(norm, w.kvNorm, std::as_const(out.kv).view().block(0, 0, input.rows, w.kUp.rows()), out.kvNormed.view());
    return true;
}

}  // namespace

Projected projectLatent(const Context& c, ViewF input)
{
    const LatentWeights& w = *c.weights.latent;
    const std::ptrdiff_t dh = c.config.dHead, r = c.config.rotaryDim, latent = w.kUp.rows();
    Projected out;
    Latent l;
    const bool down = !w.qDown.empty();
    if (!latentOf(c, input, l)
        || !product(c, down ? std::as_const(l.qNormed).view() : input, down ? w.qUp : c.weights.wQ,
                    down ? std::vector<float>{} : c.weights.bQ, out.q)
        || !product(c, std::as_const(l.kvNormed).view(), w.kUp, {}, out.k)
        || !product(c, std::as_const(l.kvNormed).view(), w.vUp, {}, out.v))
        return {MatrixF(input.rows, w.vUp.cols()), MatrixF(input.rows, w.vUp.cols()), MatrixF(input.rows, w.vUp.cols())};
    for (std::ptrdiff_t row = 0; row < input.rows; ++row)
        for (std::ptrdiff_t at = 0; at < out.k.cols(); at += dh) std::copy_n(l.kv.row(row) + latent, r, out.k.row(row) + at);
    return out;
}

bool latentBack(const Context& c, ViewF input, const Projected& d, MutViewF dInput)
{
    const LatentWeights& w = *c.weights.latent;
    const ModelConfig norm = latentNorm(c.config);
    const std::ptrdiff_t dh = c.config.dHead, r = c.config.rotaryDim, latent = w.kUp.rows(), n = input.rows;
    const auto through = [&](ViewF dy, const MatrixF& m, float beta, MutViewF dx) {
        return gemmParallel(false, true, 1.0f, dy, m.view(), beta, dx, c.progress);
    };
    Latent l;
    if (!latentOf(c, input, l)) return false;
    if (w.qDown.empty()) {
        if (!through(d.q.view(), c.weights.wQ, 0.0f, dInput)) return false;
    } else {
        MatrixF dq = MatrixF::uninitialised(n, w.qUp.rows());
        if (!through(d.q.view(), w.qUp, 0.0f, dq.view())) return false;
        back::normBack(norm, w.qNorm, std::as_const(l.q).view(), std::as_const(dq).view(), dq.view(), false);
        if (!through(std::as_const(dq).view(), w.qDown, 0.0f, dInput)) return false;
    }
    MatrixF dLatent = MatrixF::uninitialised(n, latent), dKv(n, l.kv.cols());
    if (!through(d.k.view(), w.kUp, 0.0f, dLatent.view()) || !through(d.v.view(), w.vUp, 1.0f, dLatent.view())) return false;
    back::normBack(norm, w.kvNorm, std::as_const(l.kv).view().block(0, 0, n, latent), std::as_const(dLatent).view(),
                   dKv.view().block(0, 0, n, latent), false);
    for (std::ptrdiff_t row = 0; row < n; ++row)
        for (std::ptrdiff_t at = 0; at < d.k.cols(); at += dh) addTo(dKv.row(row) + latent, d.k.row(row) + at, r);
    return through(std::as_const(dKv).view(), w.kvDown, 1.0f, dInput);
}

}  // namespace hs::block
