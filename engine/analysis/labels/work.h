// SPDX-License-Identifier: GPL-3.0-or-later
// What labelling may cost. Budgets count multiply-adds of forward passes, never seconds: how much is read is decided before the first
// document, from the model and the text alone, so that a report is the same on every machine and its tests are not biased by looking.
#pragma once

#include "engine/analysis/corpus/corpus.h"
#include "engine/analysis/labels/preset.h"
#include "engine/model/model.h"

namespace hs {

/// Budgets are numbers of the catalogue in this unit.
inline constexpr double kWorkUnit = 1e12;

/// Multiply-adds of a pass over `tokens` from `layer` on.
double passWork(const Model& model, int tokens, bool logits, int layer = 0);

/// How many of `wanted` cost at most `budget`, but at least `least` (or `wanted`, when that is less).
int affordable(double budget, double each, int wanted, int least);

/// Documents of a corpus that "trust.text-work" pays for, the model and its nulls each: evenly spread ones are taken.
int textDocuments(const Model& model, const Corpus& corpus, const LabelPreset& preset);
/// Documents over which explained mass is a mean.
int explainedDocuments(const Model& model, const Corpus& corpus, const LabelPreset& preset);

/// Sequences of each kind that "trust.made-work" pays for.
struct MadeCounts {
    int repeats = 0, copies = 0, needles = 0, chains = 0, tasks = 0;
    int wanted = 0;   ///< all of them together without a budget
    double work = 0;  ///< multiply-adds
    int all() const { return repeats + copies + needles + chains + tasks; }
};
MadeCounts madeCounts(const Model& model, const LabelPreset& preset);

/// What is going to be labelled, as far as it is known before the text is read.
struct LabelWork {
    int documents = 0;  ///< of text; 0: none
    int length = 0;     ///< mean, in tokens
    bool everyDocument = false, synthetic = true, weights = true, causes = true;
};
struct LabelEstimate {
    int documents = 0;   ///< that will be read
    double work = 0;     ///< multiply-adds of passes
    double seconds = 0;  ///< on this machine, with all its threads
};
LabelEstimate estimateLabels(const Model& model, const LabelPreset& preset, const LabelWork& work);

}  // namespace hs
