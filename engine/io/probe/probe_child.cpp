// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <new>

#include <sys/resource.h>
#include <unistd.h>
#include <nlohmann/json.hpp>

#include "engine/io/h5/file.h"
#include "engine/io/probe/probe.h"

namespace hs {

namespace {

void limit(__rlimit_resource what, rlim_t value)
{
    const rlimit both{value, value};
    setrlimit(what, &both);
}

void limitOurselves(rlim_t times)
{
    limit(RLIMIT_CORE, 0);
    const rlimit seconds{5 * times, 5 * times + 1};  // the first ends it by SIGXCPU, which the other side knows
    setrlimit(RLIMIT_CPU, &seconds);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    limit(RLIMIT_AS, times << 30);  // sanitizers reserve terabytes of addresses
#endif
    std::set_new_handler([] { _exit(kProbeNoMemory); });
}

/// Everything the reader may ask libhdf5 for. Errors are its to report; here only a crash counts.
void touch(const h5::File& file)
{
    std::int64_t budget = std::int64_t(512) << 20;
    const h5::Inventory& inventory = file.inventory();
    for (std::size_t i = 0; i < inventory.datasets.size(); ++i) {
        const h5::DatasetInfo& d = inventory.datasets[i];
        if (d.tensor.problem) continue;
        if (d.isString) (void)file.strings(d.tensor.name);
        if (d.isInteger && d.tensor.count() <= (1 << 24)) {
            (void)file.integers(d.tensor.name);
            (void)file.bytes(d.tensor.name);
        }
        const std::size_t width = widthOf(d.tensor.dtype);
        if (width == 0 || d.offset >= 0) continue;  // contiguous values are read past the library
        (void)file.streamRaw(i,
                             [&](std::int64_t, const void*, std::size_t count) -> Status {
                                 budget -= static_cast<std::int64_t>(count * width);
                                 if (budget < 0) return Error::cancelled();
                                 return {};
                             },
                             {});
        budget = std::max<std::int64_t>(budget, std::int64_t(1) << 20);  // the first box of each of the rest still
    }
}

}  // namespace

int probeMain(int argc, char** argv)
{
    if (argc != 2 && argc != 3) {
        std::fputs("usage: headscope-h5probe FILE [LIMIT]\n", stderr);
        return 2;
    }
    const int times = argc == 3 ? std::atoi(argv[2]) : 1;
    limitOurselves(static_cast<rlim_t>(std::clamp(times, 1, 64)));
    nlohmann::json verdict{{"protocol", 1}};
    {
        const auto file = h5::File::open(argv[1]);
        if (file) {
            touch(**file);
            verdict["datasets"] = (*file)->inventory().datasets.size();
        } else {
            const Error& e = file.error();
            verdict["error"] = {{"code", static_cast<int>(e.code)}, {"item", e.item}, {"found", e.found}, {"expected", e.expected}};
        }
    }
    H5close();  // some files crash the library only here
    const std::string line = verdict.dump(-1, ' ', true, nlohmann::json::error_handler_t::replace) + "\n";
    std::fwrite(line.data(), 1, line.size(), stdout);
    std::fflush(stdout);
    _exit(0);
}

}  // namespace hs
