// SPDX-License-Identifier: GPL-3.0-or-later
// What a measure compares, head by head, in the form that it asks for (HeadColumns). Layers are read one at a time; nothing but the
// columns asked for is kept.
#pragma once

#include <map>

#include "engine/base/progress.h"
#include "engine/similarity/weights/folding.h"
#include "engine/similarity/weights/outer_sums.h"
#include "engine/similarity/weights/weight_measures.h"

namespace hs {

/// One role's heads with their columns, each head scaled so that the kernel's sums are the measure (or its square).
struct Operand {
    HeadAxis axis;
    ColumnStack stack;                       ///< float; heads that are n/a are zero columns
    std::vector<std::vector<double>> exact;  ///< double mode: per head [d, width], row-major; empty: n/a
};

struct Operands {
    Folding folding;
    int d = 0;
    bool doublePrecision = false;
    std::map<HeadRole, Operand> roles;
};

/// Partnered columns read pairs of matrices: O gives W_O R_V^T, Q gives W_Q^T R_K^T, K gives W_K^T R_Q^T, V gives W_V^T R_O^T, all
/// for each query head. All other forms keep native key/value heads.
Result<Operands> buildOperands(const Model& model, HeadColumns form, const std::vector<HeadRole>& roles, WeightProcessing weights,
                               Precision precision, const Progress& progress);

}  // namespace hs
