// SPDX-License-Identifier: GPL-3.0-or-later
// JSON from files of strangers: limited in size and depth, errors as values. For .cpp files of engine/io only.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "engine/base/progress.h"
#include "engine/base/result.h"

namespace hs {

/// readJson with its usual limits: JsonInvalid (item = position) for bad text or more than 64 levels, NumberOutOfRange, Cancelled.
Result<nlohmann::json> parseJson(const std::string& text, const std::string& file, const Progress& progress = {});
/// A JSON file of at most 256 MiB as text.
Result<std::string> readJsonText(const std::string& path);

}  // namespace hs
