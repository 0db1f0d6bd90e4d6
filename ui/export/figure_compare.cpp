// SPDX-License-Identifier: GPL-3.0-or-later
// A, B and A - B side by side: one scale for A and B, query labels once.
#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "ui/export/figure_parts.h"
#include "ui/export/figure_tr.h"
#include "ui/map/compare_math.h"

namespace hs::ui {

void drawCompareFigure(FigureCanvas& canvas, const FigureSpec& spec, const FigureData& data, FigureCheck& check)
{
    using namespace figure;
    const FigureMap& a = data.maps[0];
    const FigureMap& b = data.maps[1];
    const double em = canvas.em(), words = em * 1.25, gap = 2.4;
    const int rows = static_cast<int>(a.rows.size()), columns = static_cast<int>(a.columns.size());
    const FigureScale scale = figureScale(spec, data), difference = differenceScale(spec, data);
    const AxisText rowText = spec.axes ? fitLabels(canvas, a.rows, spec.widthMm * 0.16) : AxisText{};
    const AxisText columnText = spec.axes ? fitLabels(canvas, a.columns, spec.widthMm * 0.16) : AxisText{};
    const AxisText columnTextB = spec.axes ? fitLabels(canvas, b.columns, spec.widthMm * 0.16) : AxisText{};
    const double labels = std::max(columnText.widest, columnTextB.widest);

    double left = kMargin + (spec.axes ? rowText.widest + kLabelGap : 0);
    double top = kMargin + drawTitle(canvas, spec, {}, 0, 0, 0, false) + words + 0.6;
    const double bar = spec.colourBar ? 1.0 + 1.6 + 0.6 + words : 0;
    const double bottom = kMargin + (spec.axes ? kLabelGap + labels : 0) + bar;
    double cell = std::max(0.01, (spec.widthMm - left - kMargin - 2 * gap) / 3 / std::max(1, columns));
    double height = top + cell * rows + bottom;
    if (spec.heightMm > 0) {
        cell = std::clamp((spec.heightMm - top - bottom) / std::max(1, rows), 0.01, cell);
        left += (spec.widthMm - left - kMargin - 2 * gap - 3 * cell * columns) / 2;
        top += std::max(0.0, (spec.heightMm - top - bottom - cell * rows) / 2);
        height = spec.heightMm;
    }
    check.sizeMm = QSizeF(spec.widthMm, height);
    canvas.paper(check.sizeMm);
    drawTitle(canvas, spec,
              FigureTr::tr("%1 and %2").arg(spec.nameA.isEmpty() ? a.name : spec.nameA, spec.nameB.isEmpty() ? b.name : spec.nameB), left,
              spec.widthMm - kMargin, kMargin, true);

    MatrixF apart = differenceOf(*a.cells, *b.cells);
    if (canvas.inks().grey)
        for (std::ptrdiff_t i = 0; i < apart.rows() * apart.cols(); ++i) apart.data()[i] = std::abs(apart.data()[i]);
    const QString names[3] = {QStringLiteral("A  ") + (spec.nameA.isEmpty() ? a.name : spec.nameA),
                              QStringLiteral("B  ") + (spec.nameB.isEmpty() ? b.name : spec.nameB), difference.quantity};
    const AxisText* texts[3] = {&columnText, &columnTextB, &columnText};
    for (int i = 0; i < 3; ++i) {
        const QRectF area(left + i * (cell * columns + gap), top, cell * columns, cell * rows);
        QString name = names[i];
        while (name.size() > 2 && canvas.width(name, 0, true) > area.width()) name = shortened(name, static_cast<int>(name.size()) - 1);
        canvas.text({area.left(), area.top() - 0.8}, name, canvas.inks().ink, Align::Left, 0, true);
        const FigureScale& s = i == 2 ? difference : scale;
        drawAxes(canvas, area);
        drawCells(canvas, area, i == 1 ? b : a, i == 0 ? *a.cells : i == 1 ? *b.cells : apart, s, spec.hatch);
        if (spec.axes) {
            check.labels += columns;
            check.labelsDrawn += drawColumnLabels(canvas, *texts[i], area.left(), area.bottom() + kLabelGap, cell, -1);
        }
        if (spec.colourBar)
            paintColourBarFlat(canvas, {area.left(), area.bottom() + (spec.axes ? kLabelGap + labels : 0) + 1.0}, area.width(), s,
                               i == 2 && !canvas.inks().grey ? FigureTr::tr("blue: B more, orange: A more") : s.quantity);
    }
    if (spec.axes) {
        check.labels += rows;
        check.labelsDrawn += drawRowLabels(canvas, rowText, left - kLabelGap, top, cell, -1);
    }
    judge(check, spec, rowText.shortenedLabels + columnText.shortenedLabels, cell * columns, 1);
}

}  // namespace hs::ui
