// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/centre.h"

#include <QKeyEvent>
#include <QPainter>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/feature/centre_tab.h"
#include "ui/shell/centre_bar.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

namespace hs::ui {

Centre::Centre(QWidget* parent) : QWidget(parent), m_bar(new CentreBar), m_pages(new QStackedWidget)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_bar);
    column->addWidget(m_pages, 1);
    connect(m_bar, &CentreBar::chosen, this, &Centre::showView);
}

void Centre::setWorkspaces(std::vector<Workspace> workspaces)
{
    m_workspaces = std::move(workspaces);
    for (CentreTab* tab : tabs()) m_pages->addWidget(tab);
    if (CentreTab* first = home()) show(first);
}

QList<CentreTab*> Centre::tabs() const
{
    QList<CentreTab*> out;
    for (const Workspace& w : m_workspaces) out << w.tabs;
    return out;
}

CentreTab* Centre::tab(const QString& id) const
{
    const auto all = tabs();
    const auto it = std::find_if(all.begin(), all.end(), [&id](const CentreTab* tab) { return tab->id() == id; });
    return it == all.end() ? nullptr : *it;
}

const Workspace* Centre::workspaceOf(const CentreTab* tab) const
{
    for (const Workspace& w : m_workspaces)
        if (std::find(w.tabs.begin(), w.tabs.end(), tab) != w.tabs.end()) return &w;
    return nullptr;
}

const Workspace* Centre::workspaceNamed(const QString& id) const
{
    for (const Workspace& w : m_workspaces)
        if (w.id == id) return &w;
    return nullptr;
}

bool Centre::works(const CentreTab* tab) const { return m_obstacles.value(tab).isEmpty(); }

bool Centre::showView(const QString& id)
{
    CentreTab* wanted = tab(id);
    if (wanted) show(wanted);
    return wanted != nullptr;
}

void Centre::showBefore()
{
    if (!showView(m_before)) showView(home()->id());
}

void Centre::showWorkspace(const QString& id)
{
    const Workspace* wanted = workspaceNamed(id);
    if (!wanted || wanted->tabs.isEmpty()) return;
    CentreTab* last = tab(m_last.value(id));
    if (!last || !works(last)) {
        const auto able = std::find_if(wanted->tabs.begin(), wanted->tabs.end(), [this](const CentreTab* tab) { return works(tab); });
        last = able != wanted->tabs.end() ? *able : wanted->tabs.first();
    }
    show(last);
}

void Centre::show(CentreTab* tab)
{
    const Workspace* workspace = workspaceOf(tab);
    m_last[workspace->id] = tab->id();
    if (tab == m_current) return refreshBar();
    if (m_current) m_before = m_current->id();
    m_current = tab;
    const bool moved = m_workspace != workspace->id;
    m_workspace = workspace->id;
    refreshBar();
    m_pages->setCurrentWidget(tab);
    if (moved) Q_EMIT workspaceChanged(m_workspace);
    Q_EMIT currentChanged(tab);
}

QList<CentreTab*> Centre::standing() const
{
    QList<CentreTab*> out;
    if (const Workspace* w = workspaceNamed(m_workspace))
        for (CentreTab* tab : w->tabs)
            if (works(tab) || tab == m_current) out << tab;
    return out;
}

QList<CentreTab*> Centre::folded() const
{
    QList<CentreTab*> out;
    if (const Workspace* w = workspaceNamed(m_workspace))
        for (CentreTab* tab : w->tabs)
            if (!works(tab) && tab != m_current) out << tab;
    return out;
}

QString Centre::obstacleOf(const QString& workspace) const
{
    const Workspace* w = workspaceNamed(workspace);
    if (!w || w->tabs.isEmpty() || std::any_of(w->tabs.begin(), w->tabs.end(), [this](const CentreTab* tab) { return works(tab); }))
        return {};
    return m_obstacles.value(w->tabs.first());
}

bool Centre::anyWorks() const
{
    const auto all = tabs();
    return std::any_of(all.begin(), all.end(), [this](const CentreTab* tab) { return works(tab); });
}

void Centre::fileChanged()
{
    for (const CentreTab* tab : tabs()) m_obstacles[tab] = tab->obstacle();
    if (m_current && !works(m_current)) {
        QList<CentreTab*> nearest = workspaceOf(m_current)->tabs;
        nearest << tabs();
        const auto able = std::find_if(nearest.begin(), nearest.end(), [this](const CentreTab* tab) { return works(tab); });
        if (able != nearest.end()) show(*able);
    }
    refreshBar();
}

void Centre::refreshBar()
{
    const auto described = [this](const QList<CentreTab*>& list) {
        std::vector<CentreBar::Tab> out;
        for (const CentreTab* tab : list) out.push_back({tab->id(), tab->title(), m_obstacles.value(tab)});
        return out;
    };
    m_bar->setTabs(described(standing()), described(folded()), m_current ? m_current->id() : QString());
    // One tab says nothing that the workspace's name does not say.
    const Workspace* w = workspaceNamed(m_workspace);
    m_bar->setVisible(w && w->tabs.size() > 1);
    Q_EMIT barChanged();
}

void Centre::keyPressEvent(QKeyEvent* event)
{
    const bool onwards = event->key() == Qt::Key_Tab, back = event->key() == Qt::Key_Backtab;
    if (!(onwards || back) || !(event->modifiers() & Qt::ControlModifier)) return QWidget::keyPressEvent(event);
    const auto list = standing();
    const auto at = list.indexOf(m_current), count = list.size();
    if (count > 0) show(list[(at + (onwards ? 1 : count - 1)) % count]);
}

void Centre::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), ink(Ink::Paper));
}

}  // namespace hs::ui
