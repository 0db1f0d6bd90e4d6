// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/session/engine_session.h"

#include <atomic>
#include <chrono>
#include <exception>
#include <new>
#include <thread>

#include "engine/session/cache.h"
#include "engine/session/outbox.h"
#include "engine/session/queue.h"

namespace hs {

using session::Job;
using session::JobContext;
using session::Ticket;

struct EngineSession::Impl {
    session::Outbox outbox;
    session::PictureCache cache{std::size_t(512) << 20};
    session::JobQueue queue;
    std::atomic<JobId> lastId{0};
    std::atomic<std::thread::id> engineThread;
    std::jthread thread;  // last: it uses everything above

    void loop();
    void execute(Job job, bool nested);
    void end(const Job& job, const Status& status, double seconds);
    void letOthersPass();
};

namespace {

/// The one place where exceptions end: everything above it deals in values.
Status guarded(const Job& job, const JobContext& context)
{
    try {
        return job.spec.work->execute(context);
    } catch (const std::bad_alloc&) {
        return Error::of(ErrorCode::OutOfMemory);
    } catch (const std::exception& exception) {
        return Error::of(ErrorCode::Internal, {}, exception.what());
    } catch (...) {
        return Error::of(ErrorCode::Internal);
    }
}

}  // namespace

void EngineSession::Impl::loop()
{
    engineThread = std::this_thread::get_id();
    outbox.adoptThread();
    while (!queue.closed()) {
        outbox.wakeIfNeeded();
        for (const Job& stopped : queue.takeStopped()) end(stopped, Error::cancelled(), 0);
        if (auto job = queue.pop()) execute(std::move(*job), false);
    }
}

void EngineSession::Impl::letOthersPass()
{
    // Reached through Progress::checkpoint(); a pool thread that calls that by mistake must not run jobs.
    if (std::this_thread::get_id() != engineThread.load()) return;
    for (const Job& stopped : queue.takeStopped()) end(stopped, Error::cancelled(), 0);
    while (auto job = queue.popInteractive()) execute(std::move(*job), true);
}

void EngineSession::Impl::execute(Job job, bool nested)
{
    const Ticket& ticket = *job.ticket;
    if (ticket.stop.stop_requested()) {
        end(job, Error::cancelled(), 0);
        return;
    }
    outbox.started(ticket, job.spec.work->subject());
    const auto begin = std::chrono::steady_clock::now();

    // Interactive jobs are short: they do not let others pass, so jobs nest one deep at most.
    std::function<void()> breathe;
    if (!nested && !ticket.interactive) breathe = [this] { letOthersPass(); };
    const Progress progress(
        ticket.stop.get_token(), [this, &ticket](const ProgressReport& report) { outbox.progress(ticket, report); }, std::move(breathe));
    const Status status = guarded(job, JobContext{ticket, progress, outbox, cache});
    end(job, status, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
}

void EngineSession::Impl::end(const Job& job, const Status& status, double seconds)
{
    JobState state = JobState::Done;
    std::optional<Error> error;
    if (!status.ok()) {
        const bool cancelled = status.error().code == ErrorCode::Cancelled;
        state = cancelled ? JobState::Cancelled : JobState::Failed;
        if (!cancelled) error = status.error();
    }
    queue.finished(*job.ticket);  // before the event: who sees the end of the last job finds the session idle
    outbox.ended(*job.ticket, state, std::move(error), seconds);
}

EngineSession::EngineSession() : m_impl(std::make_unique<Impl>())
{
    m_impl->thread = std::jthread([impl = m_impl.get()] { impl->loop(); });
}

EngineSession::~EngineSession()
{
    m_impl->outbox.setWake({});
    m_impl->queue.close();
    m_impl->thread.join();
}

JobId EngineSession::submit(JobSpec spec)
{
    auto ticket = std::make_shared<Ticket>();
    const JobId id = ++m_impl->lastId;
    ticket->id = id;
    ticket->interactive = spec.work->interactive();
    if (const auto older = m_impl->queue.push({std::move(ticket), std::move(spec)})) {
        m_impl->outbox.makeStale(*older);
        m_impl->queue.cancel(older->id);
    }
    return id;
}

void EngineSession::cancel(JobId job) { m_impl->queue.cancel(job); }

void EngineSession::cancelAll() { m_impl->queue.cancelAll(); }

std::vector<Event> EngineSession::drain()
{
    std::vector<Event> events = m_impl->outbox.drain();
    for (const Event& event : events)
        if (const auto* end = std::get_if<JobEnded>(&event)) m_impl->queue.forget(end->job);
    return events;
}

void EngineSession::setWake(std::function<void()> wake)
{
    m_impl->outbox.setWake(std::move(wake));
    m_impl->queue.nudge();  // events that already wait are announced by the engine thread
}

bool EngineSession::idle() const { return m_impl->queue.idle(); }

void EngineSession::setCacheBudget(std::size_t bytes) { m_impl->cache.setBudget(bytes); }

std::size_t EngineSession::cachedBytes() const { return m_impl->cache.bytes(); }

}  // namespace hs
