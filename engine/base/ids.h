// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace hs {

/// One attention head, counted from 0: L5H1 is the second head of the sixth layer.
struct HeadId {
    int layer = 0;
    int head = 0;
    auto operator<=>(const HeadId&) const = default;
};

/// "L5H1".
std::string headName(HeadId id);
/// Accepts "L5H1", "5.1" and "5,1" in any case; nothing for anything else.
std::optional<HeadId> parseHeadName(std::string_view text);

}  // namespace hs
