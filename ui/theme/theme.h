// SPDX-License-Identifier: GPL-3.0-or-later
// Colours, type and measures of ui/look.md: the only place that knows them. Take them at paint time; the theme can change.
#pragma once

#include <QColor>
#include <QFont>
#include <QObject>
#include <QPalette>

namespace hs::ui {

/// Colour tokens. Data colours are colour maps (colour_map.h); these are for the frame.
enum class Ink {
    Paper,
    Chrome,
    Hover,
    Hair,
    Hair2,
    Text,
    Muted,
    Faint,
    Accent,
    Tint,
    Select,
    Good,
    Bad,
    Bar,
    Bar2,
    Hatch,
    RoleQ,
    RoleK,
    RoleV,
};

enum class ThemeMode { System, Light, Dark };

/// Type sizes in px at 96 dpi.
enum class Type { AxisSmall = 10, Caption = 11, Token = 12, Base = 13, ViewTitle = 16, HeadName = 21 };

/// Measures in px (ui/look.md section 3).
namespace measure {
inline constexpr int kGrid = 4, kWindowMargin = 12, kViewMargin = 16, kGroupGap = 12, kControlGap = 8;
inline constexpr int kTopBar = 44, kTokenRow = 32, kTabBar = 32, kViewTitle = 32, kStatusBar = 24, kDockTitle = 28, kTableRow = 24;
inline constexpr int kButton = 28, kSmallButton = 24, kLeftDock = 280, kRightDock = 312, kRadius = 3;
inline constexpr int kAtlasCell = 28, kAtlasCodeStrip = 12, kAtlasPitchX = 30, kAtlasPitchY = 44;
inline constexpr int kQueryLabels = 64, kRowProfile = 44, kColumnProfile = 56, kColourBarWidth = 16, kColourBarHeight = 264,
                     kHistogram = 44, kMiniMap = 66, kMaxCell = 40;
}  // namespace measure

class Theme : public QObject {
    Q_OBJECT
public:
    static Theme& instance();
    ThemeMode mode() const { return m_mode; }
    /// Sets style sheet-free palettes, fonts and the Fusion-based style of the application.
    void apply(ThemeMode mode);
    bool dark() const { return m_dark; }
    QColor color(Ink ink) const { return color(ink, m_dark); }
    static QColor color(Ink ink, bool dark);
    /// Proportional face (Noto Sans, else DejaVu Sans) or the token face (Noto Sans Mono, else DejaVu Sans Mono), pixel-sized.
    QFont font(Type size, bool bold = false) const;
    QFont tokenFont(Type size = Type::Token, bool bold = false) const;
    static QString sansFamily();
    static QString monoFamily();

Q_SIGNALS:
    void changed();

private:
    Theme() = default;
    ThemeMode m_mode = ThemeMode::System;
    bool m_dark = false;
};

/// Short forms for paint code.
inline QColor ink(Ink token) { return Theme::instance().color(token); }

}  // namespace hs::ui
