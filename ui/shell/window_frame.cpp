// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/window_frame.h"

#include <QMainWindow>
#include <QMenuBar>
#include <QStatusBar>
#include <QVBoxLayout>

#include "ui/bridge/engine_bridge.h"
#include "ui/bridge/session_controller.h"
#include "ui/feature/command_list.h"
#include "ui/shell/centre.h"
#include "ui/shell/jobs_model.h"
#include "ui/shell/status_line.h"
#include "ui/shell/token_row.h"
#include "ui/shell/top_bar.h"
#include "ui/shell/workspace_switch.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

/// A status bar without Qt's margins: the line fills it.
class StatusHost : public QStatusBar {
public:
    explicit StatusHost(QWidget* line) : m_line(line)
    {
        setSizeGripEnabled(false);
        setFixedHeight(measure::kStatusBar);
        line->setParent(this);
    }

protected:
    void resizeEvent(QResizeEvent*) override { m_line->setGeometry(rect()); }
    void paintEvent(QPaintEvent*) override {}

private:
    QWidget* m_line;
};

}  // namespace

WindowFrame::WindowFrame(const ViewContext& context, SessionController* controller, QMainWindow* window)
    : QObject(window), m_window(window), m_jobs(new JobsModel(this)), m_menus(new QMenuBar), m_topBar(new TopBar(context, controller)),
      m_tokens(new TokenRow(context)), m_status(new StatusLine(context.bridge, m_jobs, context.project))
{
    connect(context.bridge, &EngineBridge::jobStarted, m_jobs, &JobsModel::started);
    connect(context.bridge, &EngineBridge::jobProgress, m_jobs, &JobsModel::progressed);
    connect(context.bridge, &EngineBridge::jobEnded, m_jobs, &JobsModel::ended);
    // The asker was told first and has better words; what it says nothing of is said here.
    connect(m_jobs, &JobsModel::missed, m_status, [this](const QString& words) {
        if (m_status->message().isEmpty()) m_status->setMessage(words, 8000);
    });
    connect(m_topBar, &TopBar::runRequested, controller, &SessionController::setTextAndRun);
    m_window->setStatusBar(new StatusHost(m_status));
    // Not the window's own menu bar: it stands in a frame with the top bar and the token row, above all docks.
    m_menus->setNativeMenuBar(false);
    auto* frame = new QWidget;
    auto* column = new QVBoxLayout(frame);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_menus);
    column->addWidget(m_topBar);
    column->addWidget(m_tokens);
    m_window->setMenuWidget(frame);
}

void WindowFrame::build(const CommandList& commands, Centre* centre)
{
    commands.fill(m_menus);
    QStringList names;
    for (const Workspace& workspace : centre->workspaces()) names << workspace.title;
    m_workspaces = new WorkspaceSwitch(names);
    connect(m_workspaces, &WorkspaceSwitch::chosen, centre,
            [centre](int index) { centre->showWorkspace(centre->workspaces()[std::size_t(index)].id); });
    connect(centre, &Centre::barChanged, m_workspaces, [this, centre] { refreshWorkspaces(*centre); });
    m_menus->setCornerWidget(m_workspaces, Qt::TopRightCorner);
    refreshWorkspaces(*centre);
    connect(m_topBar, &TopBar::modelInfoRequested, &commands, [&commands] { commands.trigger(QStringLiteral("model.tensors")); });
    connect(m_topBar, &TopBar::findRequested, &commands, [&commands] { commands.trigger(QStringLiteral("help.finder")); });
    connect(m_topBar, &TopBar::newPromptRequested, &commands, [&commands] { commands.trigger(QStringLiteral("prompt.new")); });
    connect(m_topBar, &TopBar::renamePromptRequested, &commands, [&commands] { commands.trigger(QStringLiteral("prompt.rename")); });
    connect(m_status, &StatusLine::jobsClicked, &commands, [&commands] { commands.trigger(QStringLiteral("dock.jobsDock")); });
}

void WindowFrame::refreshWorkspaces(const Centre& centre)
{
    for (int i = 0; i < int(centre.workspaces().size()); ++i) {
        const Workspace& workspace = centre.workspaces()[std::size_t(i)];
        m_workspaces->setObstacle(i, centre.obstacleOf(workspace.id));
        if (workspace.id == centre.workspace()) m_workspaces->setCurrent(i);
    }
}

}  // namespace hs::ui
