// SPDX-License-Identifier: GPL-3.0-or-later
// Two lanes of waiting jobs and the register of keys.
#pragma once

#include <condition_variable>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "engine/session/job.h"

namespace hs::session {

class JobQueue {
public:
    /// Adds a job. Returns the ticket of the older job with the same key, waiting, running or ended, or null.
    std::shared_ptr<Ticket> push(Job job);
    /// Waits for a job, interactive ones first. Nothing after close(), or after nudge() so that the caller can look around.
    std::optional<Job> pop();
    /// Interactive job that waits, if any. Never blocks.
    std::optional<Job> popInteractive();
    /// Waiting jobs that were told to stop: they only need their end reported.
    std::vector<Job> takeStopped();
    /// The popped job is over.
    void finished(const Ticket& ticket);
    /// The front end has its end: nothing of it waits any more that a newer job could make stale.
    void forget(JobId id);

    void cancel(JobId id);
    void cancelAll();
    void nudge();
    void close();  ///< cancels all; pop() returns nothing from now on
    bool closed() const;
    bool idle() const;

private:
    mutable std::mutex m_mutex;
    std::condition_variable m_ready;
    std::deque<Job> m_interactive, m_long;
    std::map<JobId, std::shared_ptr<Ticket>> m_live;          // waiting and running
    std::map<std::string, std::shared_ptr<Ticket>> m_newest;  // by key, until the front end has the job's end
    std::map<JobId, std::string> m_keys;                      // of the jobs in m_newest
    bool m_closed = false;
    bool m_nudged = false;
};

}  // namespace hs::session
