// SPDX-License-Identifier: GPL-3.0-or-later
// The atlas as a whole: its dock, the arrow keys, and which head a fresh model opens at.
#pragma once

#include "ui/feature/feature.h"

namespace hs::ui {

class AtlasPanel;
class LabelsFeature;
class RepeatScores;
class SessionController;

class AtlasFeature : public Feature {
    Q_OBJECT
public:
    AtlasFeature(const ViewContext& context, Desk& desk, SessionController* controller, LabelsFeature* labels, QObject* parent);
    QString id() const override { return QStringLiteral("atlas"); }
    QString title() const override { return tr("Atlas"); }
    std::vector<DockSpec> docks() override;
    void addCommands(CommandList& commands) override;
    void restore(const ProjectFile& project) override;
    void saveSettings(QSettings& settings) const override;
    void restoreSettings(const QSettings& settings) override;
    void start() override;
    void introduce() override { m_pick = true; }
    bool takeKey(QKeyEvent& event) override;

    AtlasPanel* panel() const { return m_panel; }
    RepeatScores* repeats() const { return m_repeats; }

private:
    void pickHead();
    SessionController* m_controller;
    RepeatScores* m_repeats;
    AtlasPanel* m_panel;
    bool m_pick = false;  ///< the first head is ours to choose, as soon as there is something to choose by
};

}  // namespace hs::ui
