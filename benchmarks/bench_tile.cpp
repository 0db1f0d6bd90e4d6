// SPDX-License-Identifier: GPL-3.0-or-later
// Time of tiles and overviews of a 4096-token run, GPT-2 small shape.
#include "benchmarks/forward_setup.h"

using namespace hs;
using namespace hs::bench;

int main()
{
    const int n = 4096;
    const auto model = loadedModel(n);
    ForwardOptions options;
    options.logits = false;
    const auto run = runOrExit(model, test::randomPrompt(n, 50257), options);
    const struct {
        const char* name;
        MapKind kind;
    } kinds[] = {{"weights", MapKind::Weights}, {"scores", MapKind::Scores}, {"value-weighted", MapKind::ValueWeighted}};
    std::printf("tiles of %d x %d maps, 12 x 12 heads, %d threads\n%-16s %22s %22s %18s\n", n, n, threadCount(), "kind",
                "1000 x 1000, median ms", "first of a head, ms", "overview 1024, ms");
    for (const auto& kind : kinds) {
        std::vector<double> first, again, whole;
        for (int i = 0; i < 24; ++i) {
            const HeadId head{i % 12, (i * 5) % 12};
            for (int repeat = 0; repeat < 4; ++repeat) {
                const auto start = Clock::now();
                const auto tile =
                    run->tile(head, kind.kind, 3000 - 37 * i, 1000, 500 + 11 * i, 1000);  // below the diagonal: no cell is free
                if (!tile) return 1;
                (repeat == 0 ? first : again).push_back(secondsSince(start) * 1e3);
            }
        }
        for (int i = 0; i < 5; ++i) {
            const auto start = Clock::now();
            if (!run->overview({i, i}, kind.kind, 1024)) return 1;
            whole.push_back(secondsSince(start) * 1e3);
        }
        std::printf("%-16s %22.2f %22.2f %18.1f\n", kind.name, median(again), median(first), median(whole));
    }
    std::printf("goal: a tile below 5 ms\n");
    return 0;
}
