// SPDX-License-Identifier: GPL-3.0-or-later
// What stands in the centre while there is nothing for its views to show.
#pragma once

#include <QStringList>
#include <optional>

#include "ui/kit/state_panel.h"

namespace hs::ui {

class Project;
class SessionController;

/// Nothing: the views. `anyWorks`: some view can work with the open file although text cannot be run.
std::optional<StateContent> centreState(const Project& project, const SessionController& controller, bool anyWorks, bool hasSample,
                                        const QStringList& recent);

}  // namespace hs::ui
