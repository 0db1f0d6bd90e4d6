// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/main_window.h"

#include <QApplication>
#include <QClipboard>
#include <QCloseEvent>
#include <QDockWidget>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLockFile>
#include <QPainter>
#include <QSettings>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTabBar>
#include <QTabWidget>
#include <QUrl>
#include <QVBoxLayout>
#include <algorithm>
#include <type_traits>
#include <utility>

#include "engine/base/parallel.h"
#include "ui/atlas/atlas.h"
#include "ui/atlas/atlas_panel.h"
#include "ui/atlas/repeat_scores.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/bridge/error_text.h"
#include "ui/bridge/session_controller.h"
#include "ui/cause/cause_tab.h"
#include "ui/compare/compare_tab.h"
#include "ui/export/export_actions.h"
#include "ui/graph/class_store.h"
#include "ui/graph/edge_bars.h"
#include "ui/graph/graph_card.h"
#include "ui/graph/graph_store.h"
#include "ui/graph/graph_tab.h"
#include "ui/grid/grid_tab.h"
#include "ui/head/head_card.h"
#include "ui/head/head_tab.h"
#include "ui/kit/centre_tabs.h"
#include "ui/kit/dock_title.h"
#include "ui/kit/fold_strip.h"
#include "ui/kit/state_panel.h"
#include "ui/labels/corpus_tab.h"
#include "ui/labels/label_store.h"
#include "ui/prune/prune_cuts_panel.h"
#include "ui/prune/prune_workspace.h"
#include "ui/shell/jobs_model.h"
#include "ui/shell/jobs_panel.h"
#include "ui/shell/notice_bar.h"
#include "ui/shell/preferences_dialog.h"
#include "ui/shell/selection_history.h"
#include "ui/shell/status_line.h"
#include "ui/shell/token_row.h"
#include "ui/shell/top_bar.h"
#include "ui/similarity/similarity_store.h"
#include "ui/similarity/similarity_tab.h"
#include "ui/similarity/similarity_words.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"
#include "ui/state/view_settings.h"
#include "ui/text/text_tab.h"
#include "ui/theme/theme.h"

namespace hs::ui {

namespace {

constexpr int kNarrow = 1240;   // below: both docks beside the centre would leave it less than 640
constexpr int kFolded = 1100;   // below: even one would

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

MainWindow::MainWindow(const StartOptions& options, QWidget* parent) : QMainWindow(parent), m_options(options)
{
    setObjectName(QStringLiteral("mainWindow"));
    // Before the first widget: sizes follow the fonts of the theme.
    if (const int threads = m_options.restore ? QSettings().value(QLatin1String(preference::kThreads), 0).toInt() : 0; threads > 0) setThreadCount(threads);
    Theme::instance().apply(m_options.theme ? *m_options.theme : savedTheme());
    setAcceptDrops(true);
    setMinimumSize(720, 480);
    resize(1440, 900);
    setDockOptions(AllowTabbedDocks | AllowNestedDocks);
    setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
    installAtlasAccessibility();

    m_c.bridge = new EngineBridge(this);
    m_c.project = new Project(this);
    m_c.selection = new Selection(this);
    m_c.settings = new ViewSettings(this);
    m_c.labels = new LabelStore(m_c.project, this);
    m_c.graph = new GraphStore(m_c.bridge, m_c.project, this);
    m_c.similarity = new SimilarityStore(m_c.bridge, m_c.project, this);
    m_controller = new SessionController(m_c, this);
    m_c.running = m_controller->runner();
    m_history = new SelectionHistory(m_c.project, m_c.selection, this);
    m_repeats = new RepeatScores(m_c.bridge, this);
    m_jobs = new JobsModel(this);
    connect(m_c.bridge, &EngineBridge::jobStarted, m_jobs, &JobsModel::started);
    connect(m_c.bridge, &EngineBridge::jobProgress, m_jobs, &JobsModel::progressed);
    connect(m_c.bridge, &EngineBridge::jobEnded, m_jobs, &JobsModel::ended);

    m_export = new ExportActions(m_c, this);

    buildFrame();
    connect(m_export, &ExportActions::message, this, [this](const QString& text) { m_status->setMessage(text, 8000); });
    connect(m_export, &ExportActions::failed, this, [this](const Error& error) { showError(errorText(error), error); });
    buildTabs();
    buildDocks();
    buildPrune();
    buildLabels();
    buildMenus();
    connectState();
    m_factoryLayout = saveState(1);
    refreshCentre();
    refreshTitle();
    m_atlas->atlas()->setFocus(Qt::OtherFocusReason);
    start();
}

MainWindow::~MainWindow()
{
    m_c.bridge->cancelAll();
    m_tabs->disconnect(this);   // tabs that go one by one would ask for each other's status
    // Views may look at the project while they go; the shared objects, children too, are older and would go first.
    for (QDockWidget* dock : {m_atlasDock, m_cardDock, m_jobsDock, m_interventionsDock}) delete dock;
    delete takeCentralWidget();
    delete menuWidget();
}

void MainWindow::buildFrame()
{
    auto* centre = new QWidget;
    auto* column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_error = new NoticeBar;
    m_error->setObjectName(QStringLiteral("errorPanel"));
    m_error->hide();
    connect(m_error, &NoticeBar::triggered, this, &MainWindow::stateTriggered);
    m_stack = new QStackedWidget;
    m_state = new StatePanel;
    m_state->setObjectName(QStringLiteral("statePanel"));
    connect(m_state, &StatePanel::triggered, this, &MainWindow::stateTriggered);
    connect(m_state, &StatePanel::linkActivated, this, [this](const QString& href) { openPath(href); });
    connect(m_state, &StatePanel::cancelled, m_controller, &SessionController::cancel);
    m_tabs = new CentreTabs;
    m_tabs->setObjectName(QStringLiteral("centreTabs"));
    m_stack->addWidget(m_state);
    m_stack->addWidget(m_tabs);
    column->addWidget(m_error);
    column->addWidget(m_stack, 1);
    auto* between = new QWidget;
    auto* row = new QHBoxLayout(between);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(centre, 1);
    centre->setMinimumWidth(400);
    setCentralWidget(between);

    m_topBar = new TopBar(m_c, m_controller);
    m_tokens = new TokenRow(m_c);
    connect(m_topBar, &TopBar::runRequested, m_controller, &SessionController::setTextAndRun);
    connect(m_topBar, &TopBar::modelInfoRequested, this, [this] { showModelDialog(); });
    connect(m_topBar, &TopBar::findRequested, this, &MainWindow::showFinder);
    connect(m_topBar, &TopBar::newPromptRequested, this, &MainWindow::newPrompt);
    connect(m_topBar, &TopBar::renamePromptRequested, this, &MainWindow::renamePrompt);

    m_status = new StatusLine(m_c.bridge, m_jobs, m_c.project);
    setStatusBar(new StatusHost(m_status));
    connect(m_status, &StatusLine::jobsClicked, this, [this] { m_jobsDock->setVisible(!m_jobsDock->isVisible()); });
}

template <typename Tab>
void MainWindow::addTab(const QString& title)
{
    auto* tab = new Tab(m_c, nullptr);
    const int index = m_tabs->addTab(tab, title);
    m_tabs->setTabToolTip(index, QStringLiteral("%1 (Ctrl+%2)").arg(title).arg(index + 1));
    m_statusTexts.push_back([tab] { return tab->statusText(); });
    m_subjects.push_back([this, tab]() -> FigureSubject {
        if constexpr (requires { tab->figureSubject(); }) return tab->figureSubject();
        else return headSubject(m_c);
    });
    connect(tab, &Tab::statusChanged, this, [this, index](const QString& text) {
        if (!m_pruning && m_tabs->currentIndex() == index) m_status->setReadout(text);
    });
    connect(tab, &Tab::exportRequested, this, [this] { figure(Figure::Dialog); });
    if constexpr (requires { &Tab::message; }) connect(tab, &Tab::message, this, [this](const QString& text) { m_status->setMessage(text, 8000); });
    if constexpr (requires { &Tab::failed; }) connect(tab, &Tab::failed, this, [this](const Error& error) { showError(errorText(error), error); });
    if constexpr (requires { &Tab::openRequested; })
        connect(tab, &Tab::openRequested, this, [this](HeadId head) {
            m_c.selection->setHead(head);
            m_tabs->setCurrentIndex(0);   // the Head tab
        });
}

void MainWindow::buildTabs()
{
    addTab<HeadTab>(tr("Head"));
    addTab<GridTab>(tr("Grid"));
    addTab<CompareTab>(tr("Compare"));
    addTab<TextTab>(tr("Text"));
    addTab<GraphTab>(tr("Graph"));
    m_c.graph->classes()->setFolder(m_options.classSetFolder);
    addTab<SimilarityTab>(tr("Similarity"));
    addTab<CauseTab>(tr("Cause"));
    addTab<CorpusTab>(tr("Corpus"));
    connect(m_tabs, &QTabWidget::currentChanged, this, [this](int index) {
        if (m_pruning) showPrune(false);   // a tab was asked for
        if (index >= 0 && index < int(m_statusTexts.size())) m_status->setReadout(m_statusTexts[std::size_t(index)]());
        const bool graph = m_tabs->widget(index) && m_tabs->widget(index)->objectName() == QLatin1String("graphTab");
        if (m_card) m_card->showGraph(graph);
        if (m_atlas) m_atlas->showGraph(graph);
    });
}

void MainWindow::buildDocks()
{
    const auto dock = [this](const QString& name, const QString& title, QWidget* content, QWidget* bar, Qt::DockWidgetArea area) {
        auto* d = new QDockWidget(title, this);
        d->setObjectName(name);
        d->setWidget(content);
        d->setTitleBarWidget(bar);
        addDockWidget(area, d);
        return d;
    };
    setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    m_atlas = new AtlasPanel(m_c, m_controller, m_repeats);
    m_atlasDock = dock(QStringLiteral("atlasDock"), tr("Atlas"), m_atlas, m_atlas->title(), Qt::LeftDockWidgetArea);
    m_card = new HeadCard(m_c, m_controller, m_repeats);
    if (auto* graph = m_tabs->findChild<GraphTab*>(); graph && m_card->graphCard())
        connect(graph, &GraphTab::paletteChanged, m_card->graphCard()->bars(), &EdgeBars::setEdgePalette);
    m_cardDock = dock(QStringLiteral("cardDock"), tr("Head card"), m_card, m_card->title(), Qt::RightDockWidgetArea);
    auto* jobs = new JobsPanel(m_c.bridge, m_jobs);
    m_jobsDock = dock(QStringLiteral("jobsDock"), tr("Jobs"), jobs, jobs->title(), Qt::BottomDockWidgetArea);
    m_jobsDock->hide();
    resizeDocks({m_atlasDock, m_cardDock}, {measure::kLeftDock, measure::kRightDock}, Qt::Horizontal);
    auto* row = static_cast<QHBoxLayout*>(centralWidget()->layout());
    m_leftStrip = new FoldStrip(m_atlasDock, Qt::LeftEdge);
    m_rightStrip = new FoldStrip(m_cardDock, Qt::RightEdge);
    row->insertWidget(0, m_leftStrip);
    row->addWidget(m_rightStrip);
    for (FoldStrip* strip : {m_leftStrip, m_rightStrip}) strip->hide();
    connect(m_atlas->atlas(), &AtlasView::hoveredText, this, [this](const QString& text) { m_status->setMessage(text); });
    connect(m_atlas->atlas(), &AtlasView::switchRequested, m_c.project, &Project::switchHead);
}

void MainWindow::connectState()
{
    Project* project = m_c.project;
    connect(project, &Project::modelChanged, this, [this] {
        m_history->setRecording(false);
        m_c.selection->release();
        m_c.selection->setPinned(std::nullopt);
        m_c.selection->setHead({0, 0});
        m_history->setRecording(!m_pruning);
        m_history->clear();
        refreshCentre();
        refreshTitle();
    });
    for (const auto signal : {&Project::sourceChanged, &Project::promptsChanged, &Project::currentChanged})
        connect(project, signal, this, &MainWindow::refreshCentre);
    connect(project, &Project::sourceChanged, this, [this] {
        m_repeats->setSource(m_c.project->source());
        // A locked pair of a longer prompt has no place in a shorter one.
        const auto source = m_c.project->source();
        if (source && m_c.selection->locked() && (m_c.selection->query() >= source->queries() || m_c.selection->key() >= source->keys())) m_c.selection->release();
        refreshActions();
    });
    connect(project, &Project::interventionsChanged, this, &MainWindow::refreshActions);
    connect(m_c.selection, &Selection::headChanged, this, [this] {
        m_pickHead = false;   // whoever chose a head by hand keeps it
        refreshActions();
    });
    connect(m_c.settings, &ViewSettings::changed, this, &MainWindow::refreshActions);
    connect(m_repeats, &RepeatScores::finished, this, &MainWindow::pickHead);
    connect(m_controller, &SessionController::runFinished, this, [this] {
        if (m_pickHead && m_repeats->pairs().empty()) pickHead();
    });
    connect(m_controller, &SessionController::runStateChanged, this, [this] {
        refreshCentre();
        refreshActions();
    });
    connect(m_controller, &SessionController::openStarted, this, &MainWindow::hideError);
    connect(m_controller, &SessionController::failed, this, &MainWindow::showError);
    connect(m_controller, &SessionController::runFailed, this, &MainWindow::showError);
    connect(m_controller, &SessionController::openEnded, this, [this](const QString& path, bool ok) {
        if (ok) remember(path);
        else m_pending.reset();
        refreshCentre();
    });
    connect(m_controller, &SessionController::progress, this, [this](const ProgressReport& report, double) {
        if (m_stack->currentWidget() == m_state)
            m_state->setProgress(report.total > 0 ? double(report.done) / double(report.total) : -1.0, progressText(report));
    });
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
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
    const Project& project = *m_c.project;
    const PromptEntry* entry = project.current();
    StateContent content;
    bool tabs = false;
    if (project.empty()) {
        if (m_controller->opening()) {
            content.title = tr("Opening %1").arg(QFileInfo(m_controller->openingPath()).fileName());
        } else {
            content.title = tr("Open a model, or drop a file here");
            content.sentence = tr("HDF5, safetensors, or attention you saved yourself (NPY).");
            content.buttons << StateButton{QStringLiteral("open"), tr("Open …"), true, {}};
            if (!m_options.samplePath.isEmpty()) content.buttons << StateButton{QStringLiteral("sample"), tr("Sample: HeadScope sample"), false, {}};
            QStringList links;
            const QStringList recent = recentFiles();
            for (const QString& path : recent.mid(0, 4))
                links << QStringLiteral("<a href=\"%1\">%2</a>").arg(path.toHtmlEscaped(), QFileInfo(path).completeBaseName().toHtmlEscaped());
            if (!links.isEmpty()) content.links = tr("Recent: %1").arg(links.join(QStringLiteral(", ")));
        }
    } else if (project.model() && !project.model()->canRun() && hasSomeAttention(*project.model())) {
        // Weights alone are enough for the graph, and some of them for similarity: the other tabs say what they lack.
        tabs = true;
        if (m_stack->currentWidget() != m_tabs) m_tabs->setCurrentIndex(tabNamed(project.model()->lacks(Part::AttentionWeights) ? QStringLiteral("similarity") : QStringLiteral("graph")));
    } else if (project.model() && !project.model()->canRun()) {
        QStringList missing;
        for (const Part part : project.model()->missing()) missing << partName(part);
        content.title = tr("No attention to show");
        content.sentence = tr("This file lacks: %1. So text cannot be run.").arg(missing.join(QStringLiteral(", ")));
        content.note = tr("The list of tensors and the configuration work.");
        content.buttons << StateButton{QStringLiteral("tensors"), tr("Show tensors"), false, {}} << StateButton{QStringLiteral("open"), tr("Open full model …"), false, {}};
    } else if (!project.source() && m_controller->runError()) {
        const ErrorText text = errorText(*m_controller->runError());
        content.bad = true;
        content.title = text.title;
        content.sentence = text.what;
        content.note = text.next;
        content.buttons << StateButton{QStringLiteral("prompt"), tr("Change the prompt"), true, {}} << StateButton{QStringLiteral("tensors"), tr("Model and configuration …"), false, {}};
    } else if (!project.source() && m_controller->running()) {
        content.title = tr("Running the prompt");
    } else if (!project.source()) {
        content.title = entry ? tr("This prompt has not run") : tr("Type a sentence");
        content.sentence = project.model() && !project.model()->tokenizer() ? tr("This file brings no tokeniser: type token ids, for example 12 7 305.") : tr("Every head's attention appears here.");
        content.buttons << StateButton{QStringLiteral("prompt"), tr("Type a prompt"), true, {}};
        if (entry && !entry->text.isEmpty()) content.buttons << StateButton{QStringLiteral("run"), tr("Run it"), false, {}};
    } else tabs = true;

    if (tabs) {
        m_stack->setCurrentWidget(m_pruning ? static_cast<QWidget*>(m_prune) : m_tabs);
        if (m_controller->runError() == std::nullopt && m_error->property("ofRun").toBool()) hideError();
        return;
    }
    if (!(m_state->content() == content)) m_state->setContent(content);
    const bool busy = m_controller->opening() || m_controller->running();
    if (!busy) m_state->clearProgress();
    if (content.bad) hideError();
    m_stack->setCurrentWidget(m_state);
}

void MainWindow::showError(const ErrorText& text, const Error& facts)
{
    m_lastError = QStringLiteral("%1\n%2\n%3\n%4").arg(text.title, text.what, text.next, errorLine(facts));
    const bool ofRun = m_controller->runError().has_value();
    if (ofRun && !m_c.project->source()) return refreshCentre();   // the centre is empty: it says so itself
    StateContent content;
    content.bad = true;
    content.title = text.title;
    // The bar says what and what next; the path and the exact facts wait under Details.
    Error bare = facts;
    bare.file.clear();
    const bool usual = text.what == errorText(facts).what;
    content.sentence = (usual ? errorText(bare).what : text.what) + QLatin1Char(' ') + text.next;
    QStringList details;
    if (!m_c.project->empty()) details << tr("What was open is still open. Nothing was changed.");
    if (!facts.file.empty()) details << tr("File: %1").arg(QString::fromStdString(facts.file));
    content.note = details.join(QLatin1Char('\n'));
    content.buttons << StateButton{QStringLiteral("open"), tr("Open another …"), false, {}} << StateButton{QStringLiteral("copyReport"), tr("Copy report"), false, {}};
    if (!m_c.project->empty()) content.buttons << StateButton{QStringLiteral("tensors"), tr("Show tensors"), false, {}};
    content.buttons << StateButton{QStringLiteral("dismiss"), tr("Close"), false, {}};
    m_error->setContent(content);
    m_error->setProperty("ofRun", ofRun);
    m_error->show();
    m_status->setMessage(text.title, 8000);
}

void MainWindow::hideError()
{
    m_error->hide();
    m_error->setProperty("ofRun", false);
}

void MainWindow::stateTriggered(const QString& id)
{
    if (id == QLatin1String("open")) openDialog();
    else if (id == QLatin1String("sample")) openPath(m_options.samplePath);
    else if (id == QLatin1String("tensors")) showModelDialog();
    else if (id == QLatin1String("prompt")) m_topBar->focusPrompt();
    else if (id == QLatin1String("run")) m_controller->run();
    else if (id == QLatin1String("dismiss")) hideError();
    else if (id == QLatin1String("copyReport")) QApplication::clipboard()->setText(m_lastError);
    else if (id == QLatin1String("clean")) {
        hideError();
        m_c.project->close();
    }
}

void MainWindow::pickHead()
{
    if (!m_pickHead || !m_c.project->source()) return;
    m_pickHead = false;
    const auto source = m_c.project->source();
    std::optional<HeadId> best = m_repeats->strongest();
    const auto score = best ? m_repeats->score(*best) : std::nullopt;
    const bool induction = score && score->after - score->elsewhere > 0.2;
    if (!induction) {
        // No stripe after repeats: the clearest previous-token head is the next best thing to look at.
        float most = -1;
        for (int l = 0; l < source->readyLayers(); ++l)
            for (int h = 0; h < source->heads(l); ++h)
                if (const auto stats = source->stats({l, h}); stats && stats->previousMass > most) {
                    most = stats->previousMass;
                    best = HeadId{l, h};
                }
    }
    if (!best) return;
    m_history->setRecording(false);
    m_c.selection->setHead(*best);
    if (induction) m_c.selection->lock(score->best.query, score->best.key);
    m_history->setRecording(!m_pruning);
}

void MainWindow::resizeEvent(QResizeEvent* event)
{
    QMainWindow::resizeEvent(event);
    setDockMode();
}

void MainWindow::setDockMode()
{
    const int mode = width() < kFolded ? 2 : width() < kNarrow || (width() <= 1280 && height() <= 720) ? 1 : 0;
    if (mode == m_dockMode || !m_cardDock || m_cardDock->isFloating() || m_atlasDock->isFloating()) return;
    const int before = std::exchange(m_dockMode, mode);
    for (FoldStrip* strip : {m_leftStrip, m_rightStrip}) strip->setVisible(mode == 2);
    const bool tabbed = tabifiedDockWidgets(m_atlasDock).contains(m_cardDock);
    if (mode == 1 && !tabbed) {
        tabifyDockWidget(m_atlasDock, m_cardDock);
    } else if (mode != 1 && before == 1 && tabbed) {
        addDockWidget(Qt::RightDockWidgetArea, m_cardDock);
        resizeDocks({m_atlasDock, m_cardDock}, {measure::kLeftDock, measure::kRightDock}, Qt::Horizontal);
    }
    if (mode == 2 || before == 2)
        for (QDockWidget* dock : {m_atlasDock, m_cardDock}) dock->setVisible(mode != 2);
    if (mode == 1) m_atlasDock->raise();
}

void MainWindow::changeEvent(QEvent* event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) update();
}

}  // namespace hs::ui
