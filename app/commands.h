// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "app/command.h"

namespace hs::app {

/// All commands with fresh arguments, in the order of the help; the program without a command comes first.
std::vector<CommandSpec> commands();

}  // namespace hs::app
