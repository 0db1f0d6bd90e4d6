// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/view_settings.h"

namespace hs::ui {

void ViewSettings::setLook(const MapLook& look)
{
    if (look == m_look) return;
    m_look = look;
    Q_EMIT changed();
}

}  // namespace hs::ui
