// SPDX-License-Identifier: GPL-3.0-or-later
// Before a command computes: nothing that it reads is written over, and nothing that HeadScope did not write unless --force says so.
#pragma once

#include <string>

#include "app/command.h"

namespace hs::app {

/// "--out c.json would overwrite c.json, which is read (--config)", "--out notes.txt: HeadScope did not write this file; --force
/// replaces it", or empty. Looks at the table of the command alone. Needs an application object: files that ship are looked for.
std::string fileProblem(const CommandSpec& command);

}  // namespace hs::app
