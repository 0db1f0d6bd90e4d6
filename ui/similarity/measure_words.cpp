// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/similarity/measure_words.h"

#include <QCoreApplication>

namespace hs::ui {

QString measureBrief(HeadMeasure measure)
{
    switch (measure) {
    case HeadMeasure::ProjectionKernel: return QStringLiteral("PK");
    case HeadMeasure::CompositionScore: return QStringLiteral("CS");
    case HeadMeasure::SimpleCs: return QStringLiteral("Simple-CS");
    case HeadMeasure::LinearCka: return QStringLiteral("CKA");
    case HeadMeasure::Procrustes: return QStringLiteral("Procrustes");
    case HeadMeasure::PatternDistance: return QCoreApplication::translate("hs::ui::EdgesModel", "JS distance");
    case HeadMeasure::OutputCka: return QCoreApplication::translate("hs::ui::EdgesModel", "Output CKA");
    }
    return {};
}

QString measureTitle(HeadMeasure measure)
{
    switch (measure) {
    case HeadMeasure::ProjectionKernel: return QCoreApplication::translate("hs::ui::EdgesModel", "Projection Kernel");
    case HeadMeasure::CompositionScore: return QCoreApplication::translate("hs::ui::EdgesModel", "Composition Score");
    case HeadMeasure::SimpleCs: return QCoreApplication::translate("hs::ui::EdgesModel", "Simple Composition Score");
    case HeadMeasure::LinearCka: return QCoreApplication::translate("hs::ui::EdgesModel", "Linear CKA of weights");
    case HeadMeasure::Procrustes: return QCoreApplication::translate("hs::ui::EdgesModel", "Procrustes similarity");
    case HeadMeasure::PatternDistance: return QCoreApplication::translate("hs::ui::EdgesModel", "Jensen–Shannon distance of patterns");
    case HeadMeasure::OutputCka: return QCoreApplication::translate("hs::ui::EdgesModel", "Linear CKA of head outputs");
    }
    return {};
}

int measureDecimals(HeadMeasure measure) { return measure == HeadMeasure::ProjectionKernel ? 2 : measure == HeadMeasure::PatternDistance || measure == HeadMeasure::OutputCka ? 3 : 4; }

}  // namespace hs::ui
