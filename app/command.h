// SPDX-License-Identifier: GPL-3.0-or-later
// A command as data. The parser, --help, the manual page and the README read nothing else.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/arguments.h"

namespace hs::app {

/// What a command needs of Qt.
enum class Screen {
    None,     ///< prints and writes files
    Paper,    ///< paints figures: fonts, but no display
    Display,  ///< a window
};

struct CommandSpec {
    const char* name = "";                    ///< "info"; empty: the program without a command
    std::vector<const char*> usage;           ///< lines after "headscope NAME "; the second and later ones go below the first
    const char* call = "";                    ///< in lists of commands: "FILE ... --out RUN.h5"
    const char* brief = "";                   ///< beside it, a few words; translatable (context CommandLine), as `about`
    const char* about = "";                   ///< what the help says before the options
    std::vector<const char*> examples;        ///< without "headscope NAME "; the first is the README's
    std::vector<Value> files{reads("FILE")};  ///< the words for the files that must be named, with what happens to each
    bool mayOpenFile = false;                 ///< one file may be named though none must be
    Options options;                          ///< its own; every command also has commonOptions
    std::shared_ptr<Arguments> arguments;     ///< what the options set; made with the table, so every table is good for one command line
    std::function<std::string()> check;       ///< what is missing or contradicts, as a sentence's beginning; empty: nothing
    std::function<std::vector<std::string>()> alsoWrites;  ///< files that are there and would be replaced though no option names them
    std::function<Screen()> screen = [] { return Screen::None; };  ///< asked after `check`
    std::function<int()> run;                                      ///< the exit code
};

}  // namespace hs::app
