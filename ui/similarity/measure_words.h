// SPDX-License-Identifier: GPL-3.0-or-later
// What measures of similarity are called on screen.
#pragma once

#include <QString>

#include "engine/similarity/head_matrix.h"

namespace hs::ui {

/// "PK", "CS", "JS distance" ...: what a column of this measure is headed by.
QString measureBrief(HeadMeasure measure);
/// "Projection Kernel", "Composition Score" ...
QString measureTitle(HeadMeasure measure);
/// As many decimals as the measure deserves: 2 for Projection Kernel, 4 for scores in [0, 1].
int measureDecimals(HeadMeasure measure);

}  // namespace hs::ui
