// SPDX-License-Identifier: GPL-3.0-or-later
// The selected head: its card in the right dock, pinning it and switching it off.
#pragma once

#include "ui/feature/feature.h"

namespace hs::ui {

class AtlasFeature;
class GraphTab;
class HeadCard;
class LabelsFeature;
class SessionController;

class HeadFeature : public Feature {
    Q_OBJECT
public:
    HeadFeature(const ViewContext& context, Desk& desk, SessionController* controller, LabelsFeature* labels, GraphTab* graph,
                AtlasFeature* atlas, QObject* parent);
    QString id() const override { return QStringLiteral("head"); }
    QString title() const override { return tr("Head card"); }
    std::vector<DockSpec> docks() override;
    void addCommands(CommandList& commands) override;
    bool takeKey(QKeyEvent& event) override;
    HeadCard* card() const { return m_card; }

private:
    void pin();
    void switchHead();
    HeadCard* m_card;
};

}  // namespace hs::ui
