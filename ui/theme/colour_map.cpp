// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/colour_map.h"

#include <cmath>
#include <span>

#include "ui/theme/colour_map_tables.h"

namespace hs::ui {

namespace {

// ui/look.md section 1: nine stops each, linear in sRGB between them. Zero (and the centre of a difference) is exactly the paper.
constexpr std::array<std::uint32_t, 9> kAttentionLight{0xFFFFFF, 0xCFDDFE, 0xA4BCFE, 0x839CF2, 0x687CDD,
                                                       0x535FBF, 0x40469B, 0x2F3071, 0x1E1F45};
constexpr std::array<std::uint32_t, 9> kAttentionDark{0x15181C, 0x262A4D, 0x36407D, 0x4659A9, 0x5776CE,
                                                      0x6E95EA, 0x8DB6FC, 0xBAD5FE, 0xEBF3FE};
constexpr std::array<std::uint32_t, 9> kDifferenceLight{0x02468B, 0x3377BE, 0x7DB0E1, 0xC6DEF4, 0xFFFFFF,
                                                        0xF4D9BB, 0xECA667, 0xC96726, 0x8E3B0E};
constexpr std::array<std::uint32_t, 9> kDifferenceDark{0x8ECBFF, 0x5197DB, 0x326AAC, 0x203A61, 0x15181C,
                                                       0x5A3118, 0xA15421, 0xDC7C34, 0xFEBB77};
constexpr std::array<std::uint32_t, 2> kGreyLight{0xFFFFFF, 0x000000};

std::array<QRgb, ColourMap::kSteps> blend(std::span<const std::uint32_t> stops)
{
    std::array<QRgb, ColourMap::kSteps> lut{};
    for (int i = 0; i < ColourMap::kSteps; ++i) {
        const double t = double(i) / (ColourMap::kSteps - 1) * double(stops.size() - 1);
        const auto a = std::min(static_cast<std::size_t>(t), stops.size() - 2);
        const double f = t - double(a);
        const auto mix = [&](int shift) {
            const int from = static_cast<int>(stops[a] >> shift & 0xFF), to = static_cast<int>(stops[a + 1] >> shift & 0xFF);
            return static_cast<int>(std::lround(from + (to - from) * f));
        };
        lut[static_cast<std::size_t>(i)] = qRgb(mix(16), mix(8), mix(0));
    }
    return lut;
}

}  // namespace

struct ColourMapFactory {
    static ColourMap make(std::span<const std::uint32_t> stops, bool diverging = false)
    {
        ColourMap map;
        map.m_lut = blend(stops);
        map.m_diverging = diverging;
        return map;
    }
};

QStringList ColourMap::names()
{
    return {QStringLiteral("attention"), QStringLiteral("viridis"), QStringLiteral("magma"),
            QStringLiteral("cividis"),   QStringLiteral("grey"),    QStringLiteral("difference")};
}

const ColourMap& ColourMap::get(const QString& name, bool dark)
{
    static const ColourMap attention[2] = {ColourMapFactory::make(kAttentionLight), ColourMapFactory::make(kAttentionDark)};
    static const ColourMap difference[2] = {ColourMapFactory::make(kDifferenceLight, true), ColourMapFactory::make(kDifferenceDark, true)};
    static const ColourMap viridis = ColourMapFactory::make(tables::kViridis);
    static const ColourMap magma = ColourMapFactory::make(tables::kMagma);
    static const ColourMap cividis = ColourMapFactory::make(tables::kCividis);
    static const ColourMap grey = ColourMapFactory::make(kGreyLight);
    if (name == QLatin1String("viridis")) return viridis;
    if (name == QLatin1String("magma")) return magma;
    if (name == QLatin1String("cividis")) return cividis;
    if (name == QLatin1String("grey")) return grey;
    if (name == QLatin1String("difference")) return difference[dark ? 1 : 0];
    return attention[dark ? 1 : 0];
}

}  // namespace hs::ui
