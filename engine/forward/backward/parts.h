// SPDX-License-Identifier: GPL-3.0-or-later
// Inside engine/forward/backward only: the pieces of the backward pass, in the order of the forward pass's own.
#pragma once

#include <vector>

#include "engine/forward/backward/backward.h"
#include "engine/forward/block.h"

namespace hs::back {

/// dM/d residFinal [n, d] and the metric's value. Logits are made for the metric's positions only, some rows at a time.
struct LossHead {
    MatrixF dResid;
    double value = 0;
};
Result<LossHead> lossHead(const Run& run, const Metric& metric, const Progress& progress);

/// dx (+)= backward of the norm at rows x, for derivatives dy of its output. With `add` false dx is written; dx may be dy.
void normBack(const ModelConfig& config, const NormWeights& norm, ViewF x, ViewF dy, MutViewF dx, bool add);

/// d [n, heads*dh] at what the norm of queries or keys made of x becomes the derivative at x.
void qkNormBack(const block::Context& context, const NormWeights& norm, ViewF x, MutViewF d);

/// dInput = derivative at the MLP's input for derivatives dOut of its output. False when stopped.
/// dOut is that of the MLP before any norm of its output.
bool mlpBack(const block::Context& context, ViewF input, ViewF dOut, MutViewF dInput);

/// g <- g * act'(u), element by element (of Solu: over one row); g and u hold n values.
void activationBack(Activation activation, float* g, const float* u, std::ptrdiff_t n);
/// Gated MLP h = act(a) * c: on entry g = dh; leaves da in `a` and dc in `c`.
void gatedBack(Activation activation, const float* g, float* a, float* c, std::ptrdiff_t n);

/// Derivatives at q, k (after rotary) and v from those at the mix of values, before interventions on z: dMix [n, H*dh].
/// q, k, v as the layer used them. Panels of heads in `request` are streamed. False when stopped.
struct AttentionGradients {
    MatrixF q, k, v;
};
bool attentionBack(const block::Context& context, const LayerRun& layer, const MatrixF& v, const MatrixF& dMix,
                   const GradientRequest& request, AttentionGradients& out);

/// Undoes rotary on derivatives of q or k [n, heads*dh].
void rotateBack(const block::Context& context, MutViewF x);

/// dz [n, dh] of one head, after interventions [first, end) of the list: becomes the derivative before them.
void zBack(const block::Context& context, int head, std::size_t first, MutViewF dz);
/// Index of the head's last ScaleHead in the list; the list's size when there is none.
std::size_t lastScale(const block::Context& context, int head);
/// Derivative with respect to the value of that ScaleHead: dz after the whole list, `mix` [n, dh] the head's z before the list.
double scaleGate(const block::Context& context, int head, ViewF dz, ViewF mix);

/// Rows that an intervention replaced do not depend on what came before: their derivatives become 0.
void cutReplaced(const block::Context& context, Site site, MutViewF d);

}  // namespace hs::back
