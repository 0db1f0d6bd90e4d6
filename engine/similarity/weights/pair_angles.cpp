// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/similarity/weights/pair_angles.h"

#include "engine/similarity/weights/folding.h"

namespace hs {

namespace {

/// What a head reads or writes in one role; `fault` says why there is nothing.
Result<Subspace> roleSubspace(const Model& model, HeadRole role, HeadId head, WeightProcessing used, const Progress& progress)
{
    const ModelConfig& config = model.config();
    const auto layer = model.layer(head.layer, progress);
    Subspace none;
    if (!layer && layer.error().code == ErrorCode::NotFinite) {
        none.fault = NoValue::NotFinite;
        return none;
    }
    if (!layer) return layer.error();
    const MatrixF all = roleColumns(**layer, role, used);
    if (all.empty()) {
        none.fault = NoValue::MissingMatrix;
        return none;
    }
    const bool native = role == HeadRole::K || role == HeadRole::V;
    const int index = native ? config.kvHeadOf(head.layer, head.head) : head.head;
    return subspaceOf(headColumns(all, index, config.dHead), config.dModel, config.dHead);
}

}  // namespace

Result<PairAngles> pairAngles(const Model& model, RolePair pairing, HeadId source, HeadId target, WeightProcessing weights,
                              const Progress& progress)
{
    const ModelConfig& config = model.config();
    for (const HeadId head : {source, target})
        if (head.layer < 0 || head.layer >= config.nLayers || head.head < 0 || head.head >= config.heads(head.layer))
            return Error::in(model.identity().path, ErrorCode::HeadOutOfRange, headName(head));
    PairAngles out;
    out.source = source;
    out.target = target;
    out.pairing = pairing;
    out.weights = foldingFor(model, weights).used;
    out.dNull = config.dModel - (out.weights == WeightProcessing::FoldedCentred ? 1 : 0);
    const auto a = roleSubspace(model, pairing.source, source, out.weights, progress);
    if (!a) return a.error();
    if (progress.stopped()) return Error::cancelled();
    const auto b = roleSubspace(model, pairing.target, target, out.weights, progress);
    if (!b) return b.error();
    out.fault = a->fault != NoValue::None ? a->fault : b->fault;
    out.sourceRank = a->rank;
    out.targetRank = b->rank;
    if (out.fault != NoValue::None) return out;
    out.cosines = principalCosines(*a, *b);
    out.summary = summarise(out.cosines, a->rank, b->rank);
    out.chance = projectionKernelNull(out.dNull, a->rank, b->rank);
    return out;
}

}  // namespace hs
