// SPDX-License-Identifier: GPL-3.0-or-later
// Labels in words: the sentence about a head, statuses, nulls, reasons. The window, the report and the tables share them; what each kind
// is called stands in label_kind_words.
#pragma once

#include <QString>
#include <QStringList>

#include "engine/analysis/labels/label.h"
#include "ui/labels/label_mark.h"

namespace hs::ui {

/// A title inside a sentence: "induction", "QK matching"; other languages keep their capitals.
QString inSentence(const QString& title);
/// Words for a code: title of its kind, "not labelled", "too little evidence", "not labelled yet".
QString codeTitle(const QString& code);
/// The head's sentence for the card: from its label, its candidate with what is missing, or why it has none. `parameters` are the
/// report's (for the numbers that the support rule asks for).
QString headSentence(const HeadReport& head, bool complete, const std::map<std::string, double>& parameters);
/// "Nearest: duplicate token, 0.31 of 0.40 needed"; empty when nothing was measured or the head is labelled.
QString nearestSentence(const HeadReport& head);
/// Why a strong enough effect is only a candidate.
QString candidateReason(const HeadLabel& label);

/// "q = 0.0001 · passages: odd 0.67, even 0.69 · content view, 91 % of the attention": what stands behind a score besides its interval.
QString trustSentence(const HeadLabel& label);
/// What a label lacks that was not awarded: "0.31 of 0.40", "12 of 20 passages". Nothing lacks: its score.
QString shortfall(const HeadLabel& label, const std::map<std::string, double>& parameters);
/// The same as a reason: "own token 0.31 of 0.40 needed", "too little evidence: 12 of 20 passages", "its interval reaches the null".
QString notAwardedBecause(const HeadLabel& label, const std::map<std::string, double>& parameters);
/// The criterion that is furthest from being met: "own token in the top 5 0.41 of 0.50"; empty: all are met.
QString missingSentence(const HeadLabel& label);
/// Whether rows were counted by the norms of what they write, not by attention weights.
bool labelledByNorms(const LabelReport& report);
/// Name of a text; the one that ships is stored in English.
QString corpusTitle(const std::string& dataName);

QString statusTitle(LabelStatus status);  ///< "awarded", "candidate" ...
/// "Cause confirmed: ...", "Pattern only: ...", "Cause not checked." `predicts`: the effect is in nats, else a share of the residual stream.
QString causeTitle(const HeadLabel& label, bool predicts = true);
QString viewTitle(AttentionView view);  ///< "raw", "content"
QString nullTitle(NullKind null);       ///< "uniform attention", ...
QString dataTitle(DataKind data);
/// Name of a criterion or of a head score of the report for people; the key itself when it is not known.
QString numberTitle(const std::string& key);
/// "48 passages, 2 928 rows, Grimm's Fairy Tales"; sequences or weights are named likewise.
QString sampleSentence(const HeadLabel& label, const LabelProvenance& provenance);
/// A remark of the report: "Same-token matching by the QK circuit: measured as if query and key stood at the same place".
QString noteSentence(const LabelNote& note);
/// All remarks of a list, one line each: analyses with the same remark share a line.
QStringList noteSentences(const std::vector<LabelNote>& notes);
/// Title of an analysis of the catalogue; the id itself when it is not known.
QString analysisTitle(const std::string& id);
/// Any English line of the catalogue (title, meaning of a parameter, source), in the language of the window.
QString catalogueText(const std::string& english);
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
