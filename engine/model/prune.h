// SPDX-License-Identifier: GPL-3.0-or-later
// Heads removed physically: columns of W_Q, W_K, W_V and rows of W_O go, and what a cut head leaves behind moves into b_O.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/base/ids.h"
#include "engine/model/model.h"

namespace hs {

struct HeadRemoval {
    std::vector<HeadId> heads;  ///< numbers of this model; twice is once
    /// [L][H*dh]: constant z of a cut head, folded into b_O as mean W_O^h; empty: zero ablation.
    std::vector<std::vector<float>> means;
};

/// How the pruned model came to be, for the file's provenance.
struct PruningRecord {
    std::string sourceFile, sourceHash;  ///< hash: SHA-256 of the source file; empty: not known
    std::vector<std::string> heads;      ///< "L1H3": original names of all heads cut, those of earlier prunings included where known
    std::string ablation;                ///< "zero" or "mean": what was folded into b_O
    std::string calibration;             ///< text of the means
    std::string targets;                 ///< name and hash of what the loss was measured against; empty: next tokens
    int paddingToken = -1;               ///< id whose positions were hidden while it was measured; -1: none
    std::string score;                   ///< how the heads were chosen; free text
};

/// The model without these heads. Layers may end up with different numbers of heads, or with none: such a layer keeps b_O only.
/// Grouped heads: a key/value head goes only when all of its query heads go; where the query heads left no longer share their
/// key/value heads evenly, key/value heads are repeated so that head h still reads head h / (H / G) of what is there.
/// headIds and kvHeadIds keep original numbers. Weights are read and cut on demand, layer by layer.
/// HeadOutOfRange; ShapeMismatch (means of another model); InvalidArgument (item = qk_norm) where queries and keys are normed over all
/// heads together, so that no head can be taken out without changing the others, and when no head of any layer would stay: nothing of such a
/// file says what its heads were.
Result<std::shared_ptr<const Model>> withoutHeads(const std::shared_ptr<const Model>& model, const HeadRemoval& removal);

}  // namespace hs
