// SPDX-License-Identifier: GPL-3.0-or-later
// Repeated random tokens: what every head does on them, document by document. One set of forward passes serves previous-token,
// next-token, duplicate-token, induction, prefix matching, pointer mass, lag curves and run-time copying.
#pragma once

#include <memory>
#include <vector>

#include "engine/analysis/synthetic/lag_crp.h"
#include "engine/analysis/synthetic/run_documents.h"

namespace hs {

struct RepeatOptions {
    int documents = 32;
    int copies = 32;  ///< of these with four copies
    std::uint64_t seed = 0;
    bool curves = true;   ///< lag curves
    bool copying = true;  ///< run-time copying, where the model can predict
};

/// Values of one head, one entry for each document; NaN where nothing counts.
struct RepeatScores {
    std::vector<double> previous, previousContent, previousUniform, previousUniformContent, previousGate;
    std::vector<double> next, nextUniform;  ///< bidirectional models only
    std::vector<double> duplicate, duplicateContent, duplicateUniform, duplicateShift, duplicateControl, duplicateTwin;
    std::vector<double> induction, inductionContent, inductionUniform, inductionShift, inductionControl, inductionTwin;
    std::vector<double> gate;                   ///< of the rows of copy 2
    std::vector<double> prefix, prefixUniform;  ///< four copies (Olsson et al. 2022)
    std::vector<double> pointer, pointerUniform;
    std::vector<double> copying;                  ///< share of the raise over the vocabulary; NaN: not measured
    std::vector<double> copyingSeen;              ///< the same over the tokens of the sequence alone
    std::vector<LagCurve> lagScores, lagControl;  ///< before the softmax; control: nothing repeats
    std::vector<std::vector<float>> previousRows, duplicateRows, inductionRows;  ///< weight on the target, row by row (examples)
};

struct RepeatMeasures {
    SyntheticVocabulary vocabulary;
    int copy = 0, copyOfFour = 0;              ///< tokens of one copy in the two kinds of documents
    std::vector<SyntheticDocument> documents;  ///< two copies
    std::vector<HeadId> heads;
    std::vector<RepeatScores> scores;  ///< in the order of heads
    int copyingVocabulary = 0;         ///< ids that run-time copying compares; 0: not measured
};

/// Least copy length that says anything (engine/methods/circuits.md section 3).
inline constexpr int kLeastCopy = 4;

/// `twin` may be null. InvalidArgument (item "n_ctx") when a copy would have fewer than kLeastCopy tokens; what forward() says; Cancelled.
Result<RepeatMeasures> measureRepeats(const std::shared_ptr<const Model>& model, const std::shared_ptr<const Model>& twin,
                                      const RepeatOptions& options, const Progress& progress);

/// Run-time copying of all heads on some rows of one run (engine/methods/circuits.md section 3.4): mean share of the raise that the token each
/// row looks at most gets. Logits are those of `sample` ids and of the attended token. Rows that look at a reference do not count.
Result<std::vector<double>> runtimeCopying(const Run& run, const std::vector<HeadId>& heads, const std::vector<int>& rows,
                                           const std::vector<int>& references, const std::vector<int>& sample);

}  // namespace hs
