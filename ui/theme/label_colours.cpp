// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/label_colours.h"

#include "ui/theme/theme.h"

namespace hs::ui {

QColor familyColour(LabelFamily family)
{
    switch (family) {
    case LabelFamily::FixedPlace: return QColor(0x00, 0x72, 0xB2);
    case LabelFamily::Nearby: return QColor(0x56, 0xB4, 0xE9);
    case LabelFamily::InsideWords: return QColor(0x00, 0x9E, 0x73);
    case LabelFamily::Copying: return QColor(0xD5, 0x5E, 0x00);
    case LabelFamily::Language: return QColor(0xCC, 0x79, 0xA7);
    case LabelFamily::Sink: return QColor(0xE6, 0x9F, 0x00);
    case LabelFamily::Vertical: return QColor(0xF0, 0xE4, 0x42);
    case LabelFamily::None: return {};
    }
    return {};
}

QColor familyText(LabelFamily family)
{
    if (family == LabelFamily::None) return ink(Ink::Muted);
    return family == LabelFamily::FixedPlace ? QColor(0xFF, 0xFF, 0xFF) : QColor(0x0B, 0x0F, 0x14);
}

}  // namespace hs::ui
