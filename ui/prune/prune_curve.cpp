// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prune/prune_curve.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>
#include <map>

#include "engine/analysis/trust/order.h"
#include "ui/kit/numbers.h"

namespace hs::ui {

namespace {

struct PruneCurveTr {
    Q_DECLARE_TR_FUNCTIONS(PruneCurve)
};

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

/// 5, 50 and 95 % over the finished random orders, at the numbers of heads that all of them have.
void addBand(PruneCurveLines& lines, const PruningCurve& curve)
{
    std::map<int, std::vector<double>> at;
    for (const PruningSeries& s : curve.series) {
        if (s.order != OrderKind::Random || !s.complete) continue;
        ++lines.seeds;
        for (const PruningPoint& p : s.points) at[curve.heads - p.headsLeft].push_back(pick(p, lines.value));
    }
    for (auto& [x, values] : at) {
        if (int(values.size()) != lines.seeds) continue;
        std::sort(values.begin(), values.end());
        lines.low.emplace_back(x, quantileOf(values, 0.05));
        lines.median.emplace_back(x, quantileOf(values, 0.5));
        lines.high.emplace_back(x, quantileOf(values, 0.95));
    }
}

/// The cuts of now as far as they are the first of the leading order, whose points say everything about them.
CurvePoints prefixOf(const PruneBench& bench, CurveValue value)
{
    CurvePoints out;
    const PruningSeries* series = bench.leading();
    const auto cuts = bench.cuts();
    if (!series) return out;
    for (std::size_t i = 0; i < series->points.size(); ++i) {
        const auto at = series->cutAt(i);
        if (at.size() > cuts.size() || !std::equal(at.begin(), at.end(), cuts.begin())) break;
        out.emplace_back(double(at.size()), pick(series->points[i], value));
    }
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
        lines.byEffectWords = orderWords(OrderKind::Score, curve->spec);
        addBand(lines, *curve);
        for (const PruningSeries& series : curve->series) {
            if (series.order == OrderKind::Greedy || series.order == OrderKind::Score || series.order == OrderKind::Random) continue;
            lines.more.push_back({orderTitle(series.order, curve->spec), orderWords(series.order, curve->spec),
                                  pointsOf(*curve, &series, value), int(lines.more.size()), false});
            if (!std::isfinite(lines.allOn) && !series.points.empty()) lines.allOn = pick(series.points.front(), value);
        }
        for (const CurvePoints* line : {&lines.greedy, &lines.byEffect})
            if (!std::isfinite(lines.allOn) && !line->empty() && line->front().first == 0) lines.allOn = line->front().second;
    }
    if (const PruningSeries* other = PruneBench::leadingOf(bench.other()))
        lines.more.push_back(
            {bench.otherName(),
             PruneCurveTr::tr("%1: %2, ablation %3")
                 .arg(bench.otherName(), orderWords(other->order, bench.other()->spec), ablationWord(bench.other()->spec.ablation)),
             pointsOf(*bench.other(), other, value), int(lines.more.size()), true});
    if (value != CurveValue::Loss) lines.done = prefixOf(bench, value);
    else {
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

int tickDecimals(double step) { return step > 0 ? std::clamp(int(std::ceil(-std::log10(step) - 1e-9)), 0, 6) : 0; }

CurveRange curveRange(const PruneCurveLines& lines)
{
    double low = std::isfinite(lines.allOn) ? lines.allOn : 0, high = std::isfinite(lines.allOn) ? lines.allOn : 1;
    for (const CurvePoints* line : {&lines.done, &lines.greedy, &lines.byEffect, &lines.median, &lines.low, &lines.high})
        for (const auto& [x, y] : *line)
            if (std::isfinite(y)) {
                low = std::min(low, y);
                high = std::max(high, y);
            }
    for (const CurveOrder& order : lines.more)
        for (const auto& [x, y] : order.points)
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
    case CurveValue::Loss: return PruneCurveTr::tr("loss, nats per token");
    case CurveValue::Accuracy: return PruneCurveTr::tr("next token right, share");
    case CurveValue::Kl: return PruneCurveTr::tr("KL from all heads on, nats");
    }
    return {};
}

QStringList pruneFacts(const PruneBench& bench)
{
    const PruneSettings& s = bench.settings();
    QStringList out{ablationSentence(s.ablation) + QLatin1Char(' ') + PruneCurveTr::tr("Whole heads only; nothing is trained again.")};
    QString test = pruneTextName(s.test), calibration = pruneTextName(s.calibration);
    const auto& curve = bench.curve();
    if (curve && curve->data.prompts > 0) {
        test = PruneCurveTr::tr("%1, %2 passages, %3 tokens")
                   .arg(QString::fromStdString(curve->data.textName))
                   .arg(curve->data.prompts)
                   .arg(countText(curve->data.tokens));
        if (!curve->data.calibration.empty()) calibration = QString::fromStdString(curve->data.calibration);
    }
    out << PruneCurveTr::tr("Loss: mean over the passages of the test text (%1).").arg(test);
    out << PruneCurveTr::tr("Choices%1: on the calibration text (%2).")
               .arg(s.ablation == AblationKind::Zero ? QString() : PruneCurveTr::tr(" and replacements"), calibration);
    if (sameText(s.test, s.calibration))
        out << PruneCurveTr::tr(
            "Both texts are the same: the losses are those that the choice was made by, and look better than they would elsewhere.");
    out << PruneCurveTr::tr("Band: 5 to 95 % of %1 random orders, seed %2. Intervals: 95 %, bootstrap over documents.")
               .arg(curve ? curve->spec.randomSeeds : s.randomOrders)
               .arg(curve ? curve->spec.seed : s.seed);
    if (s.ablation == AblationKind::Resample)
        out << PruneCurveTr::tr(
            "In Explore, Compare and Text it writes what it wrote on one of these passages, for a prompt always the same one.");
    return out;
}

std::vector<ChanceRow> chanceRows(const PruneBench& bench)
{
    std::vector<ChanceRow> out;
    const int off = int(bench.cuts().size());
    const auto loss = bench.textLoss();
    const auto change = bench.textChange();
    if (off > 0 && loss && change) out.push_back({PruneCurveTr::tr("Your cut, %1 off").arg(off), *loss + *change, true});
    const auto& curve = bench.curve();
    if (!curve || off == 0) return out;
    const PruneCurveLines lines = pruneCurveLines(bench);
    const auto add = [&](const QString& what, const CurvePoints& line) {
        const double y = valueAt(line, off);
        if (std::isfinite(y)) out.push_back({what, y, false});
    };
    add(PruneCurveTr::tr("Greedy, %1 off").arg(off), lines.greedy);
    add((ablationOf(curve->spec.score) ? PruneCurveTr::tr("By effect alone, %1 off") : PruneCurveTr::tr("By score, %1 off")).arg(off),
        lines.byEffect);
    for (const CurveOrder& order : lines.more) add(PruneCurveTr::tr("%1, %2 off").arg(order.title).arg(off), order.points);
    add(PruneCurveTr::tr("Random, median of %1").arg(lines.seeds), lines.median);
    add(PruneCurveTr::tr("Random, best twentieth"), lines.low);
    return out;
}

QString againstRandomWords(const PruneBench& bench)
{
    const auto& curve = bench.curve();
    const PruningSeries* leading = bench.leading();
    if (!curve || !leading) return {};
    const BandReport report = againstRandom(*curve, *leading);
    const int points = report.below + report.inside + report.above;
    if (points == 0) return {};
    const int seeds = pruneCurveLines(bench).seeds;
    const QString title = orderTitle(leading->order, curve->spec);
    QString words =
        report.below == points
            ? PruneCurveTr::tr("%1 against %2 random orders: loss below the band at all %3 points.").arg(title).arg(seeds).arg(points)
            : PruneCurveTr::tr("%1 against %2 random orders: loss below the band at %3 of %4 points, inside at %5, above at %6.")
                  .arg(title)
                  .arg(seeds)
                  .arg(report.below)
                  .arg(points)
                  .arg(report.inside)
                  .arg(report.above);
    if (!report.notBelow.empty()) {
        QStringList off;
        for (const int left : report.notBelow) off << QString::number(curve->heads - left);
        words += QLatin1Char(' ')
                 + PruneCurveTr::tr("No better than chance with %1 heads off.")
                       .arg(off.size() > 8 ? QStringList(off.mid(0, 8)).join(QStringLiteral(", ")) + QStringLiteral(" …")
                                           : off.join(QStringLiteral(", ")));
    }
    return words;
}

QString comparisonWords(const PruneBench& bench)
{
    const auto& other = bench.other();
    const PruningSeries* theirs = PruneBench::leadingOf(other);
    if (!theirs) return {};
    QStringList parts;
    const auto& curve = bench.curve();
    if (curve) {
        QStringList differs;
        if (curve->spec.ablation != other->spec.ablation)
            differs << PruneCurveTr::tr("ablation %1").arg(ablationWord(other->spec.ablation));
        const PruningSeries* ours = bench.leading();
        if (ours
            && (ours->order != theirs->order || curve->spec.score != other->spec.score || curve->spec.recompute != other->spec.recompute))
            differs << orderWords(theirs->order, other->spec);
        if (curve->calibrationHash != other->calibrationHash)
            differs << PruneCurveTr::tr("calibration text %1").arg(QString::fromStdString(other->data.calibration));
        if (curve->spec.seed != other->spec.seed) differs << PruneCurveTr::tr("seed %1").arg(other->spec.seed);
        if (curve->data.textHash != other->data.textHash)
            parts << PruneCurveTr::tr("%1 was measured on another text (%2): its losses are no match for these.")
                         .arg(bench.otherName(), QString::fromStdString(other->data.textName));
        parts << (differs.isEmpty() ? PruneCurveTr::tr("%1 has the same settings.").arg(bench.otherName())
                                    : PruneCurveTr::tr("%1 differs by: %2.").arg(bench.otherName(), differs.join(QStringLiteral("; "))));
        const int off = int(bench.cuts().size());
        const double mine = ours ? valueAt(pointsOf(*curve, ours, CurveValue::Loss), off) : std::nan(""),
                     its = valueAt(pointsOf(*other, theirs, CurveValue::Loss), off);
        if (std::isfinite(mine) && std::isfinite(its))
            parts << PruneCurveTr::tr("With %1 heads off: %2 here, %3 there.").arg(off).arg(numberText(mine, 3), numberText(its, 3));
    } else parts << PruneCurveTr::tr("%1 is shown alone: measure the curve to compare.").arg(bench.otherName());
    return parts.join(QLatin1Char(' '));
}

QString disagreement(const PruneBench& bench)
{
    const auto text = bench.textChange();
    const double prompt = bench.promptChange();
    if (bench.cuts().empty() || !text || !std::isfinite(prompt)) return {};
    const QString name = pruneTextSource(bench.settings().test);
    if (*text < -kNoChange && prompt > kNoChange)
        return PruneCurveTr::tr("The text (%1) got easier, this prompt got harder: the loss on one text says little about another.")
            .arg(name);
    if (*text > kNoChange && prompt < -kNoChange)
        return PruneCurveTr::tr("The text (%1) got harder, this prompt got easier: the loss on one text says little about another.")
            .arg(name);
    return {};
}

}  // namespace hs::ui
