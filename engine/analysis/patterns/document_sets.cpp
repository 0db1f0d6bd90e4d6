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
std::vector<ShiftedSpan> shiftedSets(const AnnotatedDocument& document, const MassPattern& pattern, Visibility mask, int shifts)
{
    std::vector<int> content;
    for (int i = 0; i < document.size(); ++i)
        if (!document.isReference[static_cast<std::size_t>(i)]) content.push_back(i);
    const int m = static_cast<int>(content.size());
    std::vector<KeyRange> sees(content.size());  // content positions that each one sees
    for (std::size_t t = 0; t < content.size(); ++t) {
        const KeyRange keys = mask.keys(content[t], document.size());
        const auto before = [&](int key) {
            return static_cast<int>(std::lower_bound(content.begin(), content.end(), key) - content.begin());
        };
        sees[t] = {before(keys.first), before(keys.end)};
    }
    const std::vector<int>& annotation = document.*pattern.annotation;
    const bool self = pattern.ownKey;
    std::vector<ShiftedSpan> out;
    const int used = std::min(shifts, m - 1);
    for (int k = 0; k < used; ++k) {
        const int shift = 1 + static_cast<int>(static_cast<long>(k) * (m - 1) / used);
        const auto segment = [&](int t) {
            return annotation[static_cast<std::size_t>(content[static_cast<std::size_t>((t + shift) % m)])];
        };
        for (int begin = 0; begin < m;) {
            int end = begin + 1;
            while (end < m && segment(end) == segment(begin)) ++end;
            if (segment(begin) >= 0)
                for (int t = begin; t < end; ++t) {
                    const KeyRange keys = sees[static_cast<std::size_t>(t)].within(begin, end);
                    if (keys.size() - (!self && keys.has(t) ? 1 : 0) <= 0) continue;
                    if (self && keys == sees[static_cast<std::size_t>(t)]) continue;  // the whole row
                    const int row = content[static_cast<std::size_t>(t)];
                    bool first = true;
                    for (int a = keys.first; a < keys.end;) {  // references in between are no part of it
                        if (!self && a == t) {
                            ++a;
                            continue;
                        }
                        int b = a + 1;
                        while (b < keys.end && content[static_cast<std::size_t>(b)] == content[static_cast<std::size_t>(b - 1)] + 1
                               && (self || b != t))
                            ++b;
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

std::vector<MassPattern> massPatterns(Visibility mask)
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
    for (int d = -kOffsets; d <= (mask.looksAhead() ? kOffsets : 0); ++d) {
        MassPattern& pattern = add(positionalLabel(d), d == 0 ? "self" : "positional", "", AttentionView::Content);
        pattern.positional = true;
        pattern.offset = d;
    }
    add(kind(LabelKind::Local), "local", "", AttentionView::Content);
    add(kind(LabelKind::Punctuation), "punctuation", "", AttentionView::Raw).proof = PatternProof::Mass;
    for (const TokenClass c : {TokenClass::Newline, TokenClass::Digit, TokenClass::Special})
        add(kind(LabelKind::Vertical, tokenClassName(c)), "vertical", "", AttentionView::Raw).proof = PatternProof::Mass;
    constexpr std::pair<const char*, const std::vector<int> AnnotatedDocument::*> segments[] = {{"sentence", &AnnotatedDocument::sentence},
                                                                                                {"paragraph",
                                                                                                 &AnnotatedDocument::paragraph},
                                                                                                {"line", &AnnotatedDocument::line},
                                                                                                {"quotation",
                                                                                                 &AnnotatedDocument::quotation}};
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

DocumentSets makeSets(const AnnotatedDocument& document, const std::vector<MassPattern>& patterns, Visibility mask,
                      const LabelPreset& preset, int shifts)
{
    const int n = document.size(), least = static_cast<int>(preset.value("rows.keys")), band = static_cast<int>(preset.value("local.band"));
    const auto size = static_cast<std::size_t>(n);
    DocumentSets out;
    out.contentKeys.resize(size);
    out.rowCounts.resize(size);
    std::vector<int> before(size + 1);  // content keys before each position
    for (std::size_t i = 0; i < size; ++i) before[i + 1] = before[i] + (document.isReference[i] ? 0 : 1);
    for (std::size_t i = 0; i < size; ++i) {
        const KeyRange seen = mask.keys(static_cast<int>(i), n);
        out.contentKeys[i] = before[static_cast<std::size_t>(seen.end)] - before[static_cast<std::size_t>(seen.first)];
    }
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
            targetKeys(pattern.label, pattern.variant, document, query, mask, keys, band);
            const int everything = pattern.view == AttentionView::Content ? out.contentKeys[i] : mask.keys(query, n).size();
            if (keys.empty() || static_cast<int>(keys.size()) == everything) continue;
            sets.count[i] = static_cast<int>(keys.size());
            for (const int key : keys) {
                if (static_cast<int>(sets.spans.size()) > sets.first[i] && sets.spans.back().end == key) ++sets.spans.back().end;
                else sets.spans.push_back({key, key + 1});
            }
        }
        sets.first[size] = static_cast<int>(sets.spans.size());
        if (pattern.annotated() && shifts > 0 && !sets.spans.empty()) out.shifted[p] = shiftedSets(document, pattern, mask, shifts);
    }
    return out;
}

std::vector<RareSentence> rareSentences(const AnnotatedDocument& document, Visibility mask, int rank)
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
                if (document.isReference[static_cast<std::size_t>(i)] || mask.queries(i, end).size() <= kRareRows) continue;
                found.candidates.push_back(i);
                if (found.rarest < 0 || document.rank[static_cast<std::size_t>(i)] > document.rank[static_cast<std::size_t>(found.rarest)])
                    found.rarest = i;
            }
            // The rarest token of the sentence itself must be one that rows can point at.
            const bool rarest = std::all_of(found.rows.begin(), found.rows.end(), [&](int i) {
                return found.rarest >= 0
                       && document.rank[static_cast<std::size_t>(i)] <= document.rank[static_cast<std::size_t>(found.rarest)];
            });
            if (found.candidates.size() >= kRareCandidates && rarest && document.rank[static_cast<std::size_t>(found.rarest)] >= rank)
                out.push_back(std::move(found));
        }
        begin = end;
    }
    return out;
}

}  // namespace hs::patterns
