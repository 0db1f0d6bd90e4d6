// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/store/strided.h"

#include <algorithm>
#include <cstring>

namespace hs {

bool isRowMajor(const std::vector<std::int64_t>& shape, const std::vector<std::int64_t>& strides)
{
    std::int64_t run = 1;
    for (std::size_t axis = shape.size(); axis-- > 0;) {
        if (shape[axis] != 1 && strides[axis] != run) return false;
        run *= std::max<std::int64_t>(shape[axis], 1);
    }
    return true;
}

Status streamStrided(const unsigned char* base, const std::vector<std::int64_t>& shape, const std::vector<std::int64_t>& strides,
                     std::size_t width, const std::string& file, const TensorStore::RawSink& sink, const Progress& progress)
{
    constexpr std::int64_t perBlock = 64 * 1024;
    std::int64_t count = 1;
    for (const std::int64_t n : shape) count *= n;
    std::vector<std::uint64_t> block((static_cast<std::size_t>(std::min(perBlock, count)) * width + 7) / 8);
    auto* out = reinterpret_cast<unsigned char*>(block.data());
    std::vector<std::int64_t> index(shape.size(), 0);
    std::int64_t place = 0;
    for (std::int64_t first = 0; first < count; first += perBlock) {
        if (progress.stopped()) return Error::cancelled(file);
        const std::int64_t now = std::min(perBlock, count - first);
        for (std::int64_t i = 0; i < now; ++i) {
            std::memcpy(out + static_cast<std::size_t>(i) * width, base + static_cast<std::size_t>(place) * width, width);
            for (std::size_t axis = shape.size(); axis-- > 0;) {
                place += strides[axis];
                if (++index[axis] < shape[axis]) break;
                place -= strides[axis] * shape[axis];
                index[axis] = 0;
            }
        }
        if (const Status s = sink(first, block.data(), static_cast<std::size_t>(now)); !s) return s;
    }
    return {};
}

}  // namespace hs
