// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace hs {

/// Bytes of memory that this process may still take: what the system has free or could free, within the limits of its control group and
/// its own limit on addresses. Tests set $HEADSCOPE_FREE_MEMORY (bytes). All bits set: not known.
std::uint64_t freeMemory();

}  // namespace hs
