// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <map>

#include "engine/analysis/importance/importance.h"
#include "engine/analysis/trust/order.h"
#include "engine/base/random.h"

namespace hs {

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
