// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>

#include "engine/base/progress.h"
#include "engine/base/result.h"

namespace hs {

/// SHA-256 as 64 lower-case hex digits.
std::string sha256Hex(const void* data, std::size_t size);
/// SHA-256 of a file, read in blocks, with Stage::Hashing progress in bytes.
Result<std::string> sha256OfFile(const std::string& path, const Progress& progress = {});

}  // namespace hs
