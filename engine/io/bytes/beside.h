// SPDX-License-Identifier: GPL-3.0-or-later
// What lies beside a file: in its folder, and, where the file is a symbolic link, in the folder of its target too. Download caches
// keep files in one folder and links with the real names in another.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace hs {

/// The folder that holds `path`, then that of the file it leads to when it is a link (each once).
std::vector<std::filesystem::path> foldersBeside(const std::string& path);
/// The first regular file of this name beside `path`; empty when there is none.
std::filesystem::path fileBeside(const std::string& path, const std::string& name);

}  // namespace hs
