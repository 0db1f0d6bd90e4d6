// SPDX-License-Identifier: GPL-3.0-or-later
// Ctrl+K: every command of the window by name, or by a word of its property "alsoCalled"; heads, labels and files likewise.
#pragma once

#include <QAction>
#include <QList>
#include <QPointer>

#include "ui/kit/popup_list.h"
#include "ui/shell/finder_things.h"

namespace hs::ui {

class CommandFinder : public PopupList {
    Q_OBJECT
public:
    CommandFinder(const QList<QAction*>& actions, QWidget* window, std::vector<FinderThing> things = {});

protected:
    std::vector<Entry> matches(const QString& typed) const override;
    QString nothing(const QString& typed) const override;

private:
    QList<QPointer<QAction>> m_actions;
    std::vector<FinderThing> m_things;  ///< offered once something is typed: commands alone are a list to read
};

/// An action's words without mnemonic, key and dots.
QString plainText(const QAction& action);

}  // namespace hs::ui
