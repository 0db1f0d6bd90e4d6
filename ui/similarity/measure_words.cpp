// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/similarity/measure_words.h"

#include <QCoreApplication>

namespace hs::ui {

namespace {

constexpr const char* kContext = "hs::ui::MeasureWords";

constexpr MeasureWords kWords[] = {
    {.id = HeadMeasure::ProjectionKernel,
     .brief = "PK",
     .title = QT_TRANSLATE_NOOP("hs::ui::MeasureWords", "Projection Kernel"),
     .decimals = 2,
     .fewDecimals = 1},
    {.id = HeadMeasure::CompositionScore, .brief = "CS", .title = QT_TRANSLATE_NOOP("hs::ui::MeasureWords", "Composition Score")},
    {.id = HeadMeasure::SimpleCs, .brief = "Simple-CS", .title = QT_TRANSLATE_NOOP("hs::ui::MeasureWords", "Simple Composition Score")},
    {.id = HeadMeasure::LinearCka, .brief = "CKA", .title = QT_TRANSLATE_NOOP("hs::ui::MeasureWords", "Linear CKA of weights")},
    {.id = HeadMeasure::Procrustes, .brief = "Procrustes", .title = QT_TRANSLATE_NOOP("hs::ui::MeasureWords", "Procrustes similarity")},
    {.id = HeadMeasure::PatternDistance,
     .brief = QT_TRANSLATE_NOOP("hs::ui::MeasureWords", "JS distance"),
     .title = QT_TRANSLATE_NOOP("hs::ui::MeasureWords", "Jensen–Shannon distance of patterns"),
     .decimals = 3,
     .sentence = QT_TRANSLATE_NOOP("hs::ui::MeasureWords", "How far their attention patterns lie apart: 0 is the same, 1 shares nothing")},
    {.id = HeadMeasure::OutputCka,
     .brief = QT_TRANSLATE_NOOP("hs::ui::MeasureWords", "Output CKA"),
     .title = QT_TRANSLATE_NOOP("hs::ui::MeasureWords", "Linear CKA of head outputs"),
     .decimals = 3,
     .sentence = QT_TRANSLATE_NOOP("hs::ui::MeasureWords", "How alike what they write is, over all tokens")},
};

const MeasureWords& wordsOf(HeadMeasure measure)
{
    for (const MeasureWords& words : kWords)
        if (words.id == measure) return words;
    static constexpr MeasureWords none;
    return none;
}

QString translated(const char* text) { return *text ? QCoreApplication::translate(kContext, text) : QString(); }

}  // namespace

std::span<const MeasureWords> measureWords() { return kWords; }
QString measureBrief(HeadMeasure measure) { return translated(wordsOf(measure).brief); }
QString measureTitle(HeadMeasure measure) { return translated(wordsOf(measure).title); }
QString measureSentence(HeadMeasure measure) { return translated(wordsOf(measure).sentence); }
int measureDecimals(HeadMeasure measure) { return wordsOf(measure).decimals; }
int fewMeasureDecimals(HeadMeasure measure) { return wordsOf(measure).fewDecimals; }

}  // namespace hs::ui
