// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/cause/cause_words.h"

#include <QCoreApplication>
#include <cmath>

#include "ui/kit/numbers.h"
#include "ui/kit/token_paint.h"

namespace hs::ui {

namespace {

struct CausesTr {
    Q_DECLARE_TR_FUNCTIONS(Causes)
};

/// "Ġfo | x | ..." as a vocabulary writes its pieces, for readers: spaces as they are drawn elsewhere, and not more than a few.
QString piecesForReaders(QString found)
{
    found.replace(QChar(0x0120), QChar(0x2423));
    found.replace(QChar(0x2581), QChar(0x2423));
    const QStringList pieces = found.split(QStringLiteral(" | "));
    return pieces.size() <= 6 ? found : QStringList(pieces.mid(0, 5)).join(QStringLiteral(" | ")) + QStringLiteral(" | …");
}

/// The word with a space in front, or without it, as tokens are shown.
QString otherSpacing(const QString& word)
{
    return visibleToken(word.startsWith(QLatin1Char(' ')) ? word.mid(1) : QLatin1Char(' ') + word);
}

}  // namespace

QString causesNeedWeights()
{
    return CausesTr::tr("This file holds attention only: causes need the model's weights. Open the model itself.");
}

QString causesNeedOutput()
{
    return CausesTr::tr(
        "This model has no output layer: it gives no logits that a cause could be asked for. Open the full model, with its output layer.");
}

QString causeProblem(const Error& error)
{
    const QString found = QString::fromStdString(error.found), expected = QString::fromStdString(error.expected);
    if (error.code == ErrorCode::PromptsDiffer)
        return found.isEmpty() ? CausesTr::tr(
                   "The two prompts do not align: activations are exchanged position by position, so both need the same number of tokens.")
                               : CausesTr::tr(
                                     "The two prompts do not align: %1 against %2 tokens. Activations are exchanged position by position: "
                                     "change a word for one of as many tokens.")
                                     .arg(found, expected);
    if (error.code == ErrorCode::InvalidArgument && (error.item == "answer" || error.item == "wrong")
        && expected.startsWith(QLatin1Char('"')))
        return CausesTr::tr("“%1” is not one token (%2), but “%3” is: mind the space.")
            .arg(otherSpacing(expected.mid(1, expected.size() - 2)), piecesForReaders(found),
                 visibleToken(expected.mid(1, expected.size() - 2)));
    if (error.code == ErrorCode::InvalidArgument && (error.item == "answer" || error.item == "wrong"))
        return (error.item == "answer"
                    ? CausesTr::tr(
                        "The answer is not one token (%1). A logit belongs to one token: choose one, and mind the space before it.")
                    : CausesTr::tr(
                        "The wrong answer is not one token (%1). A logit belongs to one token: choose one, and mind the space before it."))
            .arg(piecesForReaders(found));
    if (error.code == ErrorCode::TokenOutOfRange && (error.item == "answer" || error.item == "wrong"))
        return CausesTr::tr("There is no token #%1: this model's ids are %2. Type another id, or the token's text.")
            .arg(found, QString(expected).replace(QStringLiteral(" .. "), QStringLiteral(" – ")));
    if (error.code == ErrorCode::InvalidArgument && error.item == "metric difference")
        return CausesTr::
            tr("Both prompts give nearly the same number (they differ by %1, at least 0.1 is needed), so a share of that difference would "
               "mean nothing. The effects are shown in logits; for shares, choose prompts with different answers or another answer.")
                .arg(found);
    if (error.code == ErrorCode::ModelPartial)
        return CausesTr::tr(
            "This model has no output layer: it gives no logits that a cause could be asked for. Open the full model, with its output "
            "layer.");
    if (error.code == ErrorCode::TokenizerMissing)
        return CausesTr::tr("This model brings no tokeniser: give answers as ids, for example #12.");
    return {};
}

QStringList measuredFacts(double clean, double corrupt, const QString& answer, const QString& wrong, const QString& place)
{
    QStringList out;
    out << (wrong.isEmpty() ? CausesTr::tr("Measured: logit of “%1” after “%2”; clean %3, corrupted %4.")
                                  .arg(answer, place, numberText(clean, 3), numberText(corrupt, 3))
                            : CausesTr::tr("Measured: logit of “%1” minus “%2” after “%3”; clean %4, corrupted %5.")
                                  .arg(answer, wrong, place, numberText(clean, 3), numberText(corrupt, 3)));
    out << CausesTr::tr("One pair of prompts: no interval.");
    return out;
}

QString checkWords(const AttributionCheck& check)
{
    if (check.cells == 0) return {};
    const QString error = numberText(check.largestError, 3);
    return std::isfinite(check.spearman) ? CausesTr::tr("Estimate against exact, %1 cells: rank correlation %2, largest error %3.")
                                               .arg(check.cells)
                                               .arg(numberText(check.spearman, 2), error)
                                         : CausesTr::tr("Estimate against exact, %1 cells: largest error %2.").arg(check.cells).arg(error);
}

}  // namespace hs::ui
