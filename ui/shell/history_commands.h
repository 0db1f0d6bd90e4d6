// SPDX-License-Identifier: GPL-3.0-or-later
// Commands for finding one's way: undo and redo, back and forward, go to a head, find a token.
#pragma once

#include <QObject>

#include "ui/state/view_context.h"

namespace hs::ui {

class CommandList;
class SelectionHistory;

class HistoryCommands : public QObject {
    Q_OBJECT
public:
    HistoryCommands(const ViewContext& context, SelectionHistory* history, CommandList& commands, QWidget* window);
};

}  // namespace hs::ui
