// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/trust/order.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace hs {
namespace {

/// Ranks from 0, equal values share their mean rank.
std::vector<double> ranks(const std::vector<double>& x)
{
    std::vector<std::size_t> order(x.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return x[a] < x[b]; });
    std::vector<double> out(x.size());
    for (std::size_t first = 0, end = 0; first < order.size(); first = end) {
        while (end < order.size() && x[order[end]] == x[order[first]]) ++end;
        for (std::size_t i = first; i < end; ++i) out[order[i]] = static_cast<double>(first + end - 1) / 2.0;
    }
    return out;
}

}  // namespace

double quantileOf(const std::vector<double>& sorted, double share)
{
    const double at = share * static_cast<double>(sorted.size() - 1);
    const auto low = static_cast<std::size_t>(at);
    const std::size_t high = std::min(low + 1, sorted.size() - 1);
    return sorted[low] + (at - static_cast<double>(low)) * (sorted[high] - sorted[low]);
}

double spearman(const std::vector<double>& a, const std::vector<double>& b)
{
    std::vector<double> x, y;
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
        if (std::isnan(a[i]) || std::isnan(b[i])) continue;
        x.push_back(a[i]);
        y.push_back(b[i]);
    }
    const double nan = std::numeric_limits<double>::quiet_NaN();
    if (x.size() < 3) return nan;
    const std::vector<double> rx = ranks(x), ry = ranks(y);
    const double mean = static_cast<double>(x.size() - 1) / 2.0;
    double xy = 0, xx = 0, yy = 0;
    for (std::size_t i = 0; i < rx.size(); ++i) {
        xy += (rx[i] - mean) * (ry[i] - mean);
        xx += (rx[i] - mean) * (rx[i] - mean);
        yy += (ry[i] - mean) * (ry[i] - mean);
    }
    return xx > 0 && yy > 0 ? xy / std::sqrt(xx * yy) : nan;
}

}  // namespace hs
