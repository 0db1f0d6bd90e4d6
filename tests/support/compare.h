// SPDX-License-Identifier: GPL-3.0-or-later
// Comparing arrays of numbers: the message shows the worst index with its neighbours, both values and the tolerance.
#pragma once

#include <QString>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>

namespace hs::test {

/// max(absolute, relative * |expected|): the tolerance belongs to the number type and the kind of arithmetic.
struct Tolerance {
    double absolute = 0.0;
    double relative = 0.0;
};
inline constexpr Tolerance floatArithmetic{1.2e-6, 1.2e-6};         ///< 10 eps of float
inline constexpr Tolerance floatTranscendental{1.2e-5, 1.2e-5};     ///< 100 eps of float
inline constexpr Tolerance doubleArithmetic{2.3e-15, 2.3e-15};      ///< 10 eps of double
inline constexpr Tolerance doubleTranscendental{2.3e-14, 2.3e-14};  ///< 100 eps of double

/// Empty when `got` and `expected` (both of `size`, any indexable types) agree; else what differs, in words.
template <typename Got, typename Expected>
std::string difference(const Got& got, const Expected& expected, std::size_t size, Tolerance tolerance)
{
    std::size_t worst = size;
    std::size_t bad = 0;
    double worstExcess = 0.0;
    for (std::size_t i = 0; i < size; ++i) {
        const double g = static_cast<double>(got[i]);
        const double e = static_cast<double>(expected[i]);
        const double allowed = std::max(tolerance.absolute, tolerance.relative * std::abs(e));
        const double off = std::abs(g - e);
        if (g == e || off <= allowed) continue;  // equal infinities agree; a NaN never does
        ++bad;
        const double excess = std::isfinite(off) ? off - allowed : HUGE_VAL;
        if (worst == size || excess > worstExcess) {
            worst = i;
            worstExcess = excess;
        }
    }
    if (bad == 0) return {};
    const double e = static_cast<double>(expected[worst]);
    QString text = QStringLiteral("%1 of %2 differ; worst at index %3, allowed %4, |difference| %5\n")
                       .arg(bad)
                       .arg(size)
                       .arg(worst)
                       .arg(std::max(tolerance.absolute, tolerance.relative * std::abs(e)), 0, 'g', 6)
                       .arg(std::abs(static_cast<double>(got[worst]) - e), 0, 'g', 6);
    const std::size_t from = worst < 3 ? 0 : worst - 3;
    for (std::size_t i = from; i < std::min(size, worst + 4); ++i) {
        text += QStringLiteral("%1[%2] got %3 expected %4\n")
                    .arg(i == worst ? QStringLiteral("> ") : QStringLiteral("  "))
                    .arg(i)
                    .arg(static_cast<double>(got[i]), 0, 'g', 17)
                    .arg(static_cast<double>(expected[i]), 0, 'g', 17);
    }
    return text.toStdString();
}

}  // namespace hs::test

/// Compares two containers with size() and operator[]: equal sizes, then every value within the tolerance.
#define HS_COMPARE_ARRAYS(got, expected, tolerance)                                                                                    \
    do {                                                                                                                               \
        QCOMPARE(static_cast<std::size_t>((got).size()), static_cast<std::size_t>((expected).size()));                                 \
        const std::string hsDifference = hs::test::difference((got), (expected), static_cast<std::size_t>((got).size()), (tolerance)); \
        QVERIFY2(hsDifference.empty(), hsDifference.c_str());                                                                          \
    } while (false)
