// SPDX-License-Identifier: GPL-3.0-or-later
// libhdf5 crashes on some damaged files, so a helper process opens every HDF5 file first and touches all that the reader will.
#pragma once

#include <string>

#include "engine/base/progress.h"
#include "engine/base/result.h"

namespace hs {

/// How much the helper may use: this many times 5 s of processor time, 1 GiB of addresses and 18 s by the clock. 1 unless somebody
/// raises it for a big file they trust: setProbeLimit, else $HEADSCOPE_PROBE_LIMIT. 1 to 64.
int probeLimit();
/// Of the whole program, from any thread; 0: back to the environment's.
void setProbeLimit(int times);

/// Runs `headscope-h5probe` within the limit. FileUnsafe when it crashes, or needs more (item = kProbeLimitItem, found = what was used
/// up, expected = the limit), else the error it met itself. Verdicts are remembered by path, size, time and limit. Internal
/// (item = headscope-h5probe) when the helper cannot be found or started.
inline constexpr const char* kProbeLimitItem = "probe limit";
Status probeHdf5(const std::string& path, const Progress& progress = {});

/// The helper looked for in $HEADSCOPE_PROBE, beside the program, in ../libexec/headscope and in ../bin; empty when nowhere.
std::string probeProgram();

/// The helper's exit code when memory ran out.
inline constexpr int kProbeNoMemory = 3;
/// What the helper does: limits itself, opens, walks, reads a little of everything, prints one line of JSON.
int probeMain(int argc, char** argv);

}  // namespace hs
