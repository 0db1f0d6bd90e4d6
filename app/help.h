// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "app/command.h"

namespace hs::app {

/// The text of --help: of one command, or, for the one without a name, of the program with the list of commands.
QString helpText(const CommandSpec& command);

/// "headscope info model.h5": the command with `rest` after it.
QString invocation(const CommandSpec& command, const char* rest = "");

}  // namespace hs::app
