// SPDX-License-Identifier: GPL-3.0-or-later
// Measures between heads from weights alone (engine/methods/weight_space.md sections 1, 2, 7, 8). No tokens, no norm statistics, no biases.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "engine/base/progress.h"
#include "engine/model/model.h"
#include "engine/similarity/head_matrix.h"

namespace hs {

/// Auto: double for small problems (the answer is immediate anyway), else float with sums in double.
enum class Precision { Auto, Single, Double };

struct WeightMeasureRequest {
    HeadMeasure measure = HeadMeasure::ProjectionKernel;
    std::vector<RolePair> pairings;
    WeightProcessing weights = WeightProcessing::Raw;
    Precision precision = Precision::Auto;
};

/// One matrix for each pairing, in that order; `onMatrix` hears of each as soon as it is ready.
/// Pairings: those that the measure takes (MeasureInfo::takes).
/// Errors: InvalidArgument (pairing not one of the measure's, behaviour measure), TensorMissing (no head has the roles asked for),
/// Cancelled, and what reading a layer gives.
Result<std::vector<std::shared_ptr<const HeadMatrix>>> weightMeasures(
    const Model& model, const WeightMeasureRequest& request, const Progress& progress = {},
    const std::function<void(std::shared_ptr<const HeadMatrix>)>& onMatrix = {});

}  // namespace hs
