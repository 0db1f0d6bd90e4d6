// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

namespace hs {

/// A whole number of `width` bytes (at most 8), the least significant first.
inline std::uint64_t littleEndian(const void* bytes, std::size_t width)
{
    std::uint64_t out = 0;
    for (std::size_t i = width; i-- > 0;) out = (out << 8) | static_cast<const unsigned char*>(bytes)[i];
    return out;
}

}  // namespace hs
