// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "app/arguments.h"

namespace hs::app {

/// The text of --help: general for Window, else of one command, with examples.
QString helpText(Command command);

}  // namespace hs::app
