// SPDX-License-Identifier: GPL-3.0-or-later
// How far a model's Projection Kernels lie from those of random subspaces (engine/methods/weight_space.md section 3).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/progress.h"
#include "engine/model/model.h"
#include "engine/similarity/head_matrix.h"

namespace hs {

/// Bins [low + k width, low + (k + 1) width) with what was found and what chance would give.
struct ReferenceHistogram {
    double low = 0, width = 0;
    std::vector<std::int64_t> counts;
    std::vector<double> reference;  ///< probability of each bin under the null, a normal distribution of exact moments
};

/// One pairing over earlier-to-later pairs, same-role pairings too.
struct PairingReference {
    RolePair pairing;
    std::int64_t pairs = 0;  ///< 0: every pair is n/a, and the numbers below are NaN
    double mean = 0, sd = 0, largest = 0;
    double nullMean = 0, nullSd = 0;  ///< of the mixture over the pairs' ranks
    double informativeness = 0;       ///< KL(random || model), nats, binned; depends on the bin width
    ReferenceHistogram histogram;
    std::vector<double> thresholds;  ///< lowest value among the top `percents` of pairs
};

/// Values that no composition can explain: O of a later head against Q, K, V of an earlier one.
struct EmpiricalNull {
    HeadRole reads = HeadRole::Q;
    std::int64_t pairs = 0;
    double mean = 0, sd = 0, largest = 0;
    double q95 = 0, q99 = 0;  ///< quantiles
};

/// Draws from the null itself, to check the formula.
struct MonteCarlo {
    int d = 0, m = 0, n = 0, draws = 0;
    std::uint64_t seed = 0;
    double mean = 0, sd = 0, skewness = 0;
    double meanError = 0;      ///< standard error of the mean
    double varianceError = 0;  ///< standard error of the variance
    NullMoments exact;
};

struct ReferenceReport {
    std::string model;
    WeightProcessing weights = WeightProcessing::Raw;  ///< as used
    std::vector<HeadMatrixNote> notes;
    int dModel = 0, dNull = 0;
    double binWidth = 0;
    std::vector<double> percents;
    std::vector<PairingReference> pairings;  ///< the sixteen, in the order of allRolePairs()
    std::vector<EmpiricalNull> empirical;    ///< Q, K, V
};

struct ReferenceOptions {
    WeightProcessing weights = WeightProcessing::Raw;
    double binWidth = 0.25;
    std::vector<double> percents{1, 3, 5, 10};
};

/// Errors: as weightMeasures; InvalidArgument for a bin width that is not positive or leaves more than 100 000 bins.
Result<ReferenceReport> referenceReport(const Model& model, const ReferenceOptions& options, const Progress& progress = {});

/// Projection Kernels of a fixed m-dimensional subspace of R^d and `draws` Haar-distributed n-dimensional ones.
/// InvalidArgument unless 1 <= m, n <= d and draws >= 2. The same for any number of threads.
Result<MonteCarlo> projectionKernelDraws(int d, int m, int n, int draws, std::uint64_t seed, const Progress& progress = {});

/// sum p ln(p / q), terms with p = 0 count 0. NaN where q is 0 and p is not, or lengths differ.
double klDivergence(const std::vector<double>& p, const std::vector<double>& q);

/// Values of earlier-to-later pairs, in row order, n/a left out.
std::vector<double> orderedValues(const HeadMatrix& matrix);
/// The lowest of the top `percent` of values (at least one); NaN without values.
double topPercentThreshold(std::vector<double> values, double percent);

}  // namespace hs
