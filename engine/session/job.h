// SPDX-License-Identifier: GPL-3.0-or-later
// A job on its way through the session. Internal to engine/session.
#pragma once

#include <memory>
#include <stop_token>

#include "engine/session/events.h"

namespace hs::session {

/// What stays known of a job after its request is gone, so that a newer job with its key can still drop its results.
struct Ticket {
    JobId id = 0;
    bool interactive = false;
    bool stale = false;  ///< guarded by the outbox's mutex
    std::stop_source stop;
};

struct Job {
    std::shared_ptr<Ticket> ticket;
    JobSpec spec;
};

}  // namespace hs::session
