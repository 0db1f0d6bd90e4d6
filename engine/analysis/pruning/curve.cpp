// SPDX-License-Identifier: GPL-3.0-or-later
// Reading a pruning curve: bands, budget, comparison with random orders, CSV.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>

#include "engine/analysis/pruning/pruning.h"
#include "engine/analysis/trust/order.h"
#include "engine/base/plain_text.h"

namespace hs {
namespace {

constexpr std::array<const char*, 7> kOrders{"score", "reverse", "greedy", "hard-concrete", "random", "magnitude", "layer-drop"};

}  // namespace

const char* orderName(OrderKind kind) { return kOrders[static_cast<std::size_t>(kind)]; }

std::optional<OrderKind> parseOrder(std::string_view name)
{
    for (std::size_t i = 0; i < kOrders.size(); ++i)
        if (name == kOrders[i]) return static_cast<OrderKind>(i);
    return std::nullopt;
}

std::vector<HeadId> PruningSeries::cutAt(std::size_t point) const
{
    if (point >= points.size()) return {};
    const auto gone = static_cast<std::size_t>(points[0].headsLeft - points[point].headsLeft);
    return {cut.begin(), cut.begin() + static_cast<std::ptrdiff_t>(std::min(gone, cut.size()))};
}

double PruningCurve::baseLoss() const
{
    for (const PruningSeries& s : series)
        if (!s.points.empty()) return s.points.front().loss;
    return std::numeric_limits<double>::quiet_NaN();
}

const PruningSeries* PruningCurve::find(OrderKind order, std::uint64_t seed) const
{
    for (const PruningSeries& s : series)
        if (s.order == order && (order != OrderKind::Random || s.seed == seed)) return &s;
    return nullptr;
}

std::vector<PruningBand> PruningCurve::randomBand() const
{
    std::map<int, std::vector<double>, std::greater<>> losses;
    std::size_t finished = 0;
    for (const PruningSeries& s : series) {
        if (s.order != OrderKind::Random || !s.complete) continue;
        ++finished;
        for (const PruningPoint& p : s.points) losses[p.headsLeft].push_back(p.loss);
    }
    std::vector<PruningBand> out;
    for (auto& [left, values] : losses) {
        if (values.size() != finished) continue;
        std::sort(values.begin(), values.end());
        out.push_back({left, quantileOf(values, 0.05), quantileOf(values, 0.5), quantileOf(values, 0.95), static_cast<int>(finished)});
    }
    return out;
}

std::optional<BudgetChoice> withinBudget(const PruningSeries& series, double percent)
{
    if (series.points.empty()) return std::nullopt;
    const double base = series.points.front().loss, most = base * (1.0 + percent / 100.0);
    BudgetChoice choice;
    for (std::size_t i = 0; i < series.points.size(); ++i) {
        // The uncut model is within any budget, whatever rounding says.
        if (i > 0 && !(series.points[i].loss <= most)) break;
        choice.point = i;
    }
    const PruningPoint& p = series.points[choice.point];
    choice.headsLeft = p.headsLeft;
    choice.loss = p.loss;
    choice.change = base != 0 ? p.loss / base - 1.0 : 0.0;
    choice.cut = series.cutAt(choice.point);
    return choice;
}

BandReport againstRandom(const PruningCurve& curve, const PruningSeries& series)
{
    BandReport report;
    for (const PruningBand& band : curve.randomBand()) {
        // With nothing or everything cut, all orders are one.
        if (band.headsLeft == 0 || band.headsLeft == curve.heads) continue;
        for (const PruningPoint& p : series.points) {
            if (p.headsLeft != band.headsLeft) continue;
            if (p.loss < band.low) {
                ++report.below;
                continue;
            }
            ++(p.loss > band.high ? report.above : report.inside);
            report.notBelow.push_back(p.headsLeft);
        }
    }
    return report;
}

std::string pruningCsv(const PruningCurve& curve)
{
    std::string out = "step,heads_left,order,seed,loss,accuracy,kl,lo,hi\n";
    for (const PruningSeries& s : curve.series)
        for (const PruningPoint& p : s.points) {
            out.append(std::to_string(p.step)).append(",").append(std::to_string(p.headsLeft)).append(",").append(orderName(s.order));
            out.append(",").append(std::to_string(s.seed));
            for (const double value : {p.loss, p.accuracy, p.kl, p.low, p.high}) out.append(",").append(shortestText(value));
            out.append("\n");
        }
    return out;
}

}  // namespace hs
