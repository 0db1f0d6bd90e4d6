// SPDX-License-Identifier: GPL-3.0-or-later
// Menus and keys (ui/README.md, "Keys and mouse"). Every command is a QAction, so the command finder and the key overlay list them all.
#include <QActionGroup>
#include <QApplication>
#include <QDockWidget>
#include <QFileDialog>
#include <QInputDialog>
#include <QKeyEvent>
#include <QMenuBar>
#include <QPushButton>
#include <QTabWidget>
#include <QVBoxLayout>

#include "ui/atlas/atlas.h"
#include "ui/atlas/atlas_panel.h"
#include "ui/atlas/repeat_scores.h"
#include "ui/bridge/session_controller.h"
#include "ui/cause/cause_tab.h"
#include "ui/graph/graph_tab.h"
#include "ui/head/head_card.h"
#include "ui/labels/label_controller.h"
#include "ui/labels/label_store.h"
#include "ui/shell/about_dialog.h"
#include "ui/shell/command_finder.h"
#include "ui/shell/find_dialog.h"
#include "ui/shell/main_window.h"
#include "ui/shell/model_dialog.h"
#include "ui/shell/notice_bar.h"
#include "ui/shell/preferences_dialog.h"
#include "ui/shell/selection_history.h"
#include "ui/shell/shortcuts_overlay.h"
#include "ui/shell/status_line.h"
#include "ui/shell/token_row.h"
#include "ui/shell/top_bar.h"
#include "ui/shell/workspace_switch.h"
#include "ui/similarity/similarity_tab.h"
#include "ui/state/project.h"
#include "ui/state/selection.h"
#include "ui/state/view_settings.h"
#include "ui/theme/colour_map.h"
#include "ui/theme/theme.h"

namespace hs::ui {

QAction* MainWindow::add(QMenu* menu, const QString& text, const QKeySequence& key, const std::function<void()>& run, const QString& tip)
{
    QAction* action = menu->addAction(text, this, run);
    if (!key.isEmpty()) action->setShortcut(key);
    if (!tip.isEmpty()) action->setStatusTip(tip);
    addAction(action);   // the key works while the menu bar is hidden, too
    return action;
}

void MainWindow::buildMenus()
{
    m_menus = new QMenuBar;   // not menuBar(): it stands in a frame with the top bar and the token row
    buildFileMenu();
    buildEditMenu();
    buildViewMenu();
    buildHeadMenu();
    buildRunMenu();
    buildPruneMenu();
    buildHelpMenus();
    m_menus->setNativeMenuBar(false);
    m_workspaces = new WorkspaceSwitch({tr("Explore"), tr("Compare"), tr("Prune")});
    connect(m_workspaces, &WorkspaceSwitch::chosen, this, &MainWindow::setWorkspace);
    connect(m_tabs, &QTabWidget::currentChanged, m_workspaces, [this](int tab) { m_workspaces->setCurrent(tab == 2 ? 1 : 0); });
    m_menus->setCornerWidget(m_workspaces, Qt::TopRightCorner);
    // The top bar and the token row stand above all docks: as the menu widget's lower part.
    auto* frame = new QWidget;
    auto* column = new QVBoxLayout(frame);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_menus);
    column->addWidget(m_topBar);
    column->addWidget(m_tokens);
    setMenuWidget(frame);
    refreshActions();
}

void MainWindow::buildFileMenu()
{
    QMenu* menu = m_menus->addMenu(tr("&File"));
    add(menu, tr("&Open …"), QKeySequence::Open, [this] { openDialog(); });
    QMenu* recent = menu->addMenu(tr("Open &recent"));
    connect(recent, &QMenu::aboutToShow, this, [this, recent] { fillRecent(recent); });
    if (!m_options.samplePath.isEmpty()) add(menu, tr("Open &sample model"), {}, [this] { openPath(m_options.samplePath); });
    menu->addSeparator();
    m_actions[QStringLiteral("save")] = add(menu, tr("&Save project"), QKeySequence::Save, [this] { saveProject(false); });
    m_actions[QStringLiteral("saveAs")] = add(menu, tr("Save project &as …"), QKeySequence(QStringLiteral("Ctrl+Shift+S")), [this] { saveProject(true); });
    menu->addSeparator();
    m_actions[QStringLiteral("exportAgain")] = add(menu, tr("&Export figure again"), QKeySequence(QStringLiteral("Ctrl+E")), [this] { figure(Figure::Again); });
    m_actions[QStringLiteral("export")] = add(menu, tr("Export &figure …"), QKeySequence(QStringLiteral("Ctrl+Shift+E")), [this] { figure(Figure::Dialog); });
    m_actions[QStringLiteral("batch")] = add(menu, tr("Export &several heads …"), {}, [this] { figure(Figure::Batch); });
    m_actions[QStringLiteral("exportAtlas")] = add(menu, tr("Export a&tlas …"), {}, [this] { figure(Figure::Atlas); });
    m_actions[QStringLiteral("exportLabels")] = add(menu, tr("Export la&bel report …"), {}, [this] { exportLabels(); });
    m_actions[QStringLiteral("print")] = add(menu, tr("&Print …"), QKeySequence::Print, [this] { figure(Figure::Print); });
    menu->addSeparator();
    m_actions[QStringLiteral("close")] = add(menu, tr("&Close file"), QKeySequence(QStringLiteral("Ctrl+W")), [this] {
        m_controller->cancel();
        m_c.project->close();
    });
    add(menu, tr("&Quit"), QKeySequence(QStringLiteral("Ctrl+Q")), [this] { close(); });
}

void MainWindow::buildEditMenu()
{
    QMenu* menu = m_menus->addMenu(tr("&Edit"));
    QAction* undo = m_c.project->undo().createUndoAction(this, tr("&Undo"));
    undo->setShortcut(QKeySequence(QStringLiteral("Ctrl+Z")));
    QAction* redo = m_c.project->undo().createRedoAction(this, tr("&Redo"));
    redo->setShortcut(QKeySequence(QStringLiteral("Ctrl+Shift+Z")));
    for (QAction* action : {undo, redo}) {
        menu->addAction(action);
        addAction(action);
    }
    menu->addSeparator();
    m_actions[QStringLiteral("copyImage")] = add(menu, tr("&Copy image"), QKeySequence::Copy, [this] { figure(Figure::CopyImage); });
    m_actions[QStringLiteral("copyNumbers")] = add(menu, tr("Copy &numbers"), QKeySequence(QStringLiteral("Ctrl+Shift+C")), [this] { figure(Figure::CopyNumbers); });
    menu->addSeparator();
    m_actions[QStringLiteral("find")] = add(menu, tr("&Find token or head …"), QKeySequence::Find, [this] { findToken(); });
    menu->addSeparator();
    add(menu, tr("&Preferences …"), QKeySequence(QStringLiteral("Ctrl+,")), [this] { showPreferences(); });
}

/// The pages inside tabs, so that the finder knows them by their names and by what the field calls them.
void MainWindow::addPages(QMenu* view)
{
    const auto pages = [&](QMenu* sub, const QString& title, const QStringList& names, const QStringList& alsoCalled, auto* tab, auto show) {
        for (int i = 0; i < names.size(); ++i) {
            QAction* action = add(sub, title.arg(names[i]), {}, [this, tab, show, i] {
                showPrune(false);
                m_tabs->setCurrentWidget(tab);
                show(i);
            });
            action->setProperty("alsoCalled", alsoCalled.value(i));
        }
    };
    for (int i = 0; i < m_tabs->count(); ++i) {
        if (auto* tab = qobject_cast<SimilarityTab*>(m_tabs->widget(i)))
            pages(view->addMenu(tr("&Similarity of heads")), tr("Similarity: %1"), SimilarityTab::pageNames(),
                  {tr("principal angles of a pair"), tr("scaling, embedding of heads"), tr("clusters, swap test, interchangeable"), tr("random subspaces, chance, null"),
                   tr("spectra, singular values, tokens that a head writes"), tr("identity, replaceable, stand-in")},
                  tab, [tab](int page) { tab->setPage(SimilarityTab::Page(page)); });
        if (auto* tab = qobject_cast<CauseTab*>(m_tabs->widget(i)))
            pages(view->addMenu(tr("Wh&y this answer")), tr("Cause: %1"), CauseTab::wayNames(),
                  {tr("direct logit attribution"), tr("knock-out of attention edges"), tr("activation patching, attribution patching, path patching, causal tracing"), tr("information flow routes")},
                  tab, [tab](int way) { tab->setWay(CauseTab::Way(way)); });
    }
}

void MainWindow::buildViewMenu()
{
    QMenu* menu = m_menus->addMenu(tr("&View"));
    for (int i = 0; i < m_tabs->count(); ++i)
        add(menu, m_tabs->tabText(i), QKeySequence(QStringLiteral("Ctrl+%1").arg(i + 1)), [this, i] {
            showPrune(false);
            m_tabs->setCurrentIndex(i);
        });
    for (int i = 0; i < m_tabs->count(); ++i)
        if (auto* graph = qobject_cast<GraphTab*>(m_tabs->widget(i))) {
            QMenu* sub = menu->addMenu(tr("&Graph of heads"));
            const auto commands = graph->commands();
            for (QAction* action : commands) {
                sub->addAction(action);
                addAction(action);
                connect(action, &QAction::triggered, this, [this, graph] {
                    showPrune(false);
                    m_tabs->setCurrentWidget(graph);
                });
            }
        }
    addPages(menu);
    add(menu, tr("All heads or one &head"), QKeySequence(QStringLiteral("Ctrl+G")), [this] {
        showPrune(false);
        const int now = m_tabs->currentIndex();
        m_tabs->setCurrentIndex(now == 1 ? m_gridReturn : 1);
        if (now != 1) m_gridReturn = now;
    });
    menu->addSeparator();
    const auto toggle = [this, menu](const QString& name, const QString& text, const QKeySequence& key, const std::function<void(MapLook&)>& change) {
        QAction* action = add(menu, text, key, [this, change] {
            MapLook look = m_c.settings->look();
            change(look);
            m_c.settings->setLook(look);
        });
        action->setCheckable(true);
        m_actions[name] = action;
    };
    toggle(QStringLiteral("words"), tr("&Words instead of tokens"), QKeySequence(QStringLiteral("W")), [](MapLook& l) { l.grain = l.grain == Grain::Words ? Grain::Tokens : Grain::Words; });
    toggle(QStringLiteral("crosshair"), tr("&Crosshair and profiles"), QKeySequence(QStringLiteral("C")), [](MapLook& l) { l.crosshair = !l.crosshair; });
    toggle(QStringLiteral("log"), tr("&Logarithmic colours"), QKeySequence(QStringLiteral("L")), [](MapLook& l) { l.stretch = l.stretch == Stretch::Log ? Stretch::Linear : Stretch::Log; });
    toggle(QStringLiteral("perRow"), tr("&Stretch each row"), QKeySequence(QStringLiteral("R")), [](MapLook& l) { l.stretch = l.stretch == Stretch::PerRow ? Stretch::Linear : Stretch::PerRow; });
    toggle(QStringLiteral("sink"), tr("Hide &sink (first token)"), QKeySequence(QStringLiteral("S")), [](MapLook& l) { l.hideSink = !l.hideSink; });

    QMenu* maps = menu->addMenu(tr("C&olour map"));
    auto* mapGroup = new QActionGroup(this);
    const QHash<QString, QString> titles{{QStringLiteral("attention"), tr("Attention (blue from paper)")}, {QStringLiteral("viridis"), QStringLiteral("Viridis")},
                                         {QStringLiteral("magma"), QStringLiteral("Magma")}, {QStringLiteral("cividis"), QStringLiteral("Cividis")},
                                         {QStringLiteral("grey"), tr("Grey")}, {QStringLiteral("difference"), tr("Difference (diverging)")}};
    const QStringList names = ColourMap::names();
    for (const QString& name : names) {
        QAction* action = add(maps, titles.value(name, name), {}, [this, name] {
            MapLook look = m_c.settings->look();
            look.colourMap = name;
            m_c.settings->setLook(look);
        });
        action->setCheckable(true);
        mapGroup->addAction(action);
        m_actions[QStringLiteral("map:") + name] = action;
    }
    menu->addSeparator();
    QMenu* themes = menu->addMenu(tr("&Theme"));
    auto* themeGroup = new QActionGroup(this);
    for (const auto& [mode, text] : {std::pair(ThemeMode::System, tr("As the system")), std::pair(ThemeMode::Light, tr("Light")), std::pair(ThemeMode::Dark, tr("Dark"))}) {
        QAction* action = add(themes, text, {}, [this, mode = mode] {
            Theme::instance().apply(mode);
            saveSettings();
        });
        action->setCheckable(true);
        themeGroup->addAction(action);
        m_actions[QStringLiteral("theme:%1").arg(int(mode))] = action;
    }
    add(menu, tr("Light or &dark"), QKeySequence(QStringLiteral("Ctrl+Shift+D")), [this] {
        Theme::instance().apply(Theme::instance().dark() ? ThemeMode::Light : ThemeMode::Dark);
        saveSettings();
        refreshActions();
    });
    menu->addSeparator();
    const auto dock = [this, menu](QDockWidget* d, const QKeySequence& key) {
        QAction* action = d->toggleViewAction();
        action->setShortcut(key);
        menu->addAction(action);
        addAction(action);
    };
    dock(m_atlasDock, QKeySequence(QStringLiteral("Ctrl+Shift+1")));
    dock(m_cardDock, QKeySequence(QStringLiteral("Ctrl+Shift+2")));
    dock(m_jobsDock, QKeySequence(QStringLiteral("Ctrl+J")));
    dock(m_interventionsDock, QKeySequence(QStringLiteral("Ctrl+Shift+I")));
    add(menu, tr("Reset layou&t"), {}, [this] { resetLayout(); });
    QAction* full = add(menu, tr("&Full screen"), QKeySequence(QStringLiteral("F11")), [this] { setWindowState(windowState() ^ Qt::WindowFullScreen); });
    full->setCheckable(true);
    m_actions[QStringLiteral("full")] = full;
}

void MainWindow::buildHeadMenu()
{
    QMenu* menu = m_menus->addMenu(tr("&Head"));
    m_actions[QStringLiteral("go")] = add(menu, tr("&Go to head …"), QKeySequence(QStringLiteral("G")), [this] { goToHead(); });
    m_actions[QStringLiteral("strongest")] = add(menu, tr("&Strongest head after a repeat"), {}, [this] {
        if (const auto head = m_repeats->strongest()) m_c.selection->setHead(*head);
    });
    menu->addSeparator();
    m_actions[QStringLiteral("back")] = add(menu, tr("&Back"), QKeySequence(QStringLiteral("Alt+Left")), [this] { m_history->back(); });
    m_actions[QStringLiteral("forward")] = add(menu, tr("&Forward"), QKeySequence(QStringLiteral("Alt+Right")), [this] { m_history->forward(); });
    connect(m_history, &SelectionHistory::changed, this, &MainWindow::refreshActions);
    menu->addSeparator();
    // Space is a button's own key as well, so it is no shortcut: keyPressEvent gets it when no control wanted it.
    m_actions[QStringLiteral("pin")] = add(menu, tr("&Pin for comparison\tSpace"), {}, [this] {
        const HeadId head = m_c.selection->head();
        m_c.selection->setPinned(m_c.selection->pinned() == head ? std::nullopt : std::optional(head));
    });
    m_actions[QStringLiteral("switch")] = add(menu, tr("Switch &off or on"), QKeySequence(QStringLiteral("X")), [this] {
        if (!m_card->switchButton()->isEnabled()) return m_status->setMessage(m_card->switchButton()->toolTip(), 5000);
        const HeadId head = m_c.selection->head();
        m_c.project->switchHead(head, !m_c.project->isOff(head));
    });
    m_actions[QStringLiteral("switch")]->setProperty("alsoCalled", tr("ablate; zero ablation; cut"));
    m_actions[QStringLiteral("note")] = add(menu, tr("Your &label and note …"), QKeySequence(QStringLiteral("N")), [this] { editNote(); });
    m_actions[QStringLiteral("allOn")] = add(menu, tr("Switch &all heads on"), {}, [this] { m_c.project->switchAllOn(); });
}

void MainWindow::buildRunMenu()
{
    QMenu* menu = m_menus->addMenu(tr("&Run"));
    m_actions[QStringLiteral("run")] = add(menu, tr("&Run prompt"), QKeySequence(QStringLiteral("F5")), [this] { m_controller->setTextAndRun(m_topBar->typedText()); });
    m_actions[QStringLiteral("cancel")] = add(menu, tr("&Cancel"), QKeySequence(QStringLiteral("Ctrl+.")), [this] { m_controller->cancel(); });
    menu->addSeparator();
    m_actions[QStringLiteral("edit")] = add(menu, tr("&Edit prompt"), QKeySequence(QStringLiteral("Ctrl+L")), [this] { m_topBar->focusPrompt(); });
    m_actions[QStringLiteral("new")] = add(menu, tr("&New prompt"), QKeySequence::New, [this] { newPrompt(); });
    m_actions[QStringLiteral("rename")] = add(menu, tr("Re&name prompt …"), {}, [this] { renamePrompt(); });
    m_actions[QStringLiteral("next")] = add(menu, tr("Ne&xt prompt"), QKeySequence(QStringLiteral("Ctrl+PgDown")), [this] { stepPrompt(1); });
    m_actions[QStringLiteral("previous")] = add(menu, tr("&Previous prompt"), QKeySequence(QStringLiteral("Ctrl+PgUp")), [this] { stepPrompt(-1); });
    menu->addSeparator();
    m_actions[QStringLiteral("label")] = add(menu, tr("&Label heads …"), QKeySequence(QStringLiteral("Ctrl+Shift+L")), [this] { labelHeads(); });
    m_actions[QStringLiteral("cancelLabels")] = add(menu, tr("Cancel la&belling"), {}, [this] { m_labelling->cancel(); });
    menu->addSeparator();
    m_actions[QStringLiteral("continue")] = add(menu, tr("C&ontinue by 8 tokens"), QKeySequence(QStringLiteral("Ctrl+Return")), [this] { m_controller->continueText(8, 0, 0); });
}

void MainWindow::buildHelpMenus()
{
    QMenu* tools = m_menus->addMenu(tr("&Tools"));
    add(tools, tr("&Find a command …"), QKeySequence(QStringLiteral("Ctrl+K")), [this] { showFinder(); });
    m_actions[QStringLiteral("model")] = add(tools, tr("&Tensors and configuration …"), QKeySequence(QStringLiteral("Ctrl+I")), [this] { showModelDialog(); });
    m_actions[QStringLiteral("parity")] = add(tools, tr("&Comparison with the reference …"), {}, [this] { showModelDialog(2); });
    m_actions[QStringLiteral("scores")] = add(tools, tr("All &scores of this head …"), {}, [this] { showScores(); });
    m_actions[QStringLiteral("scatter")] = add(tools, tr("T&wo scores of all heads …"), {}, [this] { showScatter(); });
    m_actions[QStringLiteral("scatter")]->setProperty("alsoCalled", tr("scatter plot; correlation"));
    m_actions[QStringLiteral("measure")] = add(tools, tr("&Measure loss if off, every head"), {}, [this] { m_controller->measureLosses(); });
    QMenu* help = m_menus->addMenu(tr("&Help"));
    QAction* keys = add(help, tr("&Keys and mouse"), QKeySequence(QStringLiteral("F1")), [this] { showShortcuts(); });
    keys->setShortcuts({QKeySequence(QStringLiteral("F1")), QKeySequence(QStringLiteral("?"))});
    add(help, tr("&About HeadScope"), {}, [this] { showAbout(); });
}

void MainWindow::refreshActions()
{
    if (m_actions.isEmpty()) return;
    const Project& project = *m_c.project;
    const bool open = !project.empty(), source = project.source() != nullptr, model = project.model() != nullptr;
    const bool canRun = model && project.model()->canRun();
    const PromptEntry* entry = project.current();
    const bool predicted = entry && entry->run && entry->run->complete && !entry->run->logits.empty();
    const bool busy = m_controller->running() || m_controller->opening() || m_controller->measuring();
    const auto enable = [this](const char* name, bool on) {
        if (QAction* action = m_actions.value(QString::fromLatin1(name))) action->setEnabled(on);
    };
    for (const char* name : {"save", "saveAs", "close"}) enable(name, open);
    for (const char* name : {"export", "exportAgain", "batch", "exportAtlas", "print", "copyImage", "copyNumbers", "find"}) enable(name, source);
    for (const char* name : {"go", "pin"}) enable(name, open);
    for (const char* name : {"run", "edit", "new"}) enable(name, canRun);
    enable("rename", canRun && entry);
    for (const char* name : {"next", "previous"}) enable(name, project.prompts().size() > 1);
    enable("continue", predicted && !busy);
    enable("measure", predicted && !busy);
    enable("cancel", busy);
    enable("switch", source);
    enable("allOn", !project.interventions().empty());
    enable("back", m_history->canGoBack());
    enable("forward", m_history->canGoForward());
    enable("strongest", m_repeats->strongest().has_value());
    enable("model", model);
    const bool labelled = m_c.labels->report() != nullptr;
    enable("label", m_labelling->impossibleBecause().isEmpty());
    enable("cancelLabels", m_labelling->running());
    enable("note", open);
    for (const char* name : {"scores", "scatter", "exportLabels"}) enable(name, labelled);
    enable("parity", model);

    const MapLook& look = m_c.settings->look();
    const auto check = [this](const QString& name, bool on) {
        if (QAction* action = m_actions.value(name)) action->setChecked(on);
    };
    check(QStringLiteral("words"), look.grain == Grain::Words);
    check(QStringLiteral("crosshair"), look.crosshair);
    check(QStringLiteral("log"), look.stretch == Stretch::Log);
    check(QStringLiteral("perRow"), look.stretch == Stretch::PerRow);
    check(QStringLiteral("sink"), look.hideSink);
    check(QStringLiteral("map:") + look.colourMap, true);
    check(QStringLiteral("theme:%1").arg(int(Theme::instance().mode())), true);
    check(QStringLiteral("full"), isFullScreen());
}

QList<QAction*> MainWindow::commands() const
{
    QList<QAction*> out;
    const auto list = actions();
    for (QAction* action : list)
        if (!action->isSeparator() && !action->text().isEmpty() && !out.contains(action)) out << action;
    return out;
}

void MainWindow::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Space && event->modifiers() == Qt::NoModifier) return m_actions[QStringLiteral("pin")]->trigger();
    if (event->key() == Qt::Key_Escape) {
        // Nearest first: a locked pair, then an error note, then what runs, then full screen.
        if (m_c.selection->locked()) m_c.selection->release();
        else if (m_error->isVisible()) hideError();
        else if (m_controller->running() || m_controller->opening()) m_controller->cancel();
        else if (isFullScreen()) setWindowState(windowState() & ~Qt::WindowFullScreen);
        return;
    }
    // Arrows that no view wanted move through the heads, wherever the focus is.
    const bool plain = !(event->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier));
    const int step = event->modifiers() & Qt::ShiftModifier ? 4 : 1;
    if (plain && !m_c.project->empty()) {
        if (event->key() == Qt::Key_Left) return m_atlas->atlas()->moveBy(0, -step);
        if (event->key() == Qt::Key_Right) return m_atlas->atlas()->moveBy(0, step);
        if (event->key() == Qt::Key_Up) return m_atlas->atlas()->moveBy(step, 0);
        if (event->key() == Qt::Key_Down) return m_atlas->atlas()->moveBy(-step, 0);
    }
    QMainWindow::keyPressEvent(event);
}

void MainWindow::setWorkspace(int index)
{
    if (index == 2) return showPrune(true);
    showPrune(false);
    m_tabs->setCurrentIndex(index == 1 ? 2 : 0);
}

void MainWindow::openDialog()
{
    auto* dialog = new QFileDialog(this, tr("Open a model, attention or project"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Models and attention (*.h5 *.hdf5 *.safetensors *.npy *.headscope)"), tr("Figures with a recipe (*.png *.svg *.pdf)"), tr("All files (*)")});
    if (!m_c.project->path().isEmpty()) dialog->setDirectory(QFileInfo(m_c.project->path()).absolutePath());
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) { openPath(path); });
    dialog->open();
}

void MainWindow::showModelDialog(int page)
{
    if (!m_c.project->model()) return;
    auto* dialog = new ModelDialog(m_c.project, this);
    dialog->setPage(page);
    connect(dialog, &ModelDialog::reopenRequested, m_controller, &SessionController::reopenWith);
    dialog->open();
}

void MainWindow::showPreferences()
{
    auto* dialog = new PreferencesDialog(this);
    connect(dialog, &PreferencesDialog::changed, this, [this] {
        loadSettings();
        refreshActions();
    });
    connect(dialog, &PreferencesDialog::resetLayoutRequested, this, &MainWindow::resetLayout);
    dialog->open();
}

void MainWindow::showShortcuts() { (new ShortcutsOverlay(m_menus, this))->show(); }
void MainWindow::showAbout() { (new AboutDialog(this))->open(); }

void MainWindow::showFinder()
{
    refreshActions();
    (new CommandFinder(commands(), this))->popup();
}

void MainWindow::goToHead()
{
    auto* dialog = new FindDialog(m_c, FindDialog::Heads, this);
    dialog->popup();
}

void MainWindow::findToken()
{
    auto* dialog = new FindDialog(m_c, FindDialog::Everything, this);
    dialog->popup();
}

void MainWindow::newPrompt()
{
    if (!m_c.project->model()) return;
    PromptEntry entry;
    m_c.project->setCurrent(m_c.project->addPrompt(entry));
    m_topBar->focusPrompt();
}

void MainWindow::renamePrompt()
{
    const PromptEntry* entry = m_c.project->current();
    if (!entry) return;
    auto* dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Rename prompt"));
    dialog->setLabelText(tr("Name in the prompt menu"));
    dialog->setTextValue(entry->title);
    connect(dialog, &QInputDialog::textValueSelected, this, [this, index = m_c.project->currentIndex()](const QString& title) { m_c.project->renamePrompt(index, title); });
    dialog->open();
}

void MainWindow::stepPrompt(int by)
{
    const int count = int(m_c.project->prompts().size());
    if (count > 1) m_c.project->setCurrent((m_c.project->currentIndex() + by + count) % count);
}

}  // namespace hs::ui
