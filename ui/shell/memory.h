// SPDX-License-Identifier: GPL-3.0-or-later
// What the program takes of the machine's memory.
#pragma once

namespace hs::ui {

/// Resident memory of this process and physical memory of the machine, in bytes; 0 when not known.
double residentBytes();
double physicalBytes();

}  // namespace hs::ui
