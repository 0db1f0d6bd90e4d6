// SPDX-License-Identifier: GPL-3.0-or-later
// JSON from files of strangers: limited in size and depth, errors as values. For .cpp files of engine/io only.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "engine/base/result.h"

namespace hs {

/// JsonInvalid (item = position) for bad text or more than 64 levels.
Result<nlohmann::json> parseJson(const std::string& text, const std::string& file);
/// A JSON file of at most 256 MiB as text.
Result<std::string> readJsonText(const std::string& path);

}  // namespace hs
