// SPDX-License-Identifier: GPL-3.0-or-later
// Inside patterns only: what one head gathers while documents stream past.
#pragma once

#include <vector>

#include "engine/analysis/patterns/document_sets.h"

namespace hs::patterns {

/// r[d]: how much more than uniform a head gives to keys at offset d, pooled over all documents (null N1, engine/methods/patterns.md section 3).
class OffsetProfile {
public:
    /// One content row: weights[key] over the content keys that it sees, `keys` of them.
    void row(int query, const float* weights, KeyRange seen, const std::vector<bool>& isReference, float gate, int keys);
    /// Offsets that fewer than `rows` rows have become 1.
    void finish(int rows);
    double lift(int offset) const;  ///< 1 where nothing is known
    bool empty() const { return m_sum.empty(); }

private:
    std::size_t at(int offset) const { return static_cast<std::size_t>(offset >= 0 ? 2 * offset : -2 * offset - 1); }
    std::vector<double> m_sum;  ///< by 0, -1, 1, -2, 2 ...: grows with the longest document
    std::vector<long> m_rows;
};

/// A row and what it gives to the set of its pattern.
struct RowPick {
    int query = -1;
    float value = 0;
};

/// One head, one pattern, document by document.
struct PatternColumns {
    PerDocument x, uniform, shuffled;  ///< the last one for annotated patterns in the full pass
    PerDocument profile;               ///< annotated patterns: addProfile(), when the profile is finished
    std::vector<double> rows;          ///< that counted
    PerDocument hits;                  ///< positional: share of rows whose largest weight is there
    PerDocument breadth;               ///< block: mean H(A | S) / ln |S|
    PerDocument delta;                 ///< subword: previous-token mass on continuations less that on word beginnings
    std::vector<RowPick> best, worst, typical;
    long events = 0;
};

/// What has a rule of its own.
struct OtherColumns {
    PerDocument entropy, entropyNormalised, contentEntropy, effectiveKeys, confidence, contentConfidence, gate, previous, first;
    PerDocument sink, sinkNull;      ///< alpha of key 0 and its uniform value
    PerDocument column, columnNull;  ///< largest excess of any other column
    std::vector<int> columnAt;
    std::vector<TokenClass> columnClass;
    PerDocument rareHits, rareNull;
    long rareSentences = 0;
    PerDocument unwritten, unwrittenNull, referenceShare;  ///< no-op (engine/methods/patterns.md section 4.8)
    std::vector<double> rows, rawRows;
    std::vector<RowPick> sinkBest, sinkWorst, sinkTypical, broadBest, broadWorst, broadTypical;
    double distanceSum = 0, distanceMass = 0, contentDistanceSum = 0, contentDistanceMass = 0;
    std::vector<double> distance;               ///< of raw weights, summed over the rows behind the first
    std::vector<std::vector<bool>> hasContent;  ///< rows with enough attention off the references: what N1 needs to know of the map
    long broadEvents = 0, sinkEvents = 0;
};

enum class PassKind {
    Full,     ///< everything
    Measure,  ///< x alone: under null models
};

/// One row of a map on its way past.
struct RowView {
    int query = 0;
    const float* weights = nullptr;  ///< weights[key] for the keys seen, sum 1
    KeyRange seen;
    const float* norms = nullptr;  ///< || v_j W_O || of every key, or null
    double distance = kNoValue;    ///< mean |query - key| under the raw weights, where `weights` are none
};

/// What all heads share for one document.
struct DocumentContext {
    const AnnotatedDocument& document;
    const DocumentSets& sets;
    const std::vector<RareSentence>& rare;
    const std::vector<MassPattern>& patterns;
    Visibility mask;
    PassKind pass = PassKind::Full;
    double leastGate = 0.05;
    int sinkRows = 64, sinkShortest = 32;
};

/// Puts what a document gave in its place.
template <typename Column, typename Value>
void put(Column& column, int document, Value value, Value nothing)
{
    const auto at = static_cast<std::size_t>(document);
    if (column.size() <= at) column.resize(at + 1, nothing);
    column[at] = std::move(value);
}

class HeadState {
public:
    explicit HeadState(std::size_t patterns) : columns(patterns) {}

    OffsetProfile profile;
    std::vector<PatternColumns> columns;
    OtherColumns other;

    /// Rows come in order; documents in any: what a document gives stands at its index, with nothing for those that were not read.
    void begin(const DocumentContext& context);
    void row(const DocumentContext& context, const RowView& row);
    void end(const DocumentContext& context);
    /// Null N1 of a document that was read: what its annotated sets would get from a head that looks by distance alone.
    /// `finished` is the profile over all documents; patterns, sets and mask are those of the full pass.
    void addProfile(const DocumentContext& context, const OffsetProfile& finished);

private:
    struct Sums {
        double x = 0, uniform = 0, breadth = 0, hits = 0;
        int rows = 0, breadthRows = 0;
    };
    void massPatterns(const DocumentContext& context, const RowView& row, float gate, int argmax, const float* prefix,
                      const float* logPrefix);
    void others(const DocumentContext& context, const RowView& row, float gate);
    void endPatterns(const DocumentContext& context);
    void endOthers(const DocumentContext& context);

    // of the document under way
    std::vector<Sums> m_sums;
    std::vector<float> m_values;      ///< [pattern, n] mass of each row; -1: does not count
    std::vector<float> m_prefix;      ///< [n, n + 1] prefix sums of raw rows, for shifted annotations
    std::vector<float> m_gates;       ///< [n]; -1: the row does not count
    std::vector<double> m_columnSum;  ///< [n]
    std::vector<double> m_rareSum;    ///< [sentence, n]
    std::vector<float> m_sinkRow, m_broadRow;
    std::vector<float> m_logPrefix;
    std::vector<bool> m_hasContent;  ///< [n]
    struct {
        double entropy = 0, normalised = 0, effective = 0, content = 0, confidence = 0, contentConfidence = 0, gate = 0, previous = 0,
               first = 0;
        double distance = 0;
        double sink = 0, sinkNull = 0, continuation = 0, initial = 0, unwritten = 0, unwrittenNull = 0, referenceShare = 0;
        int rows = 0, contentRows = 0, rawRows = 0, previousRows = 0, sinkRows = 0, continuations = 0, initials = 0, normRows = 0;
    } m_now;
};

}  // namespace hs::patterns
