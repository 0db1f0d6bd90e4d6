// SPDX-License-Identifier: GPL-3.0-or-later
// Many ablated passes at once, exactly. Each pass ("lane") starts at the first layer its cuts touch, from what the base pass kept;
// lanes are stacked into one tall matrix, so every weight is read once for all of them; the log-sum-exp of the logits is streamed,
// n x V numbers are never held. Results do not depend on the number of threads.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "engine/forward/sweep/ablation.h"

namespace hs {

/// How well a pass predicts its prompt.
struct SweepScore {
    double loss = 0;      ///< mean of tokenLoss, nats
    double accuracy = 0;  ///< share of positions that count whose most probable token (lowest id among equals) is the wanted one
    double kl = 0;        ///< mean over all n positions (but padding) of KL(p of the uncut model || p), nats
    /// [n-1] -log p of what is wanted (wantedIds); NaN where nothing is. [n] where the last position has a target.
    std::vector<float> tokenLoss;
};

/// One prompt under some cuts (usually none), with what lanes that start from it share.
struct SweepBase {
    struct Layer {
        MatrixF attended;  ///< [n, d] input + attention output; in parallel blocks the output of the block
        MatrixF z;         ///< [n, H*dh] before any cut
        MatrixF v;         ///< [n, G*dh]; Uniform only
    };
    /// Predictions of the uncut model, for KL.
    struct Reference {
        MatrixF y;                ///< [n, d] input of the unembedding
        MatrixF expected;         ///< [n, d] mean column of W_U under the predicted distribution; empty under a soft cap
        std::vector<double> lse;  ///< [n] log-sum-exp of the logits
    };
    std::shared_ptr<const Model> model;
    std::vector<int> ids;
    std::vector<int> wanted;    ///< [n] as wantedIds says
    std::vector<bool> padding;  ///< [n] or empty: hidden, as in a Run
    HeadCuts cuts;              ///< in force in every lane that starts here
    int donor = 0;
    std::vector<Layer> layers;
    std::shared_ptr<const Reference> reference;  ///< null unless KL was asked for
    SweepScore score;
    std::size_t bytes() const;
};

struct SweepOptions {
    bool kl = false;                                 ///< also SweepScore::kl
    std::size_t workBytes = std::size_t(192) << 20;  ///< of stacked activations at once
};

/// A base from a prompt. `plain`: the same prompt without cuts when it is known already (its reference is shared).
/// Errors of forward; ModelPartial without an output layer; TextEmpty with fewer than two tokens and no targets, or with nothing but
/// padding (nothing to predict); errors of checkTargets.
Result<std::shared_ptr<const SweepBase>> sweepBase(const std::shared_ptr<const Model>& model, const Prompt& prompt,
                                                   const AblationValues& values, const HeadCuts& cuts, int donor,
                                                   const SweepOptions& options, const Progress& progress = {},
                                                   const SweepBase* plain = nullptr);

/// One pass: the base's cuts and these.
struct SweepLane {
    std::shared_ptr<const SweepBase> base;
    HeadCuts cuts;
    int donor = 0;  ///< Resample
};

/// Called on the calling thread as lanes are done, those of late layers first.
using SweepLaneDone = std::function<void(std::size_t lane, const SweepScore& score)>;

/// Scores of all lanes, in their order. HeadOutOfRange, Cancelled, NotFinite (item = lane), OutOfMemory.
Result<std::vector<SweepScore>> sweepLanes(const std::vector<SweepLane>& lanes, const AblationValues& values, const SweepOptions& options,
                                           const Progress& progress = {}, const SweepLaneDone& onDone = {});

/// Floating-point operations that sweepLanes cannot avoid for these lanes (the bound that its speed is measured against).
double sweepFlops(const std::vector<SweepLane>& lanes);

}  // namespace hs
