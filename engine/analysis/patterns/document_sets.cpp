// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/patterns/document_sets.h"

#include <algorithm>

#include "engine/analysis/patterns/target_set.h"

namespace hs::patterns {
namespace {

constexpr int kOffsets = 16;
/// Rows of a sentence that must see a token before its column mean counts.
constexpr int kRareRows = 3;
constexpr std::size_t kRareCandidates = 4;

/// The annotation moved along the content positions, as spans: a row's set is the run of equal segments around it.
std::vector<ShiftedSpan> shiftedSets(const AnnotatedDocument& document, const MassPattern& pattern, bool causal, int shifts)
{
    std::vector<int> content;
    for (int i = 0; i < document.size(); ++i)
        if (!document.isReference[static_cast<std::size_t>(i)]) content.push_back(i);
    const int m = static_cast<int>(content.size());
    const std::vector<int>& annotation = document.*pattern.annotation;
    const bool self = pattern.ownKey;
    std::vector<ShiftedSpan> out;
    const int used = std::min(shifts, m - 1);
    for (int k = 0; k < used; ++k) {
        const int shift = 1 + static_cast<int>(static_cast<long>(k) * (m - 1) / used);
        const auto segment = [&](int t) { return annotation[static_cast<std::size_t>(content[static_cast<std::size_t>((t + shift) % m)])]; };
        for (int begin = 0; begin < m;) {
            int end = begin + 1;
            while (end < m && segment(end) == segment(begin)) ++end;
            if (segment(begin) >= 0)
                for (int t = begin; t < end; ++t) {
                    const int keysEnd = causal ? t + (self ? 1 : 0) : end;
                    if (keysEnd <= begin || (!self && !causal && end - begin < 2)) continue;
                    const int visible = causal ? t + 1 : m;
                    if (self && keysEnd - begin == visible) continue;   // the whole row
                    const int row = content[static_cast<std::size_t>(t)];
                    bool first = true;
                    for (int a = begin; a < keysEnd;) {   // references in between are no part of it
                        if (!self && !causal && a == t) {
                            ++a;
                            continue;
                        }
                        int b = a + 1;
                        while (b < keysEnd && content[static_cast<std::size_t>(b)] == content[static_cast<std::size_t>(b - 1)] + 1
                               && (self || causal || b != t)) ++b;
                        out.push_back({row, {content[static_cast<std::size_t>(a)], content[static_cast<std::size_t>(b - 1)] + 1}, first});
                        first = false;
                        a = b;
                    }
                }
            begin = end;
        }
    }
    return out;
}

}  // namespace

std::vector<MassPattern> massPatterns(MaskKind mask)
{
    std::vector<MassPattern> out;
    const auto add = [&](LabelId label, const char* analysis, const char* variant, AttentionView view) -> MassPattern& {
        MassPattern& pattern = out.emplace_back();
        pattern.label = std::move(label);
        pattern.analysis = analysis;
        pattern.variant = variant;
        pattern.view = view;
        return pattern;
    };
    const auto kind = [](LabelKind k, const char* argument = "") {
        LabelId label;
        label.kind = k;
        label.argument = argument;
        return label;
    };
    for (int d = -kOffsets; d <= (mask == MaskKind::Causal ? 0 : kOffsets); ++d) {
        MassPattern& pattern = add(positionalLabel(d), d == 0 ? "self" : "positional", "", AttentionView::Content);
        pattern.positional = true;
        pattern.offset = d;
    }
    add(kind(LabelKind::Local), "local", "", AttentionView::Content);
    add(kind(LabelKind::Punctuation), "punctuation", "", AttentionView::Raw).proof = PatternProof::Mass;
    for (const TokenClass c : {TokenClass::Newline, TokenClass::Digit, TokenClass::Special})
        add(kind(LabelKind::Vertical, tokenClassName(c)), "vertical", "", AttentionView::Raw).proof = PatternProof::Mass;
    constexpr std::pair<const char*, const std::vector<int> AnnotatedDocument::*> segments[] = {
        {"sentence", &AnnotatedDocument::sentence}, {"paragraph", &AnnotatedDocument::paragraph}, {"line", &AnnotatedDocument::line}, {"quotation", &AnnotatedDocument::quotation}};
    for (const auto& [variant, annotation] : segments) {
        MassPattern& pattern = add(kind(LabelKind::Block), "block", variant, AttentionView::Content);
        pattern.annotation = annotation;
        pattern.ownKey = true;
        pattern.proof = PatternProof::Breadth;
    }
    MassPattern& subword = add(kind(LabelKind::Subword), "subword", "", AttentionView::Raw);
    subword.annotation = &AnnotatedDocument::word;
    subword.proof = PatternProof::Delta;
    return out;
}

DocumentSets makeSets(const AnnotatedDocument& document, const std::vector<MassPattern>& patterns, MaskKind mask, const LabelPreset& preset,
                      int shifts)
{
    const bool causal = mask == MaskKind::Causal;
    const int n = document.size(), least = static_cast<int>(preset.value("rows.keys")), band = static_cast<int>(preset.value("local.band"));
    const auto size = static_cast<std::size_t>(n);
    DocumentSets out;
    out.contentKeys.resize(size);
    out.rowCounts.resize(size);
    int total = 0;
    for (std::size_t i = 0; i < size; ++i) {
        total += document.isReference[i] ? 0 : 1;
        out.contentKeys[i] = total;
    }
    if (!causal) std::fill(out.contentKeys.begin(), out.contentKeys.end(), total);
    for (std::size_t i = 0; i < size; ++i) out.rowCounts[i] = !document.isReference[i] && out.contentKeys[i] >= least;

    std::vector<int> keys;
    out.sets.resize(patterns.size());
    out.shifted.resize(patterns.size());
    for (std::size_t p = 0; p < patterns.size(); ++p) {
        const MassPattern& pattern = patterns[p];
        RowSets& sets = out.sets[p];
        sets.first.assign(size + 1, 0);
        sets.count.assign(size, 0);
        for (std::size_t i = 0; i < size; ++i) {
            sets.first[i] = static_cast<int>(sets.spans.size());
            if (!out.rowCounts[i]) continue;
            const int query = static_cast<int>(i);
            targetKeys(pattern.label, pattern.variant, document, query, causal, keys, band);
            const int everything = pattern.view == AttentionView::Content ? out.contentKeys[i] : (causal ? query + 1 : n);
            if (keys.empty() || static_cast<int>(keys.size()) == everything) continue;
            sets.count[i] = static_cast<int>(keys.size());
            for (const int key : keys) {
                if (static_cast<int>(sets.spans.size()) > sets.first[i] && sets.spans.back().end == key) ++sets.spans.back().end;
                else sets.spans.push_back({key, key + 1});
            }
        }
        sets.first[size] = static_cast<int>(sets.spans.size());
        if (pattern.annotated() && shifts > 0 && !sets.spans.empty()) out.shifted[p] = shiftedSets(document, pattern, causal, shifts);
    }
    return out;
}

std::vector<RareSentence> rareSentences(const AnnotatedDocument& document, int rank)
{
    std::vector<RareSentence> out;
    const int n = document.size();
    for (int begin = 0; begin < n;) {
        const int sentence = document.sentence[static_cast<std::size_t>(begin)];
        int end = begin + 1;
        while (end < n && document.sentence[static_cast<std::size_t>(end)] == sentence) ++end;
        if (sentence >= 0) {
            RareSentence found;
            for (int i = begin; i < end; ++i)
                if (!document.isReference[static_cast<std::size_t>(i)]) found.rows.push_back(i);
            for (int i = begin; i + kRareRows < end; ++i) {
                if (document.isReference[static_cast<std::size_t>(i)]) continue;
                found.candidates.push_back(i);
                if (found.rarest < 0 || document.rank[static_cast<std::size_t>(i)] > document.rank[static_cast<std::size_t>(found.rarest)])
                    found.rarest = i;
            }
            // The rarest token of the sentence itself must be one that rows can point at.
            const bool rarest = std::all_of(found.rows.begin(), found.rows.end(), [&](int i) {
                return found.rarest >= 0 && document.rank[static_cast<std::size_t>(i)] <= document.rank[static_cast<std::size_t>(found.rarest)];
            });
            if (found.candidates.size() >= kRareCandidates && rarest && document.rank[static_cast<std::size_t>(found.rarest)] >= rank)
                out.push_back(std::move(found));
        }
        begin = end;
    }
    return out;
}

}  // namespace hs::patterns
