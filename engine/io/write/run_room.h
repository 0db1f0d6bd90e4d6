// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a run and its file have room, said before anything is computed.
#pragma once

#include <cstdint>
#include <string>

#include "engine/base/result.h"
#include "engine/io/write/write.h"

namespace hs {

/// What a run of some length takes.
struct RunRoom {
    std::uint64_t memory = 0;  ///< bytes beyond what is loaded: the pass, and one panel of rows while writing
    std::uint64_t file = 0;    ///< bytes that RUN.h5 needs at the least, compressed
};
RunRoom runRoom(const Model& model, int n, const ForwardOptions& options, const RunWriteOptions& write);

/// OutOfMemory or DiskFull: item = the largest length that does have room (0: none), found = free, expected = needed, both as sizes like
/// "1.5 GB". `path`: the file to be written, or empty when nothing is; a folder that is not there is nobody's fault here.
Status checkRunRoom(const Model& model, int n, const ForwardOptions& options, const std::string& path = {},
                    const RunWriteOptions& write = {});

/// Rows of a map in one chunk of RUN.h5: about 4 MiB, so that no chunk comes near what HDF5 allows, at least one.
std::int64_t rowsPerChunk(std::int64_t columns, std::size_t width);

}  // namespace hs
