// SPDX-License-Identifier: GPL-3.0-or-later
// The one list of commands: each stands in its own cmd_x.cpp.
#include "app/commands.h"

namespace hs::app {

CommandSpec windowCommand();
CommandSpec infoCommand();
CommandSpec runCommand();
CommandSpec exportCommand();
CommandSpec convertCommand();
CommandSpec labelCommand();
CommandSpec similarityCommand();
CommandSpec graphCommand();
CommandSpec importanceCommand();
CommandSpec pruneCommand();
CommandSpec patchCommand();
CommandSpec measuresCommand();

std::vector<CommandSpec> commands()
{
    return {windowCommand(),     infoCommand(),  runCommand(),        exportCommand(), convertCommand(), labelCommand(),
            similarityCommand(), graphCommand(), importanceCommand(), pruneCommand(),  patchCommand(),   measuresCommand()};
}

}  // namespace hs::app
