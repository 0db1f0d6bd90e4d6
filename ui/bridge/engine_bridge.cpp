// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/engine_bridge.h"

#include <QCoreApplication>
#include <QEvent>
#include <QPointer>
#include <deque>
#include <unordered_map>
#include <utility>

namespace hs::ui {

namespace {

bool tellsOf(const Event& event, JobId job)
{
    if (const auto* result = std::get_if<JobResult>(&event)) return result->job == job;
    if (const auto* progress = std::get_if<JobProgress>(&event)) return progress->job == job;
    return false;
}

}  // namespace

struct EngineBridge::Impl {
    /// What the bridge knows of a job that has not ended.
    struct Asked {
        QPointer<Asker> asker;
        QString title, key;
    };
    EngineSession session;
    std::deque<Event> waiting;                  // drained, not yet told
    std::unordered_map<JobId, Asked> asked;     // until the job's end is told
    std::unordered_map<QString, JobId> newest;  // by key; the same
};

EngineBridge::EngineBridge(QObject* parent) : QObject(parent), m_impl(std::make_unique<Impl>())
{
    // Only "look into the mailbox" crosses the threads; Qt drops the event when the bridge is gone by then.
    m_impl->session.setWake([this] { QCoreApplication::postEvent(this, new QEvent(QEvent::User)); });
}

EngineBridge::~EngineBridge() { m_impl->session.setWake({}); }

JobId EngineBridge::submit(WorkPtr work, Asker* asker, const QString& title, const QString& key)
{
    const JobId id = m_impl->session.submit(JobSpec{std::move(work), key.toStdString()});
    m_impl->asked.emplace(id, Impl::Asked{asker, title, key});
    if (!key.isEmpty()) {
        const JobId older = std::exchange(m_impl->newest[key], id);
        // Its results may have been drained already, with a slot on the way to them asking for something newer.
        if (older != 0) std::erase_if(m_impl->waiting, [&](const Event& event) { return tellsOf(event, older); });
    }
    return id;
}

void EngineBridge::cancel(JobId job) { m_impl->session.cancel(job); }

void EngineBridge::cancelAll() { m_impl->session.cancelAll(); }

bool EngineBridge::idle() const { return m_impl->session.idle() && m_impl->waiting.empty(); }

EngineSession& EngineBridge::session() { return m_impl->session; }

void EngineBridge::announce(const Event& event)
{
    const auto askerOf = [this](JobId job) -> Asker* {
        const auto it = m_impl->asked.find(job);
        return it == m_impl->asked.end() ? nullptr : it->second.asker.data();
    };
    if (const auto* started = std::get_if<JobStarted>(&event)) {
        const auto it = m_impl->asked.find(started->job);
        Q_EMIT jobStarted(*started, it == m_impl->asked.end() ? QString() : it->second.title);
    } else if (const auto* result = std::get_if<JobResult>(&event)) {
        if (Asker* asker = askerOf(result->job)) asker->takeAnswer(result->job, result->answer);
    } else if (const auto* progress = std::get_if<JobProgress>(&event)) {
        const QPointer<EngineBridge> self(this);
        if (Asker* asker = askerOf(progress->job)) asker->takeProgress(*progress);
        if (self) Q_EMIT jobProgress(*progress);
    } else {
        const JobEnded& ended = std::get<JobEnded>(event);
        const QPointer<EngineBridge> self(this);
        if (Asker* asker = askerOf(ended.job)) asker->takeEnd(ended);
        if (!self) return;
        if (const auto it = m_impl->asked.find(ended.job); it != m_impl->asked.end()) {
            const auto newest = m_impl->newest.find(it->second.key);
            if (newest != m_impl->newest.end() && newest->second == ended.job) m_impl->newest.erase(newest);
            m_impl->asked.erase(it);
        }
        Q_EMIT jobEnded(ended);
    }
}

void EngineBridge::customEvent(QEvent*) { deliver(); }

void EngineBridge::deliver()
{
    for (Event& event : m_impl->session.drain()) m_impl->waiting.push_back(std::move(event));
    // A slot may run an event loop (this function is entered again and goes on with the same row) or delete the bridge.
    const QPointer<EngineBridge> self(this);
    while (self && !m_impl->waiting.empty()) {
        const Event event = std::move(m_impl->waiting.front());
        m_impl->waiting.pop_front();
        announce(event);
    }
}

}  // namespace hs::ui
