// SPDX-License-Identifier: GPL-3.0-or-later
// Reading a 500 MB model (GPT-2 small, fp32, native schema) from a warm page cache, beside plain read() of the same file in
// the same run: names, first layer, everything.
//   bench_read [rounds] [folder]     the file is made in the folder (default: the system's temporary one) and removed
#include <algorithm>
#include <filesystem>

#include <fcntl.h>
#include <unistd.h>

#include "benchmarks/forward_setup.h"
#include "engine/io/open.h"
#include "engine/io/write/write.h"

using namespace hs;
using namespace hs::bench;

namespace {

[[noreturn]] void fail(const char* what, const Error& e)
{
    std::fprintf(stderr, "bench_read: %s: error %d %s %s %s\n", what, static_cast<int>(e.code), e.file.c_str(), e.item.c_str(),
                 e.found.c_str());
    std::exit(1);
}

/// Seconds of read() into one buffer of 1 MiB that is used again and again: the least that reading can cost.
double plainRead(const std::string& path)
{
    static std::vector<char> buffer(1 << 20);
    const auto start = Clock::now();
    const int fd = ::open(path.c_str(), O_RDONLY);
    while (fd >= 0 && ::read(fd, buffer.data(), buffer.size()) > 0) {}
    ::close(fd);
    return secondsSince(start);
}

/// The same, keeping it: fresh memory for every byte, as a loaded model needs.
double readKeeping(const std::string& path, std::size_t size)
{
    const auto start = Clock::now();
    const std::vector<char> all = [&] {
        std::vector<char> bytes(size);
        const int fd = ::open(path.c_str(), O_RDONLY);
        std::size_t at = 0;
        for (ssize_t got = 1; fd >= 0 && got > 0 && at < size; at += static_cast<std::size_t>(std::max<ssize_t>(got, 0)))
            got = ::read(fd, bytes.data() + at, std::min<std::size_t>(size - at, 1 << 20));
        ::close(fd);
        return bytes;
    }();
    return all.empty() ? 0 : secondsSince(start);
}

struct Times {
    double open = 0, firstLayer = 0, all = 0;
};

Times readModel(const std::string& path)
{
    Times t;
    const auto start = Clock::now();
    const auto model = openModel(path);
    if (!model) fail("open", model.error());
    t.open = secondsSince(start);
    for (int layer = 0; layer < (*model)->config().nLayers; ++layer) {
        const auto weights = (*model)->layer(layer);
        if (!weights) fail("layer", weights.error());
        if (layer == 0) t.firstLayer = secondsSince(start);
    }
    const auto embedding = (*model)->embedding();
    if (!embedding) fail("embedding", embedding.error());
    const auto output = (*model)->output();
    if (!output) fail("output", output.error());
    t.all = secondsSince(start);
    return t;
}

}  // namespace

int main(int argc, char** argv)
{
    const int rounds = argc > 1 ? std::max(1, std::atoi(argv[1])) : 7;
    const std::filesystem::path folder = argc > 2 ? std::filesystem::path(argv[2]) : std::filesystem::temp_directory_path();
    const std::string path = (folder / std::string("headscope-bench-read-").append(std::to_string(getpid())).append(".h5")).string();
    {
        const auto model = test::randomModel(test::gpt2SmallConfig());
        const auto start = Clock::now();
        if (const Status s = writeNativeModel(path, *model); !s) fail("write", s.error());
        std::printf("written, synced, read back and checked in %.1f s\n", secondsSince(start));
    }
    const std::size_t size = std::filesystem::file_size(path);
    plainRead(path);  // warm
    readModel(path);  // the helper's verdict is remembered from here on
    std::vector<double> plain, keeping, open, first, all, share, shareKeeping;
    for (int round = 0; round < rounds; ++round) {
        plain.push_back(plainRead(path));
        keeping.push_back(readKeeping(path, size));
        const Times t = readModel(path);
        open.push_back(t.open);
        first.push_back(t.firstLayer);
        all.push_back(t.all);
        share.push_back(plain.back() / t.all);
        shareKeeping.push_back(keeping.back() / t.all);
    }
    std::filesystem::remove(path);
    const double megabytes = static_cast<double>(size) / 1e6;
    std::printf("read, %.0f MB fp32, page cache warm, %d threads, medians of %d rounds\n", megabytes, threadCount(), rounds);
    std::printf("%-34s %8.1f ms  %6.2f GB/s\n", "plain read(), one buffer", median(plain) * 1e3, megabytes / 1e3 / median(plain));
    std::printf("%-34s %8.1f ms  %6.2f GB/s\n", "plain read() into fresh memory", median(keeping) * 1e3, megabytes / 1e3 / median(keeping));
    std::printf("%-34s %8.1f ms  %6.2f GB/s  = %.2f of plain read(), %.2f of read() into fresh memory\n", "model: all weights, checked",
                median(all) * 1e3, megabytes / 1e3 / median(all), median(share), median(shareKeeping));
    std::printf("%-34s %8.1f ms\n%-34s %8.1f ms\n", "model: names and configuration", median(open) * 1e3, "model: first layer ready",
                median(first) * 1e3);
    return 0;
}
