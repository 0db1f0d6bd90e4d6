// SPDX-License-Identifier: GPL-3.0-or-later
// The window as its features see it.
#pragma once

#include "ui/feature/desk.h"

namespace hs::ui {

class Centre;
class CommandList;
class Notices;
class Project;
class SelectionHistory;
class SessionController;
class StatusLine;

class WindowDesk : public Desk {
    Q_OBJECT
public:
    struct Parts {
        QWidget* window = nullptr;
        Centre* centre = nullptr;
        StatusLine* status = nullptr;
        Notices* notices = nullptr;
        ExportActions* figures = nullptr;
        CommandList* commands = nullptr;
        SelectionHistory* history = nullptr;
        Project* project = nullptr;
        SessionController* controller = nullptr;
    };
    WindowDesk(const Parts& parts, QObject* parent);

    QWidget* window() const override { return m.window; }
    void showView(const QString& id) override;
    QString view() const override;
    void showViewBefore() override;
    void showHome() override;
    void say(const QString& words, int ms = 8000) override;
    void fail(const ErrorText& text, const Error& facts) override;
    void fail(const Error& facts) override;
    /// The prompt did not run: said in the middle of the window where nothing else stands there.
    void failRun(const ErrorText& text, const Error& facts);
    ExportActions& figures() const override { return *m.figures; }
    void refreshCommands() override;
    void quietly(const std::function<void()>& change) override;
    /// Looks at heads are steps of Undo, or not: as the view in front has it.
    void record();

Q_SIGNALS:
    void centreFailed();  ///< nothing is there to put the error above: the centre says it itself

private:
    Parts m;
    int m_quiet = 0;
};

}  // namespace hs::ui
