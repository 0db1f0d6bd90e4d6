// SPDX-License-Identifier: GPL-3.0-or-later
// What the export dialog remembers.
#include <QDir>
#include <QSettings>
#include <QStandardPaths>

#include "ui/export/export_dialog.h"
#include "ui/theme/theme.h"

namespace hs::ui {

ExportChoices ExportChoices::load()
{
    QSettings s;
    s.beginGroup(QStringLiteral("export"));
    ExportChoices c;
    c.size = static_cast<Size>(std::clamp(s.value(QStringLiteral("size"), 0).toInt(), 0, 5));
    c.ownWidth = std::clamp(s.value(QStringLiteral("own_width"), c.ownWidth).toDouble(), 20.0, 1000.0);
    c.format = static_cast<FigureFormat>(std::clamp(s.value(QStringLiteral("format"), 0).toInt(), 0, 2));
    c.fontPt = std::clamp(s.value(QStringLiteral("font_pt"), c.fontPt).toDouble(), 4.0, 20.0);
    c.slidePt = std::clamp(s.value(QStringLiteral("slide_pt"), c.slidePt).toDouble(), 6.0, 40.0);
    c.fontFamily = s.value(QStringLiteral("font")).toString();
    c.colours = static_cast<FigureColours>(std::clamp(s.value(QStringLiteral("colours"), 0).toInt(), 0, 2));
    const auto flag = [&s](const char* key, bool fallback) { return s.value(QLatin1String(key), fallback).toBool(); };
    c.title = flag("title", true);
    c.axes = flag("axes", true);
    c.colourBar = flag("colour_bar", true);
    c.hatch = flag("hatch", true);
    c.profiles = flag("profiles", false);
    c.csv = flag("csv", false);
    c.npy = flag("npy", false);
    c.latex = flag("latex", false);
    c.recipe = flag("recipe", true);
    c.dpi = std::clamp(s.value(QStringLiteral("dpi"), c.dpi).toDouble(), 36.0, 2400.0);
    c.folder = s.value(QStringLiteral("folder")).toString();
    if (c.folder.isEmpty()) c.folder = QStandardPaths::writableLocation(QStandardPaths::PicturesLocation);
    if (c.folder.isEmpty() || !QDir(c.folder).exists()) c.folder = QDir::homePath();
    return c;
}

void ExportChoices::save() const
{
    QSettings s;
    s.beginGroup(QStringLiteral("export"));
    s.setValue(QStringLiteral("size"), static_cast<int>(size));
    s.setValue(QStringLiteral("own_width"), ownWidth);
    s.setValue(QStringLiteral("format"), static_cast<int>(format));
    s.setValue(QStringLiteral("font_pt"), fontPt);
    s.setValue(QStringLiteral("slide_pt"), slidePt);
    s.setValue(QStringLiteral("font"), fontFamily);
    s.setValue(QStringLiteral("colours"), static_cast<int>(colours));
    s.setValue(QStringLiteral("title"), title);
    s.setValue(QStringLiteral("axes"), axes);
    s.setValue(QStringLiteral("colour_bar"), colourBar);
    s.setValue(QStringLiteral("hatch"), hatch);
    s.setValue(QStringLiteral("profiles"), profiles);
    s.setValue(QStringLiteral("csv"), csv);
    s.setValue(QStringLiteral("npy"), npy);
    s.setValue(QStringLiteral("latex"), latex);
    s.setValue(QStringLiteral("recipe"), recipe);
    s.setValue(QStringLiteral("dpi"), dpi);
    s.setValue(QStringLiteral("folder"), folder);
}

void ExportChoices::applyTo(FigureSpec& spec, const QSize& screen) const
{
    spec.heightMm = 0;
    spec.fontPt = fontPt;
    spec.dpi = dpi;
    switch (size) {
    case Size::Column: spec.widthMm = preset::kColumn; break;
    case Size::ColumnAndHalf: spec.widthMm = preset::kColumnAndHalf; break;
    case Size::TwoColumns: spec.widthMm = preset::kTwoColumns; break;
    case Size::Own: spec.widthMm = ownWidth; break;
    case Size::Slide:
        spec.widthMm = preset::kSlideWidth;
        spec.heightMm = preset::kSlideHeight;
        spec.fontPt = slidePt;
        break;
    case Size::Screen:
        spec.widthMm = std::max(20.0, (screen.isEmpty() ? 640 : screen.width()) * 25.4 / 96);
        spec.fontPt = 8.25;  // 11 px, the caption size on screen
        spec.dpi = 96;
        break;
    }
    spec.fontFamily = fontFamily;
    spec.colours = colours;
    spec.darkScreen = Theme::instance().dark();
    spec.title = title;
    spec.axes = axes;
    spec.colourBar = colourBar;
    spec.hatch = hatch;
    spec.profiles = profiles;
    spec.recipe = recipe;
}

std::vector<FigureFile> ExportChoices::files(const QString& into, const QString& baseName) const
{
    const QString base = into + QLatin1Char('/') + baseName + QLatin1Char('.');
    std::vector<FigureFile> out{{base + extensionOf(format), format}};
    if (csv) out.push_back({base + extensionOf(FigureFormat::Csv), FigureFormat::Csv});
    if (npy) out.push_back({base + extensionOf(FigureFormat::Npy), FigureFormat::Npy});
    if (latex) out.push_back({base + extensionOf(FigureFormat::Latex), FigureFormat::Latex});
    return out;
}

}  // namespace hs::ui
