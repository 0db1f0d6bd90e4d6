// SPDX-License-Identifier: GPL-3.0-or-later
// Interventions as words and as text that can be edited: "5>2, 6>3" (edges), "3, 5-7" (positions), "0.5, 1, ..." (numbers).
#pragma once

#include <QString>
#include <optional>
#include <vector>

#include "engine/forward/intervention.h"
#include "engine/model/config.h"

namespace hs::ui {

/// What the editor offers; Replace comes from patching and is listed, but not written by hand.
const std::vector<InterventionKind>& editableInterventions();
/// "Scale", "Switch off", "Set to mean", "Add", "Knock out edges", "Force a row", "Clamp edges", "Replace".
QString interventionTitle(InterventionKind kind);
/// A place in the run by its TransformerLens name and what it is: "z (head output before W_O)".
QString siteTitle(Site site);
/// "2 edges are cut". `off`: what a head that is off does where that is not "writes zero" (CutValues::shortSentence).
QString interventionSentence(const Intervention& intervention, const QString& off = {});
/// What the details field expects for a kind, in grey while it is empty.
QString detailsHint(InterventionKind kind);
/// The value field is used (Scale, Clamp).
bool usesValue(InterventionKind kind);
/// The details as typed.
QString detailsText(const Intervention& intervention);
/// Details read back. `n`: tokens of the prompt; `headWidth`: numbers in one head's z. Nothing, and `problem` in words, when the text does not fit.
std::optional<Intervention> interventionFromText(InterventionKind kind, HeadId head, double value, const QString& details,
                                                 const ModelConfig& config, int n, QString* problem);

}  // namespace hs::ui
