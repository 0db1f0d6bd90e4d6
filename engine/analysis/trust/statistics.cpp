// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/trust/statistics.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include <boost/math/distributions/students_t.hpp>

#include "engine/base/parallel.h"
#include "engine/base/random.h"
#include "engine/tensor/gemm.h"

namespace hs {
namespace {

constexpr std::size_t kExactDocuments = 16;
constexpr int kFlipBlock = 2048;
constexpr std::uint64_t kFlipStream = 1, kResampleStream = 2;
/// Two sums that differ by less are equal: a flipped sum that equals the observed one counts against the label.
constexpr double kTie = 1e-6;

/// Values with weights folded in: the weighted mean is the plain mean of these over the documents that have one.
struct Prepared {
    std::vector<double> value;   ///< 0 where there is none
    std::vector<double> weight;  ///< 0 where there is none; mean 1 over the rest
    std::vector<std::size_t> present;
    double sum = 0, scale = 0;
};

Prepared prepare(const DifferenceColumn& column)
{
    Prepared out;
    const std::size_t n = column.d.size();
    out.value.assign(n, 0.0);
    out.weight.assign(n, 0.0);
    double total = 0;
    for (std::size_t s = 0; s < n; ++s) {
        const double w = column.weight.empty() ? 1.0 : column.weight[s];
        if (!std::isfinite(column.d[s]) || !(w > 0)) continue;
        out.present.push_back(s);
        out.weight[s] = w;
        total += w;
    }
    for (const std::size_t s : out.present) {
        out.weight[s] *= static_cast<double>(out.present.size()) / total;
        out.value[s] = column.d[s] * out.weight[s];
        out.sum += out.value[s];
        out.scale += std::abs(out.value[s]);
    }
    return out;
}

double exactSignFlip(const Prepared& column)
{
    const std::size_t n = column.present.size();
    const std::size_t all = std::size_t(1) << n;
    std::size_t atLeast = 0;
    double sum = 0;  // every document flipped; then one sign changes at a time (Gray code)
    for (const std::size_t s : column.present) sum -= column.value[s];
    std::size_t code = 0;
    const double bound = column.sum - kTie * column.scale;
    atLeast += sum >= bound;
    for (std::size_t k = 1; k < all; ++k) {
        const std::size_t next = k ^ (k >> 1), changed = next ^ code;
        const auto bit = static_cast<std::size_t>(__builtin_ctzll(changed));
        const double value = column.value[column.present[bit]];
        sum += next & changed ? 2 * value : -2 * value;
        code = next;
        atLeast += sum >= bound;
    }
    return static_cast<double>(atLeast) / static_cast<double>(all);
}

double studentP(const Prepared& column, const DifferenceColumn& original)
{
    const auto n = static_cast<double>(column.present.size());
    if (n < 2) return 1;
    const double mean = column.sum / n;
    double squares = 0;
    for (const std::size_t s : column.present) squares += column.weight[s] * (original.d[s] - mean) * (original.d[s] - mean);
    const double sd = std::sqrt(squares / (n - 1));
    if (sd <= 0) return mean > 0 ? 0 : 1;
    return studentUpperTail(mean / (sd / std::sqrt(n)), n - 1);
}

/// Rows [0, rows) of +1 and -1 for `documents` documents, a stream of its own for each row block.
void fillSigns(MatrixF& signs, int rows, std::uint64_t seed, std::uint64_t block)
{
    SeededRandom random(seed, (block << 2) + kFlipStream);
    std::uint64_t bits = 0;
    int left = 0;
    for (int r = 0; r < rows; ++r) {
        float* row = signs.row(r);
        for (std::ptrdiff_t s = 0; s < signs.cols(); ++s) {
            if (left == 0) {
                bits = random.next();
                left = 64;
            }
            row[s] = bits & 1 ? 1.0f : -1.0f;
            bits >>= 1;
            --left;
        }
    }
}

/// Columns as matrices, documents down: the flips and resamples of all columns are then products.
struct Columns {
    std::vector<Prepared> prepared;
    MatrixF values, weights;  ///< [documents, columns]; values scaled to size 1, so that float sums keep their precision for any unit
    std::ptrdiff_t rows() const { return values.rows(); }
    std::ptrdiff_t cols() const { return values.cols(); }
};

constexpr std::ptrdiff_t kColumnBlock = 256;
/// Columns come in steps, empty ones at the end: narrow products are added up in another order, and a column's numbers must not depend
/// on how many stand beside it.
constexpr std::size_t kColumnStep = 16;

/// Blocks of columns on all threads: body(first column, width).
template <typename Body>
void forColumnBlocks(std::ptrdiff_t cols, const Progress& progress, Body body)
{
    const std::ptrdiff_t parts = (cols + kColumnBlock - 1) / kColumnBlock;
    parallelFor(static_cast<std::size_t>(parts), [&](std::size_t part) {
        if (progress.stopped()) return;
        const std::ptrdiff_t first = static_cast<std::ptrdiff_t>(part) * kColumnBlock;
        body(first, std::min(kColumnBlock, cols - first));
    });
}

/// Fills the matrices and, with few documents, takes all flips: `exact` says of which columns.
void fillColumns(Columns& columns, std::vector<ColumnTests>& out, std::vector<char>& exact, const Progress& progress)
{
    parallelFor(columns.prepared.size(), [&](std::size_t c) {
        const Prepared& column = columns.prepared[c];
        const double unit = column.scale > 0 ? static_cast<double>(column.present.size()) / column.scale : 0.0;
        for (const std::size_t s : column.present) {
            columns.values(static_cast<std::ptrdiff_t>(s), static_cast<std::ptrdiff_t>(c)) = static_cast<float>(column.value[s] * unit);
            columns.weights(static_cast<std::ptrdiff_t>(s), static_cast<std::ptrdiff_t>(c)) = static_cast<float>(column.weight[s]);
        }
        if (column.present.size() > kExactDocuments) return;
        exact[c] = 1;
        if (!column.present.empty() && !progress.stopped()) out[c].p = column.scale > 0 ? exactSignFlip(column) : 1.0;
    });
}

/// Of each column, how many of the seeded flips reach the observed sum.
Result<std::vector<long>> countFlips(const Columns& columns, const TestOptions& options, const Progress& progress)
{
    std::vector<long> atLeast(static_cast<std::size_t>(columns.cols()), 0);
    std::vector<float> bound;
    for (const Prepared& column : columns.prepared) {
        const double n = static_cast<double>(column.present.size());
        bound.push_back(static_cast<float>(column.scale > 0 ? (column.sum / column.scale - kTie) * n : 0.0));
    }
    bound.resize(atLeast.size(), std::numeric_limits<float>::infinity());
    const int blocks = (options.flips + kFlipBlock - 1) / kFlipBlock;
    for (int b = 0; b < blocks; ++b) {
        if (progress.stopped()) return Error::cancelled();
        if (b % 8 == 0) {
            progress.report(Stage::LabelTests, b, blocks);
            progress.checkpoint();
        }
        const int n = std::min(kFlipBlock, options.flips - b * kFlipBlock);
        MatrixF signs = MatrixF::uninitialised(n, columns.rows());
        fillSigns(signs, n, options.seed, static_cast<std::uint64_t>(b));
        forColumnBlocks(columns.cols(), progress, [&](std::ptrdiff_t c0, std::ptrdiff_t width) {
            MatrixF sums = MatrixF::uninitialised(n, width);
            gemm(false, false, 1.0f, std::as_const(signs).view(), columns.values.view().block(0, c0, columns.rows(), width), 0.0f,
                 sums.view());
            for (int r = 0; r < n; ++r) {
                const float* row = sums.row(r);
                for (std::ptrdiff_t c = 0; c < width; ++c)
                    atLeast[static_cast<std::size_t>(c0 + c)] += row[c] >= bound[static_cast<std::size_t>(c0 + c)];
            }
        });
    }
    return atLeast;
}

/// Percentile interval of one column's mean. `sums`, `totals` [resamples]: of values and of weights.
void interval(const Prepared& data, const MatrixF& sums, const MatrixF& totals, std::ptrdiff_t c, double confidence, ColumnTests& out)
{
    if (data.present.size() < 2 || !(data.scale > 0)) return;
    const double unit = data.scale / static_cast<double>(data.present.size());
    std::vector<double> means;
    for (std::ptrdiff_t r = 0; r < sums.rows(); ++r)
        if (totals(r, c) > 0) means.push_back(static_cast<double>(sums(r, c)) / static_cast<double>(totals(r, c)) * unit);
    if (means.empty()) return;
    std::sort(means.begin(), means.end());
    const auto at = [&](double share) {
        return means[static_cast<std::size_t>(std::lround(share * static_cast<double>(means.size() - 1)))];
    };
    out.low = at((1 - confidence) / 2);
    out.high = at((1 + confidence) / 2);
}

/// Bootstrap: how often each document is drawn, for all columns alike.
void resample(const Columns& columns, const TestOptions& options, std::vector<ColumnTests>& out, const Progress& progress)
{
    MatrixF draws(options.resamples, columns.rows());
    SeededRandom random(options.seed, kResampleStream);
    for (int r = 0; r < options.resamples; ++r)
        for (std::ptrdiff_t s = 0; s < columns.rows(); ++s)
            draws(r, static_cast<std::ptrdiff_t>(random.below(static_cast<std::uint64_t>(columns.rows())))) += 1.0f;
    forColumnBlocks(columns.cols(), progress, [&](std::ptrdiff_t c0, std::ptrdiff_t width) {
        MatrixF sums = MatrixF::uninitialised(options.resamples, width), totals = MatrixF::uninitialised(options.resamples, width);
        gemm(false, false, 1.0f, std::as_const(draws).view(), columns.values.view().block(0, c0, columns.rows(), width), 0.0f, sums.view());
        gemm(false, false, 1.0f, std::as_const(draws).view(), columns.weights.view().block(0, c0, columns.rows(), width), 0.0f,
             totals.view());
        const std::ptrdiff_t given = std::min(width, static_cast<std::ptrdiff_t>(columns.prepared.size()) - c0);
        for (std::ptrdiff_t c = 0; c < given; ++c) {
            const auto column = static_cast<std::size_t>(c0 + c);
            interval(columns.prepared[column], sums, totals, c, options.confidence, out[column]);
        }
    });
}

}  // namespace

double normalUpperTail(double z) { return 0.5 * std::erfc(z / std::sqrt(2.0)); }

double studentUpperTail(double t, double df)
{
    using namespace boost::math;
    // No exceptions: what has no distribution (df <= 0, no number) has no p either and answers NaN.
    using Quiet = policies::policy<policies::domain_error<policies::ignore_error>, policies::overflow_error<policies::ignore_error>,
                                   policies::promote_double<false>>;
    return cdf(complement(students_t_distribution<double, Quiet>(df), t));
}

std::vector<double> benjaminiHochberg(const std::vector<double>& p)
{
    std::vector<std::size_t> order(p.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return p[a] < p[b]; });
    std::vector<double> q(p.size());
    double least = 1;
    for (std::size_t k = order.size(); k-- > 0;) {
        least = std::min(least, p[order[k]] * static_cast<double>(p.size()) / static_cast<double>(k + 1));
        q[order[k]] = least;
    }
    return q;
}

Result<std::vector<ColumnTests>> testColumns(const std::vector<DifferenceColumn>& given, const TestOptions& options,
                                             const Progress& progress)
{
    std::vector<ColumnTests> out(given.size());
    Columns columns;
    std::size_t documents = 0;
    for (std::size_t c = 0; c < given.size(); ++c) {
        const Prepared& column = columns.prepared.emplace_back(prepare(given[c]));
        documents = std::max(documents, given[c].d.size());
        const std::size_t n = column.present.size();
        out[c].documents = static_cast<int>(n);
        if (n == 0) continue;
        out[c].mean = column.sum / static_cast<double>(n);
        out[c].low = out[c].high = out[c].mean;
        out[c].pStudent = studentP(column, given[c]);
    }
    if (given.empty() || documents == 0) return out;

    columns.values = MatrixF(static_cast<std::ptrdiff_t>(documents),
                             static_cast<std::ptrdiff_t>((given.size() + kColumnStep - 1) / kColumnStep * kColumnStep));
    columns.weights = MatrixF(columns.rows(), columns.cols());
    std::vector<char> exact(given.size(), 0);
    fillColumns(columns, out, exact, progress);
    const auto atLeast = countFlips(columns, options, progress);
    if (!atLeast) return atLeast.error();
    for (std::size_t c = 0; c < given.size(); ++c)
        if (!exact[c])
            out[c].p =
                columns.prepared[c].scale > 0 ? static_cast<double>(1 + (*atLeast)[c]) / static_cast<double>(options.flips + 1) : 1.0;
    resample(columns, options, out, progress);
    if (progress.stopped()) return Error::cancelled();
    return out;
}

}  // namespace hs
