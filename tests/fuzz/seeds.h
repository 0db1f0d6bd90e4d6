// SPDX-License-Identifier: GPL-3.0-or-later
// Sound inputs of each target, made at run time: where a fuzzer starts, and what the replay must read without complaint.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace hs::fuzz {

/// Names of the targets, as their files are called.
const std::vector<std::string>& targetNames();
/// Writes the seeds of a target into a folder (made when it is missing); the number of files.
int writeSeeds(const std::string& target, const std::filesystem::path& folder);

/// A one-layer GPT-2 of a few hundred bytes.
std::string tinySafetensors();

}  // namespace hs::fuzz
