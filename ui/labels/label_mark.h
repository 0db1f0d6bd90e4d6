// SPDX-License-Identifier: GPL-3.0-or-later
// What stands for a head's label wherever there is little room: two letters, a family, and how sure it is.
#pragma once

#include <QString>

#include "engine/analysis/labels/label.h"
#include "ui/labels/label_kind_words.h"
#include "ui/theme/label_colours.h"

namespace hs::ui {

struct LabelMark {
    enum class State {
        NotRun,        ///< no report: nothing is shown
        Open,          ///< a report is under way and this head has no label yet
        None,          ///< everything ran, nothing is strong enough: the honest default
        Insufficient,  ///< too little evidence either way
        Candidate,     ///< strong enough, but not proven
        Awarded,
    };
    State state = State::NotRun;
    LabelKind kind = LabelKind::Broad;  ///< of Candidate and Awarded
    LabelFamily family = LabelFamily::None;
    QString code;      ///< "Pr", "–", "?", "…"; empty when nothing ran
    double score = 0;  ///< of Candidate and Awarded
    bool hasLabel() const { return state == State::Candidate || state == State::Awarded; }
    bool operator==(const LabelMark&) const = default;
};

/// The label that stands for the head: primary, else the best candidate, else the reason why there is none. `complete`: the report's.
LabelMark labelMark(const HeadReport& head, bool complete);
/// The label of `mark` with its evidence; null when it has none.
const HeadLabel* shownLabel(const HeadReport& head);
/// Among attention labels that were not awarded: the one that came closest to its first threshold. Null: none was measured.
const HeadLabel* nearestLabel(const HeadReport& head);
/// Value over threshold of the criterion that is furthest from being met; 1 and more: all are met.
double closeness(const HeadLabel& label);

}  // namespace hs::ui
