// SPDX-License-Identifier: GPL-3.0-or-later
// What a head can be called, one row each. A new kind: an enumerator of LabelKind, its row here (label_kinds.cpp) and its words
// (ui/labels/label_kind_words.cpp).
#pragma once

#include <optional>
#include <span>

#include "engine/analysis/labels/label_id.h"

namespace hs {

struct TargetRow;

/// What stands in brackets behind a kind's name.
enum class LabelParameter { None, Offset, Argument };

/// Kinds that rules between the labels of one head name together.
enum class LabelGroup {
    None,
    FixedPlace,  ///< one distance from the query
    Rest,        ///< where attention rests that looks for nothing
};

struct LabelKindInfo {
    LabelKind kind = LabelKind::Broad;
    const char* name = "";
    LabelParameter parameter = LabelParameter::None;
    LabelGroup group = LabelGroup::None;
    bool attribute = false;                       ///< describes a head beside its labels, never primary
    bool content = false;                         ///< must never be given to a model with shuffled weights
    void (*targets)(const TargetRow&) = nullptr;  ///< keys that a row should look at; null: it names none
    bool recalls = false;  ///< finds earlier context again or prepares it: the in-context score is measured without such heads
    bool needles = false;  ///< shows on sequences of keys and values alone: the causal check makes them
    // Rules between labels of one head (trust/decide); the note says which one took the label away.
    LabelGroup yieldsTo = LabelGroup::None;  ///< not given where one of these is awarded
    LabelGroup needs = LabelGroup::None;     ///< not given unless one of these is awarded
    const char* note = "";
    std::optional<LabelKind> behind = std::nullopt;  ///< not primary where this is awarded too: that one says how
};

/// All rows. The order decides between equal scores.
std::span<const LabelKindInfo> labelKinds();
const LabelKindInfo& labelKind(LabelKind kind);

}  // namespace hs
