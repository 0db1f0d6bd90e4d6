// SPDX-License-Identifier: GPL-3.0-or-later
// Keeps the current prompt's run as the project wants it. Whatever changes may say so as often as it likes: one queued look at the
// project finds out which job is wanted now, and asks for it only when it is not on its way already.
#pragma once

#include <QObject>
#include <optional>
#include <vector>

#include "engine/session/jobs/run.h"
#include "ui/bridge/ask.h"

namespace hs::ui {

class Project;

class Running : public QObject {
    Q_OBJECT
public:
    Running(EngineBridge* bridge, Project* project, QObject* parent = nullptr);
    /// Something changed: look again, at the next turn of the event loop.
    void touch();
    /// As touch(), and what failed or was cancelled is tried again.
    void again();
    /// Looks at once when a look is queued: what comes next shall stand behind the run.
    void flush();
    void cancel();
    /// On its way, or about to be asked for.
    bool busy() const;
    const std::optional<Error>& error() const { return m_error; }  ///< of the current prompt's run
    void clearError();

Q_SIGNALS:
    void stateChanged();  ///< busy() or error()
    void finished();      ///< the current prompt's run is there
    void failed(const hs::Error& error);
    void reported(const hs::JobProgress& progress);

private:
    /// Everything that a run depends on; two equal ones give the same run.
    struct Wanted {
        std::shared_ptr<const Model> model;
        int index = -1;
        QString text;
        std::vector<int> ids;
        bool spellSpecial = false;
        std::shared_ptr<const Run> base;  ///< null: the run without interventions, which comes first
        Interventions interventions;
        bool operator==(const Wanted&) const = default;
    };
    std::optional<Wanted> wanted() const;  ///< nothing: what is wanted is there, or there is nothing to run
    void reconcile();
    void take(const RunResult& result);
    void takeEnd(const JobEnded& end);

    Project* m_project;
    Ask<RunJob> m_ask;
    std::optional<Wanted> m_asked;    ///< on its way
    std::optional<Wanted> m_givenUp;  ///< failed or cancelled: not asked for again by itself
    std::optional<Error> m_error;
    bool m_queued = false, m_tell = false;
};

}  // namespace hs::ui
