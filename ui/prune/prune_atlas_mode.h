// SPDX-License-Identifier: GPL-3.0-or-later
// The atlas panel in the pruning bench: what a click does and what the cells show, in one small menu.
#pragma once

#include <QObject>

class QToolButton;

namespace hs::ui {

class AtlasView;
class PruneController;

class PruneAtlasMode : public QObject {
    Q_OBJECT
public:
    PruneAtlasMode(AtlasView* atlas, PruneController* controller, QObject* parent = nullptr);
    QToolButton* button() const { return m_button; }
    /// In the bench or out of it.
    void setActive(bool on);

private:
    void apply();
    AtlasView* m_atlas;
    PruneController* m_controller;
    QToolButton* m_button;
    bool m_active = false, m_clickSwitches = true, m_showEffect = false;
};

}  // namespace hs::ui
