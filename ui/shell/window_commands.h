// SPDX-License-Identifier: GPL-3.0-or-later
// Commands of the window itself: open and close, views and workspaces, docks, preferences, dialogs about the model, help.
#pragma once

#include <QObject>
#include <functional>
#include <memory>

#include "engine/model/model.h"
#include "ui/shell/recent_files.h"
#include "ui/state/view_context.h"

class QMainWindow;

namespace hs::ui {

class Centre;
class CommandList;
class DockArea;
class SessionController;

class WindowCommands : public QObject {
    Q_OBJECT
public:
    struct Parts {
        QMainWindow* window = nullptr;
        CommandList* commands = nullptr;
        Centre* centre = nullptr;
        DockArea* docks = nullptr;
        SessionController* controller = nullptr;
        const RecentFiles* recent = nullptr;
        QString sample;  ///< path; empty: there is none
        std::function<void(const QString&)> open;
        std::function<void()> preferencesChanged;
    };
    WindowCommands(const ViewContext& context, Parts parts);

private:
    void addMenus();
    void addFile();
    void addViews();
    void addModel();
    void addHelp();
    void followBar();
    void openDialog();
    void askHeads(const std::shared_ptr<const Model>& model);
    void askForAdapter(const QString& folder);
    void chooseAdapter();
    void reopenWithAdapter(const std::string& adapter);
    void showModelDialog(int page);
    void showPreferences();

    ViewContext m_c;
    Parts m;
};

}  // namespace hs::ui
