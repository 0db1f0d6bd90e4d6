// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/session/outbox.h"

#include <algorithm>
#include <utility>

namespace hs::session {

void Outbox::started(const Ticket& ticket, std::string subject)
{
    {
        const std::lock_guard lock(m_mutex);
        m_events.emplace_back(JobStarted{ticket.id, ticket.interactive, std::move(subject)});
    }
    wakeIfNeeded();
}

double Outbox::secondsLeft(Meter& meter, const ProgressReport& report, Clock::time_point now) const
{
    const bool expects = meter.expected >= 0 && report.stage == meter.expectedStage;
    const double unmeasured =
        expects ? std::max(0.0, meter.expected - std::chrono::duration<double>(now - meter.expectedAt).count()) : -1.0;
    if (report.stage != meter.stage || meter.stageStart == Clock::time_point{} || report.done < meter.firstDone) {
        meter.stage = report.stage;
        meter.firstDone = report.done;
        meter.stageStart = now;
        return unmeasured;
    }
    const double elapsed = std::chrono::duration<double>(now - meter.stageStart).count();
    const std::int64_t steps = report.done - meter.firstDone;
    // A rate from less than a few tenths of a second or from no finished step would only jump about.
    if (report.total <= 0 || steps <= 0 || elapsed < 0.3) return unmeasured;
    return elapsed * static_cast<double>(std::max<std::int64_t>(0, report.total - report.done)) / static_cast<double>(steps);
}

void Outbox::expect(const Ticket& ticket, const ProgressReport& report, double seconds)
{
    {
        const std::lock_guard lock(m_mutex);
        Meter& meter = m_meters[ticket.id];
        meter.expectedStage = report.stage;
        meter.expected = seconds;
        meter.expectedAt = Clock::now();
    }
    progress(ticket, report);
}

void Outbox::progress(const Ticket& ticket, const ProgressReport& report)
{
    {
        const std::lock_guard lock(m_mutex);
        if (ticket.stale) return;
        const auto now = Clock::now();
        Meter& meter = m_meters[ticket.id];
        const double left = secondsLeft(meter, report, now);
        static_assert(kStages <= 64, "a bit for every stage");
        const std::uint64_t bit = std::uint64_t(1) << static_cast<unsigned>(report.stage);
        const bool newStage = (meter.stagesSeen & bit) == 0;
        if (!newStage && now - meter.lastSent < kProgressGate) return;
        meter.stagesSeen |= bit;
        meter.lastSent = now;
        m_events.emplace_back(JobProgress{ticket.id, report, left});
    }
    wakeIfNeeded();
}

void Outbox::result(const Ticket& ticket, std::any answer)
{
    {
        const std::lock_guard lock(m_mutex);
        if (ticket.stale) return;
        m_events.emplace_back(JobResult{ticket.id, std::move(answer)});
    }
    wakeIfNeeded();
}

void Outbox::ended(const Ticket& ticket, JobState state, std::optional<Error> error, double seconds)
{
    {
        const std::lock_guard lock(m_mutex);
        m_meters.erase(ticket.id);
        if (ticket.stale) {
            state = JobState::Stale;
            error.reset();
        }
        m_events.emplace_back(JobEnded{ticket.id, state, std::move(error), seconds});
    }
    wakeIfNeeded();
}

void Outbox::makeStale(Ticket& ticket)
{
    const std::lock_guard lock(m_mutex);
    ticket.stale = true;
    std::erase_if(m_events, [&](const Event& event) {
        if (const auto* result = std::get_if<JobResult>(&event)) return result->job == ticket.id;
        if (const auto* progress = std::get_if<JobProgress>(&event)) return progress->job == ticket.id;
        return false;
    });
    for (Event& event : m_events) {
        auto* end = std::get_if<JobEnded>(&event);
        if (end && end->job == ticket.id) {
            end->state = JobState::Stale;
            end->error.reset();
        }
    }
}

std::vector<Event> Outbox::drain()
{
    const std::lock_guard lock(m_mutex);
    m_woken = false;
    return std::exchange(m_events, {});
}

void Outbox::setWake(std::function<void()> wake)
{
    {
        const std::lock_guard wakeLock(m_wakeMutex);
        m_wake = std::move(wake);
    }
    const std::lock_guard lock(m_mutex);
    m_woken = false;
}

void Outbox::adoptThread()
{
    const std::lock_guard wakeLock(m_wakeMutex);
    m_engineThread = std::this_thread::get_id();
}

void Outbox::wakeIfNeeded()
{
    const std::lock_guard wakeLock(m_wakeMutex);
    if (!m_wake || std::this_thread::get_id() != m_engineThread) return;
    {
        const std::lock_guard lock(m_mutex);
        if (m_woken || m_events.empty()) return;
        m_woken = true;
    }
    m_wake();
}

}  // namespace hs::session
