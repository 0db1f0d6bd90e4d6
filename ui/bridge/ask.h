// SPDX-License-Identifier: GPL-3.0-or-later
// A question to the engine: the asker gets the answers of its own request, typed, and nobody else hears them.
#pragma once

#include <QPointer>
#include <QString>
#include <functional>
#include <optional>
#include <utility>

#include "ui/bridge/engine_bridge.h"

namespace hs::ui {

/// One question at a time: a newer one replaces the older, whose answers do not arrive any more. Keeps what a view has to say about it:
/// busy, error, progress. What does not depend on the kind of request; see Ask.
class OneAsk : public Asker {
    Q_OBJECT
public:
    /// `title`: what the list of jobs calls it. `key` as in JobSpec: questions that share one replace each other too.
    OneAsk(EngineBridge* bridge, const QString& title, const QString& key, QObject* parent = nullptr);
    ~OneAsk() override;                                       ///< nobody hears the answer any more: the job is cancelled
    void setTitle(const QString& title) { m_title = title; }  ///< of the next question
    void cancel();                                            ///< ended follows, error() says Cancelled
    void forget();                                            ///< as if never asked: no answer, no error, no end
    bool busy() const { return m_job != 0; }
    bool is(JobId job) const { return m_job != 0 && job == m_job; }
    const std::optional<Error>& error() const { return m_error; }  ///< of the last question; Cancelled also when it went stale

Q_SIGNALS:
    void progress(double fraction, const QString& words);  ///< fraction < 0: length not known
    void reported(const hs::JobProgress& progress);        ///< the same as it came
    void ended(const hs::JobEnded& end);                   ///< after the last answer; busy() is false by then

protected:
    void ask(WorkPtr work);
    virtual void take(const std::any& answer) = 0;

private:
    void takeAnswer(JobId job, const std::any& answer) override;
    void takeProgress(const JobProgress& progress) override;
    void takeEnd(const JobEnded& end) override;

    QPointer<EngineBridge> m_bridge;
    QString m_title, m_key;
    JobId m_job = 0;
    std::optional<Error> m_error;
};

template <class Request>
class Ask final : public OneAsk {
public:
    using Answer = typename Request::Answer;
    using OneAsk::OneAsk;
    /// Any number of answers to one question: stages, parts.
    void onAnswer(std::function<void(const Answer&)> take) { m_take = std::move(take); }
    void start(Request request) { ask(workOf(std::move(request))); }

private:
    void take(const std::any& answer) override
    {
        const auto take = m_take;  // a slot may delete this asker
        if (const auto* typed = std::any_cast<Answer>(&answer); take && typed) take(*typed);
    }
    std::function<void(const Answer&)> m_take;
};

/// Many questions at once: tiles, thumbnails. Each answer comes with its job; the request's own tag tells what it is about.
template <class Request>
class AskMany final : public Asker {
public:
    using Answer = typename Request::Answer;
    AskMany(EngineBridge* bridge, const QString& title, QObject* parent = nullptr) : Asker(parent), m_bridge(bridge), m_title(title) {}
    void onAnswer(std::function<void(JobId, const Answer&)> take) { m_take = std::move(take); }
    void onEnd(std::function<void(const JobEnded&)> take) { m_takeEnd = std::move(take); }
    JobId start(Request request, const QString& key = {}) { return m_bridge->submit(workOf(std::move(request)), this, m_title, key); }

private:
    void takeAnswer(JobId job, const std::any& answer) override
    {
        const auto take = m_take;
        if (const auto* typed = std::any_cast<Answer>(&answer); take && typed) take(job, *typed);
    }
    void takeEnd(const JobEnded& end) override
    {
        const auto take = m_takeEnd;
        if (take) take(end);
    }

    EngineBridge* m_bridge;
    QString m_title;
    std::function<void(JobId, const Answer&)> m_take;
    std::function<void(const JobEnded&)> m_takeEnd;
};

}  // namespace hs::ui
