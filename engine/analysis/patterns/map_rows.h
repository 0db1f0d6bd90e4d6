// SPDX-License-Identifier: GPL-3.0-or-later
// Inside patterns only: the rows of one head's map, one panel in memory at a time.
#pragma once

#include <functional>

#include "engine/analysis/patterns/head_state.h"
#include "engine/analysis/patterns/text_pass.h"

namespace hs::patterns {

/// Norms are there when `wantNorms` and the maps have them.
using RowSink = std::function<void(const RowView& row)>;

/// Rows in order, without those of queries that can see nothing but masked padding. RowMass::Norms turns each row into shares of || A_ij v_j W_O ||. RowsNotNormalised for a row whose sum is off by
/// more than 1e-3 (engine/methods/patterns.md section 0), NeedsWeights for norms that nobody knows, Cancelled.
Status forEachRow(const DocumentMaps& maps, HeadId head, RowMass mass, bool wantNorms, const Progress& progress, const RowSink& sink);

}  // namespace hs::patterns
