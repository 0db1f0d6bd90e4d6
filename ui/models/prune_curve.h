// SPDX-License-Identifier: GPL-3.0-or-later
// The loss curve as lines: for the chart, its table, its figure and its CSV. x: heads off.
#pragma once

#include <QString>
#include <QStringList>
#include <limits>
#include <memory>
#include <utility>
#include <vector>

#include "ui/models/prune_bench.h"

namespace hs::ui {

using CurvePoints = std::vector<std::pair<double, double>>;

struct FigureDrawing;

enum class CurveValue { Loss, Accuracy, Kl };

struct PruneCurveLines {
    CurveValue value = CurveValue::Loss;
    int heads = 0;
    double allOn = std::numeric_limits<double>::quiet_NaN();
    CurvePoints done;                 ///< the cuts of now, in their order, as far as measured
    CurvePoints greedy, byEffect;
    CurvePoints median, low, high;    ///< of the random orders; Loss only
    int seeds = 0;
    bool empty() const { return greedy.empty() && byEffect.empty() && median.empty() && done.size() < 2; }
};

PruneCurveLines pruneCurveLines(const PruneBench& bench, CurveValue value = CurveValue::Loss);
/// y at x on a line, exactly at a point; NaN elsewhere.
double valueAt(const CurvePoints& line, double x);
/// 1, 2 or 5 times a power of ten: a step that gives at most `most` ticks over `range`.
double tickStep(double range, int most);
/// "loss, nats per token"
QString curveValueTitle(CurveValue value);

/// Lowest and highest y of an axis and its step, whole steps.
struct CurveRange { double low = 0, high = 1, step = 1; };
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
/// The remark when text and prompt disagree; empty when they do not, or when one is not known.
QString disagreement(const PruneBench& bench);

}  // namespace hs::ui
