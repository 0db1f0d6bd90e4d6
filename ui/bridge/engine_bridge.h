// SPDX-License-Identifier: GPL-3.0-or-later
// The one QObject that talks to EngineSession. Answers go to who asked (ask.h) and to nobody else, in the window's thread; the beginning,
// progress and end of every job are told to all, for the list of jobs.
#pragma once

#include <QObject>
#include <QString>
#include <any>
#include <memory>

#include "engine/session/engine_session.h"

namespace hs::ui {

/// Who asks: see Ask and AskMany.
class Asker : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

protected:
    friend class EngineBridge;
    virtual void takeAnswer(JobId job, const std::any& answer) = 0;
    virtual void takeProgress(const JobProgress& progress) { Q_UNUSED(progress) }
    /// After the job's last answer.
    virtual void takeEnd(const JobEnded& ended) { Q_UNUSED(ended) }
};

class EngineBridge : public QObject {
    Q_OBJECT
public:
    explicit EngineBridge(QObject* parent = nullptr);
    ~EngineBridge() override;  ///< detaches the wake first, then the session stops

    /// `title`: what the list of jobs calls it, in the user's language. `key` as in JobSpec.
    JobId submit(WorkPtr work, Asker* asker, const QString& title, const QString& key = {});
    void cancel(JobId job);
    void cancelAll();
    bool idle() const;
    EngineSession& session();

Q_SIGNALS:
    void jobStarted(const hs::JobStarted& started, const QString& title);
    void jobProgress(const hs::JobProgress& progress);
    void jobEnded(const hs::JobEnded& ended);  ///< after the job's last answer, and after its asker was told

protected:
    void customEvent(QEvent* event) override;  ///< there is mail

private:
    void deliver();
    void announce(const Event& event);
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

}  // namespace hs::ui
