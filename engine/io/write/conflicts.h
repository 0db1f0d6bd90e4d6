// SPDX-License-Identifier: GPL-3.0-or-later
// Outputs that are inputs: nothing that is read is written over.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace hs {

/// The same file under two names: by device and inode where both exist, else by the name once links and dots are resolved.
bool sameFile(const std::string& a, const std::string& b);

/// The first of `inputs` that writing `output` would destroy; nothing: none. An input may be a folder: then any file inside it that is
/// there already and is no result of ours, and any name that a file inside bears elsewhere. Empty names, "-" and what does not exist are
/// no inputs.
std::optional<std::string> inputUnder(const std::string& output, const std::vector<std::string>& inputs);

}  // namespace hs
