// SPDX-License-Identifier: GPL-3.0-or-later
// A figure on paper and on the clipboard.
#pragma once

#include "ui/export/figure.h"

class QPrinter;

namespace hs::ui {

/// True size, centred; scaled down when the page is smaller. False when the printer cannot be opened.
bool printFigure(QPrinter& printer, const FigureSpec& spec, const FigureData& data);
/// Image (200 dpi, with white space as on paper) and, for programs that take it, SVG.
void copyFigure(const FigureSpec& spec, const FigureData& data);
/// Numbers as tab-separated text with token headers.
void copyNumbers(const FigureData& data);
/// The drawing as SVG, without recipe when `withRecipe` is false.
QByteArray figureSvg(const FigureSpec& spec, const FigureData& data, bool withRecipe);

}  // namespace hs::ui
