// SPDX-License-Identifier: GPL-3.0-or-later
// The pruning bench as a whole: its view, the cuts in the right dock, the atlas as switchboard, its menu and its share of the project.
#pragma once

#include "ui/feature/feature.h"

namespace hs::ui {

class AtlasFeature;
class PruneAtlasMode;
class PruneBench;
class PruneController;
class PruneCutsPanel;
class PruneWorkspace;

class PruneFeature : public Feature {
    Q_OBJECT
public:
    /// `texts`: folder of the sample texts; empty: only the user's own files.
    PruneFeature(const ViewContext& context, Desk& desk, AtlasFeature* atlas, const QString& texts, QObject* parent);
    QString id() const override { return QStringLiteral("prune"); }
    QString title() const override;
    void addCommands(CommandList& commands) override;
    void save(ProjectFile& project) const override;
    void restore(const ProjectFile& project) override;
    void start() override { tellViews(); }
    PruneWorkspace* tab() const { return m_tab; }

Q_SIGNALS:
    void offNoteChanged(const QString& text);  ///< what views of the prompt should say of heads that are off
    void compareRequested(const QString& modelPath);

private:
    void connectBench();
    void show(bool on);
    void tellViews();
    void addExperiments(CommandList& commands);
    void saveExperiment();
    void openExperiment();
    void compareExperiment();

    AtlasFeature* m_atlas;
    PruneBench* m_bench;
    PruneController* m_controller;
    PruneCutsPanel* m_cuts;
    PruneWorkspace* m_tab;
    PruneAtlasMode* m_mode;
};

}  // namespace hs::ui
