// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/similarity/cluster/distance_matrix.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace hs {

void DistanceMatrix::set(int i, int j, double distance)
{
    const auto size = static_cast<std::size_t>(n), a = static_cast<std::size_t>(i), b = static_cast<std::size_t>(j);
    values[a * size + b] = distance;
    values[b * size + a] = distance;
}

std::vector<int> DistanceMatrix::present() const
{
    std::vector<int> out;
    for (int i = 0; i < n; ++i) {
        bool any = n == 1;
        for (int j = 0; j < n && !any; ++j) any = j != i && !std::isnan((*this)(i, j));
        if (any) out.push_back(i);
    }
    return out;
}

DistanceMatrix DistanceMatrix::restrictedTo(const std::vector<int>& items) const
{
    DistanceMatrix out(static_cast<int>(items.size()));
    for (int a = 0; a < out.n; ++a)
        for (int b = 0; b < out.n; ++b)
            out.values[static_cast<std::size_t>(a) * items.size() + static_cast<std::size_t>(b)] =
                (*this)(items[static_cast<std::size_t>(a)], items[static_cast<std::size_t>(b)]);
    return out;
}

Status checkDistances(const DistanceMatrix& d)
{
    const auto cells = static_cast<std::size_t>(d.n) * static_cast<std::size_t>(d.n);
    if (d.n < 0 || d.values.size() != cells) return Error::shape("distances", std::to_string(d.values.size()), std::to_string(cells));
    const auto wrong = [&](int i, int j, const char* expected) {
        std::string item = "distance ";
        item += std::to_string(i);
        item += ' ';
        item += std::to_string(j);
        return Error::argument(item, std::to_string(d(i, j)), expected);
    };
    const std::vector<int> items = d.present();
    for (std::size_t a = 0; a < items.size(); ++a) {
        for (std::size_t b = 0; b < a; ++b) {
            const int i = items[a], j = items[b];
            const double x = d(i, j), y = d(j, i);
            if (!std::isfinite(x) || !std::isfinite(y)) return wrong(i, j, "a number");
            if (x < 0) return wrong(i, j, ">= 0");
            if (std::abs(x - y) > 1e-9 * std::max({1.0, x, y})) return wrong(i, j, std::to_string(y).c_str());
        }
    }
    return {};
}

}  // namespace hs
