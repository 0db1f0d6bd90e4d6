// SPDX-License-Identifier: GPL-3.0-or-later
// What a figure remembers of how it was made: written into PNG, SVG and PDF as JSON, read back when the figure is dropped on the window.
#pragma once

#include <QByteArray>
#include <QString>
#include <optional>
#include <vector>

#include "ui/export/figure.h"

namespace hs::ui {

struct Recipe {
    static constexpr int kFormat = 1;
    QString program;  ///< "HeadScope 0.1.0"
    QString date;     ///< ISO 8601, UTC
    Provenance origin;
    FigureSpec spec;
};

Recipe makeRecipe(const FigureSpec& spec, const FigureData& data);
/// JSON in plain ASCII (other characters as \uXXXX), so that every container keeps it byte for byte.
QByteArray recipeToJson(const Recipe& recipe);
/// Nothing for JSON that is no recipe or was written by a newer format.
std::optional<Recipe> recipeFromJson(const QByteArray& json);
/// Recipe inside a PNG, SVG or PDF; nothing when the file has none. Reads at most 256 MiB.
std::optional<Recipe> readRecipe(const QString& path);
/// The three lines under "Recipe" in the dialog.
QStringList recipeSummary(const Recipe& recipe);

// Containers, used by writeFigure. `json` as made by recipeToJson.
/// The same picture with characters that XML does not allow (U+FFFE, U+FFFF, controls) named, so that every reader opens it.
QByteArray readableSvg(const QByteArray& svg);
QByteArray recipeIntoSvg(const QByteArray& svg, const QByteArray& json);
QByteArray recipeAsXmp(const QByteArray& json, const QString& title);
/// Key of the PNG text chunk.
QString recipePngKey();

}  // namespace hs::ui
