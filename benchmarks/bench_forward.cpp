// SPDX-License-Identifier: GPL-3.0-or-later
// Forward time of a GPT-2-small-shaped random model as a share of the bound, and peak memory of a long prompt.
//   bench_forward [rounds]     table; medians of interleaved runs
//   bench_forward --memory     only the memory line (the table starts this in a process of its own)
#include "benchmarks/forward_setup.h"

using namespace hs;
using namespace hs::bench;

namespace {

constexpr int kProducts = 5;  // in each look at the limit

ForwardOptions attentionOnly()
{
    ForwardOptions options;
    options.logits = false;
    return options;
}

int measureMemory()
{
    const int n = 4096;
    const auto model = loadedModel(n);
    const double before = processMiB("VmHWM");
    const auto run = runOrExit(model, test::randomPrompt(n, 50257), attentionOnly());
    const double after = processMiB("VmHWM");
    std::printf(
        "memory, n = %d: %.0f MiB beyond %.0f MiB of weights (process peak %.0f MiB; kept by the run %.0f MiB)   goal: at most 512 "
        "beyond\n",
        n, after - before, static_cast<double>(model->cachedBytes()) / 1048576.0, after, static_cast<double>(run->bytes()) / 1048576.0);
    return 0;
}

}  // namespace

int main(int argc, char** argv)
{
    if (argc > 1 && std::string(argv[1]) == "--memory") return measureMemory();
    const int rounds = argc > 1 ? std::max(1, std::atoi(argv[1])) : 7;
    const std::vector<int> lengths{64, 256, 512, 1024};
    const auto model = loadedModel(1024);
    std::vector<std::shared_ptr<const Prompt>> prompts;
    for (int n : lengths) prompts.push_back(test::randomPrompt(n, 50257));
    std::vector<std::vector<double>> times(lengths.size()), shares(lengths.size()), sharesOfMedian(lengths.size());
    std::vector<double> peaks;
    for (std::size_t i = 0; i < lengths.size(); ++i) runOrExit(model, prompts[i], attentionOnly());  // warm
    for (int round = 0; round < rounds; ++round) {
        for (std::size_t i = 0; i < lengths.size(); ++i) {
            // The limit right before and after each run: other work on the machine slows both.
            const PeakRates before = peakRates(kProducts);
            const auto start = Clock::now();
            const auto run = runOrExit(model, prompts[i], attentionOnly());
            const double seconds = secondsSince(start);
            const PeakRates after = peakRates(kProducts);
            const double peak = std::max(before.best, after.best);
            peaks.push_back(peak);
            times[i].push_back(seconds);
            shares[i].push_back(causalFlops(lengths[i]) / peak / seconds);
            sharesOfMedian[i].push_back(causalFlops(lengths[i]) / ((before.median + after.median) / 2) / seconds);
        }
    }
    std::printf(
        "forward, all maps and statistics available, GPT-2 small shape, %d threads, %s, %d rounds; sgemm peak %.0f GFLOP/s (median)\n",
        threadCount(), gemmLibrary(), rounds, median(peaks) / 1e9);
    std::printf("%6s %12s %12s %12s %10s %8s %14s\n", "n", "median ms", "best ms", "GFLOP/s", "share", "goal", "of its median");
    for (std::size_t i = 0; i < lengths.size(); ++i) {
        const double time = median(times[i]);
        std::printf("%6d %12.1f %12.1f %12.0f %9.0f%% %7d%% %13.0f%%\n", lengths[i], time * 1e3,
                    *std::min_element(times[i].begin(), times[i].end()) * 1e3, causalFlops(lengths[i]) / time / 1e9,
                    100.0 * median(shares[i]), lengths[i] == 64 ? 75 : 85, 100.0 * median(sharesOfMedian[i]));
    }
    std::fflush(stdout);
    return std::system((std::string("\"") + argv[0] + "\" --memory").c_str()) == 0 ? 0 : 1;
}
