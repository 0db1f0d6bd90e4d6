// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/main_window.h"

#include <QApplication>
#include <QClipboard>
#include <QDockWidget>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMimeData>
#include <QSettings>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <utility>

#include "engine/base/parallel.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/bridge/error_text.h"
#include "ui/bridge/session_controller.h"
#include "ui/export/export_actions.h"
#include "ui/feature/centre_tab.h"
#include "ui/feature/command_list.h"
#include "ui/feature/feature.h"
#include "ui/shell/centre.h"
#include "ui/shell/centre_state.h"
#include "ui/shell/dock_area.h"
#include "ui/shell/features.h"
#include "ui/shell/figure_commands.h"
#include "ui/shell/finder_things.h"
#include "ui/shell/history_commands.h"
#include "ui/shell/look_commands.h"
#include "ui/shell/notice_bar.h"
#include "ui/shell/notices.h"
#include "ui/shell/preferences_dialog.h"
#include "ui/shell/project_keeper.h"
#include "ui/shell/prompt_commands.h"
#include "ui/shell/selection_history.h"
#include "ui/shell/status_line.h"
#include "ui/shell/top_bar.h"
#include "ui/shell/window_commands.h"
#include "ui/shell/window_desk.h"
#include "ui/shell/window_frame.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"
#include "ui/state/view_settings.h"
#include "ui/theme/theme.h"

namespace hs::ui {

MainWindow::MainWindow(const StartOptions& options, QWidget* parent) : QMainWindow(parent), m_options(options), m_recent(options.restore)
{
    setObjectName(QStringLiteral("mainWindow"));
    // Before the first widget: sizes follow the fonts of the theme.
    if (const int threads = m_options.restore ? QSettings().value(QLatin1String(preference::kThreads), 0).toInt() : 0; threads > 0)
        setThreadCount(threads);
    Theme::instance().apply(m_options.theme ? *m_options.theme : savedTheme());
    setAcceptDrops(true);
    setMinimumSize(720, 480);
    resize(1440, 900);
    setDockOptions(AllowTabbedDocks | AllowNestedDocks);
    setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
    buildState();
    buildCentre();
    buildParts();
    buildCommands();
    connectTabs();
    connectProject();
    connectController();
    refreshCentre();
    refreshTitle();
    m_features->start();
    start();
}

MainWindow::~MainWindow()
{
    m_c.bridge->cancelAll();
    // Views that go one by one would ask for each other's status.
    m_centre->disconnect();
    for (CentreTab* tab : m_centre->tabs()) tab->disconnect(this);
    // Views may look at the project while they go; the shared objects, children too, are older and would go first.
    for (QDockWidget* dock : m_docks->docks()) delete dock;
    delete takeCentralWidget();
    delete menuWidget();
    m_features.reset();
}

void MainWindow::buildState()
{
    m_c.bridge = new EngineBridge(this);
    m_c.project = new Project(this);
    m_c.selection = new Selection(this);
    m_c.settings = new ViewSettings(this);
    Features::addStores(m_c, this);
    m_controller = new SessionController(m_c, this);
    m_c.running = m_controller->runner();
    m_history = new SelectionHistory(m_c.project, m_c.selection, this);
    m_commands = new CommandList(this);
    m_notices = new Notices(this);
    m_frame = new WindowFrame(m_c, m_controller, this);
}

void MainWindow::buildCentre()
{
    auto* middle = new QWidget;
    auto* column = new QVBoxLayout(middle);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_stack = new QStackedWidget;
    m_state = new StatePanel;
    m_state->setObjectName(QStringLiteral("statePanel"));
    m_centre = new Centre;
    m_centre->setObjectName(QStringLiteral("centre"));
    m_stack->addWidget(m_state);
    m_stack->addWidget(m_centre);
    column->addWidget(m_notices->bar());
    column->addWidget(m_stack, 1);
    middle->setMinimumWidth(400);
    auto* between = new QWidget;
    auto* row = new QHBoxLayout(between);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(middle, 1);
    setCentralWidget(between);
    m_docks = new DockArea(this, row);
    connect(m_notices->bar(), &NoticeBar::triggered, this, &MainWindow::stateTriggered);
    connect(m_state, &StatePanel::triggered, this, &MainWindow::stateTriggered);
    connect(m_state, &StatePanel::linkActivated, this, [this](const QString& href) { openPath(href); });
    connect(m_state, &StatePanel::cancelled, m_controller, &SessionController::cancel);
}

void MainWindow::buildParts()
{
    auto* figures = new ExportActions(m_c, this);
    m_desk =
        new WindowDesk({this, m_centre, m_frame->status(), m_notices, figures, m_commands, m_history, m_c.project, m_controller}, this);
    connect(m_desk, &WindowDesk::centreFailed, this, &MainWindow::refreshCentre);
    connect(figures, &ExportActions::message, m_desk, [this](const QString& text) { m_desk->say(text); });
    connect(figures, &ExportActions::failed, m_desk, [this](const Error& error) { m_desk->fail(error); });
    m_features = std::make_unique<Features>(m_c, *m_desk, m_controller, m_frame->jobs(), m_options);
    m_centre->setWorkspaces(m_features->workspaces());
    for (Feature* feature : m_features->all()) m_docks->add(feature->docks());
    m_docks->finish();
}

void MainWindow::buildCommands()
{
    const auto open = [this](const QString& path) { openPath(path); };
    new WindowCommands(m_c, {this, m_commands, m_centre, m_docks, m_controller, &m_recent, m_options.samplePath, open,
                             [this] { loadSettings(); }});
    m_projects =
        new ProjectKeeper(m_c, {this, m_centre, m_docks, m_desk, m_features.get(), m_controller, m_history, m_options.samplePromptsPath},
                          *m_commands);
    m_projects->askFirst(m_options.promptText);
    m_figures = new FigureCommands(m_c, m_centre, m_desk, *m_commands, this);
    new HistoryCommands(m_c, m_history, *m_commands, this);
    new LookCommands(
        m_c, *m_commands, [this] { saveSettings(); }, this);
    new PromptCommands(
        m_c, m_controller, m_frame->topBar(), *m_commands, [this](const QString& words) { m_desk->say(words); }, this);
    m_features->addCommands(*m_commands, *m_desk);
    addOtherNames(*m_commands);
    m_frame->build(*m_commands, m_centre);
    m_commands->refresh();
}

void MainWindow::connectTabs()
{
    for (CentreTab* tab : m_centre->tabs()) {
        connect(tab, &CentreTab::statusChanged, this, [this, tab](const QString& text) {
            if (m_centre->current() == tab) m_frame->status()->setReadout(text);
        });
        connect(tab, &CentreTab::exportRequested, m_figures, &FigureCommands::exportFigure);
        connect(tab, &CentreTab::message, m_desk, [this](const QString& text) { m_desk->say(text); });
        connect(tab, &CentreTab::failed, m_desk, [this](const Error& error) { m_desk->fail(error); });
        connect(tab, &CentreTab::openRequested, this, [this](HeadId head) {
            m_c.selection->setHead(head);
            m_desk->showHome();
        });
    }
    connect(m_centre, &Centre::currentChanged, this, [this](const CentreTab* tab) {
        const auto side = tab->sidePage();
        m_docks->setSidePage(side ? &*side : nullptr);
        m_commands->refresh();
    });
}

void MainWindow::connectProject()
{
    Project* project = m_c.project;
    connect(project, &Project::modelChanged, this, &MainWindow::modelChanged);
    for (const auto signal : {&Project::sourceChanged, &Project::promptsChanged, &Project::currentChanged})
        connect(project, signal, this, &MainWindow::refreshCentre);
    connect(project, &Project::sourceChanged, this, [this] {
        // A locked pair of a longer prompt has no place in a shorter one.
        const auto source = m_c.project->source();
        if (source && m_c.selection->locked() && (m_c.selection->query() >= source->queries() || m_c.selection->key() >= source->keys()))
            m_c.selection->release();
        m_commands->refresh();
    });
    connect(project, &Project::interventionsChanged, m_commands, &CommandList::refresh);
    connect(m_c.selection, &Selection::headChanged, m_commands, &CommandList::refresh);
    connect(m_c.settings, &ViewSettings::changed, m_commands, &CommandList::refresh);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void MainWindow::connectController()
{
    connect(m_controller, &SessionController::runStateChanged, this, [this] {
        refreshCentre();
        m_commands->refresh();
    });
    connect(m_controller, &SessionController::openStarted, m_notices, &Notices::hide);
    connect(m_controller, &SessionController::failed, m_desk,
            [this](const ErrorText& text, const Error& facts) { m_desk->fail(text, facts); });
    connect(m_controller, &SessionController::runFailed, m_desk, &WindowDesk::failRun);
    connect(m_controller, &SessionController::openEnded, this, [this](const QString& path, bool ok) {
        if (ok) m_recent.remember(path);
        else m_projects->openFailed();
        refreshCentre();
    });
    connect(m_controller, &SessionController::progress, this, [this](const ProgressReport& report, double) {
        if (m_stack->currentWidget() == m_state)
            m_state->setProgress(report.total > 0 ? double(report.done) / double(report.total) : -1.0, progressText(report));
    });
}

void MainWindow::modelChanged()
{
    m_desk->quietly([this] {
        m_c.selection->release();
        m_c.selection->setPinned(std::nullopt);
        m_c.selection->setHead({0, 0});
    });
    m_history->clear();
    m_centre->fileChanged();
    refreshCentre();
    refreshTitle();
    m_commands->refresh();
}

void MainWindow::showView(const QString& id) { m_centre->showView(id); }
NoticeBar* MainWindow::errorPanel() const { return m_notices->bar(); }
ProjectFile MainWindow::snapshot() const { return m_projects->snapshot(); }

void MainWindow::applyProject(const ProjectFile& project, const QString& path)
{
    m_projects->apply(project, path);
    refreshCentre();
}

void MainWindow::openPath(const QString& path, const OpenOptions& options)
{
    if (path.isEmpty()) return;
    if (QFileInfo(path).suffix().toLower() == QLatin1String("headscope")) {
        m_projects->openProject(path);
        return refreshCentre();
    }
    if (FigureCommands::isFigure(path)) {
        ProjectFile now;
        m_features->save(now);
        if (const auto project = m_figures->projectOf(path, std::move(now))) applyProject(*project, {});
        return;
    }
    m_projects->openFile(QFileInfo(path).absoluteFilePath(), options);
}

void MainWindow::refreshTitle()
{
    QString name;
    if (const auto& model = m_c.project->model()) name = QString::fromStdString(model->identity().name);
    else if (m_c.project->dump()) name = QFileInfo(m_c.project->path()).completeBaseName();
    setWindowTitle(name.isEmpty() ? QStringLiteral("HeadScope") : QStringLiteral("%1 – HeadScope").arg(name));
}

void MainWindow::refreshCentre()
{
    const auto content = centreState(*m_c.project, *m_controller, m_centre->anyWorks(), !m_options.samplePath.isEmpty(), m_recent.list());
    if (!content) {
        m_stack->setCurrentWidget(m_centre);
        if (!m_controller->runError()) m_notices->runSucceeded();
        return;
    }
    if (!(m_state->content() == *content)) m_state->setContent(*content);
    if (!m_controller->opening() && !m_controller->running()) m_state->clearProgress();
    if (content->bad && m_controller->runError()) m_notices->saidElsewhere(*m_controller->runError());
    m_stack->setCurrentWidget(m_state);
}

void MainWindow::stateTriggered(const QString& id)
{
    if (id == QLatin1String("open")) m_commands->trigger(QStringLiteral("file.open"));
    else if (id == QLatin1String("sample")) openPath(m_options.samplePath);
    else if (id == QLatin1String("tensors")) m_commands->trigger(QStringLiteral("model.tensors"));
    else if (id == QLatin1String("tokens")) m_commands->trigger(QStringLiteral("prompt.tokens"));
    else if (id == QLatin1String("prompt")) m_frame->topBar()->focusPrompt();
    else if (id == QLatin1String("run")) m_controller->run();
    else if (id == QLatin1String("dismiss")) m_notices->hide();
    else if (id == QLatin1String("copyReport")) QApplication::clipboard()->setText(m_notices->report());
    else if (id == QLatin1String("restoreLast") && m_offered) {
        m_notices->hide();
        applyProject(*std::exchange(m_offered, std::nullopt), {});
    } else if (id == QLatin1String("clean")) {
        m_notices->hide();
        m_c.project->close();
    }
}

void MainWindow::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape) {
        // Nearest first: the field that is typed in, a locked pair, then an error note, then what runs, then full screen.
        if (m_frame->topBar()->leavePrompt()) {
            // What is running goes on being the nearest thing to stop: who has pressed Enter is not typing any more.
            if (m_controller->running()) m_controller->cancel();
            if (m_stack->currentWidget() == m_centre && m_centre->current()) m_centre->current()->setFocus(Qt::OtherFocusReason);
        } else if (m_c.selection->locked()) m_c.selection->release();
        else if (m_notices->bar()->isVisible()) m_notices->hide();
        else if (m_controller->running() || m_controller->opening()) m_controller->cancel();
        else if (isFullScreen()) setWindowState(windowState() & ~Qt::WindowFullScreen);
        return;
    }
    if (!m_features->takeKey(*event)) QMainWindow::keyPressEvent(event);
}

void MainWindow::resizeEvent(QResizeEvent* event)
{
    QMainWindow::resizeEvent(event);
    if (m_features) m_docks->fit();  // not before the docks are there
}

void MainWindow::changeEvent(QEvent* event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) update();
    if (event->type() == QEvent::WindowStateChange && m_commands) m_commands->refresh();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    const auto urls = event->mimeData()->urls();
    if (urls.size() == 1 && urls.first().isLocalFile()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    const auto urls = event->mimeData()->urls();
    if (urls.isEmpty()) return;
    event->acceptProposedAction();
    openPath(urls.first().toLocalFile());
}

}  // namespace hs::ui
