// SPDX-License-Identifier: GPL-3.0-or-later
// Gate gradients of all heads in forward passes, GPT-2-small-shaped random model, logits and loss included in both.
//   bench_backward [rounds] [tokens]
#include "benchmarks/forward_setup.h"
#include "engine/forward/backward/backward.h"

using namespace hs;
using namespace hs::bench;

int main(int argc, char** argv)
{
    const int rounds = argc > 1 ? std::max(1, std::atoi(argv[1])) : 5;
    const int n = argc > 2 ? std::clamp(std::atoi(argv[2]), 2, 1024) : 128;
    const auto model = loadedModel(1024);
    const auto prompt = test::randomPrompt(n, 50257);
    ForwardOptions options;
    options.stats = false;
    runOrExit(model, prompt, options);  // warm
    std::vector<double> forwards, backwards, whole, ratios;
    for (int round = 0; round < rounds; ++round) {
        auto start = Clock::now();
        const auto run = runOrExit(model, prompt, options);
        forwards.push_back(secondsSince(start));
        start = Clock::now();
        const auto g = backward(*run, {}, {});
        if (!g) {
            std::fprintf(stderr, "backward failed: %s %s\n", g.error().item.c_str(), g.error().found.c_str());
            return 1;
        }
        backwards.push_back(secondsSince(start));
        whole.push_back(forwards.back() + backwards.back());
        ratios.push_back(whole.back() / forwards.back());
    }
    std::printf("gate gradients of 144 heads, n = %d, %d threads, %s, %d rounds (median): forward %.1f ms, backward %.1f ms\n", n,
                threadCount(), gemmLibrary(), rounds, median(forwards) * 1e3, median(backwards) * 1e3);
    std::printf("forward and backward together: %.2f forwards   goal: at most 3\n", median(ratios));
    return 0;
}
