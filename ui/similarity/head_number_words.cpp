// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/similarity/head_number_words.h"

#include <QCoreApplication>
#include <string_view>

#include "ui/kit/numbers.h"
#include "ui/similarity/similarity_words.h"

namespace hs::ui {

namespace {

struct HeadNumberWordsTr {
    Q_DECLARE_TR_FUNCTIONS(hs::ui::HeadNumberWords)
};

constexpr HeadNumberWords kWords[] = {
    {.id = "ov-identity", .title = QT_TRANSLATE_NOOP("hs::ui::HeadNumberWords", "Identity score of OV"), .sign = true},
    {.id = "attention-diagonal",
     .title = QT_TRANSLATE_NOOP("hs::ui::HeadNumberWords", "Attention on itself, this prompt"),
     .missing = QT_TRANSLATE_NOOP("hs::ui::HeadNumberWords", "n/a: no prompt has run")},
    {.id = "ov-idempotence",
     .title = QT_TRANSLATE_NOOP("hs::ui::HeadNumberWords", "Idempotence of OV"),
     .missing = QT_TRANSLATE_NOOP("hs::ui::HeadNumberWords", "n/a: OV applied twice is zero")},
    {.id = "ov-self-overlap", .title = QT_TRANSLATE_NOOP("hs::ui::HeadNumberWords", "Overlap of what it reads and writes"), .decimals = 3},
    {.id = "ov-effective-rank", .title = QT_TRANSLATE_NOOP("hs::ui::HeadNumberWords", "Effective rank of OV"), .decimals = 2},
};

const HeadNumberWords& wordsOf(const HeadNumber& number)
{
    for (const HeadNumberWords& words : kWords)
        if (std::string_view(words.id) == number.id) return words;
    static constexpr HeadNumberWords none;
    return none;
}

}  // namespace

std::span<const HeadNumberWords> headNumberWords() { return kWords; }

QString headNumberTitle(const HeadNumber& number) { return HeadNumberWordsTr::tr(wordsOf(number).title); }

QString headNumberText(const HeadNumber& number, const HeadSpectra& spectra)
{
    const HeadNumberWords& words = wordsOf(number);
    if (const auto value = number.value(spectra)) return numberText(*value, words.decimals, words.sign);
    const NoValue fault = number.fault ? spectra.*number.fault : NoValue::None;
    if (fault == NoValue::None) return *words.missing ? HeadNumberWordsTr::tr(words.missing) : HeadNumberWordsTr::tr("n/a");
    return HeadNumberWordsTr::tr("n/a: %1").arg(reasonWord(fault));
}

QString headNumberChance(const HeadNumber& number, const HeadSpectra& spectra)
{
    const int decimals = wordsOf(number).decimals;
    const auto chance = number.chance && number.value(spectra) ? number.chance(spectra) : std::nullopt;
    if (!chance) return {};
    // A level that is nought by definition needs no decimals.
    if (chance->mean == 0.0) return HeadNumberWordsTr::tr("0 ± %1").arg(numberText(chance->sd, decimals));
    return HeadNumberWordsTr::tr("%1 ± %2").arg(numberText(chance->mean, decimals), numberText(chance->sd, decimals));
}

}  // namespace hs::ui
