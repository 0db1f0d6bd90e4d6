// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/window_desk.h"

#include "ui/bridge/error_text.h"
#include "ui/bridge/session_controller.h"
#include "ui/feature/centre_tab.h"
#include "ui/feature/command_list.h"
#include "ui/shell/centre.h"
#include "ui/shell/notices.h"
#include "ui/shell/selection_history.h"
#include "ui/shell/status_line.h"
#include "ui/state/project.h"

namespace hs::ui {

WindowDesk::WindowDesk(const Parts& parts, QObject* parent) : Desk(parent), m(parts)
{
    connect(m.centre, &Centre::currentChanged, this, [this](CentreTab* tab) {
        record();
        Q_EMIT viewChanged(tab->id());
        m.status->setReadout(tab->statusText());
    });
}

void WindowDesk::showView(const QString& id) { m.centre->showView(id); }
QString WindowDesk::view() const { return m.centre->current() ? m.centre->current()->id() : QString(); }
void WindowDesk::showViewBefore() { m.centre->showBefore(); }

void WindowDesk::showHome()
{
    if (const CentreTab* home = m.centre->home()) m.centre->showView(home->id());
}

void WindowDesk::say(const QString& words, int ms) { m.status->setMessage(words, ms); }

void WindowDesk::fail(const ErrorText& text, const Error& facts)
{
    m.notices->show(text, facts, !m.project->empty(), false);
    say(text.title);
}

void WindowDesk::failRun(const ErrorText& text, const Error& facts)
{
    if (!m.project->source()) {
        m.notices->remember(text, facts);
        return Q_EMIT centreFailed();
    }
    m.notices->show(text, facts, true, true);
    say(text.title);
}

void WindowDesk::fail(const Error& facts) { fail(errorText(facts), facts); }
void WindowDesk::refreshCommands() { m.commands->refresh(); }

void WindowDesk::quietly(const std::function<void()>& change)
{
    ++m_quiet;
    record();
    change();
    --m_quiet;
    record();
}

void WindowDesk::record() { m.history->setRecording(m_quiet == 0 && (!m.centre->current() || m.centre->current()->looksAreSteps())); }

}  // namespace hs::ui
