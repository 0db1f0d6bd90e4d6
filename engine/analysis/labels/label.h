// SPDX-License-Identifier: GPL-3.0-or-later
// What a labelled model is: plain values, from the detectors by the decision procedure of engine/methods/patterns.md sections 3 and 12.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/analysis/labels/label_id.h"
#include "engine/base/ids.h"

namespace hs {

enum class LabelStatus {
    Awarded,       ///< passes everything
    Candidate,     ///< large enough an effect, but a test, the interval or one half of the documents fails
    Insufficient,  ///< too few documents or opportunities to say either way
    None,          ///< too small an effect
};
enum class LabelCause {
    None,         ///< not checked: no awarded attention label, or nothing to check it with
    Confirmed,    ///< knocking out the attention that the label describes changes what the head is said to do
    PatternOnly,  ///< checked, and nothing measurable changed
};
enum class AttentionView { Raw, Content };      ///< Content: reference columns dropped, rows renormalised
enum class RowWeighting { Documents, Tokens };  ///< mean over rows then documents, or over all rows
enum class RowMass { Weights, Norms };          ///< attention weights, or || A_ij v_j W_O || shares (Kobayashi et al. 2020)
enum class DataKind { Text, Synthetic, Weights };
/// What the score is held against. N0 .. N4 of engine/methods/patterns.md section 3; WeightShuffle is the null of weight detectors;
/// Threshold: no chance level exists (broad), the threshold itself is tested.
enum class NullKind { Uniform, OffsetProfile, AnnotationShuffle, RandomWeights, RandomTokens, WeightShuffle, Threshold };

const char* statusName(LabelStatus status);         ///< "awarded", "candidate", "insufficient", "none"
const char* causeName(LabelCause cause);            ///< "none", "confirmed", "pattern-only"
const char* viewName(AttentionView view);           ///< "raw", "content"
const char* weightingName(RowWeighting weighting);  ///< "documents", "tokens"
const char* massName(RowMass mass);                 ///< "weights", "norms"
const char* dataName(DataKind data);                ///< "text", "synthetic", "weights"
const char* nullName(NullKind null);                ///< "uniform", "offset-profile", ...

/// A row that speaks for or against a label.
struct ExampleRow {
    int document = 0;         ///< of DetectorOutput::documents' numbering; in a report an index of LabelReport::documents
    int query = 0;            ///< position of the row
    std::vector<int> keys;    ///< what the label says it should look at; empty: it has no single place
    float value = 0;          ///< what it gives them
    int first = 0, last = 0;  ///< tokens [first, last) around the row that are worth showing
};

/// A document that examples point to: `ids` go straight into a RunJob.
struct ExampleDocument {
    int document = 0;  ///< number under which ExampleRow::document knows it
    DataKind data = DataKind::Text;
    std::string name;  ///< file name or kind of sequence
    std::vector<int> ids;
    bool operator==(const ExampleDocument&) const = default;
};

/// A condition of the award: value against threshold, both shown.
struct LabelCriterion {
    std::string name;  ///< "kappa-uniform", "mass", "breadth": keys of the preset after the label's name
    double value = 0;
    double threshold = 0;
    bool atMost = false;  ///< the value must not exceed the threshold
    bool met = false;
    bool operator==(const LabelCriterion&) const = default;
};

struct NullValue {
    NullKind kind = NullKind::Uniform;
    double value = 0;  ///< mean over documents, in the unit of HeadLabel::observed
    bool operator==(const NullValue&) const = default;
};

/// One label of one head with all of its evidence, awarded or not.
struct HeadLabel {
    LabelId id;
    std::string analysis;  ///< catalogue id of the detector
    std::string variant;   ///< "sentence", "line" for block, name of the sequence kind; may be empty
    DataKind data = DataKind::Text;
    LabelStatus status = LabelStatus::None;
    LabelCause cause = LabelCause::None;
    double score = 0;                       ///< primary score in [0, 1] (engine/methods/patterns.md section 12)
    double threshold = 0;                   ///< of the first criterion
    double observed = 0;                    ///< mean of x over documents: what the nulls are compared with
    NullKind nullKind = NullKind::Uniform;  ///< strongest that applies
    double null = 0;                        ///< its value
    std::vector<NullValue> nulls;           ///< all that were run
    std::vector<LabelCriterion> criteria;
    double low = 0, high = 0;  ///< 95 % bootstrap interval over documents of observed - null
    double p = 1;              ///< one-sided sign-flip test (weights: from z against shuffled weights)
    double pStudent = 1;       ///< one-sided t-test beside it; 1 when it cannot be run
    double q = 1;              ///< Benjamini-Hochberg over everything that was run
    int documents = 0;
    long events = 0;  ///< rows in which the label could show
    AttentionView view = AttentionView::Content;
    RowWeighting weighting = RowWeighting::Documents;
    RowMass mass = RowMass::Weights;
    double gate = 1;                           ///< mean share of the attention that is not on reference tokens
    bool holdsOdd = false, holdsEven = false;  ///< split half: all criteria on odd and on even documents
    double scoreOdd = 0, scoreEven = 0;
    bool strict = false;                                  ///< positional: hits in at least 90 % of rows (Voita et al. 2019)
    double causeEffect = 0, causeLow = 0, causeHigh = 0;  ///< of the causal check, in nats of loss or as its method says
    std::string causeMethod;                              ///< catalogue id of the check; empty: not run
    std::vector<ExampleRow> best, worst, typical;
};

/// A number about a head that is no label: entropy, distance, confidence, peak lag ...
struct HeadScore {
    std::string key;   ///< "entropy", "distance": stable, for tables and files
    double value = 0;  ///< NaN: does not apply
    AttentionView view = AttentionView::Raw;
    std::optional<NullValue> null = std::nullopt;  ///< what chance gives, where the analysis has a null
    bool operator==(const HeadScore&) const = default;
};

/// A remark as data; ui/bridge has the words. facts: names and numbers that go into them.
struct LabelNote {
    std::string code;      ///< "few-documents", "not-applicable", "context-too-short", "no-tokenizer"
    std::string analysis;  ///< catalogue id it is about, or empty
    std::vector<std::string> facts;
    bool operator==(const LabelNote&) const = default;
};

struct HeadReport {
    HeadId head;
    std::vector<HeadLabel> labels;  ///< awarded by score, candidates, insufficient, the rest; at most one for each LabelId
    int primary = -1;               ///< index of labels; -1: unlabelled
    std::vector<HeadScore> scores;
    double gate = 1;
    double explained = 0;  ///< share of the raw attention on the target sets of awarded labels, each cell counted once
    double unexplained = 1;
    std::vector<double> explainedBy;  ///< same order as labels; 0 for what is not awarded or has no target set
    std::vector<LabelNote> notes;

    const HeadLabel* primaryLabel() const { return primary < 0 ? nullptr : &labels[static_cast<std::size_t>(primary)]; }
    const HeadLabel* find(const LabelId& id) const
    {
        for (const HeadLabel& label : labels)
            if (label.id == id) return &label;
        return nullptr;
    }
};

/// A number about the whole model ("icl-score").
struct ModelScore {
    std::string key;
    double value = 0, low = 0, high = 0;
    std::vector<std::string> facts;
};

struct LabelProvenance {
    std::string program;               ///< version
    std::string modelName, modelHash;  ///< SHA-256 of the file, or empty
    std::vector<std::string> said;     ///< "n_heads=12": what the user said about the model where its file does not
    std::string weightProcessing = "raw";
    std::string dataName, dataHash;  ///< corpus; empty: none used
    std::uint64_t seed = 0;
    std::string preset;                        ///< id
    std::map<std::string, double> parameters;  ///< every value that took part
    int documents = 0, tokens = 0;             ///< of text
    int documentsOffered = 0;                  ///< what there was to read, where a budget took fewer; else as `documents`
    int length = 0;                            ///< longest document
    int tests = 0;                             ///< number of tests corrected for
    double seconds = 0;
};

struct LabelReport {
    LabelProvenance provenance;
    std::vector<HeadReport> heads;  ///< by layer, then head
    std::vector<ModelScore> model;
    std::vector<ExampleDocument> documents;  ///< all that examples point to
    std::vector<LabelNote> notes;
    bool complete = false;  ///< false: stages are still missing (partial results while a job runs)

    const HeadReport* find(HeadId head) const
    {
        for (const HeadReport& report : heads)
            if (report.head == head) return &report;
        return nullptr;
    }
};

}  // namespace hs
