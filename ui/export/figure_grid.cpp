// SPDX-License-Identifier: GPL-3.0-or-later
// Atlas (layers upward, heads across) and grid of chosen heads, as thumbnails of one scale.
#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "ui/export/figure_parts.h"

#include "ui/export/figure_tr.h"

namespace hs::ui {

namespace {
constexpr double kPower = 0.7;  // of renderThumbnail (ui/look.md section 1)
}  // namespace

void drawGridFigure(FigureCanvas& canvas, const FigureSpec& spec, const FigureData& data, FigureCheck& check)
{
    using namespace figure;
    const bool atlas = spec.kind == FigureKind::Atlas;
    const double em = canvas.em(), line = em * 1.3;
    const int columns =
        atlas ? std::max(1, data.headsPerLayer)
              : std::min(static_cast<int>(data.maps.size()), spec.columns > 0 ? spec.columns : std::max(1, data.headsPerLayer));
    const auto rowOf = [&](int layer) { return spec.layersUp ? data.layers - 1 - layer : layer; };
    const int rows = atlas ? data.layers : (static_cast<int>(data.maps.size()) + columns - 1) / columns;
    FigureScale scale = figureScale(spec, data);
    scale.scale = ValueScale{};
    scale.quantity = FigureTr::tr("attention weight");
    scale.power = kPower;

    const double layerWidth = atlas && spec.axes ? canvas.width(QStringLiteral("L%1").arg(data.layers - 1)) + 1.0 : 0;
    double left = kMargin + layerWidth;
    const double right = kMargin + (spec.colourBar ? kBarGap + colourBarWidth(canvas, scale) : 0);
    double top = kMargin + drawTitle(canvas, spec, {}, 0, 0, 0, false) + (atlas && spec.axes ? line : 0);
    const double gap = atlas ? 0.7 : 1.2, nameHeight = atlas || !spec.axes ? 0 : line;
    const double bottom = kMargin + line;
    double cell = std::max(0.5, (spec.widthMm - left - right - gap * (columns - 1)) / columns);
    const double rowGap = gap + nameHeight;
    double height = top + rows * cell + (rows - 1) * rowGap + nameHeight + bottom;
    if (spec.heightMm > 0) {
        cell = std::clamp((spec.heightMm - top - bottom - nameHeight - (rows - 1) * rowGap) / rows, 0.5, cell);
        left += (spec.widthMm - left - right - cell * columns - gap * (columns - 1)) / 2;
        height = spec.heightMm;
    }
    check.sizeMm = QSizeF(spec.widthMm, height);
    canvas.paper(check.sizeMm);
    const double gridRight = left + columns * cell + (columns - 1) * gap;
    drawTitle(canvas, spec, data.origin.modelName.isEmpty() ? FigureTr::tr("All heads") : data.origin.modelName, atlas ? left : kMargin,
              gridRight, kMargin, true);

    const auto cellRect = [&](int row, int column) {
        return QRectF(left + column * (cell + gap), top + nameHeight + row * (cell + rowGap), cell, cell);
    };
    if (atlas && spec.axes) {
        for (int h = 0; h < columns; ++h) {
            const QString name = QStringLiteral("H%1").arg(h);
            ++check.labels;
            if (canvas.width(name) > cell + gap) continue;
            ++check.labelsDrawn;
            canvas.text({cellRect(0, h).center().x(), top - 0.6}, name, canvas.inks().muted, Align::Centre);
        }
        for (int l = 0; l < rows; ++l) {
            ++check.labels;
            if (em > cell + gap) continue;
            ++check.labelsDrawn;
            canvas.text({left - 1.0, cellRect(rowOf(l), 0).center().y() + canvas.capHeight() / 2}, QStringLiteral("L%1").arg(l),
                        canvas.inks().muted, Align::Right);
        }
    }
    for (std::size_t i = 0; i < data.maps.size(); ++i) {
        const FigureMap& map = data.maps[i];
        const int row = atlas ? rowOf(map.head.layer) : static_cast<int>(i) / columns;
        const int column = atlas ? map.head.head : static_cast<int>(i) % columns;
        const QRectF r = cellRect(row, column);
        const QSize pixels = QSize(static_cast<int>(map.cells->cols()), static_cast<int>(map.cells->rows())).boundedTo(canvas.pixels(r));
        canvas.image(r, renderThumbnail(*map.cells, map.factor, map.mask, *scale.map, pixels));
        canvas.frame(r.adjusted(-kThin / 2, -kThin / 2, kThin / 2, kThin / 2), canvas.inks().hair2, kThin);
        if (!atlas && spec.axes) {
            ++check.labels;
            if (canvas.width(map.name) <= cell + gap) {
                ++check.labelsDrawn;
                canvas.text({r.left(), r.top() - 0.5}, map.name, canvas.inks().ink);
            }
        }
    }
    const double note = cellRect(rows - 1, 0).bottom() + canvas.ascent() + 0.6;
    for (const QString& words :
         {FigureTr::tr(
              "One scale for all heads. Colours follow the weight to the power 0.7, so that small weights show; each pixel is a maximum."),
          FigureTr::tr("colours by weight to the power 0.7; each pixel is a maximum"), FigureTr::tr("colours by weight to the power 0.7")})
        if (canvas.width(words) <= spec.widthMm - left - kMargin) {
            canvas.text({left, note}, words, canvas.inks().muted);
            break;
        }
    if (spec.colourBar) {
        // Ticks stand at weights, and where their colours are.
        const double h = std::min(40.0, std::max(cell, (cellRect(rows - 1, 0).bottom() - cellRect(0, 0).top()) * 0.6));
        paintColourBar(canvas, {gridRight + kBarGap, cellRect(0, 0).top()}, h, scale,
                       cellRect(rows - 1, 0).bottom() - cellRect(0, 0).top() - h - 1.4);
    }
    judge(check, spec, 0, std::max(cell, 12.0), 1);
    if (cell < 3) {
        check.ok = false;
        check.sentence = FigureTr::tr("maps are only %1 mm wide: take more width, or fewer heads").arg(cell, 0, 'f', 1);
    }
}

}  // namespace hs::ui
