// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/labels/label_words.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "engine/analysis/catalogue.h"
#include "ui/kit/numbers.h"
#include "ui/labels/label_words_tr.h"

namespace hs::ui {

namespace {

QString text(const std::string& s) { return QString::fromStdString(s); }

/// Of those that are not met, the one that is furthest from it; null: all are met.
const LabelCriterion* furthestCriterion(const HeadLabel& label)
{
    const LabelCriterion* worst = nullptr;
    for (const LabelCriterion& c : label.criteria)
        if (!c.met && (!worst || (c.threshold > 0 && worst->threshold > 0 && c.value / c.threshold < worst->value / worst->threshold)))
            worst = &c;
    return worst;
}

}  // namespace

QString labelNumber(double value, int decimals) { return std::isfinite(value) ? numberText(value, decimals) : LabelWordsTr::tr("n/a"); }

QString probabilityText(double p)
{
    if (!std::isfinite(p)) return LabelWordsTr::tr("n/a");
    if (p >= 0.01 || p <= 0) return QString::number(p, 'f', 2);
    if (p >= 0.0001) return QString::number(p, 'f', 4);
    // "9.99e-06" is 1e-5: one digit, rounded by the formatting, without its padding.
    const QString text = QString::number(p, 'e', 0);
    const qsizetype e = text.indexOf(QLatin1Char('e'));
    return QStringLiteral("%1e\u2212%2").arg(text.left(e)).arg(std::abs(text.mid(e + 1).toInt()));
}

QString inSentence(const QString& title)
{
    // German keeps its nouns' capitals, and nobody writes "qk matching".
    const bool english = LabelWordsTr::tr("Induction") == QLatin1String("Induction");
    return english && title.size() > 1 && title[1].isLower() ? title.left(1).toLower() + title.mid(1) : title;
}

QString codeTitle(const QString& code)
{
    for (const LabelKind kind : codedKinds())
        if (labelCode(kind) == code) return kindTitle(kind);
    if (code == QStringLiteral("–")) return LabelWordsTr::tr("Not labelled");
    if (code == QLatin1String("?")) return LabelWordsTr::tr("Too little evidence");
    return LabelWordsTr::tr("No label yet");
}

QString candidateReason(const HeadLabel& label)
{
    QStringList reasons;
    if (label.low <= 0) reasons << LabelWordsTr::tr("its interval reaches the null");
    if (label.holdsOdd != label.holdsEven) reasons << LabelWordsTr::tr("it holds on only one half of the passages");
    else if (!label.holdsOdd) reasons << LabelWordsTr::tr("it holds on neither half of the passages alone");
    if (reasons.isEmpty() || label.q > 0.05) reasons << LabelWordsTr::tr("the corrected test gives q = %1").arg(probabilityText(label.q));
    return reasons.join(QStringLiteral(", "));
}

QString nearestSentence(const HeadReport& head)
{
    if (head.primaryLabel()) return {};
    const HeadLabel* near = nearestLabel(head);
    if (!near || near->status == LabelStatus::Candidate) return {};
    const QString title = inSentence(labelTitle(near->id));
    // The criterion that is furthest from being met says what is missing.
    const QString missing = missingSentence(*near);
    return missing.isEmpty() ? LabelWordsTr::tr("Nearest: %1, score %2").arg(title, labelNumber(near->score))
                             : LabelWordsTr::tr("Nearest: %1, %2").arg(title, missing);
}

QString headSentence(const HeadReport& head, bool complete, const std::map<std::string, double>& parameters)
{
    const LabelMark mark = labelMark(head, complete);
    const HeadLabel* label = shownLabel(head);
    switch (mark.state) {
    case LabelMark::State::Awarded: return labelSentence(*label);
    case LabelMark::State::Candidate:
        return LabelWordsTr::tr("Perhaps %1: strong enough, but %2.").arg(inSentence(labelTitle(label->id)), candidateReason(*label));
    case LabelMark::State::Open: return LabelWordsTr::tr("No label so far; not everything has run.");
    case LabelMark::State::Insufficient: {
        int most = 0;
        long events = 0;
        for (const HeadLabel& l : head.labels)
            if (l.status == LabelStatus::Insufficient) {
                most = std::max(most, l.documents);
                events = std::max(events, l.events);
            }
        const auto needed = parameters.find("trust.documents"), neededEvents = parameters.find("trust.events");
        if (needed == parameters.end() || neededEvents == parameters.end())
            return LabelWordsTr::tr("Too little evidence to say either way: %1 passages, %2 rows.").arg(countText(most), countText(events));
        return LabelWordsTr::tr("Too little evidence to say either way: %1 of %2 passages, %3 of %4 rows.")
            .arg(countText(most), countText(std::lround(needed->second)), countText(events), countText(std::lround(neededEvents->second)));
    }
    case LabelMark::State::None:
        if (std::none_of(head.labels.begin(), head.labels.end(), [](const HeadLabel& l) { return !labelCode(l.id.kind).isEmpty(); }))
            return LabelWordsTr::tr(
                "Not labelled: only its weights were read, and what a head looks at shows on text or made sequences alone.");
        return LabelWordsTr::tr("Not labelled: nothing it does is strong and regular enough to name.");
    case LabelMark::State::NotRun: break;
    }
    return {};
}

bool labelledByNorms(const LabelReport& report)
{
    for (const HeadReport& head : report.heads)
        for (const HeadLabel& label : head.labels)
            if (label.mass == RowMass::Norms) return true;
    return false;
}

QString corpusTitle(const std::string& dataName)
{
    return dataName == "sample corpus" ? LabelWordsTr::tr("sample corpus") : text(dataName);
}

QString trustSentence(const HeadLabel& label)
{
    QStringList parts{LabelWordsTr::tr("q = %1").arg(probabilityText(label.q))};
    if (label.data != DataKind::Weights) {
        parts << LabelWordsTr::tr("halves %1, %2").arg(labelNumber(label.scoreOdd), labelNumber(label.scoreEven));
        // The gate belongs beside every content score: a large share of very little attention says little.
        if (label.view == AttentionView::Content)
            parts << LabelWordsTr::tr("content view, %1 % of the attention").arg(qRound(100 * label.gate));
        else parts << LabelWordsTr::tr("raw view");
        if (label.mass == RowMass::Norms) parts << LabelWordsTr::tr("by norms");
    }
    return parts.join(QStringLiteral(" · "));
}

QString missingSentence(const HeadLabel& label)
{
    const LabelCriterion* worst = furthestCriterion(label);
    if (!worst) return {};
    return worst->atMost ? LabelWordsTr::tr("%1 %2, at most %3 allowed")
                               .arg(numberTitle(worst->name), labelNumber(worst->value), labelNumber(worst->threshold))
                         : LabelWordsTr::tr("%1 %2 of %3 needed")
                               .arg(numberTitle(worst->name), labelNumber(worst->value), labelNumber(worst->threshold));
}

QString shortfall(const HeadLabel& label, const std::map<std::string, double>& parameters)
{
    if (label.status == LabelStatus::Insufficient) {
        const auto documents = parameters.find("trust.documents"), events = parameters.find("trust.events");
        if (documents != parameters.end() && label.documents < documents->second)
            return LabelWordsTr::tr("%1 of %2 passages").arg(countText(label.documents), countText(std::lround(documents->second)));
        if (events != parameters.end() && static_cast<double>(label.events) < events->second)
            return LabelWordsTr::tr("%1 of %2 rows").arg(countText(label.events), countText(std::lround(events->second)));
        return LabelWordsTr::tr("%1 passages").arg(countText(label.documents));
    }
    const LabelCriterion* worst = furthestCriterion(label);
    if (!worst) return labelNumber(label.score);
    return worst->atMost ? LabelWordsTr::tr("%1, at most %2").arg(labelNumber(worst->value), labelNumber(worst->threshold))
                         : LabelWordsTr::tr("%1 of %2").arg(labelNumber(worst->value), labelNumber(worst->threshold));
}

QString notAwardedBecause(const HeadLabel& label, const std::map<std::string, double>& parameters)
{
    const QString missing = missingSentence(label);
    if (label.status == LabelStatus::Insufficient) {
        const QString little = LabelWordsTr::tr("too little evidence: %1").arg(shortfall(label, parameters));
        return missing.isEmpty() ? little : little + QStringLiteral(", ") + missing;
    }
    return missing.isEmpty() ? candidateReason(label) : missing;
}

QString statusTitle(LabelStatus status)
{
    switch (status) {
    case LabelStatus::Awarded: return LabelWordsTr::tr("awarded");
    case LabelStatus::Candidate: return LabelWordsTr::tr("candidate");
    case LabelStatus::Insufficient: return LabelWordsTr::tr("too little evidence");
    case LabelStatus::None: return LabelWordsTr::tr("no");
    }
    return {};
}

QString causeTitle(const HeadLabel& label, bool predicts)
{
    if (label.cause == LabelCause::None) return LabelWordsTr::tr("Cause not checked.");
    const QString number = labelNumber(label.causeEffect, 3);
    const QString effect = predicts ? LabelWordsTr::tr("%1 nats").arg(number) : LabelWordsTr::tr("%1 of the residual stream").arg(number);
    const bool interval = label.causeHigh > label.causeLow;
    const QString range =
        interval ? LabelWordsTr::tr(" (difference %1 to %2)").arg(labelNumber(label.causeLow, 3), labelNumber(label.causeHigh, 3))
                 : QString();
    // What decides is the comparison: as much attention of another head is knocked out too.
    if (label.cause == LabelCause::Confirmed)
        return LabelWordsTr::tr(
                   "Cause confirmed: without this attention the output changes by %1, more than without as much of another head's%2.")
            .arg(effect, range);
    if (label.causeEffect < 0.0005) return LabelWordsTr::tr("Pattern only: without this attention nothing measurable changes.");
    return LabelWordsTr::tr(
               "Pattern only: without this attention the output changes by %1, not clearly more than without as much of another head's%2.")
        .arg(effect, range);
}

QString viewTitle(AttentionView view) { return view == AttentionView::Raw ? LabelWordsTr::tr("raw") : LabelWordsTr::tr("content"); }

QString nullTitle(NullKind null)
{
    switch (null) {
    case NullKind::Uniform: return LabelWordsTr::tr("uniform attention");
    case NullKind::OffsetProfile: return LabelWordsTr::tr("its own distance profile");
    case NullKind::AnnotationShuffle: return LabelWordsTr::tr("shuffled annotation");
    case NullKind::RandomWeights: return LabelWordsTr::tr("the model with random weights");
    case NullKind::RandomTokens: return LabelWordsTr::tr("random tokens");
    case NullKind::WeightShuffle: return LabelWordsTr::tr("shuffled weights");
    case NullKind::Threshold: return LabelWordsTr::tr("the threshold itself");
    }
    return {};
}

QString dataTitle(DataKind data)
{
    switch (data) {
    case DataKind::Text: return LabelWordsTr::tr("text");
    case DataKind::Synthetic: return LabelWordsTr::tr("synthetic sequences");
    case DataKind::Weights: return LabelWordsTr::tr("weights");
    }
    return {};
}

QString numberTitle(const std::string& key)
{
    if (const AnalysisNumber* number = findNumber(key)) return catalogueText(number->title);
    QString shown = text(key);
    return shown.replace(QLatin1Char('-'), QLatin1Char(' ')).replace(QLatin1Char('_'), QLatin1Char(' '));
}

QString sampleSentence(const HeadLabel& label, const LabelProvenance& provenance)
{
    const QString documents = countText(label.documents), rows = countText(label.events);
    switch (label.data) {
    case DataKind::Text: {
        QString sentence = LabelWordsTr::tr("%1 passages, %2 rows").arg(documents, rows);
        if (!provenance.dataName.empty()) sentence += QStringLiteral(", ") + corpusTitle(provenance.dataName);
        return sentence;
    }
    case DataKind::Synthetic: return LabelWordsTr::tr("%1 synthetic sequences, %2 rows").arg(documents, rows);
    case DataKind::Weights: return LabelWordsTr::tr("from the weights alone");
    }
    return {};
}

NullBarValues nullBarValues(const HeadLabel& label)
{
    NullBarValues bar;
    if (!std::isfinite(label.score) || !std::isfinite(label.observed) || !std::isfinite(label.null)) return bar;
    bar.valid = true;
    bar.hasInterval = std::isfinite(label.low) && std::isfinite(label.high) && label.high > label.low;
    // score = (observed - u) / (1 - u), so u follows from the two; u = 0 where the score is a plain mean.
    double u = 0;
    if (std::abs(label.score - label.observed) > 1e-6) u = label.score < 0.999 ? (label.observed - label.score) / (1 - label.score) : 0;
    const bool linear = u > -1e-6 && u < 0.95;
    if (!linear) u = 0;
    const auto carried = [u](double v) { return (v - u) / (1 - u); };
    bar.score = linear ? label.score : label.observed;
    bar.null = carried(label.null);
    bar.low = carried(label.null + label.low);
    bar.high = carried(label.null + label.high);
    bar.needed = linear ? label.threshold : std::nan("");
    if (linear)  // the threshold of the criterion that the score comes from, where it is not the first
        for (const LabelCriterion& c : label.criteria)
            if (std::abs(c.value - label.score) < 1e-9) {
                bar.needed = c.threshold;
                break;
            }
    return bar;
}

}  // namespace hs::ui
