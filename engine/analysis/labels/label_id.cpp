// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/labels/label_id.h"

#include <charconv>

namespace hs {
namespace {

struct KindRow {
    LabelKind kind;
    const char* name;
    const char* letters;
    bool attribute, content;
};

constexpr KindRow kRows[] = {
    {LabelKind::Sink, "sink", "Sk", false, false},
    {LabelKind::Vertical, "vertical", "Vt", false, false},
    {LabelKind::Punctuation, "punctuation", "Pu", false, false},
    {LabelKind::PreviousToken, "previous-token", "Pv", false, false},
    {LabelKind::NextToken, "next-token", "Nx", false, false},
    {LabelKind::Positional, "positional", "Po", false, false},
    {LabelKind::Self, "self", "Se", false, false},
    {LabelKind::Local, "local", "Lo", false, false},
    {LabelKind::Broad, "broad", "Br", false, false},
    {LabelKind::Subword, "subword", "Sw", false, true},
    {LabelKind::Block, "block", "Bl", false, true},
    {LabelKind::RareWord, "rare-word", "Rw", false, true},
    {LabelKind::Syntactic, "syntactic", "Sy", false, true},
    {LabelKind::Translation, "translation", "Tr", false, true},
    {LabelKind::Induction, "induction", "In", false, true},
    {LabelKind::DuplicateToken, "duplicate-token", "Du", false, true},
    {LabelKind::Retrieval, "retrieval", "Re", false, true},
    {LabelKind::NoOp, "no-op", "No", true, false},
    {LabelKind::Copying, "copying", "Co", true, true},
    {LabelKind::QkMatching, "qk-matching", "Qk", true, true},
    {LabelKind::Successor, "successor", "Su", true, true},
    {LabelKind::CopySuppression, "copy-suppression", "Cs", true, true},
    {LabelKind::CmrLike, "cmr-like", "Cm", true, true},
    {LabelKind::StatisticalInduction, "statistical-induction", "Si", true, true},
    {LabelKind::Iteration, "iteration", "It", true, true},
};

const KindRow& rowOf(LabelKind kind)
{
    for (const KindRow& row : kRows)
        if (row.kind == kind) return row;
    return kRows[0];
}

bool takesArgument(LabelKind kind) { return kind == LabelKind::Vertical || kind == LabelKind::Syntactic; }

}  // namespace

LabelId positionalLabel(int offset)
{
    if (offset == -1) return {LabelKind::PreviousToken, 0, {}};
    if (offset == 1) return {LabelKind::NextToken, 0, {}};
    if (offset == 0) return {LabelKind::Self, 0, {}};
    return {LabelKind::Positional, offset, {}};
}

std::string labelName(const LabelId& id)
{
    std::string name = rowOf(id.kind).name;
    if (id.kind == LabelKind::Positional) {
        name += '(';
        name += std::to_string(id.offset);
        name += ')';
    } else if (takesArgument(id.kind)) {
        name += '(';
        name += id.argument;
        name += ')';
    }
    return name;
}

const char* kindName(LabelKind kind) { return rowOf(kind).name; }

std::optional<LabelId> parseLabel(std::string_view text)
{
    const std::size_t open = text.find('(');
    const std::string_view name = text.substr(0, open);
    for (const KindRow& row : kRows) {
        if (name != row.name) continue;
        const bool needs = row.kind == LabelKind::Positional || takesArgument(row.kind);
        if ((open != std::string_view::npos) != needs) return std::nullopt;
        if (!needs) return LabelId{row.kind, 0, {}};
        if (text.back() != ')') return std::nullopt;
        const std::string_view inner = text.substr(open + 1, text.size() - open - 2);
        if (inner.empty()) return std::nullopt;
        if (row.kind != LabelKind::Positional) return LabelId{row.kind, 0, std::string(inner)};
        int offset = 0;
        const auto [end, error] = std::from_chars(inner.data(), inner.data() + inner.size(), offset);
        if (error != std::errc() || end != inner.data() + inner.size() || (offset >= -1 && offset <= 1)) return std::nullopt;
        return LabelId{row.kind, offset, {}};
    }
    return std::nullopt;
}

bool isAttribute(LabelKind kind) { return rowOf(kind).attribute; }
bool isContentLabel(LabelKind kind) { return rowOf(kind).content; }

}  // namespace hs
