// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/free_memory.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <limits>
#include <string>

#include <sys/resource.h>
#include <unistd.h>

namespace hs {
namespace {

constexpr std::uint64_t kUnknown = std::numeric_limits<std::uint64_t>::max();

/// The first number of a file; "max" and what cannot be read: not known.
std::uint64_t numberIn(const char* path)
{
    std::ifstream file(path);
    std::uint64_t value = 0;
    return file >> value ? value : kUnknown;
}

std::uint64_t available()
{
    std::ifstream file("/proc/meminfo");
    std::string word;
    std::uint64_t kilobytes = 0;
    while (file >> word)
        if (word == "MemAvailable:" && file >> kilobytes) return kilobytes * 1024;
    return kUnknown;
}

/// Where a control group limits memory, both versions of its files at the root that a container sees.
std::uint64_t inGroup()
{
    for (const auto& [limit, used] :
         {std::pair("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory.current"),
          std::pair("/sys/fs/cgroup/memory/memory.limit_in_bytes", "/sys/fs/cgroup/memory/memory.usage_in_bytes")}) {
        const std::uint64_t most = numberIn(limit), now = numberIn(used);
        if (most != kUnknown && now != kUnknown) return most > now ? most - now : 0;
    }
    return kUnknown;
}

std::uint64_t inAddresses()
{
    rlimit most{};
    if (getrlimit(RLIMIT_AS, &most) != 0 || most.rlim_cur == RLIM_INFINITY) return kUnknown;
    const std::uint64_t pages = numberIn("/proc/self/statm");
    if (pages == kUnknown) return most.rlim_cur;
    const std::uint64_t used = pages * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
    return most.rlim_cur > used ? most.rlim_cur - used : 0;
}

}  // namespace

std::uint64_t freeMemory()
{
    if (const char* given = std::getenv("HEADSCOPE_FREE_MEMORY")) {
        std::uint64_t bytes = 0;
        if (std::from_chars(given, given + std::strlen(given), bytes).ec == std::errc{}) return bytes;
    }
    return std::min({available(), inGroup(), inAddresses()});
}

}  // namespace hs
