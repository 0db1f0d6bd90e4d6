// SPDX-License-Identifier: GPL-3.0-or-later
// Weights of one row (or column) painted on the running words.
#include <QCoreApplication>
#include <cmath>

#include "ui/export/figure_parts.h"

#include "ui/export/figure_tr.h"

namespace hs::ui {

void drawTextFigure(FigureCanvas& canvas, const FigureSpec& spec, const FigureData& data, FigureCheck& check)
{
    using namespace figure;
    const FigureMap& map = data.maps.front();
    const std::vector<AxisLabel>& labels = spec.incoming ? map.rows : map.columns;
    const int chosen = spec.incoming ? indexOfToken(map.columns, spec.key) : indexOfToken(map.rows, spec.query);
    const FigureScale scale = figureScale(spec, data);
    const double em = canvas.em(), line = em * 1.9, gap = em * 0.28;
    const double right = spec.widthMm - kMargin;
    double top = kMargin + drawTitle(canvas, spec, {}, 0, 0, 0, false);
    const bool words = spec.look.grain == Grain::Words;

    // Two rounds: the first finds the height, because paper is painted before the words.
    double bottom = 0;
    for (const bool paint : {false, true}) {
        if (paint) {
            check.sizeMm = QSizeF(spec.widthMm, std::max(spec.heightMm, bottom));
            canvas.paper(check.sizeMm);
            const QString token =
                chosen >= 0 ? shownLabel((spec.incoming ? map.columns : map.rows)[static_cast<std::size_t>(chosen)].text) : QString();
            drawTitle(canvas, spec,
                      chosen < 0      ? map.name
                      : spec.incoming ? FigureTr::tr("%1, who looks at “%2”").arg(map.name, token)
                                      : FigureTr::tr("%1, where “%2” looks").arg(map.name, token),
                      kMargin, right, kMargin, true);
        }
        double x = kMargin, y = top;
        for (std::size_t i = 0; i < labels.size(); ++i) {
            const double w = canvas.labelWidth(labels[i]) + em * 0.3;
            if (x + w > right && x > kMargin) {
                x = kMargin;
                y += line;
            }
            const QRectF box(x, y + em * 0.2, w, em * 1.35);
            if (paint) {
                float value = std::numeric_limits<float>::quiet_NaN();
                if (chosen >= 0)
                    value = spec.incoming ? (*map.cells)(static_cast<std::ptrdiff_t>(i), chosen)
                                          : (*map.cells)(chosen, static_cast<std::ptrdiff_t>(i));
                float rowMax = 0;
                if (chosen >= 0)
                    for (std::size_t j = 0; j < labels.size(); ++j) {
                        const float v = spec.incoming ? (*map.cells)(static_cast<std::ptrdiff_t>(j), chosen)
                                                      : (*map.cells)(chosen, static_cast<std::ptrdiff_t>(j));
                        if (v > rowMax) rowMax = v;
                    }
                QColor on = canvas.inks().ink;
                if (std::isfinite(value)) {
                    const QColor fill = QColor::fromRgb(scale.map->at(scale.scale.map(value, rowMax)));
                    canvas.fill(box, fill);
                    on = qGray(fill.rgb()) < 140 ? QColor(Qt::white) : QColor(0x1B, 0x1E, 0x23);
                }
                canvas.label({x + em * 0.15, y + em * 1.22}, labels[i], on, Align::Left);
                const bool self = spec.incoming ? indexOfToken(map.rows, spec.key) == static_cast<int>(i)
                                                : indexOfToken(map.columns, spec.query) == static_cast<int>(i);
                if (self) canvas.line(box.bottomLeft(), box.bottomRight(), canvas.inks().select, 0.35);
            }
            x += w + (words ? gap : 0.1);
        }
        bottom = y + line + 0.6 + (spec.colourBar ? 1.6 + 0.6 + em * 1.25 : 0) + kMargin;
    }
    if (spec.colourBar) {
        const double h = 1.6 + 0.6 + em * 1.25;
        paintColourBarFlat(canvas, {kMargin, bottom - kMargin - h}, std::min(60.0, right - kMargin), scale, scale.quantity);
    }
    check.labels = check.labelsDrawn = static_cast<int>(labels.size());
    judge(check, spec, 0, spec.widthMm, 1);
    if (chosen < 0) {
        check.ok = false;
        check.sentence = FigureTr::tr("no word is chosen: click one in the Text tab, then export");
    }
}

}  // namespace hs::ui
