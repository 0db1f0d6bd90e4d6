// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/latent.h"

#include <algorithm>
#include <utility>

#include "engine/tensor/gemm.h"

namespace hs {

namespace {

/// a diag(gain) b.
MatrixF product(ViewF a, const std::vector<float>& gain, const MatrixF& b)
{
    MatrixF scaled = MatrixF::uninitialised(a.rows, a.cols);
    for (std::ptrdiff_t r = 0; r < a.rows; ++r)
        for (std::ptrdiff_t c = 0; c < a.cols; ++c) scaled(r, c) = a(r, c) * (gain.empty() ? 1.0f : gain[static_cast<std::size_t>(c)]);
    MatrixF out = MatrixF::uninitialised(a.rows, b.cols());
    gemmParallel(false, false, 1.0f, std::as_const(scaled).view(), b.view(), 0.0f, out.view());
    return out;
}

}  // namespace

void composeLatent(const ModelConfig& config, LayerWeights& out)
{
    const LatentWeights& w = *out.latent;
    const std::ptrdiff_t rank = w.kUp.rows(), turned = config.rotaryDim, dh = config.dHead;
    const ViewF down = w.kvDown.view().block(0, 0, w.kvDown.rows(), rank);
    out.wK = product(down, w.kvNorm.w, w.kUp);
    for (std::ptrdiff_t r = 0; r < out.wK.rows(); ++r)
        for (std::ptrdiff_t at = 0; at < out.wK.cols(); at += dh) std::copy_n(w.kvDown.row(r) + rank, turned, out.wK.row(r) + at);
    out.wV = product(down, w.kvNorm.w, w.vUp);
    if (!w.qDown.empty()) out.wQ = product(w.qDown.view(), w.qNorm.w, w.qUp);
}

}  // namespace hs
