// SPDX-License-Identifier: GPL-3.0-or-later
// Inner loop of all maps: one value to one colour, prepared once per picture.
#pragma once

#include <QRgb>
#include <bit>
#include <cmath>
#include <cstdint>
#include <vector>

#include "ui/theme/colour_map.h"
#include "ui/views/map_painter.h"

namespace hs::ui {

class CellColourer {
public:
    CellColourer(const ValueScale& scale, const ColourMap& map) : m_lut(map.lut()), m_perRow(scale.stretch == Stretch::PerRow && !scale.diverging)
    {
        if (scale.logarithmic()) {
            // One logarithm per bucket of 2^-8 relative width instead of one per cell: half a colour step at four decades.
            m_logTable.resize(kBuckets);
            for (std::uint32_t i = 0; i < kBuckets; ++i)
                m_logTable[i] = i >= kInfinity ? map.at(1) : map.at(scale.map(std::bit_cast<float>((i << kShift) | (1u << (kShift - 1)))));
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
        if (scale.diverging && !(high > low)) { m_low = 0; m_factor = 0; m_offset = (ColourMap::kSteps - 1) / 2.0f; }
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
        if (!m_logTable.empty()) {
            if (!(value == value)) return 0;
            return value > 0 ? m_logTable[std::bit_cast<std::uint32_t>(value) >> kShift] : value == -HUGE_VALF ? kMissing : m_lut[0];
        }
        const float t = (value - m_low) * m_factor + m_offset;
        if (!(t == t)) return value == m_low && m_factor == HUGE_VALF ? m_lut[0] : 0;
        if (t <= 0) return value == -HUGE_VALF ? kMissing : m_lut[0];
        if (t >= ColourMap::kSteps - 1) return m_lut[ColourMap::kSteps - 1];
        return m_lut[static_cast<int>(t + 0.5f)];
    }

private:
    static constexpr int kShift = 15;
    static constexpr std::uint32_t kBuckets = 1u << (31 - kShift), kInfinity = 0x7f800000u >> kShift;
    const QRgb* m_lut;
    bool m_perRow;
    float m_low = 0, m_factor = 1, m_offset = 0;
    std::vector<QRgb> m_logTable;
};

}  // namespace hs::ui
