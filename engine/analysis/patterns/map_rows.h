// SPDX-License-Identifier: GPL-3.0-or-later
// Inside patterns only: the rows of one head's map, one panel in memory at a time.
#pragma once

#include <functional>

#include "engine/analysis/patterns/text_pass.h"

namespace hs::patterns {

/// weights[key] for the keys `seen`, which the query sees; norms: of every key, when `wantNorms` and the maps have them; else null.
using RowSink = std::function<void(int query, const float* weights, KeyRange seen, const float* norms)>;

/// Rows in order. RowMass::Norms turns each row into shares of || A_ij v_j W_O ||. RowsNotNormalised for a row whose sum is off by
/// more than 1e-3 (engine/methods/patterns.md section 0), NeedsWeights for norms that nobody knows, Cancelled.
Status forEachRow(const DocumentMaps& maps, HeadId head, RowMass mass, bool wantNorms, const Progress& progress, const RowSink& sink);

}  // namespace hs::patterns
