// SPDX-License-Identifier: GPL-3.0-or-later
// Work as a file: what of the window goes into a project, how it comes back, saving and opening.
#pragma once

#include <QObject>
#include <optional>

#include "engine/io/open.h"
#include "ui/state/project_file.h"
#include "ui/state/view_context.h"

class QMainWindow;

namespace hs::ui {

class Centre;
class CommandList;
class DockArea;
class Features;
class SelectionHistory;
class SessionController;
class WindowDesk;

class ProjectKeeper : public QObject {
    Q_OBJECT
public:
    struct Parts {
        QMainWindow* window = nullptr;
        Centre* centre = nullptr;
        DockArea* docks = nullptr;
        WindowDesk* desk = nullptr;
        Features* features = nullptr;
        SessionController* controller = nullptr;
        SelectionHistory* history = nullptr;
        QString examples;  ///< prompts.json of the sample
    };
    ProjectKeeper(const ViewContext& context, const Parts& parts, CommandList& commands);

    ProjectFile snapshot() const;
    /// Opens the model first when it is another one.
    void apply(const ProjectFile& project, const QString& path);
    /// False when nothing was written, yet.
    bool save(bool askPath);
    void openProject(const QString& path);
    void openFile(const QString& path, const OpenOptions& options);
    /// What was to be applied belongs to a file that could not be opened.
    void openFailed() { m_pending.reset(); }
    /// A text to begin with, before the examples; used once.
    void askFirst(const QString& text) { m_firstText = text; }
    void firstPrompts();
    /// True when a project was waiting for this model, and now is applied.
    bool applyPending();

private:
    int restorePrompts(const ProjectFile& project);
    Interventions interventionsOf(const ProjectFile& project) const;
    ViewContext m_c;
    Parts m;
    QString m_path;  ///< .headscope file in use; empty: none
    QString m_firstText;
    std::optional<ProjectFile> m_pending;  ///< to be applied when its model is open
};

}  // namespace hs::ui
