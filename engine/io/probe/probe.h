// SPDX-License-Identifier: GPL-3.0-or-later
// libhdf5 crashes on some damaged files, so a helper process opens every HDF5 file first and touches all that the reader will.
#pragma once

#include <string>

#include "engine/base/progress.h"
#include "engine/base/result.h"

namespace hs {

/// Runs `headscope-h5probe`, at most 18 s. FileUnsafe when it crashes or hangs, else the error it met itself. Verdicts are
/// remembered by path, size and time. Internal (item = headscope-h5probe) when the helper cannot be found or started.
Status probeHdf5(const std::string& path, const Progress& progress = {});

/// The helper looked for in $HEADSCOPE_PROBE, beside the program, in ../libexec/headscope and in ../bin; empty when nowhere.
std::string probeProgram();

/// What the helper does: limits itself, opens, walks, reads a little of everything, prints one line of JSON.
int probeMain(int argc, char** argv);

}  // namespace hs
