// SPDX-License-Identifier: GPL-3.0-or-later
// Remarks of a label report and lines of the catalogue in words.
#include <QCoreApplication>

#include "engine/analysis/catalogue.h"
#include "ui/labels/label_words.h"
#include "ui/labels/label_words_tr.h"

namespace hs::ui {

namespace {

/// Why an analysis says nothing, with the numbers that decided it.
QString reasonSentence(const std::string& code, const QStringList& facts)
{
    const QString first = facts.value(0), second = facts.value(1);
    if (code == "bidirectional") return LabelWordsTr::tr("needs a model that looks back only");
    if (code == "causal") return LabelWordsTr::tr("this model cannot look ahead");
    if (code == "cannot-run" || code == "partial-model") return LabelWordsTr::tr("needs a model that can run text");
    if (code == "no-tokenizer") return LabelWordsTr::tr("needs a tokeniser");
    if (code == "no-text") return LabelWordsTr::tr("needs a text");
    if (code == "one-layer") return LabelWordsTr::tr("needs more than one layer");
    if (code == "no-attention-weights") return LabelWordsTr::tr("needs attention weights, which this file lacks");
    if (code == "no-output-weights") return LabelWordsTr::tr("needs output weights, which this file lacks");
    if (code == "output-transform") return LabelWordsTr::tr("needs an output that reads the stream itself, not through a layer of its own");
    if (code == "narrow-embedding") return LabelWordsTr::tr("needs embeddings as wide as the stream, not widened after a norm");
    if (code == "no-token-embedding") return LabelWordsTr::tr("needs the token embedding, which this file lacks");
    if (code == "no-learned-positions") return LabelWordsTr::tr("needs learned positions");
    if (code == "rotary") return LabelWordsTr::tr("needs learned positions; this model turns queries and keys instead (rotary)");
    if (code == "no-ordinal-tokens") return LabelWordsTr::tr("the vocabulary has no numbers, days or months of one token");
    if (code == "context-too-short")
        return second.isEmpty() ? LabelWordsTr::tr("the model's context is too short")
                                : LabelWordsTr::tr("the model's context gives room for %1 tokens; %2 are needed").arg(first, second);
    if (code == "vocabulary-too-small")
        return second.isEmpty() ? LabelWordsTr::tr("the vocabulary is too small")
                                : LabelWordsTr::tr("the vocabulary has %1 usable tokens; %2 are needed").arg(first, second);
    return QString::fromStdString(code);
}

/// What a remark says, without its analysis.
QString remark(const LabelNote& note)
{
    QStringList facts;
    for (const std::string& fact : note.facts) facts << QString::fromStdString(fact);
    const QString first = facts.value(0), second = facts.value(1);
    if (note.code == "not-applicable") {
        // "next-token", "causal": about one label of the analysis.
        if (first == QLatin1String("next-token"))
            return LabelWordsTr::tr("no next-token score: %1").arg(reasonSentence(second.toStdString(), facts.mid(2)));
        return first.isEmpty() ? LabelWordsTr::tr("does not apply to this model") : reasonSentence(first.toStdString(), facts.mid(1));
    }
    if (note.code == "few-documents") return LabelWordsTr::tr("too few passages for the test");
    if (note.code == "local-is-positional") return LabelWordsTr::tr("not named: the nearby attention is one fixed distance");
    if (note.code == "no-op-needs-rest")
        return LabelWordsTr::tr("not named: the attention rests neither on the first token nor on one kind of token");
    if (note.code == "items") return LabelWordsTr::tr("%1 items with a successor found in the vocabulary").arg(first);
    if (note.code == "task-failed")
        return LabelWordsTr::tr("the model itself answers only %1 of %2 sequences, so nothing can be said about who copies the answers")
            .arg(first, second);
    if (note.code == "sampled-vocabulary")
        return LabelWordsTr::tr("measured on %1 of %2 tokens of the vocabulary, drawn with the seed").arg(first, second);
    if (note.code == "raw-embedding")
        return LabelWordsTr::tr("measured on the embedding as it is: there is no first MLP to pass it through");
    if (note.code == "without-alibi") return LabelWordsTr::tr("measured without the bias that scores get for distance (ALiBi)");
    if (note.code == "without-distances") return LabelWordsTr::tr("measured without what scores get for the distance of query and key");
    if (note.code == "before-clip") return LabelWordsTr::tr("measured as if queries and keys were not clipped");
    if (note.code == "output-gain") return LabelWordsTr::tr("measured with the gain alone of the norm that attention writes through");
    if (note.code == "before-qk-norm") return LabelWordsTr::tr("measured as if queries and keys were not normed");
    if (note.code == "before-latent-norm") return LabelWordsTr::tr("measured as if latent rows were not normed");
    if (note.code == "delta-zero") return LabelWordsTr::tr("measured as if query and key stood at the same place (rotary positions)");
    if (note.code == "documents-budget")
        return LabelWordsTr::tr(
                   "%1 of %2 passages were read, spread evenly: the work set for text (trust.text-work) pays for no more at "
                   "this size of model; a number of passages that you ask for is read in full")
            .arg(first, second);
    if (note.code == "made-budget")
        return LabelWordsTr::tr(
                   "%1 of %2 synthetic sequences were run: the work set for them (trust.made-work) pays for no more at this "
                   "size of model")
            .arg(first, second);
    if (note.code == "icl-heads")
        return LabelWordsTr::tr(
                   "measured without each of %1 of the %2 heads whose label reads earlier context, the best first; other "
                   "heads have no such number")
            .arg(first, second);
    if (note.code == "checks-budget")
        return LabelWordsTr::tr(
                   "%1 of %2 labels were checked, in %3 passages each where %4 are wanted: the work set for it "
                   "(attention-knockout.work) pays for no more at this size of model")
            .arg(first, second, facts.value(2), facts.value(3));
    return reasonSentence(note.code, facts);
}

}  // namespace

/// The catalogue is English data of the engine; its lines reach the translators through translations/catalogue_lines.cpp.
QString catalogueText(const std::string& english)
{
    if (english == "own" || english.starts_with("own; ")) {
        // A reader of the table would take "own" for their own.
        const QString ours = QCoreApplication::translate("hs::ui::Catalogue", "chosen for HeadScope");
        return english == "own" ? ours : ours + QString::fromStdString(english.substr(3));
    }
    return QCoreApplication::translate("hs::ui::Catalogue", english.c_str());
}

QString analysisTitle(const std::string& id)
{
    const AnalysisEntry* entry = findAnalysis(id);
    return entry ? catalogueText(entry->title) : QString::fromStdString(id);
}

QString noteSentence(const LabelNote& note)
{
    return note.analysis.empty() ? remark(note) : QStringLiteral("%1: %2").arg(analysisTitle(note.analysis), remark(note));
}

QStringList noteSentences(const std::vector<LabelNote>& notes)
{
    std::vector<std::pair<QString, QStringList>> lines;  // remark, analyses
    for (const LabelNote& note : notes) {
        const QString words = remark(note), about = note.analysis.empty() ? QString() : analysisTitle(note.analysis);
        auto line = std::find_if(lines.begin(), lines.end(), [&](const auto& l) { return l.first == words; });
        if (line == lines.end()) line = lines.insert(lines.end(), {words, {}});
        if (!about.isEmpty() && !line->second.contains(about)) line->second << about;
    }
    QStringList out;
    for (const auto& [words, about] : lines)
        out << (about.isEmpty() ? words : QStringLiteral("%1: %2").arg(about.join(QStringLiteral(", ")), words));
    return out;
}

}  // namespace hs::ui
