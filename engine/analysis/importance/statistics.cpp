// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

#include "engine/analysis/importance/importance.h"
#include "engine/base/random.h"

namespace hs {
namespace {

/// Ranks from 1; equal values share the mean of their ranks.
std::vector<double> ranksOf(const std::vector<double>& x)
{
    std::vector<std::size_t> order(x.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return x[a] < x[b]; });
    std::vector<double> ranks(x.size());
    for (std::size_t i = 0; i < order.size();) {
        std::size_t end = i + 1;
        while (end < order.size() && x[order[end]] == x[order[i]]) ++end;
        for (std::size_t k = i; k < end; ++k) ranks[order[k]] = (static_cast<double>(i + end) + 1.0) / 2.0;
        i = end;
    }
    return ranks;
}

/// Value below which a share of sorted values lies, interpolated (type 7).
double quantileOf(const std::vector<double>& sorted, double share)
{
    const double at = share * static_cast<double>(sorted.size() - 1);
    const auto low = static_cast<std::size_t>(at);
    const std::size_t high = std::min(low + 1, sorted.size() - 1);
    return sorted[low] + (at - static_cast<double>(low)) * (sorted[high] - sorted[low]);
}

}  // namespace

double spearman(const std::vector<double>& a, const std::vector<double>& b)
{
    const double none = std::numeric_limits<double>::quiet_NaN();
    if (a.size() != b.size() || a.size() < 2) return none;
    const std::vector<double> ra = ranksOf(a), rb = ranksOf(b);
    const double mean = (static_cast<double>(a.size()) + 1.0) / 2.0;
    double ab = 0, aa = 0, bb = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        ab += (ra[i] - mean) * (rb[i] - mean);
        aa += (ra[i] - mean) * (ra[i] - mean);
        bb += (rb[i] - mean) * (rb[i] - mean);
    }
    return aa > 0 && bb > 0 ? ab / std::sqrt(aa * bb) : none;
}

double spearman(const ImportanceTable& a, const ImportanceTable& b)
{
    std::vector<double> x, y;
    for (const ImportanceEntry& e : a.heads) {
        const ImportanceEntry* other = b.find(e.head);
        if (!e.known || !other || !other->known) continue;
        x.push_back(e.value);
        y.push_back(other->value);
    }
    return spearman(x, y);
}

std::optional<Interval> bootstrapMean(const std::vector<double>& values, const std::vector<int>& document, int resamples,
                                      std::uint64_t seed, double coverage)
{
    struct Unit {
        double sum = 0;
        int count = 0;
    };
    std::map<int, Unit> grouped;
    for (std::size_t i = 0; i < values.size(); ++i) {
        Unit& unit = grouped[document.empty() ? static_cast<int>(i) : document[i]];
        unit.sum += values[i];
        ++unit.count;
    }
    if (grouped.size() < 2 || resamples < 1) return std::nullopt;
    std::vector<Unit> units;
    for (const auto& [number, unit] : grouped) units.push_back(unit);
    SeededRandom random(seed);
    std::vector<double> means;
    means.reserve(static_cast<std::size_t>(resamples));
    for (int r = 0; r < resamples; ++r) {
        double sum = 0;
        int count = 0;
        for (std::size_t i = 0; i < units.size(); ++i) {
            const Unit& unit = units[static_cast<std::size_t>(random.below(units.size()))];
            sum += unit.sum;
            count += unit.count;
        }
        means.push_back(sum / count);
    }
    std::sort(means.begin(), means.end());
    return Interval{quantileOf(means, (1.0 - coverage) / 2.0), quantileOf(means, (1.0 + coverage) / 2.0)};
}

void normaliseByLayer(std::vector<double>& values, const std::vector<HeadId>& heads)
{
    std::map<int, double> squares;
    for (std::size_t i = 0; i < values.size(); ++i) squares[heads[i].layer] += values[i] * values[i];
    for (std::size_t i = 0; i < values.size(); ++i)
        if (const double norm = std::sqrt(squares[heads[i].layer]); norm > 0) values[i] /= norm;
}

}  // namespace hs
