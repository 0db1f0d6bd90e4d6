// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/forward/mlp_part.h"

#include <algorithm>
#include <cmath>

#include "engine/tensor/gemm.h"

namespace hs::block {
namespace {

const float* orNull(const std::vector<float>& v, std::ptrdiff_t at = 0) { return v.empty() ? nullptr : v.data() + at; }

}  // namespace

MlpPart ownMlp(const LayerWeights& w)
{
    return {w.wGate.view(), w.wIn.view(), w.wOut.view(), orNull(w.bGate), orNull(w.bIn), orNull(w.bOut)};
}

MlpPart expertMlp(const ExpertWeights& w, int expert, const Routing& routing)
{
    const std::ptrdiff_t d = w.wIn.rows() / routing.count, f = w.wIn.cols(), e = expert;
    return {w.wGate.view().block(e * d, 0, d, f),
            w.wIn.view().block(e * d, 0, d, f),
            w.wOut.view().block(e * f, 0, f, d),
            orNull(w.bGate, e * f),
            orNull(w.bIn, e * f),
            orNull(w.bOut, e * d)};
}

Routed route(const Context& c, ViewF input)
{
    const ExpertWeights& w = *c.weights.experts;
    const Routing& routing = c.config.routing;
    Routed out;
    out.logits = MatrixF::uninitialised(input.rows, routing.count);
    const bool done = gemmParallel(false, false, 1.0f, input, w.router.view(), 0.0f, out.logits.view(), c.progress,
                                   [&](MutViewF tile, std::ptrdiff_t, std::ptrdiff_t col0) {
                                       for (std::ptrdiff_t r = 0; r < tile.rows && !w.bRouter.empty(); ++r)
                                           addTo(tile.row(r), w.bRouter.data() + col0, tile.cols);
                                   });
    if (!done) return out;
    out.experts.resize(static_cast<std::size_t>(routing.count));
    for (std::ptrdiff_t r = 0; r < input.rows; ++r) {
        out.choices.push_back(chooseExperts(routing, out.logits.row(r), orNull(w.bChoice)));
        for (std::size_t i = 0; i < out.choices.back().size(); ++i) {
            const ExpertChoice& choice = out.choices.back()[i];
            ExpertRows& own = out.experts[static_cast<std::size_t>(choice.expert)];
            own.rows.push_back(r);
            own.weights.push_back(choice.weight);
            own.at.push_back(i);
        }
    }
    return out;
}

std::vector<float> sharedWeights(const Context& c, ViewF input)
{
    std::vector<float> out(static_cast<std::size_t>(input.rows), 1.0f);
    const MatrixF& gate = c.weights.experts->sharedGate;
    for (std::ptrdiff_t r = 0; r < input.rows && !gate.empty(); ++r) {
        double sum = 0;
        for (std::ptrdiff_t i = 0; i < input.cols; ++i) sum += static_cast<double>(input.row(r)[i]) * static_cast<double>(gate.row(i)[0]);
        out[static_cast<std::size_t>(r)] = static_cast<float>(1 / (1 + std::exp(-sum)));
    }
    return out;
}

MatrixF gathered(const Context& c, const ExpertRows& rows, ViewF input)
{
    MatrixF out = MatrixF::uninitialised(static_cast<std::ptrdiff_t>(rows.rows.size()), input.cols);
    for (std::size_t i = 0; i < rows.rows.size(); ++i) {
        const float* from = input.row(rows.rows[i]);
        const auto weight = static_cast<float>(c.config.routing.weighsInput ? rows.weights[i] : 1.0);
        float* to = out.row(static_cast<std::ptrdiff_t>(i));
        for (std::ptrdiff_t k = 0; k < input.cols; ++k) to[k] = weight * from[k];
    }
    return out;
}

}  // namespace hs::block
