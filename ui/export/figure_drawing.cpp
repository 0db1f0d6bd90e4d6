// SPDX-License-Identifier: GPL-3.0-or-later
// A figure whose picture is painted by the view's own paint code.
#include <QCoreApplication>
#include <algorithm>

#include "ui/export/figure_parts.h"
#include "ui/export/figure_tr.h"
#include "ui/kit/figure_drawing.h"

namespace hs::ui {

namespace {
constexpr double kCaptionPx = 11;  // ui/look.md section 2: captions on screen
constexpr int kNamed = 8;

QString listed(const QStringList& names)
{
    return names.mid(0, kNamed).join(QStringLiteral(", ")) + (names.size() > kNamed ? QStringLiteral(" …") : QString());
}

/// The tick means that nothing was lost on the way to paper.
void judgeNames(FigureCheck& check, const FigureSpec& spec, const DrawnNames& names)
{
    check.labels = names.wanted;
    check.labelsDrawn = names.wanted - int(names.leftOut.size());
    const QString cure = spec.widthMm < preset::kTwoColumns ? FigureTr::tr("use two columns, or smaller text")
                                                            : FigureTr::tr("use smaller text, or more width");
    if (!names.leftOut.isEmpty()) {
        check.ok = false;
        check.sentence =
            FigureTr::tr("%1 of %2 names left out (%3): %4").arg(names.leftOut.size()).arg(names.wanted).arg(listed(names.leftOut), cure);
    } else if (!names.shortened.isEmpty()) {
        check.ok = false;
        check.sentence = FigureTr::tr("all %1 names drawn, %2 shortened (%3): %4")
                             .arg(names.wanted)
                             .arg(names.shortened.size())
                             .arg(listed(names.shortened), cure);
    } else if (check.ok) check.sentence = FigureTr::tr("%1, all %2 names drawn").arg(check.sentence).arg(names.wanted);
}
}  // namespace

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
    canvas.noteText(canvas.pt() * drawing.smallestPx / kCaptionPx);
    const QRectF area(0, 0, (right - left) / unit, height / unit);
    if (QPainter* painter = canvas.painter()) {
        painter->save();
        painter->translate(left * FigureCanvas::kUnits, top * FigureCanvas::kUnits);
        painter->scale(unit * FigureCanvas::kUnits, unit * FigureCanvas::kUnits);
        drawing.paint(*painter, area, canvas.inks().dark);
        painter->restore();
    }
    judge(check, spec, 0, right - left, 1);
    if (drawing.names) judgeNames(check, spec, drawing.names(area));
}

}  // namespace hs::ui
