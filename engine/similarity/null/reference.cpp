// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/similarity/null/reference.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numbers>

#include "engine/similarity/weights/weight_measures.h"

namespace hs {

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kMostBins = 100000;

double normalCdf(double x, const NullMoments& m)
{
    if (!(m.sd > 0)) return x >= m.mean ? 1.0 : 0.0;
    return 0.5 * std::erfc(-(x - m.mean) / (m.sd * std::numbers::sqrt2));
}

struct Moments {
    double mean = kNaN, sd = kNaN, largest = kNaN;
};

Moments momentsOf(const std::vector<double>& values)
{
    if (values.empty()) return {};
    double sum = 0, squares = 0;
    for (const double v : values) sum += v;
    const double mean = sum / static_cast<double>(values.size());
    for (const double v : values) squares += (v - mean) * (v - mean);
    return {mean, std::sqrt(squares / static_cast<double>(values.size())), *std::max_element(values.begin(), values.end())};
}

bool ordered(const HeadMatrix& m, std::size_t row, std::size_t col)
{
    return m.rows.heads[row].id.layer < m.cols.heads[col].id.layer && !std::isnan(m.value(row, col));
}

/// How many pairs have which ranks: heads of full rank give one entry.
std::map<std::pair<int, int>, std::int64_t> rankPairs(const HeadMatrix& m)
{
    std::map<std::pair<int, int>, std::int64_t> out;
    for (std::size_t row = 0; row < m.rows.size(); ++row)
        for (std::size_t col = 0; col < m.cols.size(); ++col)
            if (ordered(m, row, col)) ++out[{m.rows.heads[row].rank, m.cols.heads[col].rank}];
    return out;
}

Result<PairingReference> describe(const HeadMatrix& m, const ReferenceOptions& options)
{
    PairingReference out;
    out.pairing = *m.pairing;
    const std::vector<double> values = orderedValues(m);
    out.pairs = static_cast<std::int64_t>(values.size());
    const Moments found = momentsOf(values);
    out.mean = found.mean;
    out.sd = found.sd;
    out.largest = found.largest;
    for (const double percent : options.percents) out.thresholds.push_back(topPercentThreshold(values, percent));
    out.nullMean = out.nullSd = out.informativeness = kNaN;
    if (values.empty()) return out;

    struct Part {
        double share;
        NullMoments null;
    };
    std::vector<Part> parts;
    double low = *std::min_element(values.begin(), values.end()), high = found.largest, second = 0;
    out.nullMean = 0;
    for (const auto& [ranks, count] : rankPairs(m)) {
        const Part part{static_cast<double>(count) / static_cast<double>(values.size()),
                        projectionKernelNull(m.dNull, ranks.first, ranks.second)};
        out.nullMean += part.share * part.null.mean;
        second += part.share * (part.null.mean * part.null.mean + part.null.sd * part.null.sd);
        low = std::min(low, part.null.mean - 6.0 * part.null.sd);
        high = std::max(high, part.null.mean + 6.0 * part.null.sd);
        parts.push_back(part);
    }
    out.nullSd = std::sqrt(std::max(0.0, second - out.nullMean * out.nullMean));

    // Bin edges on multiples of the width, so that pairings can be compared.
    const double width = options.binWidth, first = std::floor(low / width), last = std::floor(high / width);
    if (last - first + 1 > kMostBins) return Error::argument("bin width", std::to_string(width));
    const auto bins = static_cast<std::size_t>(last - first + 1);
    out.histogram = {first * width, width, std::vector<std::int64_t>(bins, 0), std::vector<double>(bins, 0.0)};
    for (const double v : values)
        ++out.histogram.counts[std::min(bins - 1, static_cast<std::size_t>(std::max(0.0, std::floor(v / width) - first)))];
    std::vector<double> observed(bins);
    for (std::size_t k = 0; k < bins; ++k) {
        const double left = (first + static_cast<double>(k)) * width;
        for (const Part& part : parts)
            out.histogram.reference[k] += part.share * (normalCdf(left + width, part.null) - normalCdf(left, part.null));
        observed[k] =
            (static_cast<double>(out.histogram.counts[k]) + 0.5) / (static_cast<double>(values.size()) + 0.5 * static_cast<double>(bins));
    }
    out.informativeness = klDivergence(out.histogram.reference, observed);
    return out;
}

EmpiricalNull empiricalOf(const HeadMatrix& m)
{
    EmpiricalNull out;
    out.reads = m.pairing->source;
    std::vector<double> values = orderedValues(m);
    const Moments found = momentsOf(values);
    out.pairs = static_cast<std::int64_t>(values.size());
    out.mean = found.mean;
    out.sd = found.sd;
    out.largest = found.largest;
    out.q95 = topPercentThreshold(values, 5);
    out.q99 = topPercentThreshold(std::move(values), 1);
    return out;
}

}  // namespace

double klDivergence(const std::vector<double>& p, const std::vector<double>& q)
{
    if (p.size() != q.size()) return kNaN;
    double sum = 0;
    for (std::size_t k = 0; k < p.size(); ++k) {
        if (p[k] <= 0) continue;
        if (q[k] <= 0) return kNaN;
        sum += p[k] * std::log(p[k] / q[k]);
    }
    return sum;
}

std::vector<double> orderedValues(const HeadMatrix& matrix)
{
    std::vector<double> out;
    for (std::size_t row = 0; row < matrix.rows.size(); ++row)
        for (std::size_t col = 0; col < matrix.cols.size(); ++col)
            if (ordered(matrix, row, col)) out.push_back(matrix.value(row, col));
    return out;
}

double topPercentThreshold(std::vector<double> values, double percent)
{
    if (values.empty()) return kNaN;
    const double wanted = std::round(static_cast<double>(values.size()) * percent / 100.0);
    const auto rank = static_cast<std::size_t>(std::clamp(wanted, 1.0, static_cast<double>(values.size())));
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(rank - 1), values.end(), std::greater<>());
    return values[rank - 1];
}

Result<ReferenceReport> referenceReport(const Model& model, const ReferenceOptions& options, const Progress& progress)
{
    if (!(options.binWidth > 0)) return Error::argument("bin width", std::to_string(options.binWidth));
    WeightMeasureRequest request;
    request.pairings = allRolePairs();
    request.weights = options.weights;
    const auto matrices = weightMeasures(model, request, progress);
    if (!matrices) return matrices.error();

    ReferenceReport report;
    const HeadMatrix& any = *matrices->front();
    report.model = any.model;
    report.weights = any.weights;
    report.notes = any.notes;
    report.dModel = any.dModel;
    report.dNull = any.dNull;
    report.binWidth = options.binWidth;
    report.percents = options.percents;
    for (const auto& matrix : *matrices) {
        auto pairing = describe(*matrix, options);
        if (!pairing) return pairing.error();
        report.pairings.push_back(std::move(*pairing));
        if (matrix->pairing->target == HeadRole::O && matrix->pairing->source != HeadRole::O)
            report.empirical.push_back(empiricalOf(*matrix));
    }
    return report;
}

}  // namespace hs
