// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/io/bytes/file_region.h"
#include "engine/io/store/tensor_store.h"

namespace hs {

/// Streams `count` values of `width` bytes that stand one after another from `offset` on.
Status streamRegion(const FileRegion& file, std::uint64_t offset, std::int64_t count, std::size_t width, bool swap,
                    const TensorStore::RawSink& sink, const Progress& progress);

}  // namespace hs
