// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/selection_history.h"

#include <QCoreApplication>
#include <QUndoCommand>

#include "ui/state/project.h"
#include "ui/state/selection.h"

namespace hs::ui {

/// Consecutive moves merge into one step, so that undo does not crawl back through every arrow key.
class SelectHeadCommand : public QUndoCommand {
public:
    SelectHeadCommand(SelectionHistory* history, HeadId before, HeadId after) : m_history(history), m_before(before), m_after(after)
    {
        name();
    }
    int id() const override { return 1; }
    bool mergeWith(const QUndoCommand* other) override
    {
        if (other->id() != id()) return false;
        m_after = static_cast<const SelectHeadCommand*>(other)->m_after;
        if (m_after == m_before) setObsolete(true);
        name();
        return true;
    }
    void redo() override { show(m_after); }
    void undo() override { show(m_before); }

private:
    void name()
    {
        setText(QCoreApplication::translate("hs::ui::SelectionHistory", "select %1").arg(QString::fromStdString(headName(m_after))));
    }
    void show(HeadId head)
    {
        m_history->m_replaying = true;
        m_history->m_selection->setHead(head);
        m_history->m_replaying = false;
        m_history->remember();
    }
    SelectionHistory* m_history;
    HeadId m_before, m_after;
};

SelectionHistory::SelectionHistory(Project* project, Selection* selection, QObject* parent)
    : QObject(parent), m_project(project), m_selection(selection)
{
    connect(selection, &Selection::headChanged, this, &SelectionHistory::headChanged);
    connect(project, &Project::currentChanged, this, &SelectionHistory::remember);
}

void SelectionHistory::headChanged(HeadId now, HeadId before)
{
    if (m_replaying || !m_recording) return;
    m_project->undo().push(new SelectHeadCommand(this, before, now));
}

void SelectionHistory::remember()
{
    if (m_replaying || !m_recording) return;
    const Visit visit{m_selection->head(), m_project->currentIndex()};
    if (m_place >= 0 && m_visits[std::size_t(m_place)] == visit) return;
    m_visits.resize(std::size_t(m_place + 1));
    m_visits.push_back(visit);
    if (m_visits.size() > 200) m_visits.erase(m_visits.begin());
    m_place = int(m_visits.size()) - 1;
    Q_EMIT changed();
}

void SelectionHistory::clear()
{
    m_visits.clear();
    m_place = -1;
    Q_EMIT changed();
}

void SelectionHistory::go(int place)
{
    m_place = place;
    const Visit visit = m_visits[std::size_t(place)];
    m_replaying = true;
    m_project->setCurrent(visit.prompt);
    m_selection->setHead(visit.head);
    m_replaying = false;
    Q_EMIT changed();
}

void SelectionHistory::back()
{
    if (canGoBack()) go(m_place - 1);
}

void SelectionHistory::forward()
{
    if (canGoForward()) go(m_place + 1);
}

}  // namespace hs::ui
