// SPDX-License-Identifier: GPL-3.0-or-later
// What every command is given. A command adds its own values by deriving from this. Texts and paths stay the bytes the shell gave.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/option.h"
#include "engine/io/open.h"

namespace hs::app {

struct Arguments {
    virtual ~Arguments() = default;

    std::vector<std::string> files;  ///< FILE, or IN and OUT
    std::vector<NamedFile> named;    ///< files that options named, in the order of the command line
    bool force = false;              ///< files that HeadScope did not write may be replaced
    OpenOptions open;
    std::optional<int> threads;
    std::optional<int> probeLimit;  ///< as setProbeLimit
    std::string language;           ///< "en", "de", or empty: as chosen in the window, else the system's
    bool quiet = false;
    bool help = false;
    bool version = false;
};

/// The rows that every command has.
Options commonOptions(Arguments& arguments);

}  // namespace hs::app
