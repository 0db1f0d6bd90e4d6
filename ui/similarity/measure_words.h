// SPDX-License-Identifier: GPL-3.0-or-later
// What measures of similarity are called on screen, one row each (engine/similarity/measures has the rest).
#pragma once

#include <QString>
#include <span>

#include "engine/similarity/measures.h"

namespace hs::ui {

/// English; the functions below translate.
struct MeasureWords {
    HeadMeasure id = HeadMeasure::ProjectionKernel;
    const char* brief = "";
    const char* title = "";
    int decimals = 4;           ///< as many as the measure deserves
    int fewDecimals = 3;        ///< in lists and beside lines
    const char* sentence = "";  ///< what a number says of a pair; empty: the pairing says it
};
std::span<const MeasureWords> measureWords();

/// "PK", "CS", "JS distance" ...: what a column of this measure is headed by.
QString measureBrief(HeadMeasure measure);
/// "Projection Kernel", "Composition Score" ...
QString measureTitle(HeadMeasure measure);
QString measureSentence(HeadMeasure measure);
int measureDecimals(HeadMeasure measure);
int fewMeasureDecimals(HeadMeasure measure);

}  // namespace hs::ui
