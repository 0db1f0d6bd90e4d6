// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/labels/label_kind_words.h"

#include <QCoreApplication>
#include <cstdlib>

#include "ui/labels/label_words_tr.h"

namespace hs::ui {

namespace {

QString text(const std::string& s) { return QString::fromStdString(s); }

QString segment(const LabelId&, const std::string& variant)
{
    if (variant == "sentence") return LabelWordsTr::tr("sentence");
    if (variant == "paragraph") return LabelWordsTr::tr("paragraph");
    if (variant == "quotation") return LabelWordsTr::tr("quotation");
    if (variant == "line") return LabelWordsTr::tr("line");
    return variant.empty() ? LabelWordsTr::tr("segment") : text(variant);
}

QString tokenClass(const LabelId& id, const std::string&)
{
    const std::string& argument = id.argument;
    if (argument == "special") return LabelWordsTr::tr("special tokens");
    if (argument == "punctuation") return LabelWordsTr::tr("punctuation");
    if (argument == "newline") return LabelWordsTr::tr("line breaks");
    if (argument == "space") return LabelWordsTr::tr("spaces");
    if (argument == "digit") return LabelWordsTr::tr("digits");
    if (argument == "continuation") return LabelWordsTr::tr("word continuations");
    if (argument == "column") return LabelWordsTr::tr("some other token");
    if (argument == "word") return LabelWordsTr::tr("one word");
    return text(argument);
}

QString relation(const LabelId& id, const std::string&) { return text(id.argument); }
QString distance(const LabelId& id, const std::string&) { return QString::number(std::abs(id.offset)); }

/// How often, from a score between 0 and 1.
QString adverb(double score)
{
    if (score >= 0.8) return LabelWordsTr::tr("Almost always");
    return score >= 0.5 ? LabelWordsTr::tr("Mostly") : LabelWordsTr::tr("Often");
}

constexpr LabelKindWords kWords[] = {
    {.kind = LabelKind::PreviousToken,
     .code = "Pr",
     .family = LabelFamily::FixedPlace,
     .title = QT_TRANSLATE_NOOP("hs::ui::LabelWords", "Previous token"),
     .sentence = QT_TRANSLATE_NOOP("hs::ui::LabelWords", "%1 looks at the token just before.")},
    {.kind = LabelKind::NextToken,
     .code = "Ne",
     .family = LabelFamily::FixedPlace,
     .title = QT_TRANSLATE_NOOP("hs::ui::LabelWords", "Next token"),
     .sentence = QT_TRANSLATE_NOOP("hs::ui::LabelWords", "%1 looks at the token just after.")},
    {.kind = LabelKind::Positional,
     .code = "Po",
     .family = LabelFamily::FixedPlace,
     .title = QT_TRANSLATE_NOOP("hs::ui::LabelWords", "Other fixed distance"),
     .sentence = QT_TRANSLATE_NOOP("hs::ui::LabelWords", "%1 looks %2 tokens back."),
     .named = QT_TRANSLATE_NOOP("hs::ui::LabelWords", "%1 tokens back"),
     .namedAhead = QT_TRANSLATE_NOOP("hs::ui::LabelWords", "%1 tokens ahead"),
     .sentenceAhead = QT_TRANSLATE_NOOP("hs::ui::LabelWords", "%1 looks %2 tokens ahead."),
     .parameter = distance},
    {.kind = LabelKind::Self,
     .code = "Se",
     .family = LabelFamily::FixedPlace,
     .title = QT_TRANSLATE_NOOP("hs::ui::LabelWords", "Itself"),
     .sentence = QT_TRANSLATE_NOOP("hs::ui::LabelWords", "%1 looks at the token itself.")},
    {.kind = LabelKind::Local,
     .code = "Lo",
     .family = LabelFamily::Nearby,
     .title = QT_TRANSLATE_NOOP("hs::ui::LabelWords", "Local window"),
     .sentence = QT_TRANSLATE_NOOP("hs::ui::LabelWords", "%1 stays within the last few tokens.")},
    {.kind = LabelKind::Block,
     .code = "Bl",
     .family = LabelFamily::Nearby,
     .title = QT_TRANSLATE_NOOP("hs::ui::LabelWords", "Own segment"),
     .sentence = QT_TRANSLATE_NOOP("hs::ui::LabelWords", "%1 stays inside the same %2."),
     .parameter = segment},
    {.kind = LabelKind::Subword,
     .code = "Su",
     .family = LabelFamily::InsideWords,
     .title = QT_TRANSLATE_NOOP("hs::ui::LabelWords", "Subword"),
     .sentence = QT_TRANSLATE_NOOP("hs::ui::LabelWords", "%1 looks at other pieces of the same word.")},
    {.kind = LabelKind::RareWord,
     .code = "Ra",
     .family = LabelFamily::InsideWords,
     .title = QT_TRANSLATE_NOOP("hs::ui::LabelWords", "Rare word"),
     .sentence = QT_TRANSLATE_NOOP("hs::ui::LabelWords", "%1 looks at the rarest token that it can see.")},
    {.kind = LabelKind::Induction,
     .code = "In",
     .family = LabelFamily::Copying,
     .title = QT_TRANSLATE_NOOP("hs::ui::LabelWords", "Induction"),
     .sentence = QT_TRANSLATE_NOOP("hs::ui::LabelWords", "%1 looks at the token that followed the last occurrence of this one.")},
    {.kind = LabelKind::DuplicateToken,
     .code = "Du",
     .family = LabelFamily::Copying,
     .title = QT_TRANSLATE_NOOP("hs::ui::LabelWords", "Duplicate token"),
     .sentence = QT_TRANSLATE_NOOP("hs::ui::LabelWords", "%1 looks at earlier occurrences of this token.")},
    {.kind = LabelKind::Retrieval,
     .code = "Re",
     .family = LabelFamily::Copying,
     .title = QT_TRANSLATE_NOOP("hs::ui::LabelWords", "Retrieval"),
     .sentence = QT_TRANSLATE_NOOP("hs::ui::LabelWords", "%1 looks at the place in the text that it is copying from.")},
    {.kind = LabelKind::Syntactic,
     .code = "Sy",
     .family = LabelFamily::Language,
     .title = QT_TRANSLATE_NOOP("hs::ui::LabelWords", "Syntax"),
     .sentence = QT_TRANSLATE_NOOP("hs::ui::LabelWords", "%1 follows the relation %2."),
     .named = QT_TRANSLATE_NOOP("hs::ui::LabelWords", "Syntax: %1"),
     .parameter = relation},
    {.kind = LabelKind::Translation,
     .code = "Al",
     .family = LabelFamily::Language,
     .title = QT_TRANSLATE_NOOP("hs::ui::LabelWords", "Translation alignment"),
     .sentence = QT_TRANSLATE_NOOP("hs::ui::LabelWords", "%1 looks at the word that this one translates.")},
    {.kind = LabelKind::Sink,
     .code = "Si",
     .family = LabelFamily::Sink,
     .title = QT_TRANSLATE_NOOP("hs::ui::LabelWords", "First token (sink)"),
     .sentence = QT_TRANSLATE_NOOP("hs::ui::LabelWords", "%1 rests on the first token.")},
    {.kind = LabelKind::Punctuation,
     .code = "Pu",
     .family = LabelFamily::Vertical,
     .title = QT_TRANSLATE_NOOP("hs::ui::LabelWords", "Punctuation"),
     .sentence = QT_TRANSLATE_NOOP("hs::ui::LabelWords", "%1 looks at punctuation.")},
    {.kind = LabelKind::Vertical,
     .code = "Ve",
     .family = LabelFamily::Vertical,
     .title = QT_TRANSLATE_NOOP("hs::ui::LabelWords", "One kind of token"),
     .sentence = QT_TRANSLATE_NOOP("hs::ui::LabelWords", "%1 rests on one kind of token: %2."),
     .named = QT_TRANSLATE_NOOP("hs::ui::LabelWords", "Column: %1"),
     .parameter = tokenClass},
    {.kind = LabelKind::Broad,
     .code = "Br",
     .family = LabelFamily::None,
     .title = QT_TRANSLATE_NOOP("hs::ui::LabelWords", "Broad"),
     .sentence = QT_TRANSLATE_NOOP("hs::ui::LabelWords", "Spreads its attention almost evenly over what it can see.")},
    {.kind = LabelKind::NoOp,
     .title = QT_TRANSLATE_NOOP("hs::ui::LabelWords", "No-op"),
     .sentence = QT_TRANSLATE_NOOP("hs::ui::LabelWords", "What it reads there adds next to nothing to the output.")},
    {.kind = LabelKind::Copying,
     .title = QT_TRANSLATE_NOOP("hs::ui::LabelWords", "Copying"),
     .sentence = QT_TRANSLATE_NOOP("hs::ui::LabelWords", "Makes the tokens that it reads more likely as output.")},
    {.kind = LabelKind::QkMatching,
     .title = QT_TRANSLATE_NOOP("hs::ui::LabelWords", "QK matching"),
     .sentence = QT_TRANSLATE_NOOP("hs::ui::LabelWords", "Its queries match keys of the same token.")},
    {.kind = LabelKind::Successor,
     .title = QT_TRANSLATE_NOOP("hs::ui::LabelWords", "Successor"),
     .sentence = QT_TRANSLATE_NOOP("hs::ui::LabelWords", "Moves from an item to the next in its order, as from Monday to Tuesday.")},
    {.kind = LabelKind::CopySuppression,
     .title = QT_TRANSLATE_NOOP("hs::ui::LabelWords", "Copy suppression"),
     .sentence = QT_TRANSLATE_NOOP("hs::ui::LabelWords", "Makes the tokens that it reads less likely as output.")},
    {.kind = LabelKind::CmrLike,
     .title = QT_TRANSLATE_NOOP("hs::ui::LabelWords", "CMR-like recall"),
     .sentence = QT_TRANSLATE_NOOP("hs::ui::LabelWords", "Recalls the neighbours of an earlier context, forward more than backward.")},
    {.kind = LabelKind::StatisticalInduction,
     .title = QT_TRANSLATE_NOOP("hs::ui::LabelWords", "Statistical induction"),
     .sentence = QT_TRANSLATE_NOOP("hs::ui::LabelWords", "Looks at what followed most often before.")},
    {.kind = LabelKind::Iteration,
     .title = QT_TRANSLATE_NOOP("hs::ui::LabelWords", "Iteration"),
     .sentence = QT_TRANSLATE_NOOP("hs::ui::LabelWords", "Steps through a repeated pattern.")},
};

const LabelKindWords& wordsOf(LabelKind kind)
{
    for (const LabelKindWords& words : kWords)
        if (words.kind == kind) return words;
    static constexpr LabelKindWords none;
    return none;
}

}  // namespace

std::span<const LabelKindWords> labelKindWords() { return kWords; }
LabelFamily labelFamily(LabelKind kind) { return wordsOf(kind).family; }
QString labelCode(LabelKind kind) { return QString::fromLatin1(wordsOf(kind).code); }
QString kindTitle(LabelKind kind) { return LabelWordsTr::tr(wordsOf(kind).title); }

const std::vector<LabelKind>& codedKinds()
{
    static const std::vector<LabelKind> kinds = [] {
        std::vector<LabelKind> list;
        for (const LabelKindWords& words : kWords)
            if (*words.code) list.push_back(words.kind);
        return list;
    }();
    return kinds;
}

QString labelTitle(const LabelId& id)
{
    const LabelKindWords& words = wordsOf(id.kind);
    const QString parameter = *words.named ? words.parameter(id, {}) : QString();
    if (parameter.isEmpty()) return kindTitle(id.kind);
    return LabelWordsTr::tr(id.offset > 0 ? words.namedAhead : words.named).arg(parameter);
}

QString labelSentence(const HeadLabel& label)
{
    const LabelKindWords& words = wordsOf(label.id.kind);
    QString sentence = LabelWordsTr::tr(label.id.offset > 0 ? words.sentenceAhead : words.sentence);
    sentence.replace(QLatin1String("%1"), adverb(label.score));
    return words.parameter ? sentence.replace(QLatin1String("%2"), words.parameter(label.id, label.variant)) : sentence;
}

}  // namespace hs::ui
