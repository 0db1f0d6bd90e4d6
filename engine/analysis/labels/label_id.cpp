// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/labels/label_id.h"

#include <charconv>

#include "engine/analysis/labels/label_kinds.h"

namespace hs {

LabelId positionalLabel(int offset)
{
    if (offset == -1) return {LabelKind::PreviousToken, 0, {}};
    if (offset == 1) return {LabelKind::NextToken, 0, {}};
    if (offset == 0) return {LabelKind::Self, 0, {}};
    return {LabelKind::Positional, offset, {}};
}

std::string labelName(const LabelId& id)
{
    const LabelKindInfo& kind = labelKind(id.kind);
    std::string name = kind.name;
    if (kind.parameter == LabelParameter::None) return name;
    name += '(';
    name += kind.parameter == LabelParameter::Offset ? std::to_string(id.offset) : id.argument;
    name += ')';
    return name;
}

const char* kindName(LabelKind kind) { return labelKind(kind).name; }

std::optional<LabelId> parseLabel(std::string_view text)
{
    const std::size_t open = text.find('(');
    const std::string_view name = text.substr(0, open);
    for (const LabelKindInfo& row : labelKinds()) {
        if (name != row.name) continue;
        const bool needs = row.parameter != LabelParameter::None;
        if ((open != std::string_view::npos) != needs) return std::nullopt;
        if (!needs) return LabelId{row.kind, 0, {}};
        if (text.back() != ')') return std::nullopt;
        const std::string_view inner = text.substr(open + 1, text.size() - open - 2);
        if (inner.empty()) return std::nullopt;
        if (row.parameter == LabelParameter::Argument) return LabelId{row.kind, 0, std::string(inner)};
        int offset = 0;
        const auto [end, error] = std::from_chars(inner.data(), inner.data() + inner.size(), offset);
        if (error != std::errc() || end != inner.data() + inner.size() || (offset >= -1 && offset <= 1)) return std::nullopt;
        return LabelId{row.kind, offset, {}};
    }
    return std::nullopt;
}

bool isAttribute(LabelKind kind) { return labelKind(kind).attribute; }
bool isContentLabel(LabelKind kind) { return labelKind(kind).content; }

}  // namespace hs
