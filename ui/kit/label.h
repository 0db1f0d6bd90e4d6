// SPDX-License-Identifier: GPL-3.0-or-later
// Words and lines that follow the theme.
#pragma once

#include <QString>

#include "ui/theme/theme.h"

class QLabel;
class QWidget;

namespace hs::ui {

/// Label in a theme ink and size that follows the theme.
QLabel* makeLabel(const QString& text, Ink ink, Type type, bool bold = false);
/// Hairline as a widget of one device pixel.
QWidget* makeHairline();

}  // namespace hs::ui
