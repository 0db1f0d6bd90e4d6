// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers as they stand on screen and paper: a true minus, thin spaces, as many digits as they deserve.
#pragma once

#include <QString>

namespace hs::ui {

/// Number with U+2212 as minus.
QString numberText(double value, int decimals, bool plus = false);
/// A value as read out: four decimals, true minus.
QString valueText(double value, int decimals = 4);
/// "12 345" with thin spaces.
QString countText(qint64 count);
/// "30 %", "6.1 %", "0.04 %": two significant digits and a space before the sign.
QString percentText(double share);
/// "6 MB", "1.2 GB".
QString bytesText(double bytes);
/// "4.2 s", "35 s", "12 min", "1 h 52 min"; whole seconds, such as an estimate's, stay whole.
QString durationText(double seconds);

}  // namespace hs::ui
