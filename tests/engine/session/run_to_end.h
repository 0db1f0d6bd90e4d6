// SPDX-License-Identifier: GPL-3.0-or-later
// Runs one job of a session to its end.
#pragma once

#include <QDeadlineTimer>
#include <QTest>
#include <vector>

#include "engine/session/engine_session.h"

namespace hs::test {

struct Done {
    std::vector<JobResult> results;
    JobEnded end;
};
/// State Queued: it did not end within a minute.
inline Done runToEnd(EngineSession& session, WorkPtr work, bool cancelAtFirst = false)
{
    Done out;
    const JobId id = session.submit(JobSpec{std::move(work), {}});
    QDeadlineTimer patience(60000);
    while (!patience.hasExpired()) {
        for (Event& e : session.drain()) {
            if (auto* r = std::get_if<JobResult>(&e)) {
                out.results.push_back(std::move(*r));
                if (cancelAtFirst) session.cancel(id);
            }
            if (auto* end = std::get_if<JobEnded>(&e)) {
                out.end = *end;
                return out;
            }
        }
        QTest::qSleep(1);
    }
    out.end.state = JobState::Queued;
    return out;
}

template <class Request>
Done runToEnd(EngineSession& session, Request request, bool cancelAtFirst = false)
{
    return runToEnd(session, workOf(std::move(request)), cancelAtFirst);
}

}  // namespace hs::test
