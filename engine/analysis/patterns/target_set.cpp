// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/patterns/target_set.h"

#include <algorithm>
#include <charconv>

namespace hs {
namespace {

const std::vector<int>* segmentsOf(const AnnotatedDocument& document, const std::string& variant)
{
    if (variant == "sentence") return &document.sentence;
    if (variant == "paragraph") return &document.paragraph;
    if (variant == "line") return &document.line;
    if (variant == "quotation") return &document.quotation;
    return nullptr;
}

}  // namespace

bool hasTargetSet(const LabelId& label)
{
    switch (label.kind) {
    case LabelKind::Sink: case LabelKind::Vertical: case LabelKind::Punctuation: case LabelKind::PreviousToken: case LabelKind::NextToken:
    case LabelKind::Positional: case LabelKind::Self: case LabelKind::Local: case LabelKind::Subword: case LabelKind::Block:
    case LabelKind::RareWord: case LabelKind::Induction: case LabelKind::DuplicateToken: return true;
    default: return false;
    }
}

void targetKeys(const LabelId& label, const std::string& variant, const AnnotatedDocument& document, int query, Visibility mask,
                std::vector<int>& keys, int band)
{
    keys.clear();
    const int n = document.size();
    const KeyRange seen = mask.keys(query, n);
    const auto q = static_cast<std::size_t>(query);
    const auto content = [&](int j) { return !document.isReference[static_cast<std::size_t>(j)]; };
    const auto collect = [&](int begin, int end, const auto& belongs) {
        for (int j = std::max(seen.first, begin); j < std::min(end, seen.end); ++j)
            if (belongs(static_cast<std::size_t>(j), j)) keys.push_back(j);
    };
    const auto any = [&](std::size_t, int j) { return content(j); };
    const auto at = [&](int offset) { collect(query + offset, query + offset + 1, any); };
    const auto tokenId = [&](std::size_t j) { return document.prompt.tokens[j].id; };

    switch (label.kind) {
    case LabelKind::Sink: collect(0, 1, [](std::size_t, int) { return true; }); break;
    case LabelKind::PreviousToken: at(-1); break;
    case LabelKind::NextToken: at(1); break;
    case LabelKind::Self: at(0); break;
    case LabelKind::Positional: at(label.offset); break;
    case LabelKind::Local: collect(query - band, query + band + 1, any); break;
    case LabelKind::Punctuation:
        if (document.classes[q] != TokenClass::Punctuation)
            collect(0, n, [&](std::size_t j, int) { return document.classes[j] == TokenClass::Punctuation; });
        break;
    case LabelKind::Vertical: {
        constexpr std::string_view kPosition = "position ";
        if (label.argument.starts_with(kPosition)) {
            int column = -1;
            std::from_chars(label.argument.data() + kPosition.size(), label.argument.data() + label.argument.size(), column);
            if (column >= 0 && column != query) collect(column, column + 1, [](std::size_t, int) { return true; });
        } else if (label.argument != tokenClassName(document.classes[q])) {
            // The first token has a label of its own: sink.
            collect(1, n, [&](std::size_t j, int) { return label.argument == tokenClassName(document.classes[j]); });
        }
        break;
    }
    case LabelKind::Subword:
        // Earlier pieces of the query's word (patterns 4.5, back score); in bidirectional models the later ones too.
        if (document.word[q] >= 0)
            collect(0, n, [&](std::size_t j, int k) { return k != query && content(k) && document.word[j] == document.word[q]; });
        break;
    case LabelKind::Block:
        if (const std::vector<int>* segments = segmentsOf(document, variant); segments && (*segments)[q] >= 0)
            collect(0, n, [&](std::size_t j, int k) { return content(k) && (*segments)[j] == (*segments)[q]; });
        break;
    case LabelKind::RareWord: {
        int rarest = -1;
        for (int j = 0; j < n; ++j)
            if (content(j) && document.sentence[static_cast<std::size_t>(j)] == document.sentence[q]
                && (rarest < 0 || document.rank[static_cast<std::size_t>(j)] > document.rank[static_cast<std::size_t>(rarest)]))
                rarest = j;
        if (rarest >= 0 && rarest != query) collect(rarest, rarest + 1, any);
        break;
    }
    case LabelKind::DuplicateToken:
        collect(0, query, [&](std::size_t j, int k) { return content(k) && tokenId(j) == tokenId(q); });
        break;
    case LabelKind::Induction:
        collect(1, query + 1, [&](std::size_t j, int k) { return content(k) && content(k - 1) && tokenId(j - 1) == tokenId(q); });
        break;
    default: break;
    }
}

}  // namespace hs
