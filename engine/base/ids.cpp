// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/ids.h"

#include <charconv>

namespace hs {

std::string headName(HeadId id)
{
    std::string name = "L";
    name += std::to_string(id.layer);
    name += 'H';
    name += std::to_string(id.head);
    return name;
}

std::optional<HeadId> parseHeadName(std::string_view text)
{
    HeadId id;
    std::size_t at = 0;
    if (!text.empty() && (text[0] == 'L' || text[0] == 'l')) at = 1;
    const char* end = text.data() + text.size();
    auto [afterLayer, layerError] = std::from_chars(text.data() + at, end, id.layer);
    if (layerError != std::errc{} || afterLayer == end) return std::nullopt;
    const char separator = *afterLayer;
    const bool spelled = at == 1 && (separator == 'H' || separator == 'h');
    const bool dotted = at == 0 && (separator == '.' || separator == ',');
    if (!spelled && !dotted) return std::nullopt;
    auto [afterHead, headError] = std::from_chars(afterLayer + 1, end, id.head);
    if (headError != std::errc{} || afterHead != end || id.layer < 0 || id.head < 0) return std::nullopt;
    return id;
}

}  // namespace hs
