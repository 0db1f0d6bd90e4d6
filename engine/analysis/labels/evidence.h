// SPDX-License-Identifier: GPL-3.0-or-later
// What a detector hands to the decision procedure. It measures; whether a label is awarded is decided elsewhere (trust/).
#pragma once

#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "engine/analysis/labels/label.h"

namespace hs {

/// One value for each document; NaN: no row of that document counted.
using PerDocument = std::vector<double>;
inline constexpr double kNoValue = std::numeric_limits<double>::quiet_NaN();

/// The same measure under a null, document by document.
struct NullColumn {
    NullKind kind = NullKind::Uniform;
    PerDocument u;
};

/// A condition of the award, as columns, so that it can be asked again of one half of the documents.
/// Value: mean(a), or with u kappa = (mean(a) - mean(u)) / (1 - mean(u)). A share of documents is the mean of zeros and ones.
struct Criterion {
    std::string name;
    PerDocument a;
    PerDocument u;  ///< empty: plain mean
    double threshold = 0;
    bool atMost = false;
    bool above = false;  ///< strictly above the threshold, and so must be the lower end of its bootstrap interval (Delta_sub > 0)
};

/// Weight detectors have no documents: one value against draws with shuffled weights.
struct WeightEvidence {
    double value = 0;
    double nullMean = 0, nullSd = 0;
    int draws = 0;  ///< 200
    double z() const { return nullSd > 0 ? (value - nullMean) / nullSd : 0.0; }
};

/// What one detector found for one head and one label.
struct HeadEvidence {
    HeadId head;
    LabelId label;
    std::string analysis;  ///< catalogue id
    std::string variant;
    DataKind data = DataKind::Text;
    AttentionView view = AttentionView::Content;
    RowWeighting weighting = RowWeighting::Documents;
    RowMass mass = RowMass::Weights;

    PerDocument x;                  ///< the measure whose excess over the nulls is tested
    std::vector<double> weight;     ///< of each document (number of rows) for RowWeighting::Tokens; empty: equal
    std::vector<NullColumn> nulls;  ///< every one that applies; the strongest has the largest mean
    long events = 0;                ///< rows in which the pattern could show (the support rule asks for at least 100)
    /// Primary score of engine/methods/patterns.md section 12: a criterion's value (index), or mean(x) when negative.
    int scoreFrom = 0;
    std::vector<Criterion> criteria;  ///< all must be met; the first one's threshold is shown beside the score

    std::optional<WeightEvidence> weights;  ///< set by weight detectors; x stays empty, criteria have one value each

    double gate = 1;
    bool strict = false;
    std::vector<ExampleRow> best, worst, typical;
    std::vector<LabelNote> notes;
};

/// A detector or one of its labels that cannot be run on this model, and why, as data.
struct Inapplicable {
    std::string code;  ///< "no-tokenizer", "bidirectional", "no-output-weights", "context-too-short" ...
    std::vector<std::string> facts;
};

struct DetectorOutput {
    std::vector<HeadEvidence> evidence;
    struct Score {
        HeadId head;
        HeadScore score;
    };
    std::vector<Score> scores;  ///< numbers beside the labels
    std::vector<ModelScore> model;
    std::vector<ExampleDocument> documents;  ///< those that examples point to
    std::vector<LabelNote> notes;            ///< "not-applicable" with the analysis and its reason
};

}  // namespace hs
