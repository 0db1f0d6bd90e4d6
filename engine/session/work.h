// SPDX-License-Identifier: GPL-3.0-or-later
// A job as the session knows it. A request is a struct with its answer's type and, beside it, the function that does the work:
//
//     struct HashJob {
//         using Answer = HashResult;                                 // may be published any number of times
//         std::string path;
//         std::string subject() const { return path; }               // optional: what the job is about, for the jobs list; no words
//         bool interactive() const { return true; }                  // optional: answers within a frame or two, overtakes long jobs
//     };
//     namespace session { Status runJob(const HashJob& job, const ContextOf<HashJob>& context); }
#pragma once

#include <any>
#include <memory>
#include <string>
#include <utility>

#include "engine/base/progress.h"
#include "engine/base/result.h"

namespace hs {

namespace session {

class Outbox;
class PictureCache;
struct Ticket;

/// What a job may use: its ticket's progress and stop, the mailbox and the cache.
struct JobContext {
    const Ticket& ticket;
    Progress progress;
    Outbox& outbox;
    PictureCache& cache;

    /// Stops and lets others overtake like `progress`, but reports nothing: for the inner steps of a sweep.
    Progress quiet() const;
    /// What a stage is expected to cost, said before its first step.
    void expect(const ProgressReport& report, double seconds) const;
    void publishAny(std::any answer) const;
};

/// The context of one kind of request: it publishes that request's answers and nothing else.
template <class Request>
struct ContextOf : JobContext {
    explicit ContextOf(const JobContext& context) : JobContext(context) {}
    void publish(typename Request::Answer answer) const { publishAny(std::any(std::move(answer))); }
};

}  // namespace session

class Work {
public:
    virtual ~Work() = default;
    /// On the engine thread.
    virtual Status execute(const session::JobContext& context) const = 0;
    /// Path, prompt or head the job is about: facts for the jobs list, no words.
    virtual std::string subject() const = 0;
    /// Answers within a frame or two: overtakes long jobs.
    virtual bool interactive() const = 0;
};
using WorkPtr = std::unique_ptr<const Work>;

template <class Request>
class RequestWork final : public Work {
public:
    explicit RequestWork(Request request) : m_request(std::move(request)) {}
    Status execute(const session::JobContext& context) const override { return runJob(m_request, session::ContextOf<Request>(context)); }
    std::string subject() const override
    {
        if constexpr (requires { m_request.subject(); }) return m_request.subject();
        else return {};
    }
    bool interactive() const override
    {
        if constexpr (requires { m_request.interactive(); }) return m_request.interactive();
        else return false;
    }

private:
    Request m_request;
};

template <class Request>
WorkPtr workOf(Request request)
{
    return std::make_unique<const RequestWork<Request>>(std::move(request));
}

}  // namespace hs
