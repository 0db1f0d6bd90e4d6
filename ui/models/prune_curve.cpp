// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/prune_curve.h"

#include <QCoreApplication>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

#include "ui/export/figure.h"
#include "ui/models/head_scores.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

struct Tr { Q_DECLARE_TR_FUNCTIONS(PruneCurve) };

/// Below this a change is no change: nats per token.
constexpr double kNoChange = 0.002;

double pick(const PruningPoint& point, CurveValue value)
{
    return value == CurveValue::Loss ? point.loss : value == CurveValue::Accuracy ? point.accuracy : point.kl;
}

CurvePoints pointsOf(const PruningCurve& curve, const PruningSeries* series, CurveValue value)
{
    CurvePoints out;
    if (series)
        for (const PruningPoint& p : series->points) out.emplace_back(curve.heads - p.headsLeft, pick(p, value));
    return out;
}

}  // namespace

PruneCurveLines pruneCurveLines(const PruneBench& bench, CurveValue value)
{
    PruneCurveLines lines;
    lines.value = value;
    lines.heads = bench.headCount();
    if (const auto& curve = bench.curve()) {
        lines.greedy = pointsOf(*curve, bench.greedy(), value);
        lines.byEffect = pointsOf(*curve, bench.byEffect(), value);
        if (value == CurveValue::Loss)
            for (const PruningBand& band : curve->randomBand()) {
                const double x = curve->heads - band.headsLeft;
                lines.low.emplace_back(x, band.low);
                lines.median.emplace_back(x, band.median);
                lines.high.emplace_back(x, band.high);
                lines.seeds = band.seeds;
            }
        for (const CurvePoints* line : {&lines.greedy, &lines.byEffect})
            if (!std::isfinite(lines.allOn) && !line->empty() && line->front().first == 0) lines.allOn = line->front().second;
    }
    if (value == CurveValue::Loss) {
        if (const auto loss = bench.textLoss()) {
            lines.allOn = *loss;
            lines.done.emplace_back(0, *loss);
            const auto rows = bench.rows();
            for (std::size_t i = 0; i < rows.size() && rows[i].total; ++i) lines.done.emplace_back(double(i + 1), *loss + *rows[i].total);
        }
    }
    return lines;
}

double valueAt(const CurvePoints& line, double x)
{
    for (const auto& [at, value] : line)
        if (at == x) return value;
    return std::numeric_limits<double>::quiet_NaN();
}

double tickStep(double range, int most)
{
    if (!(range > 0) || most < 1) return 1;
    const double raw = range / most, power = std::pow(10.0, std::floor(std::log10(raw)));
    for (const double step : {1.0, 2.0, 5.0, 10.0})
        if (raw <= step * power * (1 + 1e-9)) return step * power;
    return 10 * power;
}

CurveRange curveRange(const PruneCurveLines& lines)
{
    double low = std::isfinite(lines.allOn) ? lines.allOn : 0, high = std::isfinite(lines.allOn) ? lines.allOn : 1;
    for (const CurvePoints* line : {&lines.done, &lines.greedy, &lines.byEffect, &lines.median, &lines.low, &lines.high})
        for (const auto& [x, y] : *line)
            if (std::isfinite(y)) {
                low = std::min(low, y);
                high = std::max(high, y);
            }
    if (high - low < 0.02) high = low + 0.02;
    CurveRange r;
    r.step = tickStep(high - low, 6);
    r.low = std::floor(low / r.step) * r.step;
    r.high = std::ceil(high / r.step - 1e-9) * r.step;
    return r;
}

QString curveValueTitle(CurveValue value)
{
    switch (value) {
    case CurveValue::Loss: return Tr::tr("loss, nats per token");
    case CurveValue::Accuracy: return Tr::tr("next token right, share");
    case CurveValue::Kl: return Tr::tr("KL from all heads on, nats");
    }
    return {};
}

QStringList pruneFacts(const PruneBench& bench)
{
    const PruneSettings& s = bench.settings();
    QStringList out{ablationSentence(s.ablation) + QLatin1Char(' ') + Tr::tr("Whole heads only; nothing is trained again.")};
    QString test = pruneTextName(s.test), calibration = pruneTextName(s.calibration);
    if (const auto& curve = bench.curve(); curve && curve->data.prompts > 0) {
        test = Tr::tr("%1, %2 passages, %3 tokens").arg(pruneTextSource(s.test)).arg(curve->data.prompts).arg(countText(curve->data.tokens));
    }
    out << Tr::tr("Loss: mean over the passages of the test text (%1).").arg(test);
    out << Tr::tr("Choices%1: on the calibration text (%2).").arg(s.ablation == AblationKind::Zero ? QString() : Tr::tr(" and replacements"), calibration);
    if (sameText(s.test, s.calibration)) out << Tr::tr("Both texts are the same: the losses are those that the choice was made by, and look better than they would elsewhere.");
    out << Tr::tr("Band: 5 to 95 % of %1 random orders, seed %2. Intervals: 95 %, bootstrap over documents.").arg(s.randomOrders).arg(s.seed);
    return out;
}

std::vector<ChanceRow> chanceRows(const PruneBench& bench)
{
    std::vector<ChanceRow> out;
    const int off = int(bench.cuts().size());
    const auto loss = bench.textLoss();
    const auto change = bench.textChange();
    if (off > 0 && loss && change) out.push_back({Tr::tr("Your cut, %1 off").arg(off), *loss + *change, true});
    const auto& curve = bench.curve();
    if (!curve || off == 0) return out;
    const PruneCurveLines lines = pruneCurveLines(bench);
    const auto add = [&](const QString& what, const CurvePoints& line) {
        const double y = valueAt(line, off);
        if (std::isfinite(y)) out.push_back({what, y, false});
    };
    add(Tr::tr("Greedy, %1 off").arg(off), lines.greedy);
    add(Tr::tr("By effect alone, %1 off").arg(off), lines.byEffect);
    add(Tr::tr("Random, median of %1").arg(lines.seeds), lines.median);
    add(Tr::tr("Random, best twentieth"), lines.low);
    return out;
}

QString disagreement(const PruneBench& bench)
{
    const auto text = bench.textChange();
    const double prompt = bench.promptChange();
    if (bench.cuts().empty() || !text || !std::isfinite(prompt)) return {};
    const QString name = pruneTextSource(bench.settings().test);
    if (*text < -kNoChange && prompt > kNoChange) return Tr::tr("The text (%1) got easier, this prompt got harder: the loss on one text says little about another.").arg(name);
    if (*text > kNoChange && prompt < -kNoChange) return Tr::tr("The text (%1) got harder, this prompt got easier: the loss on one text says little about another.").arg(name);
    return {};
}

namespace {

/// The exported picture: the same lines as the chart, in the pixels of look.md.
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
    const auto at = [&](double x, double y) { return QPointF(plot.left() + plot.width() * x / std::max(1, l.heads), plot.bottom() - plot.height() * (y - r.low) / (r.high - r.low)); };
    const auto poly = [&](const CurvePoints& line) {
        QPolygonF out;
        for (const auto& [x, y] : line)
            if (std::isfinite(y)) out << at(x, y);
        return out;
    };
    p.setPen(c(Ink::Muted));
    p.drawText(QPointF(area.left(), area.top() + 12), curveValueTitle(l.value));
    const int decimals = r.step < 0.1 ? 2 : r.step < 1 ? 1 : 0;
    for (double y = r.low; y <= r.high + 1e-9; y += r.step) {
        p.setPen(QPen(c(Ink::Hair), 0.6));
        p.drawLine(at(0, y), at(l.heads, y));
        p.setPen(c(Ink::Muted));
        p.drawText(QRectF(area.left(), at(0, y).y() - 8, 38, 16), Qt::AlignRight | Qt::AlignVCenter, numberText(y, decimals));
    }
    const int every = int(std::max(1.0, tickStep(std::max(1, l.heads), 8)));
    for (int x = 0; x <= l.heads; x += every) p.drawText(QRectF(at(x, 0).x() - 24, plot.bottom() + 2, 48, 16), Qt::AlignCenter, QString::number(x));
    p.drawText(QRectF(plot.left(), plot.bottom() + 17, plot.width(), 16), Qt::AlignCenter, Tr::tr("heads off"));
    QPolygonF band = poly(l.low);
    const QPolygonF upper = poly(l.high);
    for (qsizetype i = upper.size() - 1; i >= 0; --i) band << upper[i];
    p.setPen(Qt::NoPen);
    p.setBrush(c(Ink::Hover));
    if (band.size() > 2) p.drawPolygon(band);
    p.setBrush(Qt::NoBrush);
    struct Line { const CurvePoints* points; QPen pen; QString words; };
    const Line lines[] = {
        {&l.median, QPen(c(Ink::Muted), 1, Qt::DashLine), Tr::tr("median of %1 random orders; band 5 to 95 %").arg(l.seeds)},
        {&l.byEffect, QPen(c(Ink::Muted), 1.5), Tr::tr("sorted by the effect of one head alone")},
        {&l.greedy, QPen(c(Ink::Bar), 1.5), Tr::tr("greedy, measured again at each step")},
        {&l.done, QPen(c(Ink::Bar), 3), Tr::tr("heads that are off, in their order")},
    };
    double y = plot.top() + 6;
    for (const Line& line : lines) {
        if (line.points->size() < 2) continue;
        p.setPen(line.pen);
        p.drawPolyline(poly(*line.points));
        p.drawLine(QPointF(plot.left() + 10, y + 8), QPointF(plot.left() + 34, y + 8));
        p.setPen(c(Ink::Text));
        p.drawText(QRectF(plot.left() + 40, y, plot.width() - 40, 16), Qt::AlignLeft | Qt::AlignVCenter, line.words);
        y += 17;
    }
    if (std::isfinite(l.allOn)) {
        p.setPen(QPen(c(Ink::Text), 1, Qt::DotLine));
        p.drawLine(at(0, l.allOn), at(l.heads, l.allOn));
        p.setPen(c(Ink::Text));
        p.drawText(QRectF(plot.right() - 200, at(0, l.allOn).y() - 17, 200, 16), Qt::AlignRight | Qt::AlignVCenter, Tr::tr("all heads on, %1").arg(numberText(l.allOn, 3)));
    }
    p.setPen(c(Ink::Muted));
    p.drawText(QRectF(area.left(), area.bottom() - wanted.height() - 2, area.width(), wanted.height() + 2), Qt::TextWordWrap, words);
}

QString exact(double value) { return std::isfinite(value) ? QString::number(value, 'g', 9) : QString(); }

}  // namespace

std::shared_ptr<const FigureDrawing> curveDrawing(const PruneBench& bench, const PruneCurveLines& lines)
{
    auto d = std::make_shared<FigureDrawing>();
    d->name = QStringLiteral("pruning-curve");
    d->title = Tr::tr("Loss as heads are switched off");
    d->caption = d->title;
    d->facts = pruneFacts(bench);
    d->aspect = 0.75;
    d->paint = [lines, facts = d->facts](QPainter& p, const QRectF& area, bool dark) { paintCurve(p, area, lines, facts, dark); };
    d->table.push_back({QStringLiteral("step"), QStringLiteral("heads_left"), QStringLiteral("order"), QStringLiteral("seed"), QStringLiteral("loss"), QStringLiteral("accuracy"),
                        QStringLiteral("kl"), QStringLiteral("lo"), QStringLiteral("hi"), QStringLiteral("cut")});
    if (const auto& curve = bench.curve())
        for (const PruningSeries& s : curve->series)
            for (std::size_t i = 0; i < s.points.size(); ++i) {
                const PruningPoint& p = s.points[i];
                QStringList cut;
                for (const HeadId head : s.cutAt(i)) cut << QString::fromStdString(headName(head));
                d->table.push_back({QString::number(p.step), QString::number(p.headsLeft), QString::fromLatin1(orderName(s.order)), QString::number(s.seed), exact(p.loss), exact(p.accuracy),
                                    exact(p.kl), exact(p.low), exact(p.high), cut.join(QLatin1Char(' '))});
            }
    const auto rows = bench.rows();
    QStringList cut;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        cut << QString::fromStdString(headName(rows[i].head));
        if (!rows[i].total || !bench.textLoss()) continue;
        const double base = *bench.textLoss();
        const auto& interval = rows[i].totalInterval;
        d->table.push_back({QString::number(i + 1), QString::number(lines.heads - int(i) - 1), QStringLiteral("manual"), QStringLiteral("0"), exact(base + *rows[i].total), {}, {},
                            interval ? exact(base + interval->low) : QString(), interval ? exact(base + interval->high) : QString(), cut.join(QLatin1Char(' '))});
    }
    return d;
}

}  // namespace hs::ui
