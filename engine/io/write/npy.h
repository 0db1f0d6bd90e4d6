// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace hs {

/// Header of an NPY file (version 1.0) in C order and this machine's byte order, padded so that the values begin at a multiple of 64.
/// `type`: "f4" or "f8".
std::string npyHeader(const char* type, const std::vector<std::int64_t>& shape);

}  // namespace hs
