// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "app/command.h"

namespace hs::app {

/// The text of --help: of one command, or, for the one without a name, of the program with the list of commands.
QString helpText(const CommandSpec& command);

/// The words of the command table.
inline QString utf8(const char* text) { return QString::fromUtf8(text); }

/// "headscope info model.h5": the command with `rest` after it.
QString invocation(const CommandSpec& command, const char* rest = "");

}  // namespace hs::app
