// SPDX-License-Identifier: GPL-3.0-or-later
// Every number that a label report has for all heads, by key: for the scatter and the tables.
#pragma once

#include <QString>
#include <optional>
#include <vector>

#include "engine/analysis/labels/label.h"

namespace hs::ui {

struct LabelMeasure {
    QString key;  ///< "label:induction", "score:entropy", "gate", "explained"
    QString title;
    bool share = false;  ///< 0 to 1
    bool operator==(const LabelMeasure&) const = default;
};

/// Labels first, in the order of codedKinds, then attributes, then scores; each once.
std::vector<LabelMeasure> labelMeasures(const LabelReport& report);
/// Nothing when the head does not have it or it is not a number.
std::optional<double> measureOf(const QString& key, const HeadReport& head);

}  // namespace hs::ui
