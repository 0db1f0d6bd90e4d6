// SPDX-License-Identifier: GPL-3.0-or-later
// One head's map on paper.
#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "ui/export/figure_parts.h"

#include "ui/export/figure_tr.h"

namespace hs::ui {

namespace {

constexpr double kProfile = 7;  // mm

/// Mean of each column over the queries that can see it, or the cells of one row.
std::vector<double> acrossProfile(const FigureMap& map, int row)
{
    const MatrixF& c = *map.cells;
    std::vector<double> out(static_cast<std::size_t>(c.cols()));
    for (std::ptrdiff_t k = 0; k < c.cols(); ++k) {
        double sum = 0;
        int seen = 0;
        for (std::ptrdiff_t q = row >= 0 ? row : 0; q < (row >= 0 ? row + 1 : c.rows()); ++q) {
            if (row < 0 && (map.factor == 1 ? !map.mask.sees(static_cast<int>(q), static_cast<int>(k)) : !map.mask.looksAhead() && k > q))
                continue;
            if (!std::isfinite(c(q, k))) continue;
            sum += static_cast<double>(c(q, k));
            ++seen;
        }
        out[static_cast<std::size_t>(k)] = seen ? sum / seen : 0;
    }
    return out;
}

/// Largest value of each row, or the cells of one column.
std::vector<double> downProfile(const FigureMap& map, int column)
{
    const MatrixF& c = *map.cells;
    std::vector<double> out(static_cast<std::size_t>(c.rows()));
    for (std::ptrdiff_t q = 0; q < c.rows(); ++q) {
        double best = 0;
        for (std::ptrdiff_t k = column >= 0 ? column : 0; k < (column >= 0 ? column + 1 : c.cols()); ++k)
            if (std::isfinite(c(q, k))) best = std::max(best, static_cast<double>(c(q, k)));
        out[static_cast<std::size_t>(q)] = best;
    }
    return out;
}

}  // namespace

void drawHeadFigure(FigureCanvas& canvas, const FigureSpec& spec, const FigureData& data, FigureCheck& check)
{
    using namespace figure;
    const FigureMap& map = data.maps.front();
    const MatrixF& cells = *map.cells;
    const double em = canvas.em(), words = em * 1.25;
    const int rows = static_cast<int>(map.rows.size()), columns = static_cast<int>(map.columns.size());
    const FigureScale scale = figureScale(spec, data);
    const AxisText rowText = spec.axes ? fitLabels(canvas, map.rows, spec.widthMm * 0.3) : AxisText{};
    const AxisText columnText = spec.axes ? fitLabels(canvas, map.columns, spec.widthMm * 0.3) : AxisText{};
    const bool profiles = spec.profiles && spec.look.kind != MapKind::Scores;

    double left = kMargin + (spec.axes ? words + kLabelGap + rowText.widest + kLabelGap : 0);
    const double right = kMargin + (spec.colourBar ? kBarGap + colourBarWidth(canvas, scale) : 0) + (profiles ? kProfile + 1.2 : 0);
    const double titleHeight = drawTitle(canvas, spec, {}, 0, 0, 0, false);
    double top = kMargin + titleHeight + (profiles ? kProfile + 1.2 : 0);
    const double bottom = kMargin + (spec.axes ? kLabelGap + columnText.widest + kLabelGap + words : 0);

    double cell = std::max(0.01, (spec.widthMm - left - right) / std::max(1, columns));
    double height = top + cell * rows + bottom;
    if (spec.heightMm > 0) {
        // A fixed page, such as a slide: the map shrinks to it and stands in the middle.
        cell = std::clamp((spec.heightMm - top - bottom) / std::max(1, rows), 0.01, cell);
        left += (spec.widthMm - left - right - cell * columns) / 2;
        top += std::max(0.0, (spec.heightMm - top - bottom - cell * rows) / 2);
        height = spec.heightMm;
    }
    const QRectF area(left, top, cell * columns, cell * rows);
    check.sizeMm = QSizeF(spec.widthMm, height);
    canvas.paper(check.sizeMm);

    const int row = indexOfToken(map.rows, spec.query), column = indexOfToken(map.columns, spec.key);
    const int selectedRow = spec.selection ? row : -1, selectedColumn = spec.selection ? column : -1;
    drawTitle(canvas, spec, map.name, area.left(), area.right(), top - titleHeight - (profiles ? kProfile + 1.2 : 0), true);
    if (spec.axes) drawAxes(canvas, area);  // first: its soft edge must not lie on cells
    drawCells(canvas, area, map, cells, scale, spec.hatch);
    if (spec.axes) {
        check.labels = rows + columns;
        check.labelsDrawn = drawRowLabels(canvas, rowText, area.left() - kLabelGap, area.top(), cell, selectedRow)
                            + drawColumnLabels(canvas, columnText, area.left(), area.bottom() + kLabelGap, cell, selectedColumn);
        canvas.textUp({area.left() - kLabelGap * 2 - rowText.widest - em * 0.25, area.center().y()}, FigureTr::tr("query"),
                      canvas.inks().ink, Align::Centre);
        canvas.text({area.center().x(), area.bottom() + kLabelGap * 2 + columnText.widest + canvas.ascent()}, FigureTr::tr("key"),
                    canvas.inks().ink, Align::Centre);
    } else {
        canvas.frame(area.adjusted(-kThin / 2, -kThin / 2, kThin / 2, kThin / 2), canvas.inks().hair2, kThin);
    }
    if (spec.selection && row >= 0 && column >= 0) {
        const QRectF cellRect(area.left() + column * cell, area.top() + row * cell, cell, cell);
        canvas.frame(cellRect.adjusted(-0.3, -0.3, 0.3, 0.3), canvas.inks().paper, 0.15);
        canvas.frame(cellRect, canvas.inks().select, 0.3);
    }
    double barLeft = area.right() + kBarGap;
    if (profiles) {
        const double high = scale.scale.high > 0 ? scale.scale.high : 1;
        const std::vector<double> across = acrossProfile(map, row), down = downProfile(map, column);
        const double base = area.top() - 1.2;
        // overviews have one value for `factor` cells
        const double stepX = area.width() / static_cast<double>(across.size()), stepY = area.height() / static_cast<double>(down.size());
        for (std::size_t i = 0; i < across.size(); ++i) {
            const double h = std::min(1.0, across[i] / high) * kProfile;
            if (h > 0.02)
                canvas.fill(QRectF(area.left() + static_cast<double>(i) * stepX + stepX * 0.1, base - h, stepX * 0.8, h),
                            canvas.inks().bar);
        }
        canvas.line({area.left(), base}, {area.right(), base}, canvas.inks().hair2, kThin);
        const double baseX = area.right() + 1.2;
        for (std::size_t i = 0; i < down.size(); ++i) {
            const double w = std::min(1.0, down[i] / high) * kProfile;
            if (w > 0.02)
                canvas.fill(QRectF(baseX, area.top() + static_cast<double>(i) * stepY + stepY * 0.1, w, stepY * 0.8), canvas.inks().bar);
        }
        canvas.line({baseX, area.top()}, {baseX, area.bottom()}, canvas.inks().hair2, kThin);
        const QString acrossWords = row >= 0 ? FigureTr::tr("row of %1").arg(shownLabel(map.rows[static_cast<std::size_t>(row)].text))
                                             : FigureTr::tr("mean over queries");
        if (canvas.width(acrossWords) < area.width())
            canvas.text({area.right(), base - kProfile + canvas.ascent()}, acrossWords, canvas.inks().muted, Align::Right);
        const QString downWords = column >= 0
                                      ? FigureTr::tr("column of %1").arg(shownLabel(map.columns[static_cast<std::size_t>(column)].text))
                                      : FigureTr::tr("row maximum");
        if (spec.axes && canvas.width(downWords) < columnText.widest + words)
            canvas.textUp({baseX + canvas.capHeight(), area.bottom() + kLabelGap}, downWords, canvas.inks().muted, Align::Right);
        barLeft += kProfile + 1.2;
    }
    if (spec.colourBar) {
        const double h = area.height() * 0.5;
        paintColourBar(canvas, {barLeft, area.top()}, h, scale, area.height() - h - 1.4);
    }
    judge(check, spec, rowText.shortenedLabels + columnText.shortenedLabels, area.width(), map.factor);
}

}  // namespace hs::ui
