// SPDX-License-Identifier: GPL-3.0-or-later
// What the numbers about one head's weights are called on screen, one row each
// (engine/similarity/weights/head_numbers has the rest).
#pragma once

#include <QString>
#include <span>

#include "engine/similarity/weights/head_numbers.h"

namespace hs::ui {

/// English; the functions below translate.
struct HeadNumberWords {
    const char* id = "";
    const char* title = "";
    int decimals = 4;
    bool sign = false;         ///< "+" before positive values
    const char* missing = "";  ///< why there is none where the weights are in order
};
std::span<const HeadNumberWords> headNumberWords();

QString headNumberTitle(const HeadNumber& number);
/// "+0.4312", "n/a: no prompt has run".
QString headNumberText(const HeadNumber& number, const HeadSpectra& spectra);
/// "0 ± 0.0361"; empty where there is no chance level or no value.
QString headNumberChance(const HeadNumber& number, const HeadSpectra& spectra);

}  // namespace hs::ui
