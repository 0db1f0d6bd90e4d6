// SPDX-License-Identifier: GPL-3.0-or-later
// LZF, which h5py offers as compression="lzf": HDF5 filter 32000. Read only.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace hs::h5 {

/// Undoes LZF: control bytes below 32 begin a run of that many literal bytes and one more; others copy earlier output, 3 to 264 bytes,
/// from up to 8192 bytes back. False when the input ends too early, points before the output's beginning, or makes more than `most` bytes.
bool decodeLzf(std::span<const unsigned char> in, std::size_t most, std::vector<unsigned char>& out);

/// Once, before any file is opened: the library asks decodeLzf for chunks of filter 32000.
void registerLzf();

}  // namespace hs::h5
