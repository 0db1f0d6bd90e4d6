// SPDX-License-Identifier: GPL-3.0-or-later
// Exact ablation of all 144 heads of a GPT-2-small-shaped random model, n = 128, loss over the whole sequence: share of the bound
// (operations that cannot be avoided, at the rate of the library's own product of matrices). That rate is looked at before, between and after
// batches, so that other work on the machine slows both: the best of each look is the bound, the median is what the machine sustains.
//   bench_sweep [rounds] [naive heads]    naive: one whole forward pass for each head, timed on some heads and scaled up
#include <ctime>

#include "benchmarks/forward_setup.h"
#include "engine/forward/sweep/sweep.h"

using namespace hs;
using namespace hs::bench;

namespace {

constexpr std::size_t kSlice = 24;  // lanes between two looks at the limit
constexpr int kProducts = 5;        // in each of them

/// Seconds of processor time of all threads: what other programs on a busy machine take does not count.
double processorSeconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

/// Best product of 1024 x 768 by 768 x 2304 on one thread, operations for each second of processor time.
double peakOfProcessor()
{
    static MatrixF a(1024, 768), b(768, 2304), c(1024, 2304);
    test::Random r(3);
    for (std::ptrdiff_t i = 0; i < a.rows() * a.cols(); ++i) a.data()[i] = r.symmetric();
    for (std::ptrdiff_t i = 0; i < b.rows() * b.cols(); ++i) b.data()[i] = r.symmetric();
    double best = 1e9;
    for (int i = 0; i < 8; ++i) {
        const double start = processorSeconds();
        gemm(false, false, 1.0f, std::as_const(a).view(), std::as_const(b).view(), 0.0f, c.view());
        best = std::min(best, processorSeconds() - start);
    }
    return 2.0 * 1024 * 768 * 2304 / best;
}

}  // namespace

int main(int argc, char** argv)
{
    const int rounds = argc > 1 ? std::max(1, std::atoi(argv[1])) : 3, naiveHeads = argc > 2 ? std::max(1, std::atoi(argv[2])) : 6;
    const int n = 128;
    const auto model = loadedModel(n);
    const auto prompt = test::randomPrompt(n, 50257);
    const AblationValues zero;
    const auto base = sweepBase(model, *prompt, zero, {}, 0, {});
    if (!base) return 1;
    std::vector<SweepLane> lanes;
    for (int l = 0; l < 12; ++l)
        for (int h = 0; h < 12; ++h) lanes.push_back({*base, {{{l, h}, 0.0f, -1}}, 0});
    const double flops = sweepFlops(lanes);
    std::vector<double> times, shares, sharesOfBest, byProcessor, naive, peaks;
    for (int round = 0; round < rounds; ++round) {
        const double processorPeak = peakOfProcessor();
        double spent = 0, processor = 0, bound = 0, boundOfBest = 0;
        // A slice of the sweep between two looks at the limit is held against the mean of both.
        PeakRates before = peakRates(kProducts);
        auto start = Clock::now();
        double processorStart = processorSeconds();
        std::vector<SweepLane> slice;
        std::size_t done = 0;
        const auto endSlice = [&] {
            const double seconds = secondsSince(start);
            processor += processorSeconds() - processorStart;
            spent += seconds;
            const PeakRates after = peakRates(kProducts);
            bound += sweepFlops(slice) / ((before.median + after.median) / 2);
            boundOfBest += sweepFlops(slice) / ((before.best + after.best) / 2);
            peaks.push_back(after.best);
            before = after;
            slice.clear();
            start = Clock::now();
            processorStart = processorSeconds();
        };
        const auto scores = sweepLanes(lanes, zero, {}, {}, [&](std::size_t lane, const SweepScore&) {
            slice.push_back(lanes[lane]);
            if (++done % kSlice == 0) endSlice();
        });
        if (!scores) return 1;
        if (!slice.empty()) endSlice();
        times.push_back(spent);
        shares.push_back(bound / spent);
        sharesOfBest.push_back(boundOfBest / spent);
        byProcessor.push_back(flops / processorPeak / processor);

        const auto naiveStart = Clock::now();
        for (int i = 0; i < naiveHeads; ++i) {
            ForwardOptions options;
            options.stats = false;
            options.keepResiduals = false;
            options.interventions = {zeroHead({i * 11 / std::max(1, naiveHeads - 1), i % 12})};
            runOrExit(model, prompt, options);
        }
        naive.push_back(secondsSince(naiveStart) / naiveHeads * 144);
    }
    std::printf("exact sweep of 144 heads, n = %d, GPT-2 small shape, %d threads, %s, %d rounds; sgemm peak %.0f GFLOP/s (median)\n", n,
                threadCount(), gemmLibrary(), rounds, median(peaks) / 1e9);
    std::printf("%22s %10.2f s   (bound %.2f s: %.2f TFLOP)\n", "batched", median(times), flops / median(peaks), flops / 1e12);
    std::printf(
        "%22s %10.0f %%  goal: at least 90 %%   (best of %d products in each look; %.0f %% of their median; %.0f %% by processor time of "
        "one thread's best)\n",
        "share of the bound", 100 * median(sharesOfBest), kProducts, 100 * median(shares), 100 * median(byProcessor));
    std::printf("%22s %10.2f s   %.1f times the batched sweep (one whole pass for each head, by this program)\n", "naive", median(naive),
                median(naive) / median(times));
    return 0;
}
