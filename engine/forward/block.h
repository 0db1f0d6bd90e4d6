// SPDX-License-Identifier: GPL-3.0-or-later
// Inside engine/forward only: the pieces of one block. forward() runs them in order; Run runs some again on demand.
#pragma once

#include <functional>

#include "engine/forward/run.h"
#include "engine/model/block_plan.h"
#include "engine/tensor/nn.h"

namespace hs::block {

/// What every piece of one layer needs.
struct Context {
    const ModelConfig& config;
    const LayerWeights& weights;
    int layer = 0;
    const Interventions& interventions;
    const std::vector<bool>& padding;  ///< [n] or empty
    const RotaryTable* rotary = nullptr;
    bool wantStats = false;
    Progress progress;
    const MatrixF* positions = nullptr;  ///< [P, d] of shortformer models: added to what queries and keys read

    int heads() const { return config.heads(layer); }
    int kvHeads() const { return config.kvHeads(layer); }
    int kvHeadOf(int head) const { return config.kvHeadOf(layer, head); }
    Visibility visibility() const { return config.visibility(layer); }
};

/// ShapeMismatch when weights and configuration do not agree (item = tensor).
Status checkShapes(const Context& context);

/// Norm of every row, or a copy when the model has none. out may be x.
void normRows(const ModelConfig& config, const NormWeights& norm, ViewF x, MutViewF out);
/// What a branch reads of the stream: normed, or a copy.
MatrixF readRows(const Context& context, BlockNorm norm, ViewF stream);
/// What attention reads of the block's input.
MatrixF attentionInput(const Context& context, ViewF resid);

struct Projected {
    MatrixF q, k, v;  ///< [n, heads * dh], [n, kv * dh] twice
};
/// x W + b of all three and nothing else. Queries and keys read `forQk` [n, d], which is `input` unless withPositions says otherwise.
/// Unfinished when stopped.
Projected projectRaw(const Context& context, ViewF forQk, ViewF input);
/// projectRaw of latent attention.
Projected projectLatent(const Context& context, ViewF input);
/// Derivative at `input` for derivatives at what projectLatent made of it. False when stopped.
bool latentBack(const Context& context, ViewF input, const Projected& d, MutViewF dInput);
/// Queries and keys of the layer have a norm.
bool normsQk(const Context& context);
/// Multiplies the query row of a position by ModelConfig::temperature, or the derivative at it.
void warmQuery(const ModelConfig& config, int layer, float* q, std::ptrdiff_t n, int position);
/// The norm of queries or keys [n, heads * dh], where the model has one.
void normQk(const Context& context, const NormWeights& norm, MutViewF x);
/// projectRaw, then q and k normed and all three clipped where the model does so: neither rotated nor replaced.
Projected project(const Context& context, ViewF forQk, ViewF input);
/// The same with positions, rotary embedding and the rows that interventions replace.
Projected project(const Context& context, ViewF input);
/// What queries and keys of shortformer models read: `input` with the position of every row, the first of which is position 0.
/// Empty in others: they read `input`.
MatrixF withPositions(const Context& context, ViewF input);
/// Clamps every entry to [-clip, clip] of the configuration, where it has one.
void clipInPlace(const ModelConfig& config, MutViewF x);
/// Values alone, the same bits.
MatrixF projectV(const Context& context, ViewF input);

/// z, lse and stats of all heads from q, k, v; interventions of this layer are applied. False when stopped.
bool attend(const Context& context, const MatrixF& q, const MatrixF& k, const MatrixF& v, MatrixF& z, LayerRun& out);

/// Rows [q0, q0 + nq) of the scaled, soft-capped scores of one head with their bias against keys [k0, k0 + nk), knocked-out edges and
/// padding at -infinity; which keys a query sees is the caller's to apply. `scores` is [nq, nk]; row `first` of q and k is position 0.
void scorePanel(const Context& context, int head, const MatrixF& q, const MatrixF& k, int q0, int k0, MutViewF scores, int first = 0);
/// Adds sign * the bias of the head's scores (engine/forward/score_bias.cpp) to scores [nq, nk] as scorePanel's.
void addScoreBias(const Context& context, int head, int q0, int k0, int first, MutViewF scores, float sign = 1.0f);
/// Adds what distances add to products of queries and keys (ScorePlaces::keys, queries), scaled as they are, to scores as scorePanel's.
void addPlaceProducts(const Context& context, int head, const MatrixF& q, const MatrixF& k, int q0, int k0, MutViewF scores);
/// Derivatives of those: dq [nq, dh] and dk [nk, dh] += what dScores [nq, nk] of queries from q0 and keys from k0 give.
void placeProductsBack(const Context& context, int head, int q0, int k0, ViewF dScores, MutViewF dq, MutViewF dk);
/// Columns of scores of keys [k0, k0 + scores.cols) that `padding` ([n] or empty) hides become -infinity. scorePanel does so itself.
void hideKeys(const std::vector<bool>& padding, int k0, MutViewF scores);
/// Derivative of scorePanel's scores of queries from q0 and keys from k0 with respect to the scaled product q.k, where a soft cap bends it
/// (attnSoftcap > 0).
void capSlopes(const Context& context, int head, int q0, int k0, ViewF scores, MutViewF slopes);
/// Takes the part of the head's sink out of a row that softmaxRow has made, where the layer has sinks: the row sums to less than 1.
void addSink(const Context& context, int head, float* row, std::ptrdiff_t n, SoftmaxRow& soft);
/// Row [n] of the pattern that an intervention forces or replaces, or null.
const float* forcedRow(const Context& context, int head, int query);
/// Clamps cells of a row of the pattern and scales the rest; row[i] is the weight of key keys.first + i. False: no cell of the row is
/// clamped (wherever it lies).
bool applyClamps(const Context& context, int head, int query, float* row, KeyRange keys);
/// Share of a row's weight that clamped cells leave to the softmax of the others: 1 without clamps.
float unclampedShare(const Context& context, int head, int query);
/// An intervention of this layer replaces rows at the site.
bool replaces(const Context& context, Site site);
/// Rows of x [n, site's width] that interventions replace; not for Z and Pattern, which go head by head.
void replaceRows(const Context& context, Site site, MutViewF x);
/// out += what `add` adds to zeros, with the rows that interventions replace at AttnOut or MlpOut. False when `add` says so.
bool addReplaced(const Context& context, Site site, MutViewF out, const std::function<bool(MutViewF)>& add);
/// out += what `add` adds to zeros, under the norm of what the branch writes where the model has one. False when `add` says so.
bool addNormed(const Context& context, Branch branch, MutViewF out, const std::function<bool(MutViewF)>& add);
/// out += what a branch makes of what it reads (attention: of z), before norms and replacements. False when stopped.
bool addUnnormed(const Context& context, Branch branch, ViewF read, MutViewF out);
/// z W_O + b_O added to out under its norm, replacements left out. False when stopped.
bool attentionOutput(const Context& context, ViewF z, MutViewF out);
/// Interventions on z of one head, in order. z is [n, dh].
void applyToZ(const Context& context, int head, MutViewF z);

/// out += attention output: norm(z W_O + b_O), or what replaces it. False when stopped.
bool addAttentionOutput(const Context& context, ViewF z, MutViewF out);
/// out += norm(MLP(input)), or what replaces it. False when stopped.
bool addMlp(const Context& context, ViewF input, MutViewF out);

/// What of a layer stays when its block is done; q, k and lse always do.
struct Keep {
    bool resid = true, mid = true, values = true, z = true;
};

/// One whole block: x becomes the block's output. What is not kept is given back as soon as the block has read it. False when stopped.
bool run(const Context& context, MatrixF& x, LayerRun& out, const Keep& keep);

}  // namespace hs::block
