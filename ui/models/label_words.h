// SPDX-License-Identifier: GPL-3.0-or-later
// Labels in words: titles, the sentence of what a head does, statuses, nulls, reasons. The window, the report and the tables share them.
#pragma once

#include <QString>
#include <QStringList>

#include "engine/analysis/labels/label.h"
#include "ui/models/label_mark.h"

namespace hs::ui {

/// "Previous token", "4 tokens back", "Column: newline", "Syntax: nsubj to head".
QString labelTitle(const LabelId& id);
/// Without parameters: "Other fixed distance".
QString kindTitle(LabelKind kind);
/// Words for a code: title of its kind, "not labelled", "too little evidence", "not labelled yet".
QString codeTitle(const QString& code);
/// What a head with this label does; the adverb follows the score: "Mostly looks at the token just before."
QString labelSentence(const HeadLabel& label);
/// The head's sentence for the card: from its label, its candidate with what is missing, or why it has none. `parameters` are the
/// report's (for the numbers that the support rule asks for).
QString headSentence(const HeadReport& head, bool complete, const std::map<std::string, double>& parameters);
/// "Nearest: duplicate token, 0.31 of 0.40 needed"; empty when nothing was measured or the head is labelled.
QString nearestSentence(const HeadReport& head);
/// Why a strong enough effect is only a candidate.
QString candidateReason(const HeadLabel& label);

QString statusTitle(LabelStatus status);        ///< "awarded", "candidate" ...
QString causeTitle(const HeadLabel& label);     ///< "confirmed: ...", "pattern only: ...", "not checked"
QString viewTitle(AttentionView view);          ///< "raw", "content"
QString nullTitle(NullKind null);               ///< "uniform attention", ...
QString dataTitle(DataKind data);
/// Name of a criterion or of a head score of the report for people; the key itself when it is not known.
QString measureTitle(const std::string& key);
/// "48 passages, 2 928 rows, Grimm's Fairy Tales"; sequences or weights are named likewise.
QString sampleSentence(const HeadLabel& label, const LabelProvenance& provenance);
/// A remark of the report.
QString noteSentence(const LabelNote& note);
/// "0.68"; "n/a" for NaN.
QString labelNumber(double value, int decimals = 2);
/// Small probabilities: "0.03", "0.0004", "1e-5" (with U+2212).
QString probabilityText(double p);

/// The five marks of the bar "score against null", all in units of the score (0 to 1).
struct NullBarValues {
    bool valid = false;
    double score = 0, null = 0, needed = 0, low = 0, high = 0;
    bool hasInterval = false;
};
/// Null and interval are measured in units of `observed`; score and observed are one scale apart (kappa is linear in the mean), so both
/// are carried over. Where they are not (score and observed measure different things) the bar shows observed and no threshold.
NullBarValues nullBarValues(const HeadLabel& label);

}  // namespace hs::ui
