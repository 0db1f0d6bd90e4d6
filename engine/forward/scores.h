// SPDX-License-Identifier: GPL-3.0-or-later
// Scores of one head between the queries of one run and the keys of another, for analyses that exchange one of the two.
#pragma once

#include <memory>

#include "engine/base/ids.h"
#include "engine/model/config.h"
#include "engine/model/weights.h"
#include "engine/tensor/matrix.h"

namespace hs {

/// What the head's softmax reads for queries [q0, q0 + rows) and keys [k0, k0 + cols) when q [n, H*dh] and k [n, G*dh] are its layer's:
/// with q and k of one run these are the cells of its map of scores. Neither mask nor padding nor interventions are applied.
void headScores(const ModelConfig& config, HeadId head, const std::shared_ptr<const ScorePlaces>& places, const MatrixF& q,
                const MatrixF& k, int q0, int k0, MutViewF scores);

}  // namespace hs
