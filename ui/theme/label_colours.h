// SPDX-License-Identifier: GPL-3.0-or-later
// Family colours of the head labels (ui/look.md section 1): Okabe-Ito, the same in both themes, always beside two letters.
#pragma once

#include <QColor>

namespace hs::ui {

enum class LabelFamily { FixedPlace, Nearby, InsideWords, Copying, Language, Sink, Vertical, None };
inline constexpr int kLabelFamilies = 8;

/// Invalid for None, which has a border instead of a colour.
QColor familyColour(LabelFamily family);
/// Colour of letters on it: at least 4.5 : 1. For None the theme's muted text.
QColor familyText(LabelFamily family);

}  // namespace hs::ui
