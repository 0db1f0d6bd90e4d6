// SPDX-License-Identifier: GPL-3.0-or-later
// What each head is worth, by several scores, one table for each (engine/methods/patterns.md section 8).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/ids.h"
#include "engine/forward/sweep/sweep.h"

namespace hs {

enum class ImportanceKind {
    Gate,          ///< mean over prompts of |dL/dxi| (Michel, Levy & Neubig 2019, arXiv:1905.10650, section 4.1)
    AblationZero,  ///< mean over prompts of loss(cut) - loss
    AblationMean,
    AblationResample,
    AblationUniform,
    WeightOut,       ///< Frobenius norm of W_O of the head
    WeightValueOut,  ///< Frobenius norm of W_V W_O of the head: what it can write, whatever it looks at
    WeightQueryKey,  ///< Frobenius norm of W_Q W_K^T of the head
    Confidence,      ///< mean largest weight of a row, first row left out (Voita et al. 2019)
    Depth,           ///< number of the layer: the baseline that looks at nothing
};
/// "gate", "ablation-zero", "ablation-mean", "ablation-resample", "ablation-uniform", "weight-out", "weight-ov", "weight-qk",
/// "confidence", "depth": the same on the command line, in files and in the interface's settings.
const char* importanceName(ImportanceKind kind);
std::optional<ImportanceKind> parseImportance(std::string_view name);
const std::vector<ImportanceKind>& importanceKinds();
/// The ablation that a kind measures; nothing for the others.
std::optional<AblationKind> ablationOf(ImportanceKind kind);
ImportanceKind exactKind(AblationKind kind);
/// Weights alone decide it: no text is needed.
bool needsText(ImportanceKind kind);

enum class ImportanceNormalisation { None, Layer };  ///< Layer: divided by the l2 norm of the layer's values

struct Interval {
    double low = 0, high = 0;
    bool operator==(const Interval&) const = default;
};

struct ImportanceEntry {
    HeadId head;
    int originalHead = 0;              ///< number in the unpruned model
    double value = 0;                  ///< what the kind says; normalised when asked
    double signedValue = 0;            ///< Gate: mean of dL/dxi; the value before normalisation for the others
    std::optional<Interval> interval;  ///< 95 % of `value`, bootstrap over prompts; none for one prompt or for weights
    bool known = false;                ///< false while a sweep is on its way
};

/// Where numbers come from; goes into every figure and file.
struct ImportanceData {
    std::string modelName, modelPath, modelHash;  ///< hash: empty when not known yet
    std::string textName, textHash;               ///< of the text whose loss is measured
    std::string targetsName, targetsHash;         ///< the loss is that of these targets; empty: of next tokens
    std::string adapter;                          ///< as ModelIdentity
    int paddingToken = -1;                        ///< id whose positions were hidden; -1: nothing was
    std::string calibration;                      ///< Mean, Resample: name of the text that replacements come from
    int prompts = 0;
    long tokens = 0;
    std::uint64_t seed = 0;
    int draws = 0;      ///< Resample
    int resamples = 0;  ///< bootstrap; 0: no interval
};

/// Immutable once published; a sweep publishes a new one for each batch of heads.
struct ImportanceTable {
    ImportanceKind kind = ImportanceKind::Gate;
    ImportanceNormalisation normalise = ImportanceNormalisation::None;
    std::vector<ImportanceEntry> heads;  ///< every head of the model, layer by layer
    /// [prompt][head], before the mean over prompts and before normalisation; empty for kinds without text.
    std::vector<std::vector<double>> perPrompt;
    double loss = 0;  ///< mean over prompts of the uncut loss; ablations only, 0 otherwise
    ImportanceData data;
    bool complete = false;
    double seconds = 0;

    const ImportanceEntry* find(HeadId head) const;
    std::vector<double> values() const;  ///< in the order of `heads`
};
using ImportanceTablePtr = std::shared_ptr<const ImportanceTable>;
using ImportanceStage = std::function<void(const ImportanceTablePtr&)>;

/// A text to measure on, as prompts no longer than the model's context.
struct ImportanceText {
    std::vector<std::shared_ptr<const Prompt>> prompts;
    std::vector<int> document;  ///< [prompts] number of the document a prompt comes from; the unit of the bootstrap. Empty: each its own
    std::string name, hash;
    std::string targetsName, targetsHash;  ///< where the prompts' targets come from; empty: they have none
};

struct ImportanceOptions {
    ImportanceKind kind = ImportanceKind::AblationMean;
    ImportanceNormalisation normalise = ImportanceNormalisation::None;
    int draws = 10;        ///< Resample
    int resamples = 1000;  ///< bootstrap over documents
    std::uint64_t seed = 1;
    HeadCuts cut;           ///< heads already cut, by the same ablation (Zero for Gate): importance of the rest
    std::string modelHash;  ///< stated, not computed
};

/// One table by any kind. `calibration` is where Mean and Resample take their values from; empty: from the text itself.
/// `values`: replacements collected before, null: collected here. Errors: TextEmpty, ModelPartial, those of forward, Cancelled.
Result<ImportanceTablePtr> measureImportance(const std::shared_ptr<const Model>& model, const ImportanceText& text,
                                             const ImportanceText& calibration, const ImportanceOptions& options,
                                             const Progress& progress = {}, const ImportanceStage& onStage = {},
                                             std::shared_ptr<const AblationValues> values = {});

/// Spearman's rank correlation of two tables over the heads that both know; NaN for fewer than three.
double spearman(const ImportanceTable& a, const ImportanceTable& b);

/// Percentile bootstrap of the mean over documents: whole documents are drawn again with replacement (Michel et al. 2019 use
/// 1000 resamples). `values` [prompts]; nothing for fewer than two documents.
std::optional<Interval> bootstrapMean(const std::vector<double>& values, const std::vector<int>& document, int resamples,
                                      std::uint64_t seed, double coverage = 0.95);

/// Values divided by the l2 norm of their layer (Michel et al. 2019; engine/methods/patterns.md section 8: (4, 1) becomes (.9701, .2425)).
void normaliseByLayer(std::vector<double>& values, const std::vector<HeadId>& heads);

}  // namespace hs
