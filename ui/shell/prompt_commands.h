// SPDX-License-Identifier: GPL-3.0-or-later
// Commands on prompts: run, cancel, edit, new, rename, next, continue.
#pragma once

#include <QObject>
#include <functional>

#include "ui/state/view_context.h"

namespace hs::ui {

class CommandList;
class SessionController;
class TopBar;

class PromptCommands : public QObject {
    Q_OBJECT
public:
    PromptCommands(const ViewContext& context, SessionController* controller, TopBar* bar, CommandList& commands,
                   std::function<void(const QString&)> say, QWidget* window);

private:
    void create();
    void rename();
    void showTokens();
    void step(int by);

    ViewContext m_c;
    SessionController* m_controller;
    TopBar* m_bar;
    std::function<void(const QString&)> m_say;
    QWidget* m_window;
};

}  // namespace hs::ui
