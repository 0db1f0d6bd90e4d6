// SPDX-License-Identifier: GPL-3.0-or-later
// Attribution patching: all patches at once, to first order (Nanda 2023; Syed, Rager & Conmy 2023, arXiv:2310.10348), with its check.
#pragma once

#include <vector>

#include "engine/analysis/causes/patching.h"
#include "engine/forward/backward/backward.h"

namespace hs {

struct AttributionOptions {
    PatchOptions patch;
    /// 1: one gradient at the patched run. m > 1: the mean of gradients at m midpoints between both runs (Hanna, Pezzelle & Belinkov
    /// 2024, arXiv:2403.17806), the points set at the block inputs of layer 0.
    int steps = 1;
    bool exactSoftmax = false;  ///< Q and K: the pattern is computed again with the other run's q or k (AtP*, Kramár et al. 2024)
};

/// PatchMap::value = M(patched run) + <other activation - own, dM/d activation>. Pattern is done as Site::Pattern with dM/dA.
/// Errors as patchActivations, and of backward.
Result<PatchMap> attributePatches(const PatchPair& pair, const AttributionOptions& options, const Progress& progress = {});

/// Patching one activation by the mean of gradients along its own line (m midpoints, patched in): exact for quadratic metrics.
Result<double> integratedPatch(const PatchPair& pair, const PatchOptions& options, int layer, int head, const std::vector<int>& positions,
                               int steps, const Progress& progress = {});

/// How far the estimate is from exact patches, over the cells that both maps know.
struct AttributionCheck {
    std::size_t cells = 0;
    double spearman = 0;      ///< NaN with fewer than 3 cells or when one side is constant
    double largestError = 0;  ///< largest |estimate - exact| of the change
};
AttributionCheck compareMaps(const PatchMap& estimate, const PatchMap& exact);

}  // namespace hs
