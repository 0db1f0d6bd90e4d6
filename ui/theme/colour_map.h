// SPDX-License-Identifier: GPL-3.0-or-later
// Colour maps for data: from ui/look.md (attention ramp, difference ramp) and viridis, magma, cividis, grey.
#pragma once

#include <QColor>
#include <QString>
#include <QStringList>
#include <array>

namespace hs::ui {

class ColourMap {
public:
    static constexpr int kSteps = 1024;
    /// Names for settings and recipes: "attention", "viridis", "magma", "cividis", "grey", "difference".
    static QStringList names();
    /// `dark` chooses the dark-theme ramp of attention and difference; the others are the same in both.
    static const ColourMap& get(const QString& name, bool dark);

    QRgb at(float t) const  ///< t in [0, 1], clamped; NaN gives transparent
    {
        if (!(t == t)) return 0;
        // NOLINTNEXTLINE(bugprone-incorrect-roundings): never negative, and lround would cost a call for each pixel
        const int i = t <= 0 ? 0 : t >= 1 ? kSteps - 1 : static_cast<int>(t * (kSteps - 1) + 0.5f);
        return m_lut[static_cast<std::size_t>(i)];
    }
    const QRgb* lut() const { return m_lut.data(); }
    bool diverging() const { return m_diverging; }

private:
    friend struct ColourMapFactory;
    std::array<QRgb, kSteps> m_lut{};
    bool m_diverging = false;
};

}  // namespace hs::ui
