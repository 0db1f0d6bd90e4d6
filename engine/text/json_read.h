// SPDX-License-Identifier: GPL-3.0-or-later
// JSON from files of strangers: in time linear in its length, limited in depth, every number in range, errors as values.
#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "engine/base/progress.h"
#include "engine/base/result.h"

namespace hs {

struct JsonLimits {
    int depth = 64;            ///< levels of arrays and objects
    bool uniqueNames = false;  ///< the top level may name nothing twice (most readers keep the last value in silence)
};

/// JsonInvalid (item = byte position) for bad text or too many levels; NumberOutOfRange (item = key, found = the number as written,
/// expected = range) for what no double holds, Infinity and NaN; FileDamaged (item = name) for a repeated name; Cancelled.
Result<nlohmann::json> readJson(std::string_view text, const std::string& file, const JsonLimits& limits = {},
                                const Progress& progress = {});

}  // namespace hs
