// SPDX-License-Identifier: GPL-3.0-or-later
// The head of NumPy's .npy (numpy/lib/format.py): magic, version, a Python dictionary as text; then the values.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/model/weights.h"

namespace hs {

struct NpyHeader {
    Dtype dtype = Dtype::Other;
    std::string type;       ///< "f4", "i8", "O": NumPy's name without the byte order
    std::size_t width = 0;  ///< bytes of one value; 0 for Dtype::Other
    bool bigEndian = false;
    bool fortran = false;  ///< the first axis runs fastest
    std::vector<std::int64_t> shape;
    std::uint64_t offset = 0;  ///< of the values
    std::uint64_t bytes = 0;   ///< of the values; 0 for Dtype::Other
};

/// `read` fills bytes from a place counted from the magic on. Errors name `file` and, where it is not empty, `item`: `bad` for a
/// header that is none, whatever `read` fails with.
Result<NpyHeader> readNpyHeader(const std::function<Status(std::uint64_t, void*, std::size_t)>& read, const std::string& file,
                                ErrorCode bad, const std::string& item = {});

}  // namespace hs
