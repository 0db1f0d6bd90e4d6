// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/weights.h"

#include <cstddef>
#include "engine/model/score_places.h"

namespace hs {

std::size_t ExpertWeights::bytes() const
{
    std::size_t total = 0;
    for (const MatrixF* m : {&router, &wGate, &wIn, &wOut, &sharedGate}) total += m->bytes();
    for (const std::vector<float>* v : {&bRouter, &bChoice, &bGate, &bIn, &bOut}) total += v->size() * sizeof(float);
    return total;
}

std::size_t LatentWeights::bytes() const
{
    std::size_t total = 0;
    for (const MatrixF* m : {&qDown, &qUp, &kvDown, &kUp, &vUp}) total += m->bytes();
    for (const std::vector<float>* v : {&qNorm.w, &kvNorm.w, &bQDown, &bKvDown}) total += v->size() * sizeof(float);
    return total;
}

std::size_t LayerWeights::bytes() const
{
    std::size_t total = 0;
    for (const MatrixF* m : {&wQ, &wK, &wV, &wO, &wIn, &wGate, &wOut}) total += m->bytes();
    for (const std::vector<float>* v : {&bQ, &bK, &bV, &bO, &bIn, &bGate, &bOut}) total += v->size() * sizeof(float);
    for (const NormWeights* n : {&ln1, &ln2, &ln1Post, &ln2Post, &qNorm, &kNorm, &lnMlp})
        total += (n->w.size() + n->b.size()) * sizeof(float);
    if (places) total += places->bytes();
    if (experts) total += experts->bytes();
    if (latent) total += latent->bytes();
    total += sinks.size() * sizeof(float);
    return total;
}

std::shared_ptr<const LayerWeights> withOutputGain(std::shared_ptr<const LayerWeights> layer)
{
    const std::vector<float>& gain = layer->ln1Post.w;
    if (static_cast<std::ptrdiff_t>(gain.size()) != layer->wO.cols()) return layer;
    auto out = std::make_shared<LayerWeights>(*layer);
    for (std::ptrdiff_t r = 0; r < out->wO.rows(); ++r)
        for (std::ptrdiff_t c = 0; c < out->wO.cols(); ++c) out->wO(r, c) *= gain[static_cast<std::size_t>(c)];
    return out;
}

}  // namespace hs
