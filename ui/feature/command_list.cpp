// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/feature/command_list.h"

#include <QAction>
#include <QActionGroup>
#include <QMenu>
#include <QMenuBar>
#include <algorithm>

namespace hs::ui {

CommandList::CommandList(QWidget* window) : QObject(window), m_window(window) {}

void CommandList::addMenu(CommandMenu menu) { m_menus.push_back(std::move(menu)); }

QAction* CommandList::add(const Command& command)
{
    auto* action = new QAction(command.text, this);
    action->setShortcuts(command.keys);
    if (!command.alsoCalled.isEmpty()) action->setProperty("alsoCalled", command.alsoCalled);
    action->setCheckable(bool(command.checked));
    if (!command.choice.isEmpty()) {
        QActionGroup*& group = m_choices[command.choice];
        if (!group) group = new QActionGroup(this);
        group->addAction(action);
    }
    connect(action, &QAction::triggered, this, [this, run = command.run] {
        run();
        refresh();  // a mark that the click itself has turned says what holds now
    });
    insert({command.id, command.menu, command.order, action, command.enabled, command.checked});
    return action;
}

void CommandList::setAlsoCalled(const QString& id, const QString& words)
{
    QAction* action = m_byId.value(id);
    Q_ASSERT(action);
    if (!action) return;
    const QString before = action->property("alsoCalled").toString();
    action->setProperty("alsoCalled", before.isEmpty() ? words : before + QStringLiteral("; ") + words);
}

void CommandList::adopt(QAction* action, const QString& id, const QString& menu, int order) { insert({id, menu, order, action, {}, {}}); }

void CommandList::insert(Entry entry)
{
    Q_ASSERT(!m_byId.contains(entry.id));
    m_byId.insert(entry.id, entry.action);
    m_window->addAction(entry.action);  // the key works while the menu bar is hidden, too
    m_entries.push_back(std::move(entry));
}

void CommandList::trigger(const QString& id) const
{
    if (QAction* action = m_byId.value(id)) action->trigger();
}

std::vector<CommandList::Item> CommandList::itemsOf(const QString& menu) const
{
    std::vector<Item> items;
    for (const CommandMenu& m : m_menus)
        if (m.parent == menu) items.push_back({m.order, nullptr, &m});
    for (const Entry& e : m_entries)
        if (e.menu == menu) items.push_back({e.order, &e, nullptr});
    std::stable_sort(items.begin(), items.end(), [](const Item& a, const Item& b) { return a.order < b.order; });
    return items;
}

void CommandList::fill(QMenuBar* bar) const
{
    for (const Item& item : itemsOf({}))
        if (item.menu) fill(bar->addMenu(item.menu->title), item.menu->id);
}

void CommandList::fill(QMenu* into, const QString& id) const
{
    int group = -1;
    for (const Item& item : itemsOf(id)) {
        if (group >= 0 && item.order / 100 != group) into->addSeparator();
        group = item.order / 100;
        if (item.entry) into->addAction(item.entry->action);
        else if (QMenu* sub = into->addMenu(item.menu->title); item.menu->fill)
            connect(sub, &QMenu::aboutToShow, sub, [sub, filler = item.menu->fill] {
                sub->clear();
                filler(sub);
            });
        else fill(sub, item.menu->id);
    }
}

void CommandList::collect(const QString& menu, QList<QAction*>& into) const
{
    for (const Item& item : itemsOf(menu)) {
        if (item.entry) into << item.entry->action;
        else collect(item.menu->id, into);
    }
}

QList<QAction*> CommandList::actions() const
{
    QList<QAction*> out;
    collect({}, out);
    return out;
}

std::vector<CommandList::Group> CommandList::groups() const
{
    std::vector<Group> out;
    for (const Item& item : itemsOf({})) {
        if (!item.menu) continue;
        Group group{QString(item.menu->title).remove(QLatin1Char('&')), {}};
        collect(item.menu->id, group.actions);
        out.push_back(std::move(group));
    }
    return out;
}

QStringList CommandList::ids() const
{
    QStringList out;
    for (const Entry& e : m_entries) out << e.id;
    return out;
}

void CommandList::refresh()
{
    for (const Entry& e : m_entries) {
        if (e.enabled) e.action->setEnabled(e.enabled());
        if (e.checked) e.action->setChecked(e.checked());
    }
}

}  // namespace hs::ui
