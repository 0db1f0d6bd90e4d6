// SPDX-License-Identifier: GPL-3.0-or-later
// Inside engine/analysis/importance and pruning: the pieces that measureImportance chooses from.
#pragma once

#include "engine/analysis/importance/importance.h"

namespace hs::importance {

/// All heads of the model, layer by layer, original numbers filled, nothing known.
Result<std::shared_ptr<ImportanceTable>> emptyTable(const std::shared_ptr<const Model>& model, const ImportanceText& text,
                                                    const ImportanceOptions& options, const Progress& progress);
std::vector<HeadId> headsOf(const ModelConfig& config);

/// Value, signed value and intervals of every known head from perPrompt columns (NaN: not known yet), then normalisation.
/// Intervals cost `resamples` draws for each head; intermediate stages go without.
void summarise(ImportanceTable& table, const std::vector<int>& document, const ImportanceOptions& options, bool intervals);

Result<ImportanceTablePtr> byWeights(const std::shared_ptr<const Model>& model, const ImportanceOptions& options, const Progress& progress);
Result<ImportanceTablePtr> byConfidence(const std::shared_ptr<const Model>& model, const ImportanceText& text,
                                        const ImportanceOptions& options, const Progress& progress);
Result<ImportanceTablePtr> byGate(const std::shared_ptr<const Model>& model, const ImportanceText& text, const AblationValues& values,
                                  const ImportanceOptions& options, const Progress& progress, const ImportanceStage& onStage);
/// Exact: every head by itself.
Result<ImportanceTablePtr> byAblation(const std::shared_ptr<const Model>& model, const ImportanceText& text, const AblationValues& values,
                                      const ImportanceOptions& options, const Progress& progress, const ImportanceStage& onStage);

/// Loss of every prompt minus that of its base, for sets of cuts given once for all prompts: [prompt][set]. Resample: mean over
/// draws. `onBatch(prompt, set)` after each. Prompts are taken in groups that fit in memory; within a group late layers come first.
using SetDone = std::function<void(std::size_t prompt, std::size_t set, double change)>;
struct SetChanges {
    std::vector<std::vector<double>> change;  ///< [prompt][set]
    std::vector<double> loss;                 ///< [prompt] of the base
};
Result<SetChanges> changesOf(const std::shared_ptr<const Model>& model, const std::vector<std::shared_ptr<const Prompt>>& prompts,
                             const std::vector<HeadCuts>& sets, const HeadCuts& already, const AblationValues& values,
                             const Progress& progress, const SetDone& onDone = {}, const std::function<void()>& onBatch = {});

}  // namespace hs::importance
