// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>

namespace hs::ui::tables {

/// 0xRRGGBB, from low to high.
extern const std::array<std::uint32_t, 256> kViridis, kMagma, kCividis;

}  // namespace hs::ui::tables
