// SPDX-License-Identifier: GPL-3.0-or-later
// A figure whose picture is painted by the view's own paint code.
#include <algorithm>

#include "ui/export/figure_parts.h"
#include "ui/kit/figure_drawing.h"

namespace hs::ui {

namespace {
constexpr double kCaptionPx = 11, kSmallestPx = 10;  // ui/look.md section 2: captions and axis numbers on screen
}

void drawDrawingFigure(FigureCanvas& canvas, const FigureSpec& spec, const FigureData&, FigureCheck& check)
{
    using namespace figure;
    const FigureDrawing& drawing = *spec.drawing;
    const double left = kMargin, right = spec.widthMm - kMargin;
    const double top = kMargin + drawTitle(canvas, spec, {}, 0, 0, 0, false);
    const double height = spec.heightMm > 0 ? std::max(10.0, spec.heightMm - top - kMargin) : (right - left) * drawing.aspect;
    check.sizeMm = QSizeF(spec.widthMm, top + height + kMargin);
    canvas.paper(check.sizeMm);
    drawTitle(canvas, spec, drawing.title, left, right, kMargin, true);
    const double unit = FigureCanvas::mm(canvas.pt()) / kCaptionPx;  // mm of one screen pixel
    canvas.noteText(canvas.pt() * kSmallestPx / kCaptionPx);
    if (QPainter* painter = canvas.painter()) {
        painter->save();
        painter->translate(left * FigureCanvas::kUnits, top * FigureCanvas::kUnits);
        painter->scale(unit * FigureCanvas::kUnits, unit * FigureCanvas::kUnits);
        drawing.paint(*painter, QRectF(0, 0, (right - left) / unit, height / unit), canvas.inks().dark);
        painter->restore();
    }
    judge(check, spec, 0, right - left, 1);
}

}  // namespace hs::ui
