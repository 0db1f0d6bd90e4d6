// SPDX-License-Identifier: GPL-3.0-or-later
// What every command is given. A command adds its own values by deriving from this. Texts and paths stay the bytes the shell gave.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/option.h"
#include "engine/io/open.h"

namespace hs::app {

struct Arguments {
    virtual ~Arguments() = default;

    std::vector<std::string> files;  ///< FILE, or IN and OUT
    OpenOptions open;
    std::optional<int> threads;
    std::string language;  ///< "en", "de", or empty: as chosen in the window, else the system's
    bool quiet = false;
    bool help = false;
    bool version = false;
};

/// The rows that every command has.
Options commonOptions(Arguments& arguments);

/// A file that would be written: the option that names it, and its path (empty: none).
using Written = std::pair<const char*, const std::string&>;
/// "--out would overwrite m.h5, which is read", or empty. Read are FILE, what the common options name, and `more`; empty paths are no files.
std::string overwrites(const Arguments& arguments, std::initializer_list<Written> written, std::initializer_list<std::string> more = {});

}  // namespace hs::app
