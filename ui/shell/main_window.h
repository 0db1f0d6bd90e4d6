// SPDX-License-Identifier: GPL-3.0-or-later
// The window: frame, docks, centre tabs, menus. Wiring only; work is in SessionController, state in Project and Selection.
#pragma once

#include <QHash>
#include <QMainWindow>
#include <QTimer>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "ui/shell/start_options.h"
#include "ui/state/project_file.h"
#include "ui/state/view_context.h"

class QLockFile;
class QMenuBar;
class QStackedWidget;
class QTabWidget;

namespace hs::ui {

class AtlasPanel;
class ExportActions;
class FoldStrip;
class HeadCard;
class JobsModel;
class LabelController;
class JobsPanel;
class NoticeBar;
class PruneAtlasMode;
class PruneBench;
class PruneController;
class PruneCutsPanel;
class PruneWorkspace;
class RepeatScores;
class SelectionHistory;
class SessionController;
class StatePanel;
class StatusLine;
class TokenRow;
class TopBar;
class WorkspaceSwitch;
struct ErrorText;
struct FigureSubject;

class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    explicit MainWindow(const StartOptions& options, QWidget* parent = nullptr);
    ~MainWindow() override;

    const ViewContext& context() const { return m_c; }
    SessionController* controller() const { return m_controller; }
    QTabWidget* tabs() const { return m_tabs; }
    StatePanel* statePanel() const { return m_state; }
    NoticeBar* errorPanel() const { return m_error; }
    PruneWorkspace* prune() const { return m_prune; }
    PruneController* pruner() const { return m_pruner; }
    PruneCutsPanel* cuts() const { return m_cuts; }
    QDockWidget* interventionsDock() const { return m_interventionsDock; }
    /// 0 Explore, 1 Compare, 2 Prune.
    void setWorkspace(int index);
    /// Opens a model, a dump, a project or a figure with a recipe.
    void openPath(const QString& path, const OpenOptions& options = {});
    ProjectFile snapshot() const;
    void applyProject(const ProjectFile& project, const QString& path);
    /// Every action of the window once, for the command finder and the key overlay.
    QList<QAction*> commands() const;

protected:
    void closeEvent(QCloseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    // main_window.cpp
    void buildFrame();
    void buildDocks();
    void buildTabs();
    template <typename Tab> void addTab(const QString& title);
    void connectState();
    void refreshCentre();
    void refreshTitle();
    void showError(const ErrorText& text, const Error& facts);
    void hideError();
    void stateTriggered(const QString& id);
    void pickHead();
    void setDockMode();

    // main_window_actions.cpp
    void buildMenus();
    void buildFileMenu();
    void buildEditMenu();
    void buildViewMenu();
    void addPages(QMenu* view);
    void buildHeadMenu();
    void buildRunMenu();
    void buildHelpMenus();
    QAction* add(QMenu* menu, const QString& text, const QKeySequence& key, const std::function<void()>& run, const QString& tip = {});
    void refreshActions();
    void openDialog();
    void showModelDialog(int page = 0);
    void showPreferences();
    void showShortcuts();
    void showAbout();
    void showFinder();
    void goToHead();
    void findToken();
    void newPrompt();
    void renamePrompt();
    void stepPrompt(int by);

    // main_window_figures.cpp
    enum class Figure { Again, Dialog, Atlas, Batch, CopyImage, CopyNumbers, Print };
    void figure(Figure what);
    bool openFigure(const QString& path);
    int tabNamed(const QString& drawing) const;   ///< tab of a drawing by its figure's name ("graph": objectName graphTab); 0: none

    // main_window_prune.cpp
    void buildPrune();
    void buildPruneMenu();
    void showPrune(bool on);      ///< the pruning bench instead of the tabs
    void saveExperiment();
    void openExperiment();
    void compareExperiment();
    // main_window_labels.cpp
    void buildLabels();
    void labelHeads();
    void editNote();
    void showScores();
    void showScatter();
    void exportLabels();

    // main_window_session.cpp
    void start();
    void firstPrompts();
    void fillRecent(QMenu* menu);
    void remember(const QString& path);
    QStringList recentFiles() const;
    void saveSettings();
    void loadSettings();      ///< what can change while the window is open
    void restoreLayout();
    ThemeMode savedTheme() const;
    void resetLayout();
    bool saveProject(bool askPath);
    void autosave();
    bool restoreSession();

    StartOptions m_options;
    ViewContext m_c;
    SessionController* m_controller = nullptr;
    SelectionHistory* m_history = nullptr;
    RepeatScores* m_repeats = nullptr;
    JobsModel* m_jobs = nullptr;
    LabelController* m_labelling = nullptr;
    QMenuBar* m_menus = nullptr;
    TopBar* m_topBar = nullptr;
    TokenRow* m_tokens = nullptr;
    QStackedWidget* m_stack = nullptr;
    StatePanel* m_state = nullptr;
    NoticeBar* m_error = nullptr;
    QTabWidget* m_tabs = nullptr;
    StatusLine* m_status = nullptr;
    QDockWidget* m_atlasDock = nullptr;
    QDockWidget* m_cardDock = nullptr;
    QDockWidget* m_jobsDock = nullptr;
    FoldStrip* m_leftStrip = nullptr;
    FoldStrip* m_rightStrip = nullptr;
    AtlasPanel* m_atlas = nullptr;
    HeadCard* m_card = nullptr;
    PruneBench* m_bench = nullptr;
    PruneController* m_pruner = nullptr;
    PruneWorkspace* m_prune = nullptr;
    PruneCutsPanel* m_cuts = nullptr;
    PruneAtlasMode* m_atlasMode = nullptr;
    WorkspaceSwitch* m_workspaces = nullptr;
    QDockWidget* m_interventionsDock = nullptr;
    bool m_pruning = false;
    ExportActions* m_export = nullptr;
    std::vector<std::function<QString()>> m_statusTexts;
    std::vector<std::function<FigureSubject()>> m_subjects;   ///< what each centre tab offers for export
    QHash<QString, QAction*> m_actions;   ///< those whose state follows the project
    QByteArray m_factoryLayout;
    QString m_projectPath;                ///< .headscope file in use; empty: none
    QString m_lastError;                  ///< report for "Copy report"
    std::optional<ProjectFile> m_pending; ///< to be applied when its model is open
    std::unique_ptr<QLockFile> m_lock;
    QTimer m_autosave;
    int m_dockMode = -1;
    bool m_pickHead = false, m_crashed = false, m_ownsSession = false;
    int m_gridReturn = 0;
};

}  // namespace hs::ui
