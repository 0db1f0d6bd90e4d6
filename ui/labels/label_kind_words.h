// SPDX-License-Identifier: GPL-3.0-or-later
// What kinds of labels are called and said on screen, one row each (engine/analysis/labels/label_kinds has the rest).
#pragma once

#include <QString>
#include <span>
#include <string>
#include <vector>

#include "engine/analysis/labels/label.h"
#include "ui/theme/label_colours.h"

namespace hs::ui {

/// English; the functions below translate.
struct LabelKindWords {
    LabelKind kind = LabelKind::Broad;
    const char* code = "";  ///< "Pr" (ui/look.md section 1); empty: an attribute, which never stands for a head
    LabelFamily family = LabelFamily::None;
    const char* title = "";       ///< without a parameter
    const char* sentence = "";    ///< what such a head does; %1: how often, %2: the parameter
    const char* named = "";       ///< title with the parameter (%1); empty: there is none
    const char* namedAhead = "";  ///< the same, and the sentence, for offsets above 0
    const char* sentenceAhead = "";
    QString (*parameter)(const LabelId&, const std::string& variant) = nullptr;  ///< as it stands in %1 or %2; empty: not given
};
/// All rows: those with a code in the order of ui/look.md, families from fixed place to none, then attributes.
std::span<const LabelKindWords> labelKindWords();

LabelFamily labelFamily(LabelKind kind);
/// "Pr"; empty for attributes.
QString labelCode(LabelKind kind);
/// Kinds that can be primary, in the order of ui/look.md.
const std::vector<LabelKind>& codedKinds();
/// Without parameters: "Other fixed distance".
QString kindTitle(LabelKind kind);
/// "Previous token", "4 tokens back", "Column: newline", "Syntax: nsubj to head".
QString labelTitle(const LabelId& id);
/// What a head with this label does; the adverb follows the score: "Mostly looks at the token just before."
QString labelSentence(const HeadLabel& label);

}  // namespace hs::ui
