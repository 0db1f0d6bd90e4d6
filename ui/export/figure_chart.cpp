// SPDX-License-Identifier: GPL-3.0-or-later
// Statistics of one head as a small chart: entropy of each row, or mean weight at each distance.
#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "ui/export/figure_parts.h"

#include "ui/export/figure_tr.h"

namespace hs::ui {

namespace {

/// 1, 2 or 5 times a power of ten, not below `value`.
double roundUp(double value)
{
    if (!(value > 0)) return 1;
    const double power = std::pow(10.0, std::floor(std::log10(value)));
    for (const double step : {1.0, 2.0, 5.0, 10.0})
        if (value <= step * power * (1 + 1e-9)) return step * power;
    return 10 * power;
}

}  // namespace

void drawChartFigure(FigureCanvas& canvas, const FigureSpec& spec, const FigureData& data, FigureCheck& check)
{
    using namespace figure;
    const FigureMap& map = data.maps.front();
    const HeadStats& stats = *data.stats;
    const bool entropy = spec.chart == FigureChart::Entropy;
    const std::vector<float>& values = entropy ? stats.rowEntropy : stats.offsetMass;
    const int n = static_cast<int>(values.size());
    const int first = entropy ? 0 : stats.firstOffset;
    const double em = canvas.em(), words = em * 1.25;
    double largest = 0;
    for (const float v : values) largest = std::max(largest, static_cast<double>(v));
    const double high = roundUp(largest);

    const double left = kMargin + words + kLabelGap + canvas.width(axisNumber(high)) + 1.2;
    const double right = spec.widthMm - kMargin - em * 0.5;
    const double top = kMargin + drawTitle(canvas, spec, {}, 0, 0, 0, false) + em * 0.4;
    const double bottom = words * 2 + 1.2 + kMargin;
    const double plot = spec.heightMm > 0 ? std::max(5.0, spec.heightMm - top - bottom) : (right - left) * 0.45;
    check.sizeMm = QSizeF(spec.widthMm, top + plot + bottom);
    canvas.paper(check.sizeMm);
    drawTitle(canvas, spec,
              entropy ? FigureTr::tr("%1, entropy of each row").arg(map.name) : FigureTr::tr("%1, distance looked back").arg(map.name),
              left, right, kMargin, true);

    const QRectF area(left, top, right - left, plot);
    for (const double t : {0.0, 0.5, 1.0}) {
        const double y = area.bottom() - t * area.height();
        canvas.line({area.left(), y}, {area.right(), y}, t > 0 ? canvas.inks().hair : canvas.inks().ink, t > 0 ? kThin : kAxis);
        if (spec.axes)
            canvas.text({area.left() - kLabelGap, y + canvas.capHeight() / 2}, axisNumber(t * high), canvas.inks().ink, Align::Right);
    }
    const double step = n > 0 ? area.width() / n : area.width();
    for (int i = 0; i < n; ++i) {
        const double h = area.height() * static_cast<double>(values[static_cast<std::size_t>(i)]) / high;
        if (h > 0) canvas.fill(QRectF(area.left() + i * step + step * 0.1, area.bottom() - h, step * 0.8, h), canvas.inks().bar);
    }
    if (spec.axes && n > 0) {
        double lastRight = area.left() - 10;
        const int every = static_cast<int>(std::max(1.0, roundUp(n / 8.0)));
        for (int i = 0; i < n; ++i) {
            if ((i + first) % every != 0) continue;
            const QString text = axisNumber(i + first);
            const double x = area.left() + (i + 0.5) * step, half = canvas.width(text) / 2;
            if (x - half < lastRight + 0.8) continue;
            canvas.text({x, area.bottom() + 0.6 + canvas.ascent()}, text, canvas.inks().ink, Align::Centre);
            lastRight = x + half;
        }
        canvas.text({area.center().x(), area.bottom() + 0.6 + words + canvas.ascent()},
                    entropy ? FigureTr::tr("query position") : FigureTr::tr("distance in tokens"), canvas.inks().ink, Align::Centre);
        canvas.textUp({kMargin + em * 0.9, area.center().y()}, entropy ? FigureTr::tr("entropy, nats") : FigureTr::tr("mean weight"),
                      canvas.inks().ink, Align::Centre);
    }
    judge(check, spec, 0, area.width(), 1);
}

}  // namespace hs::ui
