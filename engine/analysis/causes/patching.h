// SPDX-License-Identifier: GPL-3.0-or-later
// Activation patching between two aligned prompts (Vig et al. 2020; Heimersheim & Nanda 2024, arXiv:2404.15255).
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "engine/forward/metric.h"

namespace hs {

enum class PatchDirection {
    Denoise,  ///< clean activations into the corrupted run: what is sufficient
    Noise,    ///< corrupted activations into the clean run: what is necessary
};

enum class PatchAxes {
    LayerPosition,      ///< [L, n]; sites of the whole layer, or all heads of a head site at once
    LayerHead,          ///< [L, H]; head sites, all positions
    LayerHeadPosition,  ///< [L, H, n]; Pattern: n are query rows
};

/// Two prompts and what is asked of them. Both runs must be complete, have kept residuals and share the model.
struct PatchPair {
    std::shared_ptr<const Run> clean, corrupt;
    Metric metric;
};

struct PatchOptions {
    Site site = Site::Z;
    PatchAxes axes = PatchAxes::LayerHead;
    PatchDirection direction = PatchDirection::Denoise;
    std::vector<int> positions;  ///< LayerHead: patched there only; other axes: cells of other positions stay NaN. Empty: all
};

/// Metric of the patched run for every cell. Layers with fewer heads than others leave NaN.
struct PatchMap {
    PatchOptions options;
    int layers = 0, heads = 0, positions = 0;  ///< heads or positions are 1 when the axes lack them
    std::vector<double> value;                 ///< [layers, heads, positions], metric of the patched run; NaN: not done
    double clean = 0, corrupt = 0;             ///< metric of both runs
    std::size_t done = 0, total = 0;           ///< cells

    double& at(int layer, int head, int position) { return value[index(layer, head, position)]; }
    double at(int layer, int head, int position) const { return value[index(layer, head, position)]; }
    /// M(patched) - M(run that was patched).
    double change(int layer, int head, int position) const;
    /// Denoise: (M - M(corrupt)) / (M(clean) - M(corrupt)): 0 nothing regained, 1 all of it.
    /// Noise: (M - M(clean)) / (M(corrupt) - M(clean)): 1 everything broken.
    /// InvalidArgument (item "metric difference", found the difference, expected ">= 0.1") when both prompts hardly differ.
    Result<std::vector<double>> normalised() const;

private:
    std::size_t index(int layer, int head, int position) const
    {
        return (static_cast<std::size_t>(layer) * static_cast<std::size_t>(heads) + static_cast<std::size_t>(head))
                   * static_cast<std::size_t>(positions)
               + static_cast<std::size_t>(position);
    }
};

/// |M(clean) - M(corrupt)| below this is not normalised (engine/methods/circuits.md section 5).
constexpr double kLeastMetricDifference = 0.1;

/// PromptsDiffer (item "clean, corrupt", found and expected the numbers of tokens), InvalidArgument (other model, residuals missing, site
/// the blocks lack, axes that do not fit the site), errors of the metric.
Status checkPatch(const PatchPair& pair, const PatchOptions& options);

/// Nothing done yet: sizes, number of cells, the metric of both runs.
Result<PatchMap> emptyPatchMap(const PatchPair& pair, const PatchOptions& options, const Progress& progress);

using PatchStage = std::function<void(const PatchMap&)>;
/// Cell by cell, last layer first (cheapest). `onStage` after each layer. Exact: every cell is a forward pass from its layer on.
Result<PatchMap> patchActivations(const PatchPair& pair, const PatchOptions& options, const Progress& progress = {},
                                  const PatchStage& onStage = {});

/// The interventions of one cell: rows of the source run's activation. head -1: all heads.
Result<Interventions> patchOf(const std::shared_ptr<const Run>& source, Site site, int layer, int head, const std::vector<int>& positions);
/// A layer's activation of a run for Intervention::stored, sharing what the run kept. Pattern: of one head, [n, n].
Result<std::shared_ptr<const MatrixF>> storedActivation(const std::shared_ptr<const Run>& run, Site site, int layer, int head);

}  // namespace hs
