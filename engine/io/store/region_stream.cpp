// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/store/region_stream.h"

#include <algorithm>

#include "engine/tensor/convert.h"

namespace hs {

Status streamRegion(const FileRegion& file, std::uint64_t offset, std::int64_t count, std::size_t width, bool swap,
                    const TensorStore::RawSink& sink, const Progress& progress)
{
    constexpr std::size_t blockBytes = 512 * 1024;  // stays in the second-level cache, so that the copy out of it is free
    const auto perBlock = static_cast<std::int64_t>(blockBytes / width);
    std::vector<std::uint64_t> buffer((static_cast<std::size_t>(std::min(perBlock, count)) * width + 7) / 8);
    for (std::int64_t first = 0; first < count; first += perBlock) {
        if (progress.stopped()) return Error::cancelled(file.path());
        const auto now = static_cast<std::size_t>(std::min(perBlock, count - first));
        const std::uint64_t at = offset + static_cast<std::uint64_t>(first) * width;
        if (const Status s = file.read(at, buffer.data(), now * width); !s) return s;
        if (swap) swapBytes(buffer.data(), width, now);
        if (const Status s = sink(first, buffer.data(), now); !s) return s;
    }
    return {};
}

}  // namespace hs
