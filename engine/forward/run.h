// SPDX-License-Identifier: GPL-3.0-or-later
// The result of one forward pass. Maps are never stored: a tile comes from Q, K and each row's log-sum-exp.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
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
    /// [n]; empty: what hiddenPositions says. True marks a padding position: no query sees it as a key, and it counts neither in
    /// statistics nor in the loss of next tokens. Positions are not renumbered. A query that is left without any key attends to
    /// nothing: its row of the pattern and its z are 0.
    std::vector<bool> padding;
    /// Above this many bytes the pass drops what can be computed again from the rest (z, residMid, and v when residuals are kept)
    /// and keeps no logits matrix. activation(), logitsRow() and tiles then compute on demand; the answers are the same.
    std::size_t keepBytes = std::size_t(256) << 20;
};

/// What one layer leaves behind. v, z and residMid may be empty in long runs: ask Run::activation().
struct LayerRun {
    MatrixF q;               ///< [n, H*dh] after bias and rotary
    MatrixF k;               ///< [n, G*dh] after bias and rotary
    MatrixF v;               ///< [n, G*dh]; may be dropped
    MatrixF z;               ///< [n, H*dh] mix of values before W_O, after interventions; may be dropped
    MatrixF residPre;        ///< [n, d] input of the block; empty unless kept
    MatrixF residMid;        ///< [n, d] residPre + attention output (sequential blocks); may be dropped
    std::vector<float> lse;  ///< [H*n] log-sum-exp of each row of scaled, soft-capped, masked scores; -infinity: nothing visible
    std::shared_ptr<const ScorePlaces> places;            ///< of the layer's weights
    std::vector<float> sinks;                             ///< of the layer's weights
    std::vector<std::shared_ptr<const HeadStats>> stats;  ///< [H]; empty when not asked for

    /// || v_j W_O^h || of head h, filled by Run::valueNorms at the first need.
    struct ValueNorms {
        std::mutex mutex;
        std::vector<std::shared_ptr<const std::vector<float>>> perHead;
    };
    std::shared_ptr<ValueNorms> valueNorms = std::make_shared<ValueNorms>();
    std::size_t bytes() const;
};

/// Immutable once published. While a pass is going on, each published stage is a new Run sharing the finished layers.
class Run final : public AttentionSource {
public:
    std::shared_ptr<const Model> model;
    std::shared_ptr<const Prompt> prompt;
    Interventions interventions;
    std::vector<bool> padding;                               ///< see ForwardOptions; empty: nothing is hidden
    std::vector<std::shared_ptr<const LayerRun>> layerRuns;  ///< finished layers, in order
    MatrixF residFinal;                                      ///< [n, d] output of the last block (before ln_final); empty until done
    MatrixF logits;  ///< [n, outputs]; empty: not asked for, too large to keep (see logitsRow), or the model cannot predict
    /// [n-1] -log p(next token), nats; NaN beside padding; empty: not asked for, or there are no logits that stand for tokens.
    std::vector<float> tokenLoss;
    double loss = 0;  ///< mean of tokenLoss; NaN when there is none
    bool complete = false;
    double seconds = 0;  ///< measured

    int layers() const override;
    int heads(int layer) const override;
    int queries() const override;
    int keys() const override;
    Visibility visibility(int layer) const override;
    bool hasSinks() const override { return model->config().sinks; }
    bool hides(int key) const override;
    const std::vector<Token>& queryTokens() const override;
    const std::vector<Token>& keyTokens() const override;
    int readyLayers() const override;
    bool has(MapKind kind) const override;
    Result<MatrixF> tile(HeadId head, MapKind kind, int q0, int nq, int k0, int nk) const override;
    std::shared_ptr<const HeadStats> stats(HeadId head) const override;
    std::shared_ptr<const void> cellsOwner(int layer) const override;
    int originalHead(int layer, int head) const override;

    /// Logits [outputs] after `position`, kept or computed. ModelPartial without output weights, InvalidArgument when out of range or
    /// not complete.
    Result<std::vector<float>> logitsRow(int position) const;
    /// v of a layer [n, G*dh], kept or computed from residPre. InvalidArgument when the layer is not ready.
    Result<std::shared_ptr<const MatrixF>> values(int layer) const;
    /// || v_j W_O^h || for every key j, remembered after the first call.
    Result<std::shared_ptr<const std::vector<float>>> valueNorms(HeadId head) const;

    /// An activation by its TransformerLens name: "blocks.2.attn.hook_q" (also hook_k, hook_v, hook_z, hook_attn_scores,
    /// hook_pattern as [H*n, n]), "blocks.2.hook_resid_pre", "blocks.2.hook_resid_mid" (before ln1 in post-norm blocks),
    /// "blocks.2.hook_resid_post" (what the next block reads), "blocks.2.hook_attn_out", "blocks.2.hook_mlp_out". What was dropped is computed again.
    /// InvalidArgument for a name that is unknown or not kept; OutOfMemory for patterns of more than 2 GiB.
    Result<MatrixF> activation(const std::string& name) const;
    std::size_t bytes() const;
};

/// One row of "what comes next".
struct NextToken {
    int id = 0;
    std::string text;
    float probability = 0;
};
/// The k most probable tokens after `position` (-1: the last). Empty when the model cannot predict or the run is not complete.
std::vector<NextToken> topNext(const Run& run, int position, int k);
/// Probability of given ids after `position`, in their order.
std::vector<float> nextProbabilities(const Run& run, int position, const std::vector<int>& ids);

}  // namespace hs
