// SPDX-License-Identifier: GPL-3.0-or-later
// A widget that shows what does not answer the present question any more: without colour and pale, still readable.
#pragma once

class QWidget;

namespace hs::ui {

void setGreyedOut(QWidget* widget, bool grey);
bool isGreyedOut(const QWidget* widget);

}  // namespace hs::ui
