// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/layouts/latent_weights.h"

#include <algorithm>
#include <utility>

#include "engine/model/latent.h"

namespace hs {

namespace {

/// Turned entries of each head to the front.
MatrixF turnedFirst(const MatrixF& m, std::ptrdiff_t heads, std::ptrdiff_t dh, std::ptrdiff_t turned)
{
    MatrixF out = MatrixF::uninitialised(m.rows(), m.cols());
    for (std::ptrdiff_t r = 0; r < m.rows(); ++r)
        for (std::ptrdiff_t h = 0; h < heads; ++h) {
            const float* from = m.row(r) + h * dh;
            float* to = out.row(r) + h * dh;
            std::copy_n(from + (dh - turned), turned, to);
            std::copy_n(from, dh - turned, to + turned);
        }
    return out;
}

}  // namespace

void placeLatent(const ModelConfig& config, const LatentSource& source, std::shared_ptr<LatentWeights> latent, LayerWeights& out)
{
    const std::ptrdiff_t heads = out.nHeads, dh = config.dHead, turned = config.rotaryDim, v = config.dValue, plain = dh - turned;
    const std::ptrdiff_t rank = source.kvUp.rows();
    LatentWeights& w = *latent;
    MatrixF q = turnedFirst(source.q, heads, dh, turned);
    w.kUp = MatrixF(rank, heads * dh);
    w.vUp = MatrixF(rank, heads * dh);
    for (std::ptrdiff_t r = 0; r < rank; ++r)
        for (std::ptrdiff_t h = 0; h < heads; ++h) {
            const float* from = source.kvUp.row(r) + h * (plain + v);
            std::copy_n(from, plain, w.kUp.row(r) + h * dh + turned);
            std::copy_n(from + plain, v, w.vUp.row(r) + h * dh);
        }
    out.wO = MatrixF(heads * dh, source.output.cols());
    for (std::ptrdiff_t h = 0; h < heads; ++h)
        for (std::ptrdiff_t i = 0; i < v; ++i) std::copy_n(source.output.row(h * v + i), source.output.cols(), out.wO.row(h * dh + i));
    if (w.qDown.empty()) out.wQ = std::move(q);
    else w.qUp = std::move(q);
    out.latent = std::move(latent);
    composeLatent(config, out);
}

}  // namespace hs
