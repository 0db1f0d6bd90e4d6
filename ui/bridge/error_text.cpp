// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/error_text.h"

#include <QRegularExpression>
#include <QStringList>
#include <array>

#include "engine/io/probe/probe.h"
#include "ui/bridge/error_sentences.h"

namespace hs::ui {
namespace {

constexpr int kLongestFact = 200;

/// Names from files may hold anything: one line, no control characters, not endless.
QString clean(const std::string& raw)
{
    QString text = QString::fromUtf8(raw.data(), static_cast<qsizetype>(raw.size()));
    for (QChar& c : text) {
        if (c.category() == QChar::Other_Control || c.category() == QChar::Other_Format || c == QChar(0x2028) || c == QChar(0x2029))
            c = QLatin1Char(' ');
    }
    if (text.size() > kLongestFact) text = text.left(kLongestFact / 2) + QChar(0x2026) + text.right(kLongestFact / 2);
    return text.trimmed();
}

/// item, found, expected in the order of %1, %2, %3.
using Facts = std::array<QString, 3>;

/// Shapes come as "768 x 2304".
QString withTimes(QString text)
{
    static const QRegularExpression between(QStringLiteral("(?<=\\d) x (?=\\d)"));
    return text.replace(between, QStringLiteral(" \u00d7 "));
}

int factNumber(const QString& text, qsizetype at)
{
    if (text[at] != QLatin1Char('%') || at + 1 >= text.size()) return -1;
    const int number = text[at + 1].unicode() - u'1';
    return number >= 0 && number < 3 ? number : -1;
}

bool allFactsThere(const QString& sentence, const Facts& facts)
{
    for (qsizetype i = 0; i < sentence.size(); ++i) {
        const int number = factNumber(sentence, i);
        if (number >= 0 && facts[static_cast<std::size_t>(number)].isEmpty()) return false;
    }
    return true;
}

bool names(const QString& sentence, int fact) { return sentence.contains(QStringLiteral("%%1").arg(fact + 1)); }

/// One pass, so that a fact which itself contains "%2" stays as it is.
QString filled(const QString& sentence, const Facts& facts)
{
    QString out;
    for (qsizetype i = 0; i < sentence.size(); ++i) {
        const int number = factNumber(sentence, i);
        if (number < 0) {
            out += sentence[i];
            continue;
        }
        out += facts[static_cast<std::size_t>(number)];
        ++i;
    }
    return out;
}

QString whatSentence(const Sentences& sentences, const Facts& facts)
{
    const bool full = allFactsThere(sentences.what, facts);
    const QString& chosen = full ? sentences.what : sentences.plain;
    QStringList rest;
    const Facts labelled{ErrorWords::tr("at %1"), ErrorWords::tr("found %1"), ErrorWords::tr("expected %1")};
    for (int i = 0; i < 3; ++i) {
        const QString& fact = facts[static_cast<std::size_t>(i)];
        if (!fact.isEmpty() && !names(chosen, i)) rest += filled(labelled[static_cast<std::size_t>(i)], {fact, {}, {}});
    }
    QString text = filled(chosen, facts);
    if (rest.isEmpty()) return text;
    if (text.endsWith(QLatin1Char('.'))) text.chop(1);
    return text + QStringLiteral(" (") + rest.join(QStringLiteral(", ")) + QStringLiteral(").");
}

Facts factsOf(const Error& error)
{
    Facts facts{clean(error.item), withTimes(clean(error.found)), withTimes(clean(error.expected))};
    if (error.code == ErrorCode::FileNotFound) facts[1].clear();         // the system's own "no such file" says nothing new
    if (error.item == kProbeLimitItem) facts[0] = facts[2] = QString();  // a mark for programs; the limit in its own unit
    static const QRegularExpression line(QStringLiteral("^line (\\d+)$"));
    if (const auto match = line.match(facts[0]); match.hasMatch()) facts[0] = ErrorWords::tr("line %1").arg(match.captured(1));
    return facts;
}

Sentences sentencesOf(const Error& error)
{
    const ErrorCode code = error.code;
    if (auto sentences = lineSentences(error)) return *sentences;
    if (auto sentences = causeSentences(error)) return *sentences;
    if (auto sentences = limitSentences(error)) return *sentences;
    if (auto sentences = fileSentences(code)) return *sentences;
    if (auto sentences = modelSentences(code)) return *sentences;
    if (auto sentences = workSentences(code)) return *sentences;
    return *workSentences(ErrorCode::Internal);
}

}  // namespace

ErrorText errorText(const Error& error)
{
    const Sentences sentences = sentencesOf(error);
    ErrorText text{sentences.title, whatSentence(sentences, factsOf(error)), sentences.next};
    const QString file = clean(error.file);
    if (!file.isEmpty()) text.what += QLatin1Char(' ') + filled(ErrorWords::tr("File: %1"), {file, {}, {}});
    return text;
}

QString errorLine(const Error& error)
{
    const Sentences sentences = sentencesOf(error);
    QString what = whatSentence(sentences, factsOf(error));
    while (what.endsWith(QLatin1Char('.'))) what.chop(1);
    QString next = sentences.next;
    while (next.endsWith(QLatin1Char('.'))) next.chop(1);
    const bool word = next.size() > 1 && next[1].isLower();
    if (word) next[0] = next[0].toLower();
    return what + QStringLiteral("; ") + next;
}

}  // namespace hs::ui
