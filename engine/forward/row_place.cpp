// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/forward/row_place.h"

#include <algorithm>

namespace hs {

std::optional<int> rowOffset(const AttentionSource& source)
{
    const std::vector<Token>&rows = source.queryTokens(), &columns = source.keyTokens();
    if (&rows == &columns) return 0;
    if (rows.size() > columns.size()) return std::nullopt;
    const auto offset = static_cast<std::ptrdiff_t>(columns.size() - rows.size());
    const bool same =
        std::equal(rows.begin(), rows.end(), columns.begin() + offset, [](const Token& a, const Token& b) { return a.piece == b.piece; });
    return same ? std::optional<int>(static_cast<int>(offset)) : std::nullopt;
}

}  // namespace hs
