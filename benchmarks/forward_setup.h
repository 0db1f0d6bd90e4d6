// SPDX-License-Identifier: GPL-3.0-or-later
// The GPT-2-small-shaped random model and the limits that its times are shares of.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "engine/base/parallel.h"
#include "engine/forward/forward.h"
#include "engine/tensor/gemm.h"
#include "tests/support/random_model.h"

namespace hs::bench {

using Clock = std::chrono::steady_clock;

inline double secondsSince(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

inline double median(std::vector<double> v)
{
    std::sort(v.begin(), v.end());
    return v.empty() ? 0.0 : v[v.size() / 2];
}

/// Causal flops of all blocks without the output layer (12 layers, d = 768): 169.9 MFLOP n + 18.4 k n^2.
inline double causalFlops(int n) { return 169.9e6 * n + 18.4e3 * n * n; }

/// Rates of the library's product of 1024 x 768 by 768 x 2304 on all threads, FLOP/s.
struct PeakRates {
    double best = 0, median = 0;
};

inline PeakRates peakRates(int products)
{
    static MatrixF a(1024, 768), b(768, 2304), c(1024, 2304);
    if (a(0, 0) == 0.0f) {
        test::Random r(3);
        for (std::ptrdiff_t i = 0; i < a.rows() * a.cols(); ++i) a.data()[i] = r.symmetric();
        for (std::ptrdiff_t i = 0; i < b.rows() * b.cols(); ++i) b.data()[i] = r.symmetric();
    }
    std::vector<double> times;
    for (int i = 0; i < products; ++i) {
        const auto start = Clock::now();
        gemmParallel(false, false, 1.0f, std::as_const(a).view(), std::as_const(b).view(), 0.0f, c.view());
        times.push_back(secondsSince(start));
    }
    const double flops = 2.0 * 1024 * 768 * 2304;
    return {flops / *std::min_element(times.begin(), times.end()), flops / median(times)};
}

/// Best of five.
inline double peakRate() { return peakRates(5).best; }

/// Model with all its weights in memory.
inline std::shared_ptr<const Model> loadedModel(int context)
{
    auto model = test::randomModel(test::gpt2SmallConfig(context));
    for (int l = 0; l < model->config().nLayers; ++l)
        if (!model->layer(l).ok()) std::exit(1);
    if (!model->embedding().ok()) std::exit(1);
    return model;
}

/// A line of /proc/self/status ("VmHWM") in MiB.
inline double processMiB(const std::string& key)
{
    std::ifstream file("/proc/self/status");
    std::string line;
    while (std::getline(file, line))
        if (line.compare(0, key.size(), key) == 0) return std::atof(line.c_str() + key.size() + 1) / 1024.0;
    return 0.0;
}

inline std::shared_ptr<const Run> runOrExit(const std::shared_ptr<const Model>& model, const std::shared_ptr<const Prompt>& prompt,
                                            const ForwardOptions& options)
{
    auto run = forward(model, prompt, options);
    if (!run) {
        std::fprintf(stderr, "forward failed: %s %s\n", run.error().item.c_str(), run.error().found.c_str());
        std::exit(1);
    }
    return *run;
}

}  // namespace hs::bench
