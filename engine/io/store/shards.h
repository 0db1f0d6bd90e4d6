// SPDX-License-Identifier: GPL-3.0-or-later
// Weights in several files, told by their names alone: model-00001-of-00003.safetensors and its like.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/base/result.h"

namespace hs {

struct ShardName {
    std::string stem;         ///< "model" of model-00001-of-00003.safetensors
    std::string numbers;      ///< how a part is written: "00001-of-00003"
    int part = 0, parts = 0;  ///< 1 .. parts
};
/// Nothing for a file that is no part of several; one of one counts as a part.
std::optional<ShardName> shardName(const std::string& fileName);

/// All parts of the model that `path` is one of, in order, each beside it or beside the target of a link.
/// ShardMissing (item = names of the first parts that are not there, found = how many are, expected = how many there should be).
Result<std::vector<std::string>> shardsWith(const std::string& path);

}  // namespace hs
