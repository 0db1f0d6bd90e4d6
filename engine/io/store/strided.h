// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/io/store/tensor_store.h"

namespace hs {

/// The array lies as C does: the last axis runs fastest, without gaps.
bool isRowMajor(const std::vector<std::int64_t>& shape, const std::vector<std::int64_t>& strides);
/// Values [index] = base[sum of index * stride], strides in values, handed on in C order. Every place must lie in `base`: the caller
/// has checked. Cancelled (naming `file`).
Status streamStrided(const unsigned char* base, const std::vector<std::int64_t>& shape, const std::vector<std::int64_t>& strides,
                     std::size_t width, const std::string& file, const TensorStore::RawSink& sink, const Progress& progress);

}  // namespace hs
