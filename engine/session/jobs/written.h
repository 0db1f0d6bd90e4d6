// SPDX-License-Identifier: GPL-3.0-or-later
// The answer of jobs that write one file.
#pragma once

#include <string>

namespace hs {

struct WrittenResult {
    std::string path;
};

}  // namespace hs
