// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/labels/label_kinds.h"

#include <charconv>

#include "engine/analysis/patterns/target_row.h"

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

void firstToken(const TargetRow& row)
{
    row.collect(0, 1, [](int) { return true; });
}

template <int kOffset>
void atOffset(const TargetRow& row)
{
    row.collectContent(row.query + kOffset, row.query + kOffset + 1);
}

void atLabelOffset(const TargetRow& row) { row.collectContent(row.query + row.label.offset, row.query + row.label.offset + 1); }
void inBand(const TargetRow& row) { row.collectContent(row.query - row.band, row.query + row.band + 1); }

void punctuation(const TargetRow& row)
{
    const auto is = [&](int key) { return row.document.classes[static_cast<std::size_t>(key)] == TokenClass::Punctuation; };
    if (!is(row.query)) row.collect(0, row.size(), is);
}

void column(const TargetRow& row)
{
    constexpr std::string_view kPosition = "position ";
    const std::string& argument = row.label.argument;
    const auto named = [&](int key) { return argument == tokenClassName(row.document.classes[static_cast<std::size_t>(key)]); };
    if (argument.starts_with(kPosition)) {
        int place = -1;
        std::from_chars(argument.data() + kPosition.size(), argument.data() + argument.size(), place);
        if (place >= 0 && place != row.query) row.collect(place, place + 1, [](int) { return true; });
    } else if (!named(row.query)) {
        row.collect(1, row.size(), named);  // the first token has a label of its own: sink
    }
}

/// Earlier pieces of the query's word (engine/methods/patterns.md section 4.5, back score); in bidirectional models the later ones too.
void sameWord(const TargetRow& row)
{
    const std::vector<int>& word = row.document.word;
    if (word[row.at()] < 0) return;
    row.collect(0, row.size(),
                [&](int key) { return key != row.query && row.content(key) && word[static_cast<std::size_t>(key)] == word[row.at()]; });
}

void sameSegment(const TargetRow& row)
{
    const std::vector<int>* segments = segmentsOf(row.document, row.variant);
    if (!segments || (*segments)[row.at()] < 0) return;
    row.collect(0, row.size(),
                [&](int key) { return row.content(key) && (*segments)[static_cast<std::size_t>(key)] == (*segments)[row.at()]; });
}

void rarestOfSentence(const TargetRow& row)
{
    const AnnotatedDocument& d = row.document;
    int rarest = -1;
    for (int j = 0; j < row.size(); ++j)
        if (row.content(j) && d.sentence[static_cast<std::size_t>(j)] == d.sentence[row.at()]
            && (rarest < 0 || d.rank[static_cast<std::size_t>(j)] > d.rank[static_cast<std::size_t>(rarest)]))
            rarest = j;
    if (rarest >= 0 && rarest != row.query) row.collectContent(rarest, rarest + 1);
}

void sameToken(const TargetRow& row)
{
    row.collect(0, row.query, [&](int key) { return row.content(key) && row.token(key) == row.token(row.query); });
}

void behindSameToken(const TargetRow& row)
{
    row.collect(1, row.query + 1,
                [&](int key) { return row.content(key) && row.content(key - 1) && row.token(key - 1) == row.token(row.query); });
}

constexpr LabelKindInfo kKinds[] = {
    {.kind = LabelKind::Sink, .name = "sink", .group = LabelGroup::Rest, .targets = firstToken},
    {.kind = LabelKind::Vertical, .name = "vertical", .parameter = LabelParameter::Argument, .group = LabelGroup::Rest, .targets = column},
    {.kind = LabelKind::Punctuation, .name = "punctuation", .group = LabelGroup::Rest, .targets = punctuation},
    {.kind = LabelKind::PreviousToken, .name = "previous-token", .group = LabelGroup::FixedPlace, .targets = atOffset<-1>, .recalls = true},
    {.kind = LabelKind::NextToken, .name = "next-token", .group = LabelGroup::FixedPlace, .targets = atOffset<1>},
    {.kind = LabelKind::Positional,
     .name = "positional",
     .parameter = LabelParameter::Offset,
     .group = LabelGroup::FixedPlace,
     .targets = atLabelOffset},
    {.kind = LabelKind::Self, .name = "self", .group = LabelGroup::FixedPlace, .targets = atOffset<0>},
    {.kind = LabelKind::Local, .name = "local", .targets = inBand, .yieldsTo = LabelGroup::FixedPlace, .note = "local-is-positional"},
    {.kind = LabelKind::Broad, .name = "broad"},
    {.kind = LabelKind::Subword, .name = "subword", .content = true, .targets = sameWord},
    {.kind = LabelKind::Block, .name = "block", .content = true, .targets = sameSegment},
    {.kind = LabelKind::RareWord, .name = "rare-word", .content = true, .targets = rarestOfSentence},
    {.kind = LabelKind::Syntactic, .name = "syntactic", .parameter = LabelParameter::Argument, .content = true},
    {.kind = LabelKind::Translation, .name = "translation", .content = true},
    {.kind = LabelKind::Induction, .name = "induction", .content = true, .targets = behindSameToken, .recalls = true},
    {.kind = LabelKind::DuplicateToken, .name = "duplicate-token", .content = true, .targets = sameToken, .recalls = true},
    {.kind = LabelKind::Retrieval, .name = "retrieval", .content = true, .recalls = true, .needles = true, .behind = LabelKind::Induction},
    {.kind = LabelKind::NoOp, .name = "no-op", .attribute = true, .needs = LabelGroup::Rest, .note = "no-op-needs-rest"},
    {.kind = LabelKind::Copying, .name = "copying", .attribute = true, .content = true},
    {.kind = LabelKind::QkMatching, .name = "qk-matching", .attribute = true, .content = true},
    {.kind = LabelKind::Successor, .name = "successor", .attribute = true, .content = true},
    {.kind = LabelKind::CopySuppression, .name = "copy-suppression", .attribute = true, .content = true},
    {.kind = LabelKind::CmrLike, .name = "cmr-like", .attribute = true, .content = true, .recalls = true},
    {.kind = LabelKind::StatisticalInduction, .name = "statistical-induction", .attribute = true, .content = true, .recalls = true},
    {.kind = LabelKind::Iteration, .name = "iteration", .attribute = true, .content = true, .recalls = true},
};

}  // namespace

std::span<const LabelKindInfo> labelKinds() { return kKinds; }

const LabelKindInfo& labelKind(LabelKind kind)
{
    for (const LabelKindInfo& row : kKinds)
        if (row.kind == kind) return row;
    return kKinds[0];
}

}  // namespace hs
