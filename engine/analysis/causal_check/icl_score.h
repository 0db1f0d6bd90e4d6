// SPDX-License-Identifier: GPL-3.0-or-later
// In-context-learning score: how much better a model predicts late tokens than early ones, and what each head has to do with it
// (Olsson et al. 2022, arXiv:2209.11895; engine/methods/circuits.md section 3.4).
#pragma once

#include <memory>
#include <vector>

#include "engine/analysis/labels/detector.h"
#include "engine/base/ids.h"

namespace hs {

/// Positions compared: tokens 50 and 500 of 512 where the context has room for them, else 0.1 and 0.98 of the context. One token is
/// noisy: the loss is a mean over `window` positions around each.
struct IclPlaces {
    int length = 0;
    int early = 0, late = 0;
    int window = 0;  ///< positions to each side
};
/// context 0: no limit known.
IclPlaces iclPlaces(int context);
/// Loss around `late` minus loss around `early`, nats a token: negative when context helps. tokenLoss[i] is of the token at i + 1.
double iclScore(const std::vector<float>& tokenLoss, const IclPlaces& places);

struct IclMeasures {
    IclPlaces places;
    std::vector<double> scores;  ///< of each sequence, intact model
    std::vector<HeadId> heads;
    std::vector<std::vector<double>> changes;  ///< [heads][sequences] score without the head (z = 0) minus score; positive: it helps
};
/// Sequences of places.length tokens with BOS as the tokeniser puts it; changes of these heads. What the ablation sweep says; Cancelled.
Result<IclMeasures> measureIcl(const std::shared_ptr<const Model>& model, const std::vector<std::vector<int>>& sequences,
                               const IclPlaces& places, const std::vector<HeadId>& heads, const Progress& progress);

/// How far "icl-score.work" reaches: sequences, and the first of `heads`.
struct IclPlan {
    int sequences = 0;
    std::vector<HeadId> heads;
    double work = 0;  ///< multiply-adds
};
IclPlan iclPlan(const Model& model, const LabelPreset& preset, const std::vector<HeadId>& heads);

/// "icl-score": the score of the model and its change without the first of these heads, as many as the budget reaches; a note says how
/// many. A head is cut exactly, and an exact cut of every head of a model would be most of the time of labelling it.
Result<DetectorOutput> scoreInContext(const DetectorInput& input, const std::vector<HeadId>& heads, const Progress& progress);
std::optional<Inapplicable> iclInapplicable(const DetectorInput& input);
const AnalysisEntry& iclEntry();

/// Sequences of one length from the documents of a corpus, in its order, evenly spread over it; at most `count`.
std::vector<std::vector<int>> iclSequences(const Corpus& corpus, const Tokenizer& tokenizer, int length, int count);

}  // namespace hs
