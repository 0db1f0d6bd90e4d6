// SPDX-License-Identifier: GPL-3.0-or-later
// Tests and intervals over documents (engine/methods/patterns.md section 3). Deterministic for a seed, whatever the number of threads.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/base/progress.h"
#include "engine/base/result.h"

namespace hs {

/// One column of differences d_s = x_s - u_s, document by document; NaN where the document has no row. `weight`: of each document
/// (empty: equal), for token weighting.
struct DifferenceColumn {
    std::vector<double> d;
    std::vector<double> weight;
};

struct ColumnTests {
    int documents = 0;  ///< with a value
    double mean = 0;
    double low = 0, high = 0;  ///< percentile bootstrap interval of the mean
    double p = 1;              ///< one-sided sign-flip test of mean > 0
    double pStudent = 1;       ///< one-sided t-test; 1 below two documents
};

struct TestOptions {
    int flips = 100000;  ///< sign flips B; p = (1 + #{flipped sum >= observed}) / (B + 1)
    int resamples = 2000;
    double confidence = 0.95;
    std::uint64_t seed = 0;
};

/// All columns against the same flips and resamples, so that a column's numbers do not depend on the others. With at most 16
/// documents all 2^n flips are taken: p is exact. Cancelled.
Result<std::vector<ColumnTests>> testColumns(const std::vector<DifferenceColumn>& columns, const TestOptions& options,
                                             const Progress& progress = {});

/// q values of Benjamini and Hochberg 1995: smallest false discovery rate at which each test is rejected.
std::vector<double> benjaminiHochberg(const std::vector<double>& p);

/// P(T > t) for Student's t with df degrees of freedom.
double studentUpperTail(double t, double df);
/// P(Z > z) for the normal distribution.
double normalUpperTail(double z);

}  // namespace hs
