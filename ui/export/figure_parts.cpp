// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/figure_parts.h"

#include <QCoreApplication>
#include <cmath>

#include "ui/export/figure_tr.h"

namespace hs::ui::figure {

namespace {
constexpr double kPageHeight = 240;
constexpr double kSmallestMap = 12;
}  // namespace

AxisText fitLabels(const FigureCanvas& canvas, const std::vector<AxisLabel>& labels, double widest)
{
    AxisText out;
    out.labels = labels;
    for (AxisLabel& label : out.labels) {
        double w = canvas.labelWidth(label);
        if (w > widest) {
            ++out.shortenedLabels;
            int keep = static_cast<int>(label.text.size());
            const QString whole = label.text;
            while (keep > 2 && w > widest) {
                label.text = shortened(whole, --keep);
                w = canvas.labelWidth(label);
            }
        }
        out.widest = std::max(out.widest, w);
    }
    return out;
}

int drawRowLabels(FigureCanvas& canvas, const AxisText& axis, double right, double top, double cell, int selected)
{
    const auto which = labelsToDraw(0, static_cast<int>(axis.labels.size()), cell, canvas.em() * 0.97, selected);
    for (const int i : which) {
        const double y = top + (i + 0.5) * cell + canvas.capHeight() / 2;
        canvas.label({right, y}, axis.labels[static_cast<std::size_t>(i)], i == selected ? canvas.inks().select : canvas.inks().ink,
                     Align::Right);
    }
    return static_cast<int>(which.size());
}

int drawColumnLabels(FigureCanvas& canvas, const AxisText& axis, double left, double top, double cell, int selected)
{
    const auto which = labelsToDraw(0, static_cast<int>(axis.labels.size()), cell, canvas.em() * 0.97, selected);
    for (const int i : which) {
        const double x = left + (i + 0.5) * cell + canvas.capHeight() / 2;
        canvas.label({x, top}, axis.labels[static_cast<std::size_t>(i)], i == selected ? canvas.inks().select : canvas.inks().ink,
                     Align::Right, true);
    }
    return static_cast<int>(which.size());
}

namespace {

/// `cells` in at most `most` pixels: each has the colour of the largest (either way from 0 where the scale is diverging) of the cells that
/// it covers and that are seen.
QImage strongest(const QImage& cells, const MatrixF& values, bool diverging, const QSize& most)
{
    const QSize size = cells.size().boundedTo(most);
    if (size == cells.size()) return cells;
    struct Part {
        int begin, end;
    };
    const auto part = [](int pixel, int all, int pixels) {
        return Part{static_cast<int>(static_cast<long>(pixel) * all / pixels),
                    static_cast<int>((static_cast<long>(pixel + 1) * all + pixels - 1) / pixels)};
    };
    QImage out(size, cells.format());
    for (int y = 0; y < size.height(); ++y) {
        auto* line = reinterpret_cast<QRgb*>(out.scanLine(y));
        const Part rows = part(y, cells.height(), size.height());
        for (int x = 0; x < size.width(); ++x) {
            const Part columns = part(x, cells.width(), size.width());
            QRgb color = 0;
            float best = -HUGE_VALF;
            for (int r = rows.begin; r < rows.end; ++r) {
                const auto* from = reinterpret_cast<const QRgb*>(cells.constScanLine(r));
                for (int c = columns.begin; c < columns.end; ++c) {
                    const float value = diverging ? std::abs(values(r, c)) : values(r, c);
                    if (qAlpha(from[c]) == 0 || (color != 0 && !(value > best))) continue;
                    color = from[c];
                    best = value;
                }
            }
            line[x] = color;
        }
    }
    return out;
}

}  // namespace

void drawCells(FigureCanvas& canvas, const QRectF& area, const FigureMap& map, const MatrixF& cells, const FigureScale& scale, bool hatch)
{
    if (hatch) canvas.hatch(area);
    const QImage image = renderCells(cells, 0, 0, map.factor, map.mask, scale.scale, *scale.map);
    canvas.image(area, strongest(image, cells, scale.scale.diverging, canvas.pixels(area)));
}

void drawAxes(FigureCanvas& canvas, const QRectF& area)
{
    const QRectF beside = area.adjusted(-kAxis / 2, 0, 0, kAxis / 2);
    canvas.line(beside.topLeft(), beside.bottomLeft(), canvas.inks().ink, kAxis);
    canvas.line(beside.bottomLeft() - QPointF(kAxis / 2, 0), beside.bottomRight(), canvas.inks().ink, kAxis);
}

QString titleOf(const FigureSpec& spec, const QString& fallback) { return spec.titleText.isEmpty() ? fallback : spec.titleText; }

double drawTitle(FigureCanvas& canvas, const FigureSpec& spec, const QString& fallback, double left, double right, double top, bool paint)
{
    if (!spec.title) return 0;
    const double points = canvas.pt() + 0.5;
    const double height = FigureCanvas::mm(points) * 1.2 + 1.0;
    if (!paint) return height;
    QString title = titleOf(spec, fallback);
    const double baseline = top + FigureCanvas::mm(points);
    double from = left;
    if (canvas.width(title, points, true) > right - left) from = kMargin;  // long titles begin at the edge of the figure
    while (title.size() > 2 && canvas.width(title, points, true) > right - from)
        title = shortened(title, static_cast<int>(title.size()) - 1);
    const double used = canvas.text({from, baseline}, title, canvas.inks().ink, Align::Left, points, true);
    if (!spec.noteText.isEmpty() && from + used + canvas.em() + canvas.width(spec.noteText) <= right)
        canvas.text({right, baseline}, spec.noteText, canvas.inks().muted, Align::Right);
    return height;
}

void judge(FigureCheck& check, const FigureSpec& spec, int shortenedLabels, double mapWidth, int factor)
{
    const int dropped = check.labels - check.labelsDrawn;
    const QString place = spec.widthMm <= preset::kColumn          ? FigureTr::tr("fits a column")
                          : spec.widthMm <= preset::kColumnAndHalf ? FigureTr::tr("fits one and a half columns")
                          : spec.widthMm <= preset::kTwoColumns    ? FigureTr::tr("fits two columns")
                                                                   : FigureTr::tr("fits a slide");
    const bool words = spec.look.grain == Grain::Words;
    check.ok = false;
    if (mapWidth < kSmallestMap) {
        check.sentence = FigureTr::tr("the map is only %1 mm wide: take more width, or smaller text").arg(mapWidth, 0, 'f', 0);
    } else if (dropped > 0) {
        const QString cure = !words && spec.widthMm < preset::kTwoColumns ? FigureTr::tr("use words, or two columns")
                             : !words                                     ? FigureTr::tr("use words, or smaller text")
                             : spec.widthMm < preset::kTwoColumns         ? FigureTr::tr("use two columns, or smaller text")
                                                                          : FigureTr::tr("use smaller text, or more width");
        check.sentence =
            dropped == 1 ? FigureTr::tr("1 label dropped: %1").arg(cure) : FigureTr::tr("%1 labels dropped: %2").arg(dropped).arg(cure);
    } else if (shortenedLabels > 0) {
        check.sentence = shortenedLabels == 1 ? FigureTr::tr("1 label shortened: use more width, or smaller text")
                                              : FigureTr::tr("%1 labels shortened: use more width, or smaller text").arg(shortenedLabels);
    } else if (check.sizeMm.height() > kPageHeight && spec.widthMm <= preset::kTwoColumns) {
        check.sentence = FigureTr::tr("%1 mm high, more than a page: use less width").arg(check.sizeMm.height(), 0, 'f', 0);
    } else {
        check.ok = true;
        check.sentence = check.labels > 0 ? FigureTr::tr("%1, all labels drawn").arg(place) : place;
    }
    if (factor > 1) check.sentence += FigureTr::tr("; each pixel is the maximum of %1 × %1 cells").arg(factor);
}

int indexOfToken(const std::vector<AxisLabel>& labels, int token)
{
    if (token < 0) return -1;
    for (std::size_t i = 0; i < labels.size(); ++i)
        if (token >= labels[i].token && token < labels[i].token + labels[i].tokens) return static_cast<int>(i);
    return -1;
}

}  // namespace hs::ui::figure
