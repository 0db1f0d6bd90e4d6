// SPDX-License-Identifier: GPL-3.0-or-later
// Reading vocabularies out of JSON, with the checks that hostile or damaged files call for.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/progress.h"
#include "engine/base/result.h"
#include "engine/text/models/bpe_model.h"

namespace hs {

/// JsonInvalid (item = byte position), NumberOutOfRange; TokenizerInvalid when it is too long; Cancelled.
Result<nlohmann::json> parseJson(std::string_view text, const Progress& progress = {});
/// {"token": id, ...} as vocab[id]; ids that no token has are empty strings. TokenizerInvalid names the entry.
Result<std::vector<std::string>> vocabularyFromJson(const nlohmann::json& object, const std::string& item);
/// "A B" lines as pairs. TokenizerInvalid names the line.
Result<MergeList> parseMerges(const std::vector<std::string>& lines);

}  // namespace hs
