// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hs {

/// Header of an NPY file (version 1.0) in C order and this machine's byte order, padded so that the values begin at a multiple of 64.
/// `type`: "f4" or "f8". 64 spaces more than that takes are the mark by which HeadScope knows its own files.
std::string npyHeader(const char* type, const std::vector<std::int64_t>& shape);
/// Whether `head`, at least the header of an NPY file, bears that mark.
bool isMarkedNpy(std::string_view head);

}  // namespace hs
