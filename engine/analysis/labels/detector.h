// SPDX-License-Identifier: GPL-3.0-or-later
// The door for detectors: a file pair with a Detector, a line in catalogue.cpp, golden numbers in a test.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

#include "engine/analysis/catalogue.h"
#include "engine/analysis/corpus/corpus.h"
#include "engine/analysis/labels/evidence.h"
#include "engine/analysis/labels/preset.h"
#include "engine/base/progress.h"
#include "engine/base/result.h"
#include "engine/model/model.h"

namespace hs {

/// What every detector gets. Results depend on these values alone, never on the number of threads.
struct DetectorInput {
    std::shared_ptr<const Model> model;
    std::shared_ptr<const Corpus> corpus;  ///< null: no text
    std::shared_ptr<const Model> twin;     ///< same shapes, each matrix's entries shuffled (null N3); null: not wanted
    const LabelPreset* preset = nullptr;   ///< never null in run(); asks for "<analysis>.<name>"
    std::uint64_t seed = 0;
    RowMass mass = RowMass::Weights;
    RowWeighting weighting = RowWeighting::Documents;
    std::shared_ptr<const Corpus> wholeCorpus = nullptr;  ///< before a budget thinned it; null: as `corpus`
    /// What a detector found so far and from how many documents, if it takes long; an error ends it. Empty: nobody wants to know.
    std::function<Status(DetectorOutput, int)> onStage = {};

    double parameter(const std::string& key) const { return preset->value(key); }
};

/// One family of analyses that share their forward passes. Stateless: run() may be called from several threads.
class Detector {
public:
    virtual ~Detector() = default;
    /// At least one entry; HeadEvidence::analysis names one of them.
    virtual const std::vector<AnalysisEntry>& entries() const = 0;
    /// Nothing when it can run on this model with this input; else why not. Cheap.
    virtual std::optional<Inapplicable> applicability(const DetectorInput& input) const = 0;
    /// Checks progress.stopped() at least once for each forward pass or head, calls progress.checkpoint() between documents.
    virtual Result<DetectorOutput> run(const DetectorInput& input, const Progress& progress) const = 0;
};

/// One awarded attention label, for the causal check.
struct CauseRequest {
    HeadId head;
    LabelId label;
    std::string variant;
    DataKind data = DataKind::Text;
    double score = 0;  ///< what budgets are spent on first
};
struct CauseOutcome {
    LabelCause cause = LabelCause::None;  ///< None: this label cannot be checked (a note says why)
    double effect = 0, low = 0, high = 0;
    std::string method;  ///< catalogue id
    int documents = 0;   ///< it was checked on
    bool left = false;   ///< could be checked, but the budget did not reach so far
};
/// One outcome for each request, in order.
using CauseChecker =
    std::function<Result<std::vector<CauseOutcome>>(const DetectorInput&, const std::vector<CauseRequest>&, const Progress&)>;

}  // namespace hs
