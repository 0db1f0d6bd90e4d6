// SPDX-License-Identifier: GPL-3.0-or-later
// Requests go in as JobSpec, everything comes back as Event. What a request is stands in work.h; the requests themselves in jobs/.
#pragma once

#include <any>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "engine/base/progress.h"
#include "engine/base/result.h"
#include "engine/session/work.h"

namespace hs {

using JobId = std::uint64_t;

struct JobSpec {
    WorkPtr work;
    /// A newer job with the same non-empty key makes the older one stale: it is cancelled and none of its results arrive any more.
    std::string key;
};

enum class JobState { Queued, Running, Done, Failed, Cancelled, Stale };

struct JobStarted {
    JobId job = 0;
    bool interactive = false;
    std::string subject;
};
struct JobProgress {
    JobId job = 0;
    ProgressReport report;
    double secondsLeft = -1;
};  ///< -1: not known
struct JobResult {
    JobId job = 0;
    std::any answer;  ///< of the request's type Answer
    template <class Answer>
    const Answer* as() const
    {
        return std::any_cast<Answer>(&answer);
    }
};
struct JobEnded {
    JobId job = 0;
    JobState state = JobState::Done;
    std::optional<Error> error;
    double seconds = 0;
};

using Event = std::variant<JobStarted, JobProgress, JobResult, JobEnded>;

}  // namespace hs
