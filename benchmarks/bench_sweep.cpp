// SPDX-License-Identifier: GPL-3.0-or-later
// Exact ablation of all 144 heads of a GPT-2-small-shaped random model, n = 128, loss over the whole sequence: share of the bound
// (operations that cannot be avoided, at the rate of the library's own product of matrices, measured in the same run).
//   bench_sweep [rounds] [naive heads]    naive: one whole forward pass for each head, timed on some heads and scaled up
#include <ctime>

#include "benchmarks/forward_setup.h"
#include "engine/forward/sweep/sweep.h"

using namespace hs;
using namespace hs::bench;

namespace {

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
    std::vector<double> times, shares, byProcessor, naive, peaks;
    for (int round = 0; round < rounds; ++round) {
        std::vector<double> peak{peakRate()};
        double spent = 0, processor = 0;
        const double processorPeak = peakOfProcessor();
        // The limit is looked at between batches too: other work on the machine slows both.
        auto start = Clock::now();
        double processorStart = processorSeconds();
        std::size_t done = 0;
        const auto scores = sweepLanes(lanes, zero, {}, {}, [&](std::size_t, const SweepScore&) {
            if (++done % 36 != 0 || done == lanes.size()) return;
            spent += secondsSince(start);
            processor += processorSeconds() - processorStart;
            peak.push_back(peakRate());
            start = Clock::now();
            processorStart = processorSeconds();
        });
        spent += secondsSince(start);
        processor += processorSeconds() - processorStart;
        if (!scores) return 1;
        byProcessor.push_back(flops / processorPeak / processor);
        peak.push_back(peakRate());
        double rate = 0;
        for (const double p : peak) rate += p / static_cast<double>(peak.size());
        times.push_back(spent);
        shares.push_back(flops / rate / spent);
        peaks.push_back(rate);

        const auto naiveStart = Clock::now();
        for (int i = 0; i < naiveHeads; ++i) {
            ForwardOptions options;
            options.stats = false;
            options.keepResiduals = false;
            options.interventions = {{InterventionKind::ZeroHead, {i * 11 / std::max(1, naiveHeads - 1), i % 12}, 0.0f, {}, {}, {}}};
            runOrExit(model, prompt, options);
        }
        naive.push_back(secondsSince(naiveStart) / naiveHeads * 144);
    }
    std::printf("exact sweep of 144 heads, n = %d, GPT-2 small shape, %d threads, %s, %d rounds; sgemm peak %.0f GFLOP/s (median)\n", n, threadCount(),
                gemmLibrary(), rounds, median(peaks) / 1e9);
    std::printf("%22s %10.2f s   (bound %.2f s: %.2f TFLOP)\n", "batched", median(times), flops / median(peaks), flops / 1e12);
    std::printf("%22s %10.0f %%  goal: at least 90 %%   (%.0f %% by processor time, which other programs do not disturb)\n", "share of the bound", 100 * median(shares),
                100 * median(byProcessor));
    std::printf("%22s %10.2f s   %.1f times the batched sweep (one whole pass for each head, by this program)\n", "naive", median(naive),
                median(naive) / median(times));
    return 0;
}
