// SPDX-License-Identifier: GPL-3.0-or-later
// Every command of the window once: menus, the finder (Ctrl+K) and the key overlay read it. A command stands where its feature is.
#pragma once

#include <QHash>
#include <QKeySequence>
#include <QList>
#include <QObject>
#include <QString>
#include <functional>
#include <vector>

class QAction;
class QActionGroup;
class QMenu;
class QMenuBar;
class QWidget;

namespace hs::ui {

/// What is needed to offer a command. Hundreds of `order` make groups, with a hairline between them.
struct Command {
    QString id;    ///< "project.save"; never shown
    QString text;  ///< with its mnemonic; behind a tab: a key that is no shortcut
    QString menu;  ///< id of the menu it stands in
    int order = 0;
    std::function<void()> run;
    QList<QKeySequence> keys = {};
    std::function<bool()> enabled = {};  ///< empty: always
    std::function<bool()> checked = {};  ///< not empty: the command shows a mark while this holds
    QString alsoCalled = {};             ///< other words for it, in the finder
    QString choice = {};                 ///< commands of one choice exclude each other
};

struct CommandMenu {
    QString id, title;
    int order = 0;                          ///< in the menu bar, or in the parent
    QString parent = {};                    ///< empty: in the menu bar
    std::function<void(QMenu*)> fill = {};  ///< not empty: the menu is filled anew each time before it opens
};

class CommandList : public QObject {
    Q_OBJECT
public:
    explicit CommandList(QWidget* window);

    void addMenu(CommandMenu menu);
    QAction* add(const Command& command);
    /// More words for it in the finder, behind those that it brought.
    void setAlsoCalled(const QString& id, const QString& words);
    /// A command that already is an action: of the undo stack, of a dock, of a tab's own button.
    void adopt(QAction* action, const QString& id, const QString& menu, int order);

    QAction* action(const QString& id) const { return m_byId.value(id); }
    void trigger(const QString& id) const;
    /// Every command once, in the order of the menus.
    QList<QAction*> actions() const;
    struct Group {
        QString title;
        QList<QAction*> actions;
    };
    /// The same by menu of the menu bar, submenus included.
    std::vector<Group> groups() const;
    QStringList ids() const;

    void fill(QMenuBar* bar) const;
    /// Asks every command whether it can run and whether it is marked.
    void refresh();

private:
    struct Entry {
        QString id, menu;
        int order = 0;
        QAction* action = nullptr;
        std::function<bool()> enabled, checked;
    };
    struct Item {
        int order;
        const Entry* entry;
        const CommandMenu* menu;
    };
    std::vector<Item> itemsOf(const QString& menu) const;
    void fill(QMenu* into, const QString& id) const;
    void collect(const QString& menu, QList<QAction*>& into) const;
    void insert(Entry entry);

    QWidget* m_window;
    std::vector<CommandMenu> m_menus;
    std::vector<Entry> m_entries;
    QHash<QString, QAction*> m_byId;
    QHash<QString, QActionGroup*> m_choices;
};

}  // namespace hs::ui
