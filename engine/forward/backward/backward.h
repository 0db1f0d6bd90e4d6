// SPDX-License-Identifier: GPL-3.0-or-later
// The backward pass, written by hand (engine/methods/circuits.md section 8): derivatives of a metric with respect to activations and head
// gates. Weights get none. It runs on what a forward pass kept; attention is rebuilt by row panels, no map is ever stored.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "engine/forward/metric.h"

namespace hs {

/// Some rows of one head's map with their derivatives. Cells the query cannot see are 0.
struct AttentionPanel {
    HeadId head;
    int q0 = 0;      ///< first query row
    int k0 = 0;      ///< first key column
    ViewF pattern;   ///< [nq, nk] A; columns are the keys that some row of the panel can see
    ViewF dPattern;  ///< [nq, nk] dM/dA, every cell by itself (a row is not renormalised)
    ViewF dScores;   ///< [nq, nk] dM/dS of the scores that the softmax reads; rows sum to 0; 0 in forced rows
};

/// What is kept. Everything is off but the gates, and the pass stops at the lowest layer that something was asked of.
struct GradientRequest {
    bool gates = true;             ///< Gradients::gates and scaleGates
    bool gatesByPosition = false;  ///< Gradients::positionGates
    std::vector<Site> sites;       ///< kept for every layer in [firstLayer, nLayers); Pattern is not one of them: see onPanel
    int firstLayer = 0;
    /// Heads whose map derivatives are streamed, and who gets them: called on pool threads, for one head by one thread at a time,
    /// panels in order of rows. Views die on return.
    std::vector<HeadId> panelHeads;
    std::function<void(const AttentionPanel&)> onPanel;
};

/// dM/d(activation) of one layer, in the shapes of LayerRun; what was not asked for is empty.
struct LayerGradients {
    MatrixF residPre, residMid, residPost, attnOut, mlpOut;  ///< [n, d]
    MatrixF z;                                               ///< [n, H*dh] at what W_O reads, after interventions
    MatrixF q;                                               ///< [n, H*dh] after rotary
    MatrixF k, v;                                            ///< [n, G*dh], k after rotary; sums over the query heads of a group
    const MatrixF& at(Site site) const;
};

struct Gradients {
    double value = 0;                    ///< the metric itself
    std::vector<LayerGradients> layers;  ///< [nLayers]
    /// [L][H]: derivative with respect to a factor (now 1) on the head's z after all interventions:
    /// sum_i <dM/dz_i, z_i> (Michel et al. 2019). Rows have the layer's number of heads.
    std::vector<std::vector<double>> gates;
    /// [L][H]: with respect to the `value` of the head's last ScaleHead intervention (at its positions), also where that is 0;
    /// equal to `gates` for heads that carry none. For gates that are trained.
    std::vector<std::vector<double>> scaleGates;
    std::vector<MatrixF> positionGates;  ///< [L] of [H, n]: the terms of `gates`
};

/// Derivatives at `run`, under the run's own interventions. The run must be complete and have kept its residuals.
/// InvalidArgument (residuals missing, a site the blocks lack), errors of checkMetric, Cancelled, NotFinite, OutOfMemory.
Result<Gradients> backward(const Run& run, const Metric& metric, const GradientRequest& request, const Progress& progress = {});

/// Forward with what backward needs, then backward.
Result<Gradients> gradientsOf(const std::shared_ptr<const Model>& model, const std::shared_ptr<const Prompt>& prompt,
                              const Interventions& interventions, const Metric& metric, const GradientRequest& request,
                              const Progress& progress = {});

}  // namespace hs
