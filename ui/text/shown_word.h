// SPDX-License-Identifier: GPL-3.0-or-later
// A token or word as the running text shows it.
#pragma once

#include <QString>

#include "ui/map/map_model.h"

namespace hs::ui {

/// In words the space around goes, unless there is nothing else.
inline QString shownWord(const AxisLabel& label, bool words)
{
    const QString trimmed = label.text.trimmed();
    return words && !trimmed.isEmpty() ? trimmed : label.text;
}

}  // namespace hs::ui
