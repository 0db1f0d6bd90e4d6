// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/theme.h"

#include <QApplication>
#include <QFontDatabase>
#include <array>

#include "ui/theme/style.h"

namespace hs::ui {

namespace {

struct Pair {
    const char* light;
    const char* dark;
};

// Order of enum Ink; values of ui/look.md section 1.
constexpr std::array<Pair, 19> kInks{{
    {"#FFFFFF", "#15181C"}, {"#F5F6F7", "#1D2126"}, {"#EBEDF0", "#282D33"}, {"#DCDFE3", "#30353C"}, {"#B4BAC2", "#555D67"},
    {"#1B1E23", "#E6E8EB"}, {"#5A6069", "#A3AAB3"}, {"#8A9099", "#6E7680"}, {"#1F5FA8", "#7DB3EE"}, {"#E3ECF7", "#203349"},
    {"#C4007A", "#FF6FC0"}, {"#1B7A4B", "#5FC48F"}, {"#B3261E", "#FF8A80"}, {"#5362B4", "#6F96E9"}, {"#B9C4E6", "#38427E"},
    {"#ECEEF0", "#22262B"}, {"#0072B2", "#56B4E9"}, {"#B84F00", "#F08A3C"}, {"#007A59", "#3FC296"},
}};

QString firstFamily(std::initializer_list<const char*> names)
{
    const QStringList known = QFontDatabase::families();
    for (const char* name : names) {
        const QString family = QString::fromLatin1(name);
        if (known.contains(family)) return family;
    }
    return QFont().family();
}

QPalette paletteFor(bool dark)
{
    const auto c = [dark](Ink i) { return Theme::color(i, dark); };
    QPalette p;
    p.setColor(QPalette::Window, c(Ink::Chrome));
    p.setColor(QPalette::WindowText, c(Ink::Text));
    p.setColor(QPalette::Base, c(Ink::Paper));
    p.setColor(QPalette::AlternateBase, c(Ink::Chrome));
    p.setColor(QPalette::Text, c(Ink::Text));
    p.setColor(QPalette::Button, c(Ink::Paper));
    p.setColor(QPalette::ButtonText, c(Ink::Text));
    p.setColor(QPalette::BrightText, c(Ink::Bad));
    p.setColor(QPalette::Highlight, c(Ink::Tint));
    p.setColor(QPalette::HighlightedText, c(Ink::Text));
    p.setColor(QPalette::Link, c(Ink::Accent));
    p.setColor(QPalette::LinkVisited, c(Ink::Accent));
    p.setColor(QPalette::ToolTipBase, c(Ink::Paper));
    p.setColor(QPalette::ToolTipText, c(Ink::Text));
    p.setColor(QPalette::PlaceholderText, c(Ink::Muted));
    p.setColor(QPalette::Light, c(Ink::Paper));
    p.setColor(QPalette::Midlight, c(Ink::Hover));
    p.setColor(QPalette::Mid, c(Ink::Hair));
    p.setColor(QPalette::Dark, c(Ink::Hair2));
    p.setColor(QPalette::Shadow, c(Ink::Hair2));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText})
        p.setColor(QPalette::Disabled, role, c(Ink::Faint));
    p.setColor(QPalette::Disabled, QPalette::Highlight, c(Ink::Hover));
    return p;
}

}  // namespace

Theme& Theme::instance()
{
    static Theme theme;
    return theme;
}

QColor Theme::color(Ink ink, bool dark)
{
    const Pair& pair = kInks[static_cast<std::size_t>(ink)];
    return QColor(QLatin1String(dark ? pair.dark : pair.light));
}

QString Theme::sansFamily()
{
    static const QString family = firstFamily({"Noto Sans", "DejaVu Sans"});
    return family;
}

QString Theme::monoFamily()
{
    static const QString family = firstFamily({"Noto Sans Mono", "DejaVu Sans Mono"});
    return family;
}

QFont Theme::font(Type size, bool bold) const
{
    QFont f(sansFamily());
    f.setPixelSize(static_cast<int>(size));
    f.setBold(bold);
    return f;
}

QFont Theme::tokenFont(Type size, bool bold) const
{
    QFont f(monoFamily());
    f.setPixelSize(static_cast<int>(size));
    f.setBold(bold);
    return f;
}

void Theme::apply(ThemeMode mode)
{
    // Qt 6.4 cannot ask the desktop for its colour scheme; the platform's own palette tells.
    static const bool systemDark = [] {
        const QPalette p = QApplication::palette();
        return p.color(QPalette::Window).lightness() < p.color(QPalette::WindowText).lightness();
    }();
    m_mode = mode;
    m_dark = mode == ThemeMode::Dark || (mode == ThemeMode::System && systemDark);
    if (!qobject_cast<Style*>(QApplication::style())) {
        QApplication::setStyle(new Style);
        installFocusRing();
    }
    QApplication::setPalette(paletteFor(m_dark));
    QApplication::setFont(font(Type::Base));
    Q_EMIT changed();
}

}  // namespace hs::ui
