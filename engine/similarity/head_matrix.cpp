// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/similarity/head_matrix.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace hs {

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr char kRoleLetters[] = "QKVO";

template <typename T>
std::optional<T> byName(std::string_view name, std::initializer_list<T> all, const char* (*nameOf)(T))
{
    for (const T value : all)
        if (name == nameOf(value)) return value;
    return std::nullopt;
}

double largestPossible(const HeadMatrix& m, std::size_t row, std::size_t col)
{
    if (m.measure != HeadMeasure::ProjectionKernel) return 1.0;
    return std::min(m.rows.heads[row].rank, m.cols.heads[col].rank);
}

}  // namespace

std::string rolePairName(RolePair pair)
{
    return {kRoleLetters[static_cast<int>(pair.source)], kRoleLetters[static_cast<int>(pair.target)]};
}

std::optional<RolePair> parseRolePair(std::string_view text)
{
    if (text.size() != 2) return std::nullopt;
    for (const RolePair pair : allRolePairs()) {
        const std::string name = rolePairName(pair);
        const auto same = [&](std::size_t i) { return text[i] == name[i] || text[i] == static_cast<char>(name[i] + ('a' - 'A')); };
        if (same(0) && same(1)) return pair;
    }
    return std::nullopt;
}

const std::vector<RolePair>& allRolePairs()
{
    static const std::vector<RolePair> pairs = [] {
        std::vector<RolePair> all;
        for (const HeadRole source : {HeadRole::Q, HeadRole::K, HeadRole::V, HeadRole::O})
            for (const HeadRole target : {HeadRole::Q, HeadRole::K, HeadRole::V, HeadRole::O}) all.push_back({source, target});
        return all;
    }();
    return pairs;
}

const char* measureName(HeadMeasure measure)
{
    switch (measure) {
    case HeadMeasure::ProjectionKernel: return "pk";
    case HeadMeasure::CompositionScore: return "cs";
    case HeadMeasure::SimpleCs: return "simple-cs";
    case HeadMeasure::LinearCka: return "cka";
    case HeadMeasure::Procrustes: return "procrustes";
    case HeadMeasure::PatternDistance: return "js";
    case HeadMeasure::OutputCka: return "output-cka";
    }
    return "";
}

std::optional<HeadMeasure> parseMeasure(std::string_view name)
{
    return byName(name,
                  {HeadMeasure::ProjectionKernel, HeadMeasure::CompositionScore, HeadMeasure::SimpleCs, HeadMeasure::LinearCka,
                   HeadMeasure::Procrustes, HeadMeasure::PatternDistance, HeadMeasure::OutputCka},
                  measureName);
}

bool needsCorpus(HeadMeasure measure) { return measure == HeadMeasure::PatternDistance || measure == HeadMeasure::OutputCka; }
bool isDistance(HeadMeasure measure) { return measure == HeadMeasure::PatternDistance; }
bool dependsOnGauge(HeadMeasure measure)
{
    return measure == HeadMeasure::SimpleCs || measure == HeadMeasure::LinearCka || measure == HeadMeasure::Procrustes;
}

const char* weightProcessingName(WeightProcessing weights)
{
    switch (weights) {
    case WeightProcessing::Raw: return "raw";
    case WeightProcessing::Folded: return "folded";
    case WeightProcessing::FoldedCentred: return "folded-centred";
    }
    return "";
}

std::optional<WeightProcessing> parseWeightProcessing(std::string_view name)
{
    return byName(name, {WeightProcessing::Raw, WeightProcessing::Folded, WeightProcessing::FoldedCentred}, weightProcessingName);
}

NoValue HeadMatrix::reason(std::size_t row, std::size_t col) const
{
    if (!std::isnan(value(row, col))) return NoValue::None;
    if (rows.heads[row].fault != NoValue::None) return rows.heads[row].fault;
    if (cols.heads[col].fault != NoValue::None) return cols.heads[col].fault;
    if (needsCorpus(measure)) return NoValue::TooFewSamples;
    const bool ordered = pairing && !pairing->sameRole();
    return ordered && rows.heads[row].id.layer >= cols.heads[col].id.layer ? NoValue::LayerOrder : NoValue::NotFinite;
}

double HeadMatrix::normalised(std::size_t row, std::size_t col) const
{
    const double v = value(row, col);
    if (measure != HeadMeasure::ProjectionKernel) return v;
    return v / std::sqrt(static_cast<double>(rows.heads[row].rank) * cols.heads[col].rank);
}

NullMoments projectionKernelNull(int d, int m, int n)
{
    const double dd = d, mm = m, nn = n;
    if (d < 2) return {mm * nn / dd, 0.0};
    const double variance = 2.0 * mm * nn * (dd - mm) * (dd - nn) / (dd * dd * (dd - 1.0) * (dd + 2.0));
    return {mm * nn / dd, std::sqrt(std::max(0.0, variance))};
}

std::optional<NullMoments> nullMoments(const HeadMatrix& matrix, std::size_t row, std::size_t col)
{
    if (std::isnan(matrix.value(row, col))) return std::nullopt;
    const AxisHead &a = matrix.rows.heads[row], &b = matrix.cols.heads[col];
    const double d = matrix.dNull;
    if (matrix.dNull < 2) return std::nullopt;
    const double haar = 2.0 / ((d - 1.0) * (d + 2.0));
    switch (matrix.measure) {
    case HeadMeasure::ProjectionKernel: return projectionKernelNull(matrix.dNull, a.rank, b.rank);
    case HeadMeasure::CompositionScore:
    case HeadMeasure::SimpleCs: {
        // E of the square is 1/d for any spectra; its variance shrinks with the participation ratios.
        const double variance = haar * std::max(0.0, 1.0 / a.participation - 1.0 / d) * std::max(0.0, 1.0 / b.participation - 1.0 / d);
        return NullMoments{std::sqrt(1.0 / d) * (1.0 - variance * d * d / 8.0), std::sqrt(variance * d) / 2.0};
    }
    case HeadMeasure::LinearCka: {
        const double variance = haar * std::max(0.0, 1.0 - a.participation / d) * std::max(0.0, 1.0 - b.participation / d);
        return NullMoments{std::sqrt(a.participation * b.participation) / d, std::sqrt(variance)};
    }
    case HeadMeasure::Procrustes:
    case HeadMeasure::PatternDistance:
    case HeadMeasure::OutputCka: break;
    }
    return std::nullopt;
}

void fillCorrected(HeadMatrix& matrix)
{
    matrix.corrected.clear();
    if (matrix.measure == HeadMeasure::Procrustes || needsCorpus(matrix.measure)) return;
    matrix.corrected.assign(matrix.values.size(), kNaN);
    for (std::size_t row = 0; row < matrix.rows.size(); ++row)
        for (std::size_t col = 0; col < matrix.cols.size(); ++col) {
            const auto null = nullMoments(matrix, row, col);
            if (!null) continue;
            const double room = largestPossible(matrix, row, col) - null->mean;
            if (room > 1e-12) matrix.corrected[matrix.at(row, col)] = (matrix.value(row, col) - null->mean) / room;
        }
}

}  // namespace hs
