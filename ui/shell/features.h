// SPDX-License-Identifier: GPL-3.0-or-later
// The one list of what the window holds. A new view is its folder and one line in features.cpp; what is more than a view is a Feature.
#pragma once

#include <QStringList>
#include <vector>

#include "ui/shell/centre.h"
#include "ui/state/view_context.h"

class QKeyEvent;
class QObject;
class QSettings;

namespace hs::ui {

class CommandList;
class Desk;
class Feature;
class JobsModel;
class SessionController;
struct ProjectFile;
struct StartOptions;

class Features {
public:
    /// What views share beside the project: to be made before whoever is given the context.
    static void addStores(ViewContext& context, QObject* owner);
    Features(const ViewContext& context, Desk& desk, SessionController* controller, JobsModel* jobs, const StartOptions& options);
    ~Features();
    Features(const Features&) = delete;
    Features& operator=(const Features&) = delete;

    const std::vector<Feature*>& all() const { return m_all; }
    const std::vector<Workspace>& workspaces() const { return m_workspaces; }
    void addCommands(CommandList& commands, Desk& desk);
    void save(ProjectFile& project) const;
    void restore(const ProjectFile& project);
    void saveSettings(QSettings& settings) const;
    void restoreSettings(const QSettings& settings);
    void start();
    void introduce();
    bool takeKey(QKeyEvent& event);

private:
    template <typename F>
    F* add(F* feature);
    std::vector<Feature*> m_all;
    std::vector<Workspace> m_workspaces;
};

}  // namespace hs::ui
