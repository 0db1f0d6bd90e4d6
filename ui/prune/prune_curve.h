// SPDX-License-Identifier: GPL-3.0-or-later
// The loss curve as lines: for the chart, its table, its figure and its CSV. x: heads off.
#pragma once

#include <QPen>
#include <QString>
#include <QStringList>
#include <algorithm>
#include <limits>
#include <memory>
#include <utility>
#include <vector>

#include "ui/prune/prune_bench.h"

namespace hs::ui {

using CurvePoints = std::vector<std::pair<double, double>>;

struct FigureDrawing;

enum class CurveValue { Loss, Accuracy, Kl };

/// One more line of the chart: another order, or an order of the experiment compared with.
struct CurveOrder {
    QString title, words;  ///< "Reverse"; what the legend says
    CurvePoints points;
    int style = 0;  ///< which of curveStyle()'s dashes
    bool compared = false;
};

struct PruneCurveLines {
    CurveValue value = CurveValue::Loss;
    int heads = 0;
    double allOn = std::numeric_limits<double>::quiet_NaN();
    CurvePoints done;  ///< the cuts of now, in their order, as far as measured
    CurvePoints greedy, byEffect;
    QString byEffectWords;          ///< by which score, measured once or at each step
    CurvePoints median, low, high;  ///< of the random orders
    int seeds = 0;
    std::vector<CurveOrder> more;
    bool empty() const
    {
        return greedy.empty() && byEffect.empty() && median.empty() && done.size() < 2
               && std::all_of(more.begin(), more.end(), [](const CurveOrder& o) { return o.points.empty(); });
    }
};

PruneCurveLines pruneCurveLines(const PruneBench& bench, CurveValue value = CurveValue::Loss);
/// y at x on a line, exactly at a point; NaN elsewhere.
double valueAt(const CurvePoints& line, double x);
/// Dash pattern (in pen widths) and colour of a further line: told apart without colour too.
QPen curveStyle(const CurveOrder& order, bool dark, double width = 1.5);
/// 1, 2 or 5 times a power of ten: a step that gives at most `most` ticks over `range`.
double tickStep(double range, int most);
/// Digits behind the point that tell ticks of this step apart.
int tickDecimals(double step);
/// "loss, nats per token"
QString curveValueTitle(CurveValue value);

/// Lowest and highest y of an axis and its step, whole steps.
struct CurveRange {
    double low = 0, high = 1, step = 1;
};
CurveRange curveRange(const PruneCurveLines& lines);
/// The curve as a figure with its CSV: one row for each number of heads off and order.
std::shared_ptr<const FigureDrawing> curveDrawing(const PruneBench& bench, const PruneCurveLines& lines);

/// How a curve was measured, a fact a line: ablation, texts, sizes, seed, interval.
QStringList pruneFacts(const PruneBench& bench);

/// "Is this better than chance?" at the number of heads that are off.
struct ChanceRow {
    QString what;
    double loss = 0;
    bool strong = false;
};
std::vector<ChanceRow> chanceRows(const PruneBench& bench);
/// Where the leading order lies against random ones, and where it does not help; empty before any band is known.
QString againstRandomWords(const PruneBench& bench);
/// What the experiment compared with has otherwise, and both losses at the cut of now; empty without one.
QString comparisonWords(const PruneBench& bench);
/// The remark when text and prompt disagree; empty when they do not, or when one is not known.
QString disagreement(const PruneBench& bench);

}  // namespace hs::ui
