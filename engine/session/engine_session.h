// SPDX-License-Identifier: GPL-3.0-or-later
// The door: the only object through which a front end uses the engine.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/session/events.h"

namespace hs {

/// One engine thread and one queue of jobs. All public functions may be called from any thread and never block on work.
/// Interactive jobs (tile, one-head overview, tokenise) overtake a running long job at its checkpoints.
class EngineSession {
public:
    EngineSession();
    /// Cancels everything, waits for the engine thread (at most about 100 ms of work) and drops undelivered events.
    ~EngineSession();
    EngineSession(const EngineSession&) = delete;
    EngineSession& operator=(const EngineSession&) = delete;

    JobId submit(JobSpec spec);
    template <class Request>
    JobId submit(Request request, std::string key = {})
    {
        return submit(JobSpec{workOf(std::move(request)), std::move(key)});
    }
    void cancel(JobId job);
    void cancelAll();
    /// All events since the last call, in order. Progress is gated to about 25 a second per job; results are never dropped.
    std::vector<Event> drain();
    /// Called from the engine thread, at most once between two drains, when events wait. Must return at once. Null detaches.
    void setWake(std::function<void()> wake);
    bool idle() const;

    /// Byte budget of cached tiles and overviews (default 512 MiB).
    void setCacheBudget(std::size_t bytes);
    std::size_t cachedBytes() const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

}  // namespace hs
