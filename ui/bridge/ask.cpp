// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/ask.h"

#include "ui/bridge/error_text.h"

namespace hs::ui {

OneAsk::OneAsk(EngineBridge* bridge, const QString& title, const QString& key, QObject* parent)
    : Asker(parent), m_bridge(bridge), m_title(title), m_key(key)
{}

OneAsk::~OneAsk() { cancel(); }

void OneAsk::ask(WorkPtr work)
{
    m_error.reset();
    m_job = m_bridge->submit(std::move(work), this, m_title, m_key);
}

void OneAsk::cancel()
{
    if (m_job && m_bridge) m_bridge->cancel(m_job);
}

void OneAsk::forget()
{
    cancel();
    m_job = 0;
    m_error.reset();
}

void OneAsk::takeAnswer(JobId job, const std::any& answer)
{
    if (is(job)) take(answer);
}

void OneAsk::takeProgress(const JobProgress& p)
{
    if (!is(p.job)) return;
    const QPointer<OneAsk> self(this);
    Q_EMIT progress(p.report.total > 0 ? double(p.report.done) / double(p.report.total) : -1.0, progressText(p.report));
    if (self) Q_EMIT reported(p);
}

void OneAsk::takeEnd(const JobEnded& end)
{
    if (!is(end.job)) return;
    m_job = 0;
    if (end.state == JobState::Failed) m_error = end.error;
    if (end.state == JobState::Cancelled || end.state == JobState::Stale) m_error = Error::cancelled();
    Q_EMIT ended(end);
}

}  // namespace hs::ui
