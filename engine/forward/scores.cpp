// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/forward/scores.h"

#include "engine/forward/block.h"

namespace hs {

void headScores(const ModelConfig& config, HeadId head, const std::shared_ptr<const ScorePlaces>& places, const MatrixF& q,
                const MatrixF& k, int q0, int k0, MutViewF scores)
{
    LayerWeights only;  // scores need no other weights
    only.places = places;
    static const Interventions untouched;
    static const std::vector<bool> noPadding;
    block::scorePanel({config, only, head.layer, untouched, noPadding, nullptr, false, {}}, head.head, q, k, q0, k0, scores);
}

}  // namespace hs
