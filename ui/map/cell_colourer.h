// SPDX-License-Identifier: GPL-3.0-or-later
// Inner loop of all maps: one value to one colour, prepared once per picture.
#pragma once

#include <QRgb>
#include <bit>
#include <cmath>
#include <cstdint>
#include <vector>

#include "ui/map/map_painter.h"
#include "ui/theme/colour_map.h"

namespace hs::ui {

class CellColourer {
public:
    CellColourer(const ValueScale& scale, const ColourMap& map)
        : m_lut(map.lut()), m_perRow(scale.stretch == Stretch::PerRow && !scale.diverging)
    {
        if (scale.logarithmic()) {
            // A table over the upper bits of a float (buckets of 2^-8 relative width: half a colour step at four decades) in place of a
            // logarithm per cell; and ln(m 2^e) = ln m + e ln 2, so that the table itself needs only one logarithm per mantissa.
            m_logTable.resize(kBuckets);
            const double from = std::log(scale.logLow()), span = std::log(scale.high) - from;
            std::vector<double> mantissa(kMantissas);
            for (std::uint32_t m = 0; m < kMantissas; ++m) mantissa[m] = std::log(1 + (m + 0.5) / kMantissas);
            for (std::uint32_t i = 0; i < kBuckets; ++i) {
                const int exponent = static_cast<int>(i / kMantissas) - 127;
                const double t = span > 0 ? (exponent * 0.693147180559945309 + mantissa[i % kMantissas] - from) / span : 1;
                m_logTable[i] = i < kMantissas ? m_lut[0] : i >= kInfinity ? map.at(1) : map.at(static_cast<float>(t));
            }
            return;
        }
        // scale.map() is affine here: t = (value - low) * factor, times the number of colour steps.
        double low = scale.low, high = scale.high;
        if (scale.diverging) {
            const double most = std::max(std::abs(low), std::abs(high));
            low = -most;
            high = most;
        }
        m_low = static_cast<float>(m_perRow ? std::min(low, 0.0) : low);
        m_factor = high > low ? static_cast<float>((ColourMap::kSteps - 1) / (high - low)) : HUGE_VALF;
        if (scale.diverging && !(high > low)) {
            m_low = 0;
            m_factor = 0;
            m_offset = (ColourMap::kSteps - 1) / 2.0f;
        }
    }

    /// For Stretch::PerRow: call before the cells of a row; a NaN maximum makes its cells transparent.
    void setRowMaximum(float maximum)
    {
        if (m_perRow) m_factor = maximum > m_low ? (ColourMap::kSteps - 1) / (maximum - m_low) : maximum == maximum ? 0.0f : NAN;
    }
    bool perRow() const { return m_perRow; }

    /// Result for -infinity, which stands for a cell that is not here yet. Transparent like a masked cell, but not equal to it.
    static constexpr QRgb kMissing = 1;

    /// Transparent (0) for NaN.
    QRgb operator()(float value) const
    {
        QRgb out;
        row(&value, &out, 1);
        return out;
    }

    /// `count` values to colours. No branch depends on the data but the rare ones, so that the loop runs at the speed of the table.
    void row(const float* values, QRgb* out, std::ptrdiff_t count) const
    {
        if (!m_logTable.empty()) {
            for (std::ptrdiff_t i = 0; i < count; ++i) {
                const float v = values[i];
                const QRgb color = m_logTable[std::bit_cast<std::uint32_t>(v > 0 ? v : 0.0f) >> kShift];
                out[i] = v > 0 ? color : !(v == v) ? 0 : v == -HUGE_VALF ? kMissing : m_lut[0];
            }
            return;
        }
        constexpr float kLast = ColourMap::kSteps - 1;
        const float low = m_low, factor = m_factor, offset = m_offset;
        const QRgb* lut = m_lut;
        if (!(factor < HUGE_VALF)) {  // no extent, or the row's maximum is not known
            for (std::ptrdiff_t i = 0; i < count; ++i)
                out[i] = !(values[i] == values[i]) || !(factor == factor) ? 0
                         : values[i] == -HUGE_VALF                        ? kMissing
                         : values[i] > low                                ? lut[ColourMap::kSteps - 1]
                                                                          : lut[0];
            return;
        }
        for (std::ptrdiff_t i = 0; i < count; ++i) {
            const float v = values[i];
            float t = (v - low) * factor + offset;
            t = t > 0 ? t : 0.0f;  // NaN too: the index is always valid
            t = t < kLast ? t : kLast;
            const QRgb color = lut[static_cast<int>(t + 0.5f)];       // NOLINT(bugprone-incorrect-roundings): never negative
            out[i] = v > -HUGE_VALF ? color : v == v ? kMissing : 0;  // one rare branch for -infinity and NaN
        }
    }

private:
    static constexpr int kShift = 15;
    static constexpr std::uint32_t kBuckets = 1u << (31 - kShift), kInfinity = 0x7f800000u >> kShift, kMantissas = 1u << (23 - kShift);
    const QRgb* m_lut;
    bool m_perRow;
    float m_low = 0, m_factor = 1, m_offset = 0;
    std::vector<QRgb> m_logTable;
};

}  // namespace hs::ui
