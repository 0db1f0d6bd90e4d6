// SPDX-License-Identifier: GPL-3.0-or-later
// Attention by lag, and how well the human free-recall curve of the context maintenance and retrieval model fits it
// (Ji-An et al. 2024; Howard and Kahana 2002; engine/methods/circuits.md section 3.7).
#pragma once

#include <array>
#include <vector>

#include "engine/base/progress.h"
#include "engine/tensor/matrix.h"

namespace hs {

inline constexpr int kLagReach = 5;
inline constexpr int kLags = 2 * kLagReach + 1;
/// Index lag + kLagReach, lags -5 .. 5.
using LagCurve = std::array<double, kLags>;

/// Two copies of n tokens behind `begin`: for query index p of copy 2 and key index q of copy 1 the mean of map(p, q) over all p with
/// that lag q - p. `map` is [T, T], scores before the softmax or weights.
LagCurve lagCurve(ViewF map, int begin, int n);

struct CmrParameters {
    double encoding = 0;  ///< beta_enc in (0, 1]
    double recall = 0;    ///< beta_rec in [0, 1]
    double gamma = 0;     ///< in [0, 1]
};
/// Conditional response probability by lag of the model with these parameters, lags -5 .. 5 summing to 1: 100 items with an absorbing
/// end, first context at items 0 .. 19 by turns. In closed form for recall = 1, gamma = 0, where it is (1 - encoding)^(lag - 1) ahead
/// and 0 behind, and for recall = 0; otherwise simulated with a fixed seed, at least 800 recalls.
LagCurve cmrCurve(const CmrParameters& parameters);

struct CmrFit {
    double distance = 0;  ///< mean squared difference over the variance of the attention curve; NaN for a flat curve
    CmrParameters parameters;
};
/// Least distance over the grid beta_enc .05 .. 1, beta_rec 0 .. 1 in steps of .05, gamma 0 .. 1 in steps of .1. Both curves lose their
/// minimum; the model's is scaled to the same maximum.
CmrFit fitCmr(const LagCurve& attention);
/// Makes the grid that fits need, once in a process; false when it was stopped (the next call goes on). fitCmr does it itself otherwise.
bool prepareCmrFits(const Progress& progress);
/// The same measure for one curve.
double cmrDistance(const LagCurve& attention, const LagCurve& model);

/// a(+1) - a(-1): forward minus backward.
inline double lagAsymmetry(const LagCurve& curve) { return curve[kLagReach + 1] - curve[kLagReach - 1]; }
int peakLag(const LagCurve& curve);

}  // namespace hs
