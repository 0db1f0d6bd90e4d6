// SPDX-License-Identifier: GPL-3.0-or-later
// From the words of the command line to the command they ask for.
#pragma once

#include <string>
#include <vector>

#include "app/command.h"

namespace hs::app {

/// The command with its arguments set, or what is wrong with them.
struct Parsed {
    CommandSpec command;
    std::string problem;  ///< "unknown option --colour", or empty
};

/// `words` without the program's name. Understands --name value, --name=value, -h, and -- as the end of options.
Parsed parse(const std::vector<std::string>& words);

}  // namespace hs::app
