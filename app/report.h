// SPDX-License-Identifier: GPL-3.0-or-later
// The headless report: what the window would show first, as files.
#pragma once

#include <string>
#include <vector>

#include "app/arguments.h"

namespace hs::app {

/// Atlas, three heads and numbers of `prompt` (empty: the sample's first) on FILE (none: the sample). Returns the exit code.
int writeReport(const Arguments& arguments, const std::string& folder, const std::string& prompt);

/// Files in the folder that a report would replace: those with the names it gives.
std::vector<std::string> reportFiles(const std::string& folder);

}  // namespace hs::app
