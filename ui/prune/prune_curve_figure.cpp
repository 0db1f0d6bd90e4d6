// SPDX-License-Identifier: GPL-3.0-or-later
// The loss curve as an exported figure with its numbers.
#include <QCoreApplication>
#include <QPainter>
#include <cmath>

#include "ui/export/figure.h"
#include "ui/kit/figure_drawing.h"
#include "ui/kit/numbers.h"
#include "ui/prune/prune_curve.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

struct CurveFigureTr {
    Q_DECLARE_TR_FUNCTIONS(PruneCurve)
};

/// The exported picture: the same lines as the chart, in the pixels of ui/look.md.
void paintCurve(QPainter& p, const QRectF& area, const PruneCurveLines& l, const QStringList& facts, bool dark)
{
    const auto c = [dark](Ink token) { return Theme::color(token, dark); };
    const QFont caption = Theme::instance().font(Type::Caption);
    const QFontMetricsF metrics(caption);
    p.setFont(caption);
    // Facts below, wrapped; the plot takes the rest.
    const QString words = facts.join(QLatin1Char(' '));
    const QRectF wanted = metrics.boundingRect(QRectF(0, 0, area.width(), 1e4), Qt::TextWordWrap, words);
    const QRectF plot(area.left() + 44, area.top() + 22, area.width() - 56, std::max(60.0, area.height() - 22 - 44 - wanted.height()));
    const CurveRange r = curveRange(l);
    const auto at = [&](double x, double y) {
        return QPointF(plot.left() + plot.width() * x / std::max(1, l.heads),
                       plot.bottom() - plot.height() * (y - r.low) / (r.high - r.low));
    };
    const auto poly = [&](const CurvePoints& line) {
        QPolygonF out;
        for (const auto& [x, y] : line)
            if (std::isfinite(y)) out << at(x, y);
        return out;
    };
    p.setPen(c(Ink::Muted));
    p.drawText(QPointF(area.left(), area.top() + 12), curveValueTitle(l.value));
    const int decimals = tickDecimals(r.step);
    for (double y = r.low; y <= r.high + 1e-9; y += r.step) {
        p.setPen(QPen(c(Ink::Hair), 0.6));
        p.drawLine(at(0, y), at(l.heads, y));
        p.setPen(c(Ink::Muted));
        p.drawText(QRectF(area.left(), at(0, y).y() - 8, 38, 16), Qt::AlignRight | Qt::AlignVCenter, numberText(y, decimals));
    }
    const int every = int(std::max(1.0, tickStep(std::max(1, l.heads), 8)));
    for (int x = 0; x <= l.heads; x += every)
        p.drawText(QRectF(at(x, 0).x() - 24, plot.bottom() + 2, 48, 16), Qt::AlignCenter, QString::number(x));
    p.drawText(QRectF(plot.left(), plot.bottom() + 17, plot.width(), 16), Qt::AlignCenter, CurveFigureTr::tr("heads off"));
    QPolygonF band = poly(l.low);
    const QPolygonF upper = poly(l.high);
    for (qsizetype i = upper.size() - 1; i >= 0; --i) band << upper[i];
    p.setPen(Qt::NoPen);
    p.setBrush(c(Ink::Hover));
    if (band.size() > 2) p.drawPolygon(band);
    p.setBrush(Qt::NoBrush);
    struct Line {
        const CurvePoints* points;
        QPen pen;
        QString words;
    };
    const Line lines[] = {
        {&l.median, QPen(c(Ink::Muted), 1, Qt::DashLine), CurveFigureTr::tr("median of %1 random orders; band 5 to 95 %").arg(l.seeds)},
        {&l.byEffect, QPen(c(Ink::Muted), 1.5), l.byEffectWords},
        {&l.greedy, QPen(c(Ink::Bar), 1.5), CurveFigureTr::tr("greedy, measured again at each step")},
        {&l.done, QPen(c(Ink::Bar), 3), CurveFigureTr::tr("heads that are off, in their order")},
    };
    double y = plot.top() + 6;
    const auto draw = [&](const CurvePoints& points, const QPen& pen, const QString& name) {
        if (points.size() < 2) return;
        p.setPen(pen);
        p.drawPolyline(poly(points));
        p.drawLine(QPointF(plot.left() + 10, y + 8), QPointF(plot.left() + 34, y + 8));
        p.setPen(c(Ink::Text));
        p.drawText(QRectF(plot.left() + 40, y, plot.width() - 40, 16), Qt::AlignLeft | Qt::AlignVCenter,
                   metrics.elidedText(name, Qt::ElideRight, plot.width() - 44));
        y += 17;
    };
    for (const Line& line : lines) draw(*line.points, line.pen, line.words);
    for (const CurveOrder& order : l.more) draw(order.points, curveStyle(order, dark), order.words);
    if (std::isfinite(l.allOn)) {
        p.setPen(QPen(c(Ink::Text), 1, Qt::DotLine));
        p.drawLine(at(0, l.allOn), at(l.heads, l.allOn));
        p.setPen(c(Ink::Text));
        p.drawText(QRectF(plot.right() - 200, at(0, l.allOn).y() - 17, 200, 16), Qt::AlignRight | Qt::AlignVCenter,
                   CurveFigureTr::tr("all heads on, %1").arg(numberText(l.allOn, 3)));
    }
    p.setPen(c(Ink::Muted));
    p.drawText(QRectF(area.left(), area.bottom() - wanted.height() - 2, area.width(), wanted.height() + 2), Qt::TextWordWrap, words);
}

QString exact(double value) { return std::isfinite(value) ? QString::number(value, 'g', 9) : QString(); }

}  // namespace

QPen curveStyle(const CurveOrder& order, bool dark, double width)
{
    static const QList<qreal> dashes[] = {{8, 3}, {2, 3}, {8, 3, 2, 3}, {12, 4}, {4, 2, 1, 2, 1, 2}};
    // Okabe and Ito's colours, as elsewhere; dashes tell the lines apart without them.
    static const QRgb light[] = {0xffd55e00, 0xff009e73, 0xff8a5a9e, 0xffb07800, 0xff0072b2},
                      night[] = {0xfff08a4b, 0xff4cc9a0, 0xffcc9ae0, 0xffe0b050, 0xff6ab7e8};
    const std::size_t n = std::size(dashes), i = std::size_t(order.style) % n;
    QPen pen(QColor(dark ? night[i] : light[i]), order.compared ? width + 0.5 : width);
    pen.setDashPattern(dashes[i]);
    pen.setCapStyle(Qt::FlatCap);
    return pen;
}

std::shared_ptr<const FigureDrawing> curveDrawing(const PruneBench& bench, const PruneCurveLines& lines)
{
    auto d = std::make_shared<FigureDrawing>();
    d->name = QStringLiteral("pruning-curve");
    d->title = lines.value == CurveValue::Loss       ? CurveFigureTr::tr("Loss as heads are switched off")
               : lines.value == CurveValue::Accuracy ? CurveFigureTr::tr("Accuracy as heads are switched off")
                                                     : CurveFigureTr::tr("KL as heads are switched off");
    d->caption = d->title;
    d->facts = pruneFacts(bench);
    for (const QString& words : {againstRandomWords(bench), comparisonWords(bench)})
        if (!words.isEmpty()) d->facts << words;
    // The facts under the picture take lines of their own: some 66 letters in the narrowest column.
    d->aspect = 0.75 + 16 * std::ceil(double(d->facts.join(QLatin1Char(' ')).size()) / 66) / 390;
    d->paint = [lines, facts = d->facts](QPainter& p, const QRectF& area, bool dark) { paintCurve(p, area, lines, facts, dark); };
    d->table.push_back({QStringLiteral("step"), QStringLiteral("heads_left"), QStringLiteral("order"), QStringLiteral("seed"),
                        QStringLiteral("loss"), QStringLiteral("accuracy"), QStringLiteral("kl"), QStringLiteral("lo"),
                        QStringLiteral("hi"), QStringLiteral("cut")});
    const auto addCurve = [&](const PruningCurve& curve, const QString& prefix) {
        for (const PruningSeries& s : curve.series)
            for (std::size_t i = 0; i < s.points.size(); ++i) {
                const PruningPoint& p = s.points[i];
                QStringList cut;
                for (const HeadId head : s.cutAt(i)) cut << QString::fromStdString(headName(head));
                d->table.push_back({QString::number(p.step), QString::number(p.headsLeft), prefix + QString::fromLatin1(orderName(s.order)),
                                    QString::number(s.seed), exact(p.loss), exact(p.accuracy), exact(p.kl), exact(p.low), exact(p.high),
                                    cut.join(QLatin1Char(' '))});
            }
    };
    if (const auto& curve = bench.curve()) addCurve(*curve, {});
    if (const auto& other = bench.other()) addCurve(*other, bench.otherName() + QStringLiteral(": "));
    const auto rows = bench.rows();
    QStringList cut;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        cut << QString::fromStdString(headName(rows[i].head));
        if (!rows[i].total || !bench.textLoss()) continue;
        const double base = *bench.textLoss();
        const auto& interval = rows[i].totalInterval;
        d->table.push_back({QString::number(i + 1),
                            QString::number(lines.heads - int(i) - 1),
                            QStringLiteral("manual"),
                            QStringLiteral("0"),
                            exact(base + *rows[i].total),
                            {},
                            {},
                            interval ? exact(base + interval->low) : QString(),
                            interval ? exact(base + interval->high) : QString(),
                            cut.join(QLatin1Char(' '))});
    }
    return d;
}

}  // namespace hs::ui
