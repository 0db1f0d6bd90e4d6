// SPDX-License-Identifier: GPL-3.0-or-later
// The window: puts frame, docks and centre together and lets the parts hear of each other. It knows no feature: those are listed in
// features.cpp. Work is in SessionController, state in Project and Selection.
#pragma once

#include <QMainWindow>
#include <memory>

#include "ui/shell/recent_files.h"
#include "ui/shell/start_options.h"
#include "ui/state/project_file.h"
#include "ui/state/view_context.h"

class QStackedWidget;

namespace hs::ui {

class Centre;
class CommandList;
class DockArea;
class Features;
class FigureCommands;
class NoticeBar;
class Notices;
class ProjectKeeper;
class SelectionHistory;
class SessionController;
class SessionKeeper;
class StatePanel;
class WindowDesk;
class WindowFrame;

class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    explicit MainWindow(const StartOptions& options, QWidget* parent = nullptr);
    ~MainWindow() override;

    const ViewContext& context() const { return m_c; }
    SessionController* controller() const { return m_controller; }
    Centre* centre() const { return m_centre; }
    /// Shows a view by its id: "head".
    void showView(const QString& id);
    const Features& features() const { return *m_features; }
    const CommandList& commands() const { return *m_commands; }
    StatePanel* statePanel() const { return m_state; }
    NoticeBar* errorPanel() const;
    /// Opens a model, a dump, a project or a figure with a recipe.
    void openPath(const QString& path, const OpenOptions& options = {});
    ProjectFile snapshot() const;
    void applyProject(const ProjectFile& project, const QString& path);

protected:
    void closeEvent(QCloseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void buildState();
    void buildCentre();
    void buildParts();
    void buildCommands();
    void connectTabs();
    void connectProject();
    void connectController();
    void modelChanged();
    void modelArrived();
    void refreshCentre();
    void refreshTitle();
    void stateTriggered(const QString& id);

    // main_window_start.cpp
    void start();
    void openFirst();
    void warnOfCrash(const std::optional<ProjectFile>& kept, bool open);
    void saveSettings();
    void loadSettings();  ///< what can change while the window is open
    void restoreLayout();
    ThemeMode savedTheme() const;

    StartOptions m_options;
    RecentFiles m_recent;
    ViewContext m_c;
    SessionController* m_controller = nullptr;
    SelectionHistory* m_history = nullptr;
    CommandList* m_commands = nullptr;
    WindowFrame* m_frame = nullptr;
    Notices* m_notices = nullptr;
    QStackedWidget* m_stack = nullptr;
    StatePanel* m_state = nullptr;
    Centre* m_centre = nullptr;
    DockArea* m_docks = nullptr;
    WindowDesk* m_desk = nullptr;
    FigureCommands* m_figures = nullptr;
    ProjectKeeper* m_projects = nullptr;
    SessionKeeper* m_session = nullptr;
    std::optional<ProjectFile> m_offered;  ///< what a window that did not close had kept, while another file is opened
    std::unique_ptr<Features> m_features;
};

}  // namespace hs::ui
