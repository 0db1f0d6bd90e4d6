// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/history_commands.h"

#include <QAction>

#include "ui/feature/command_list.h"
#include "ui/shell/find_dialog.h"
#include "ui/shell/selection_history.h"
#include "ui/state/project.h"

namespace hs::ui {

HistoryCommands::HistoryCommands(const ViewContext& context, SelectionHistory* history, CommandList& commands, QWidget* window)
    : QObject(window)
{
    const QString edit = QStringLiteral("edit"), head = QStringLiteral("head");
    QAction* undo = context.project->undo().createUndoAction(window, tr("&Undo"));
    undo->setShortcut(QKeySequence(QStringLiteral("Ctrl+Z")));
    QAction* redo = context.project->undo().createRedoAction(window, tr("&Redo"));
    redo->setShortcut(QKeySequence(QStringLiteral("Ctrl+Shift+Z")));
    commands.adopt(undo, QStringLiteral("edit.undo"), edit, 100);
    commands.adopt(redo, QStringLiteral("edit.redo"), edit, 110);
    commands.add({QStringLiteral("edit.find"),
                  tr("&Find token or head …"),
                  edit,
                  300,
                  [context, window] { (new FindDialog(context, FindDialog::Everything, window))->popup(); },
                  {QKeySequence::Find},
                  [context] { return context.project->source() != nullptr; }});
    commands.add({QStringLiteral("head.go"),
                  tr("&Go to head …"),
                  head,
                  100,
                  [context, window] { (new FindDialog(context, FindDialog::Heads, window))->popup(); },
                  {QKeySequence(QStringLiteral("G"))},
                  [context] { return !context.project->empty(); }});
    commands.add({QStringLiteral("head.back"),
                  tr("&Back"),
                  head,
                  200,
                  [history] { history->back(); },
                  {QKeySequence(QStringLiteral("Alt+Left"))},
                  [history] { return history->canGoBack(); }});
    commands.add({QStringLiteral("head.forward"),
                  tr("&Forward"),
                  head,
                  210,
                  [history] { history->forward(); },
                  {QKeySequence(QStringLiteral("Alt+Right"))},
                  [history] { return history->canGoForward(); }});
    connect(history, &SelectionHistory::changed, &commands, &CommandList::refresh);
}

}  // namespace hs::ui
