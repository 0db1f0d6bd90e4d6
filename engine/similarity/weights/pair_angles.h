// SPDX-License-Identifier: GPL-3.0-or-later
// The principal angles between what two heads read or write: what one Projection Kernel sums up (engine/methods/weight_space.md section 1).
#pragma once

#include <string>
#include <vector>

#include "engine/base/progress.h"
#include "engine/model/model.h"
#include "engine/similarity/head_matrix.h"
#include "engine/similarity/weights/subspace.h"

namespace hs {

struct PairAngles {
    HeadId source, target;  ///< query heads; the subspace of K and V is that of their key/value head
    RolePair pairing;
    WeightProcessing weights = WeightProcessing::Raw;  ///< as used
    NoValue fault = NoValue::None;                     ///< why there are no angles
    int sourceRank = 0, targetRank = 0;
    int dNull = 0;                ///< dimension of the null distribution
    std::vector<double> cosines;  ///< falling, min(sourceRank, targetRank) of them; 1: a shared direction, 0: a right angle
    AngleSummary summary;
    NullMoments chance;  ///< of the Projection Kernel of two random subspaces of these ranks
};

/// Any two heads, in any order of layers. Double precision. Errors: HeadOutOfRange, Cancelled, and what reading a layer gives.
Result<PairAngles> pairAngles(const Model& model, RolePair pairing, HeadId source, HeadId target, WeightProcessing weights,
                              const Progress& progress = {});

}  // namespace hs
