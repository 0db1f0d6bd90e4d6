// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/session/queue.h"

#include <utility>

namespace hs::session {
namespace {

std::optional<Job> takeFront(std::deque<Job>& lane)
{
    if (lane.empty()) return std::nullopt;
    Job job = std::move(lane.front());
    lane.pop_front();
    return job;
}

void takeStoppedFrom(std::deque<Job>& lane, std::vector<Job>& out)
{
    for (auto it = lane.begin(); it != lane.end();) {
        if (it->ticket->stop.stop_requested()) {
            out.push_back(std::move(*it));
            it = lane.erase(it);
        } else {
            ++it;
        }
    }
}

}  // namespace

std::shared_ptr<Ticket> JobQueue::push(Job job)
{
    std::shared_ptr<Ticket> older;
    {
        const std::lock_guard lock(m_mutex);
        m_live[job.ticket->id] = job.ticket;
        if (m_closed) job.ticket->stop.request_stop();
        if (!job.spec.key.empty()) {
            older = std::exchange(m_newest[job.spec.key], job.ticket);
            if (older) m_keys.erase(older->id);
            m_keys[job.ticket->id] = job.spec.key;
        }
        (job.ticket->interactive ? m_interactive : m_long).push_back(std::move(job));
    }
    m_ready.notify_one();
    return older;
}

std::optional<Job> JobQueue::pop()
{
    std::unique_lock lock(m_mutex);
    m_ready.wait(lock, [this] { return m_closed || m_nudged || !m_interactive.empty() || !m_long.empty(); });
    m_nudged = false;
    if (m_closed) return std::nullopt;
    if (auto job = takeFront(m_interactive)) return job;
    return takeFront(m_long);
}

std::optional<Job> JobQueue::popInteractive()
{
    const std::lock_guard lock(m_mutex);
    return takeFront(m_interactive);
}

std::vector<Job> JobQueue::takeStopped()
{
    const std::lock_guard lock(m_mutex);
    std::vector<Job> out;
    takeStoppedFrom(m_interactive, out);
    takeStoppedFrom(m_long, out);
    return out;
}

void JobQueue::finished(const Ticket& ticket)
{
    const std::lock_guard lock(m_mutex);
    m_live.erase(ticket.id);
}

void JobQueue::forget(JobId id)
{
    const std::lock_guard lock(m_mutex);
    const auto it = m_keys.find(id);
    if (it == m_keys.end()) return;
    m_newest.erase(it->second);
    m_keys.erase(it);
}

void JobQueue::cancel(JobId id)
{
    std::shared_ptr<Ticket> ticket;
    {
        const std::lock_guard lock(m_mutex);
        const auto it = m_live.find(id);
        if (it == m_live.end()) return;
        ticket = it->second;
    }
    ticket->stop.request_stop();
    nudge();
}

void JobQueue::cancelAll()
{
    {
        const std::lock_guard lock(m_mutex);
        for (const auto& [id, ticket] : m_live) ticket->stop.request_stop();
    }
    nudge();
}

void JobQueue::nudge()
{
    {
        const std::lock_guard lock(m_mutex);
        m_nudged = true;
    }
    m_ready.notify_one();
}

void JobQueue::close()
{
    {
        const std::lock_guard lock(m_mutex);
        m_closed = true;
        for (const auto& [id, ticket] : m_live) ticket->stop.request_stop();
    }
    m_ready.notify_all();
}

bool JobQueue::closed() const
{
    const std::lock_guard lock(m_mutex);
    return m_closed;
}

bool JobQueue::idle() const
{
    const std::lock_guard lock(m_mutex);
    return m_live.empty();
}

}  // namespace hs::session
