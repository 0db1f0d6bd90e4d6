// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "engine/base/parallel.h"
#include "engine/base/random.h"
#include "engine/similarity/null/reference.h"
#include "engine/similarity/weights/subspace.h"

namespace hs {

Result<MonteCarlo> projectionKernelDraws(int d, int m, int n, int draws, std::uint64_t seed, const Progress& progress)
{
    if (m < 1 || n < 1 || m > d || n > d || draws < 2)
        return Error::argument("subspaces", std::to_string(m) + ", " + std::to_string(n) + " in " + std::to_string(d));
    MonteCarlo out;
    out.d = d;
    out.m = m;
    out.n = n;
    out.draws = draws;
    out.seed = seed;
    out.exact = projectionKernelNull(d, m, n);

    // The distribution does not change when one of the two subspaces is fixed: it is that of the first m coordinates.
    std::vector<double> values(static_cast<std::size_t>(draws), 0.0);
    constexpr int step = 32;
    for (int first = 0; first < draws; first += step) {
        progress.report(Stage::ReferenceDraws, first, draws);
        if (!progress.checkpoint()) return Error::cancelled();
        parallelFor(static_cast<std::size_t>(std::min(step, draws - first)), [&](std::size_t k) {
            if (progress.stopped()) return;
            const std::size_t draw = static_cast<std::size_t>(first) + k;
            SeededRandom random(seed, draw);
            MatrixF x = MatrixF::uninitialised(d, n);
            for (std::ptrdiff_t i = 0; i < std::ptrdiff_t(d) * n; ++i) x.data()[i] = static_cast<float>(random.normal());
            (void)orthonormalise(x.view());
            double sum = 0;
            for (std::ptrdiff_t i = 0; i < std::ptrdiff_t(m) * n; ++i)
                sum += static_cast<double>(x.data()[i]) * static_cast<double>(x.data()[i]);
            values[draw] = sum;
        });
    }
    if (progress.stopped()) return Error::cancelled();
    double sum = 0, second = 0, third = 0, fourth = 0;
    for (const double v : values) sum += v;
    const double count = draws;
    out.mean = sum / count;
    for (const double v : values) {
        const double c = v - out.mean;
        second += c * c;
        third += c * c * c;
        fourth += c * c * c * c;
    }
    const double variance = second / (count - 1.0);
    out.sd = std::sqrt(variance);
    out.skewness = variance > 0 ? third / count / (variance * out.sd) : 0.0;
    out.meanError = out.sd / std::sqrt(count);
    out.varianceError = std::sqrt(std::max(0.0, fourth / count - variance * variance) / count);
    progress.report(Stage::ReferenceDraws, draws, draws);
    return out;
}

}  // namespace hs
