// SPDX-License-Identifier: GPL-3.0-or-later
// What frames the window: menu bar with the workspaces, top bar and token row above all docks; the status line below.
#pragma once

#include <QObject>

#include "ui/state/view_context.h"

class QMainWindow;
class QMenuBar;

namespace hs::ui {

class Centre;
class CommandList;
class JobsModel;
class SessionController;
class StatusLine;
class TokenRow;
class TopBar;
class WorkspaceSwitch;

class WindowFrame : public QObject {
    Q_OBJECT
public:
    WindowFrame(const ViewContext& context, SessionController* controller, QMainWindow* window);
    TopBar* topBar() const { return m_topBar; }
    StatusLine* status() const { return m_status; }
    JobsModel* jobs() const { return m_jobs; }
    /// Once every command is there.
    void build(const CommandList& commands, Centre* centre);

private:
    void refreshWorkspaces(const Centre& centre);
    QMainWindow* m_window;
    JobsModel* m_jobs;
    QMenuBar* m_menus;
    TopBar* m_topBar;
    TokenRow* m_tokens;
    StatusLine* m_status;
    WorkspaceSwitch* m_workspaces = nullptr;
};

}  // namespace hs::ui
