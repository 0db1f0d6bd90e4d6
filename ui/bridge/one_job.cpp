// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/one_job.h"

#include "ui/bridge/engine_bridge.h"
#include "ui/bridge/error_text.h"

namespace hs::ui {

OneJob::OneJob(EngineBridge* bridge, const QString& key, QObject* parent) : QObject(parent), m_bridge(bridge), m_key(key)
{
    connect(bridge, &EngineBridge::jobProgress, this, [this](const JobProgress& p) {
        if (is(p.job)) Q_EMIT progress(p.report.total > 0 ? double(p.report.done) / double(p.report.total) : -1.0, progressText(p.report));
    });
    connect(bridge, &EngineBridge::jobEnded, this, [this](const JobEnded& end) {
        if (!is(end.job)) return;
        m_job = 0;
        if (end.state == JobState::Failed) m_error = end.error;
        if (end.state == JobState::Cancelled || end.state == JobState::Stale) m_error = Error::cancelled();
        Q_EMIT ended(end.state == JobState::Done);
    });
}

void OneJob::start(JobWork work)
{
    m_error.reset();
    m_job = m_bridge->submit(std::move(work), m_key);
}

void OneJob::cancel()
{
    if (m_job) m_bridge->cancel(m_job);
}

void OneJob::forget()
{
    cancel();
    m_job = 0;
    m_error.reset();
}

}  // namespace hs::ui
