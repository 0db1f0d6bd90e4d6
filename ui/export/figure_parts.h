// SPDX-License-Identifier: GPL-3.0-or-later
// One routine for each kind of figure. Each lays out, paints (when the canvas has a painter) and fills in the check.
#pragma once

#include "ui/export/figure_canvas.h"

namespace hs::ui {

void drawHeadFigure(FigureCanvas& canvas, const FigureSpec& spec, const FigureData& data, FigureCheck& check);
void drawGridFigure(FigureCanvas& canvas, const FigureSpec& spec, const FigureData& data, FigureCheck& check);  ///< atlas and grid
void drawCompareFigure(FigureCanvas& canvas, const FigureSpec& spec, const FigureData& data, FigureCheck& check);
void drawTextFigure(FigureCanvas& canvas, const FigureSpec& spec, const FigureData& data, FigureCheck& check);
void drawDrawingFigure(FigureCanvas& canvas, const FigureSpec& spec, const FigureData& data, FigureCheck& check);
void drawChartFigure(FigureCanvas& canvas, const FigureSpec& spec, const FigureData& data, FigureCheck& check);

namespace figure {

inline constexpr double kMargin = 0.9;  // mm
inline constexpr double kAxis = 0.15;
inline constexpr double kLabelGap = 0.8;
inline constexpr double kBarGap = 1.6;
inline constexpr double kThin = 0.1;

/// Labels of an axis cut to a width, with what was cut.
struct AxisText {
    std::vector<AxisLabel> labels;
    double widest = 0;
    int shortenedLabels = 0;
};
AxisText fitLabels(const FigureCanvas& canvas, const std::vector<AxisLabel>& labels, double widest);
/// Labels along a vertical (rows) or horizontal axis; `at` is where they end. Returns how many were drawn.
int drawRowLabels(FigureCanvas& canvas, const AxisText& axis, double right, double top, double cell, int selected);
int drawColumnLabels(FigureCanvas& canvas, const AxisText& axis, double left, double top, double cell, int selected);
/// Cells over hatch, in `area`. Where cells are smaller than a pixel, each pixel shows the strongest of those that it covers.
void drawCells(FigureCanvas& canvas, const QRectF& area, const FigureMap& map, const MatrixF& cells, const FigureScale& scale, bool hatch);
/// Both axes, beside the cells and not over the first and the last of them.
void drawAxes(FigureCanvas& canvas, const QRectF& area);
/// Title left, note right, in one line; the note gives way. Returns the height used.
double drawTitle(FigureCanvas& canvas, const FigureSpec& spec, const QString& fallback, double left, double right, double top, bool paint);
/// Sentence for labels dropped or shortened, or that all is well.
void judge(FigureCheck& check, const FigureSpec& spec, int shortenedLabels, double mapWidth, int factor);
QString titleOf(const FigureSpec& spec, const QString& fallback);
/// Row or column of the grain that holds a token; -1: none.
int indexOfToken(const std::vector<AxisLabel>& labels, int token);

}  // namespace figure
}  // namespace hs::ui
