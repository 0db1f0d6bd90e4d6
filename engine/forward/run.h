// SPDX-License-Identifier: GPL-3.0-or-later
// The result of one forward pass. Maps are never stored: a tile comes from Q, K and each row's log-sum-exp.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/forward/attention_source.h"
#include "engine/forward/intervention.h"
#include "engine/model/model.h"

namespace hs {

struct ForwardOptions {
    Interventions interventions;
    bool logits = true;         ///< false: attention only
    bool keepResiduals = true;  ///< block inputs [n, d] for each layer: prefix recomputation and names like blocks.0.hook_resid_pre
    bool stats = true;          ///< streamed HeadStats
};

/// What one layer leaves behind.
struct LayerRun {
    MatrixF q;                        ///< [n, H*dh] after bias and rotary
    MatrixF k;                        ///< [n, G*dh] after bias and rotary
    MatrixF v;                        ///< [n, G*dh]
    MatrixF z;                        ///< [n, H*dh] mix of values before W_O, after interventions
    MatrixF residPre;                 ///< [n, d] input of the block; empty unless kept
    MatrixF residMid;                 ///< [n, d] after attention (sequential blocks); empty unless kept
    std::vector<float> lse;           ///< [H*n] log-sum-exp of each row of scaled, masked scores
    MatrixF valueNorm;                ///< [H, n] || v_j W_O^h ||
    std::vector<std::shared_ptr<const HeadStats>> stats;  ///< [H]
};

/// Immutable once published. While a pass is going on, each published stage is a new Run sharing the finished layers.
class Run final : public AttentionSource {
public:
    std::shared_ptr<const Model> model;
    std::shared_ptr<const Prompt> prompt;
    Interventions interventions;
    std::vector<std::shared_ptr<const LayerRun>> layerRuns;  ///< finished layers, in order
    MatrixF residFinal;                ///< [n, d] output of the last block (before ln_final); empty until done
    MatrixF logits;                    ///< [n, V]; empty: not asked for, or the model cannot predict
    std::vector<float> tokenLoss;      ///< [n-1] -log p(next token), nats
    double loss = 0;                   ///< mean of tokenLoss; NaN when there is none
    bool complete = false;
    double seconds = 0;                ///< measured

    int layers() const override;
    int heads(int layer) const override;
    int queries() const override;
    int keys() const override;
    MaskKind mask() const override;
    const std::vector<Token>& queryTokens() const override;
    const std::vector<Token>& keyTokens() const override;
    int readyLayers() const override;
    bool has(MapKind kind) const override;
    Result<MatrixF> tile(HeadId head, MapKind kind, int q0, int nq, int k0, int nk) const override;
    std::shared_ptr<const HeadStats> stats(HeadId head) const override;
    int originalHead(int layer, int head) const override;

    /// An activation by its TransformerLens name: "blocks.2.attn.hook_q" (also hook_k, hook_v, hook_z, hook_attn_scores,
    /// hook_pattern as [H*n, n]), "blocks.2.hook_resid_pre", "blocks.2.hook_resid_mid", "blocks.2.hook_resid_post",
    /// "blocks.2.hook_attn_out". InvalidArgument for a name that is unknown or not kept.
    Result<MatrixF> activation(const std::string& name) const;
    std::size_t bytes() const;
};

/// One row of "what comes next".
struct NextToken {
    int id = 0;
    std::string text;
    float probability = 0;
};
/// The k most probable tokens after `position` (-1: the last). Empty without logits.
std::vector<NextToken> topNext(const Run& run, int position, int k);
/// Probability of given ids after `position`, in their order.
std::vector<float> nextProbabilities(const Run& run, int position, const std::vector<int>& ids);

}  // namespace hs
