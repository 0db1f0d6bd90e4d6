// SPDX-License-Identifier: GPL-3.0-or-later
// Inside patterns only: which keys each pattern wants in each row of one document. Shared by all heads.
#pragma once

#include <vector>

#include "engine/analysis/corpus/corpus.h"
#include "engine/analysis/labels/evidence.h"
#include "engine/analysis/labels/preset.h"
#include "engine/model/config.h"

namespace hs::patterns {

/// Keys [begin, end).
struct Span {
    int begin = 0, end = 0;
};

/// What a pattern must show besides mass on its keys.
enum class PatternProof {
    None,
    Mass,     ///< most of the attention, not only more than chance
    Breadth,  ///< spread over the whole set
    Delta,    ///< more on continuations of words than the previous token gets on their beginnings
};

/// A label whose score is the mean mass on a set of keys.
struct MassPattern {
    LabelId label;
    std::string analysis, variant;
    AttentionView view = AttentionView::Content;
    PatternProof proof = PatternProof::None;
    /// The segments that the keys share with the query: a content label, which needs the nulls N1, N2 and N4. Null: not annotated.
    const std::vector<int> AnnotatedDocument::*annotation = nullptr;
    bool ownKey = false;  ///< the query is one of its own segment's keys
    bool annotated() const { return annotation != nullptr; }
    bool positional = false;
    int offset = 0;  ///< of a positional pattern
};
/// All patterns of this kind, in the order of every table that the pass keeps.
std::vector<MassPattern> massPatterns(Visibility mask);

/// Sets of one pattern: spans of row i are spans[first[i], first[i+1]); empty where the row is no opportunity.
struct RowSets {
    std::vector<int> first;
    std::vector<Span> spans;
    std::vector<int> count;  ///< [n] keys in the set; 0: no opportunity
};

/// Where a pattern would be if its annotation were shifted (null N2): one entry for each span of each row and shift.
struct ShiftedSpan {
    int row = 0;
    Span span;
    bool firstOfRow = false;  ///< counts the row once for each shift
};

struct DocumentSets {
    std::vector<RowSets> sets;                      ///< [pattern]
    std::vector<std::vector<ShiftedSpan>> shifted;  ///< [pattern]; empty unless annotated
    std::vector<int> contentKeys;                   ///< [n] visible keys that are no references
    std::vector<bool> rowCounts;                    ///< [n] query is content and sees enough content keys
};

/// `shifts`: at most so many circular shifts for N2; 0: none.
DocumentSets makeSets(const AnnotatedDocument& document, const std::vector<MassPattern>& patterns, Visibility mask,
                      const LabelPreset& preset, int shifts);

/// A sentence whose rarest token can be asked for (engine/methods/patterns.md section 4.6).
struct RareSentence {
    std::vector<int> candidates;  ///< positions that enough later rows of the sentence see
    std::vector<int> rows;        ///< positions of the sentence
    int rarest = -1;              ///< one of candidates
};
std::vector<RareSentence> rareSentences(const AnnotatedDocument& document, Visibility mask, int rank);

}  // namespace hs::patterns
