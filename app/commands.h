// SPDX-License-Identifier: GPL-3.0-or-later
// One function for each command. Each returns the exit code.
#pragma once

#include "app/arguments.h"

namespace hs::app {

int commandInfo(const Arguments& arguments);
int commandRun(const Arguments& arguments);
int commandExport(const Arguments& arguments);
int commandPatch(const Arguments& arguments);
int commandConvert(const Arguments& arguments);
int commandLabel(const Arguments& arguments);
int commandSimilarity(const Arguments& arguments);
int commandGraph(const Arguments& arguments);
int commandImportance(const Arguments& arguments);
int commandPrune(const Arguments& arguments);
/// `headscope --report FOLDER [FILE]`: atlas, three heads and numbers, without a window.
int commandReport(const Arguments& arguments);
/// The window. Makes the QApplication itself; argc and argv are Qt's.
int commandWindow(const Arguments& arguments, int& argc, char** argv);

}  // namespace hs::app
