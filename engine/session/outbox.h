// SPDX-License-Identifier: GPL-3.0-or-later
// The mailbox between engine thread and front end: data under one mutex, a coalesced wake-up outside of it.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "engine/session/job.h"

namespace hs::session {

class Outbox {
public:
    using Clock = std::chrono::steady_clock;
    /// Least time between two progress events of one job.
    static constexpr std::chrono::milliseconds kProgressGate{40};

    void started(const Ticket& ticket, std::string subject);
    /// Any thread. Gated; the first report of a stage always passes.
    void progress(const Ticket& ticket, const ProgressReport& report);
    /// What a stage is expected to cost, said before its first step: JobProgress::secondsLeft until a rate is measured.
    void expect(const Ticket& ticket, const ProgressReport& report, double seconds);
    /// Dropped when the job is stale.
    void result(const Ticket& ticket, std::any answer);
    void ended(const Ticket& ticket, JobState state, std::optional<Error> error, double seconds);

    /// From now on nothing but the end of this job comes out, not even what waits here already.
    void makeStale(Ticket& ticket);
    std::vector<Event> drain();

    /// After return the former wake is not running and will not be called.
    void setWake(std::function<void()> wake);
    /// Calls the wake if events wait and it was not called since the last drain. Does nothing on other threads than the engine's:
    /// what a pool thread reports is announced with the engine thread's next event.
    void wakeIfNeeded();
    /// The calling thread is the engine thread.
    void adoptThread();

private:
    /// Rate of one job's current stage, for the time left.
    struct Meter {
        Stage stage = Stage::Attention;
        std::int64_t firstDone = 0;
        Clock::time_point stageStart;
        Clock::time_point lastSent;
        std::uint64_t stagesSeen = 0;
        Stage expectedStage = Stage::Attention;
        double expected = -1;  ///< seconds of expectedStage; -1: not known
        Clock::time_point expectedAt;
    };
    double secondsLeft(Meter& meter, const ProgressReport& report, Clock::time_point now) const;

    std::mutex m_mutex;
    std::vector<Event> m_events;
    std::map<JobId, Meter> m_meters;
    bool m_woken = false;

    std::mutex m_wakeMutex;  // never taken while m_mutex is held
    std::function<void()> m_wake;
    std::thread::id m_engineThread;
};

}  // namespace hs::session
