// SPDX-License-Identifier: GPL-3.0-or-later
// Dock of the interventions, and the command that takes all heads back.
#pragma once

#include "ui/feature/feature.h"

namespace hs::ui {

class InterventionsFeature : public Feature {
    Q_OBJECT
public:
    using Feature::Feature;
    QString id() const override { return QStringLiteral("interventions"); }
    QString title() const override { return tr("Interventions"); }
    std::vector<DockSpec> docks() override;
    void addCommands(CommandList& commands) override;
};

}  // namespace hs::ui
