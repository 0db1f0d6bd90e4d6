// SPDX-License-Identifier: GPL-3.0-or-later
// All weight scores of all heads of a model, and of 200 heads with shuffled entries: the null of weight detectors.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/analysis/weights/head_circuits.h"
#include "engine/analysis/weights/token_rows.h"
#include "engine/base/ids.h"

namespace hs {

struct WeightOptions {
    std::uint64_t seed = 0;
    int vocabulary = 4096;  ///< ids compared, at most
    int tokens = 1024;      ///< of those, tokens whose own logit is ranked
    int probeTokens = 256;  ///< tokens of the matching probe and of every draw of the null
    int draws = 200;
};

/// Of one head; NaN: does not apply.
struct WeightScores {
    double ovEigen = 0, ovEigenRaw = 0, ovEigenPlain = 0;  ///< effective embedding; W_E as it is; W_V W_O alone
    double top1 = 0, top5 = 0, lowest = 0, lowest10 = 0;   ///< effective embedding
    double top1Raw = 0, top5Raw = 0;
    double qkEigen = 0, qkEigenRaw = 0;
    double suppressionTop1 = 0, suppressionTop10 = 0;  ///< QK of the unembedding direction against its own token
    double positional = 0;                             ///< share of positions whose best key is the one before
    double matching = 0;                               ///< best matching recall through an earlier head
    HeadId matchingThrough{-1, -1};
    SuccessorScore successor;
};

struct WeightMeasures {
    std::vector<HeadId> heads;
    std::vector<WeightScores> scores;  ///< in the order of heads
    /// Draws of the null, pooled over the model: draw k shuffles the entries of W_Q, W_K, W_V, W_O of head k (mod heads).
    std::vector<double> nullOvEigen, nullTop5, nullLowest, nullQkEigen, nullSuccessor;
    int vocabulary = 0, sample = 0, tokens = 0;
    bool effective = false;  ///< an MLP of layer 0 took part
    bool hasTokens = false, hasOutput = false, hasPositions = false;
    int ordinalItems = 0;  ///< items with a next one; 0: none in the vocabulary
};

/// ModelPartial when a layer lacks attention weights; what reading weights says; Cancelled.
Result<WeightMeasures> measureWeights(const std::shared_ptr<const Model>& model, const WeightOptions& options, const Progress& progress);

}  // namespace hs
