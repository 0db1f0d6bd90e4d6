// SPDX-License-Identifier: GPL-3.0-or-later
// Heads, layers and rows are counted with int, and containers with std::size_t.
#pragma once

#include <cstddef>

namespace hs {

/// `i`, which is not negative, as an index into a container.
constexpr std::size_t at(int i) { return static_cast<std::size_t>(i); }

}  // namespace hs
