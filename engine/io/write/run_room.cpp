// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/write/run_room.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <limits>

#include "engine/base/free_memory.h"
#include "engine/forward/forward.h"

namespace hs {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kChunkBytes = std::int64_t(4) << 20;
/// Of the bytes of visible cells, what gzip leaves at the least. Measured at 3000 tokens: 0.85 and 0.23; 16-bit weights of long rows have
/// ever fewer digits.
constexpr double kCompressed = 0.6, kCompressedHalf = 0.1;

std::uint64_t roomOn(const std::string& path)
{
    std::error_code error;
    const fs::path folder = fs::absolute(path, error).parent_path();
    const fs::space_info space = fs::space(folder, error);
    return error ? std::numeric_limits<std::uint64_t>::max() : space.available;
}

std::string sizeText(std::uint64_t bytes)
{
    constexpr std::array<const char*, 5> units{"kB", "MB", "GB", "TB", "PB"};
    double value = static_cast<double>(bytes) / 1e3;
    std::size_t unit = 0;
    while (value >= 1000 && unit + 1 < units.size()) {
        value /= 1e3;
        ++unit;
    }
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.*f %s", value < 10 ? 1 : 0, value, units[unit]);
    return text.data();
}

/// The largest length below `n` that `fits`; it grows with the length.
template <class Fits>
int largest(int n, Fits fits)
{
    int low = 0, high = n;
    while (high - low > 1) {
        const int middle = low + (high - low) / 2;
        (fits(middle) ? low : high) = middle;
    }
    return low;
}

}  // namespace

std::int64_t rowsPerChunk(std::int64_t columns, std::size_t width)
{
    const std::int64_t row = std::max<std::int64_t>(1, columns * static_cast<std::int64_t>(width));
    return std::clamp<std::int64_t>(kChunkBytes / row, 1, std::max<std::int64_t>(1, columns));
}

RunRoom runRoom(const Model& model, int n, const ForwardOptions& options, const RunWriteOptions& write)
{
    const ModelConfig& config = model.config();
    const double width = write.float16 ? 2 : 4, tokens = n;
    double cells = 0, z = 0;
    for (int l = 0; l < config.nLayers; ++l) {
        cells += config.visibility(l).cells(n) * config.heads(l);
        z += tokens * config.heads(l) * config.dHead;
    }
    const double logits = !model.canPredict() ? tokens * config.dModel : write.logits ? tokens * config.outputs() : 0;
    const double panel = static_cast<double>(rowsPerChunk(n, static_cast<std::size_t>(width))) * tokens * (4 + width);
    RunRoom room;
    room.memory = estimateCost(model, n, options).bytes + static_cast<std::uint64_t>(panel);
    room.file =
        static_cast<std::uint64_t>(cells * width * (write.float16 ? kCompressedHalf : kCompressed) + (logits + (write.z ? z : 0)) * width);
    return room;
}

Status checkRunRoom(const Model& model, int n, const ForwardOptions& options, const std::string& path, const RunWriteOptions& write)
{
    if (n <= 0 || !model.canRun()) return {};  // said elsewhere, and better
    if (const int most = model.config().nCtx; most > 0 && n > most) return {};
    const RunRoom needed = runRoom(model, n, options, write);
    const std::uint64_t memory = freeMemory(), disk = path.empty() ? std::numeric_limits<std::uint64_t>::max() : roomOn(path);
    if (needed.memory <= memory && needed.file <= disk) return {};
    const int does = largest(n, [&](int m) {
        const RunRoom room = runRoom(model, m, options, write);
        return room.memory <= memory && room.file <= disk;
    });
    const std::string length = std::to_string(does);
    if (needed.memory > memory) return Error::of(ErrorCode::OutOfMemory, length, sizeText(memory), sizeText(needed.memory));
    return Error::in(path, ErrorCode::DiskFull, length, sizeText(disk), sizeText(needed.file));
}

}  // namespace hs
