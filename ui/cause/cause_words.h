// SPDX-License-Identifier: GPL-3.0-or-later
// Words of the Cause tab: what went wrong, and how each kind of number was measured.
#pragma once

#include <QString>
#include <QStringList>

#include "engine/analysis/causes/attribution_patching.h"
#include "engine/base/result.h"

namespace hs::ui {

/// Sentence and next step for an error of the causes; empty: the general words (errorText) serve.
QString causeProblem(const Error& error);
/// What to say of a file of attention, and of a model without an output layer.
QString causesNeedWeights();
QString causesNeedOutput();
/// What was asked and what both runs give: "Measured: logit of “x” after “y”; clean 3.1, corrupted 0.2." One pair, so no interval.
QStringList measuredFacts(double clean, double corrupt, const QString& answer, const QString& wrong, const QString& place);
/// "estimate against exact: rank correlation 0.97, largest error 0.02 over 32 cells"
QString checkWords(const AttributionCheck& check);

}  // namespace hs::ui
