// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/chart_axis.h"

#include <algorithm>
#include <cmath>

namespace hs::ui {

std::vector<double> axisTicks(double low, double high, int most)
{
    std::vector<double> out;
    if (!(high > low) || most < 1 || !std::isfinite(low) || !std::isfinite(high)) return out;
    const double rough = (high - low) / most, power = std::pow(10.0, std::floor(std::log10(rough)));
    static constexpr double kFactors[] = {0.1, 0.2, 0.5, 1, 2, 5, 10};
    int factor = 3;
    while (factor < 6 && power * kFactors[factor] < rough * (1 - 1e-9)) ++factor;
    // The widest step that is wide enough may leave one tick, or none: then a closer one.
    for (; factor >= 0 && out.size() < 2; --factor) {
        const double step = power * kFactors[factor];
        out.clear();
        for (double k = std::ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k += 1) out.push_back(k == 0 ? 0.0 : k * step);
    }
    return out;
}

int tickDecimals(const std::vector<double>& ticks)
{
    if (ticks.size() < 2) return ticks.empty() || ticks.front() == std::round(ticks.front()) ? 0 : 2;
    const double step = ticks[1] - ticks[0];
    return std::clamp(int(std::ceil(-std::log10(step) - 1e-9)), 0, 8);
}

QFont chartFont(Type type, double unit, bool bold)
{
    QFont font = Theme::instance().font(type, bold);
    font.setPixelSize(std::max(1, int(std::lround(int(type) * unit))));
    return font;
}

}  // namespace hs::ui
