// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/similarity/measures.h"

#include <algorithm>
#include <cmath>

#include "engine/similarity/head_matrix.h"

namespace hs {

namespace {

constexpr char kRoleLetters[] = "QKVO";

/// Variance factor of a trace product under a Haar rotation of R^d.
double haar(double d) { return 2.0 / ((d - 1.0) * (d + 2.0)); }

double share(const HeadMatrix&, std::size_t, std::size_t, double sum) { return std::clamp(sum, 0.0, 1.0); }
double rootOfShare(const HeadMatrix&, std::size_t, std::size_t, double sum) { return std::sqrt(std::clamp(sum, 0.0, 1.0)); }

/// Rounding beyond the possible range is cut off: two subspaces larger than half of R^d must meet.
double sharedDirections(const HeadMatrix& m, std::size_t row, std::size_t col, double sum)
{
    const double r = m.rows.heads[row].rank, s = m.cols.heads[col].rank;
    return std::clamp(sum, std::max(0.0, r + s - m.dModel), std::min(r, s));
}

double smallerRank(const HeadMatrix& m, std::size_t row, std::size_t col)
{
    return std::min(m.rows.heads[row].rank, m.cols.heads[col].rank);
}

/// PK / sqrt(r r'), the cosine of the two projectors.
double cosineOfProjectors(const HeadMatrix& m, std::size_t row, std::size_t col)
{
    return m.value(row, col) / std::sqrt(static_cast<double>(m.rows.heads[row].rank) * m.cols.heads[col].rank);
}

std::optional<NullMoments> chanceOfRanks(const HeadMatrix& m, std::size_t row, std::size_t col)
{
    return projectionKernelNull(m.dNull, m.rows.heads[row].rank, m.cols.heads[col].rank);
}

/// Exact for the square, by the delta method for the score.
std::optional<NullMoments> chanceOfComposition(const HeadMatrix& m, std::size_t row, std::size_t col)
{
    const double d = m.dNull, a = m.rows.heads[row].participation, b = m.cols.heads[col].participation;
    // E of the square is 1/d for any spectra; its variance shrinks with the participation ratios.
    const double variance = haar(d) * std::max(0.0, 1.0 / a - 1.0 / d) * std::max(0.0, 1.0 / b - 1.0 / d);
    return NullMoments{std::sqrt(1.0 / d) * (1.0 - variance * d * d / 8.0), std::sqrt(variance * d) / 2.0};
}

/// Exact; centred columns live in d - 1 dimensions.
std::optional<NullMoments> chanceOfCka(const HeadMatrix& m, std::size_t row, std::size_t col)
{
    const double d = m.dNull, a = m.rows.heads[row].participation, b = m.cols.heads[col].participation;
    const double variance = haar(d) * std::max(0.0, 1.0 - a / d) * std::max(0.0, 1.0 - b / d);
    return NullMoments{std::sqrt(a * b) / d, std::sqrt(variance)};
}

constexpr MeasureInfo kMeasures[] = {
    {.id = HeadMeasure::ProjectionKernel,
     .name = "pk",
     .columns = HeadColumns::Basis,
     .finish = sharedDirections,
     .largest = smallerRank,
     .normalised = cosineOfProjectors,
     .chance = chanceOfRanks,
     .chanceByRanks = true},
    {.id = HeadMeasure::CompositionScore,
     .name = "cs",
     .composes = true,
     .columns = HeadColumns::Partnered,
     .finish = rootOfShare,
     .chance = chanceOfComposition},
    {.id = HeadMeasure::SimpleCs, .name = "simple-cs", .dependsOnGauge = true, .finish = rootOfShare, .chance = chanceOfComposition},
    {.id = HeadMeasure::LinearCka,
     .name = "cka",
     .dependsOnGauge = true,
     .columns = HeadColumns::Centred,
     .finish = share,
     .chance = chanceOfCka},
    {.id = HeadMeasure::Procrustes, .name = "procrustes", .dependsOnGauge = true, .kernel = PairKernel::Nuclear, .finish = share},
    {.id = HeadMeasure::PatternDistance, .name = "js", .input = MeasureInput::Patterns, .isDistance = true},
    {.id = HeadMeasure::OutputCka, .name = "output-cka", .input = MeasureInput::Outputs},
};

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

bool MeasureInfo::takes(RolePair pair) const
{
    return !needsCorpus() && (!composes || (pair.source == HeadRole::O && pair.target != HeadRole::O));
}

std::span<const MeasureInfo> measures() { return kMeasures; }

const MeasureInfo& measureInfo(HeadMeasure measure)
{
    for (const MeasureInfo& info : kMeasures)
        if (info.id == measure) return info;
    return kMeasures[0];
}

std::vector<std::string> measureNames(std::optional<MeasureInput> input)
{
    std::vector<std::string> out;
    for (const MeasureInfo& info : kMeasures)
        if (!input || info.input == *input) out.emplace_back(info.name);
    return out;
}

std::optional<HeadMeasure> parseMeasure(std::string_view name)
{
    for (const MeasureInfo& info : kMeasures)
        if (name == info.name) return info.id;
    return std::nullopt;
}

NullMoments projectionKernelNull(int d, int m, int n)
{
    const double dd = d, mm = m, nn = n;
    if (d < 2) return {mm * nn / dd, 0.0};
    const double variance = 2.0 * mm * nn * (dd - mm) * (dd - nn) / (dd * dd * (dd - 1.0) * (dd + 2.0));
    return {mm * nn / dd, std::sqrt(std::max(0.0, variance))};
}

}  // namespace hs
