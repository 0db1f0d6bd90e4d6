// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/view_settings.h"

namespace hs::ui {

void ViewSettings::setLook(const MapLook& look)
{
    if (look == m_look) return;
    m_look = look;
    Q_EMIT changed();
}

void ViewSettings::setLayersUp(bool up)
{
    if (up == m_layersUp) return;
    m_layersUp = up;
    Q_EMIT changed();
}

}  // namespace hs::ui
