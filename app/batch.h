// SPDX-License-Identifier: GPL-3.0-or-later
// The engine without a window: one job after the other, progress on the terminal, Ctrl+C cancels.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

#include "app/arguments.h"
#include "app/console.h"
#include "engine/session/engine_session.h"

namespace hs::app {

class Batch {
public:
    /// From now on SIGINT and SIGTERM cancel what runs instead of ending the process; a second one ends it at once.
    explicit Batch(const Arguments& arguments);
    ~Batch();

    /// Runs one job to its end. Its last result, or its error (Cancelled after Ctrl+C).
    /// `onStage` sees every result on its way, the last one too.
    Result<ResultPayload> run(JobWork work, const std::function<void(const ResultPayload&)>& onStage = {});
    /// Every result of a job that gives several of one type, in order.
    template <typename T>
    Result<std::vector<T>> all(JobWork work)
    {
        std::vector<T> out;
        auto last = run(std::move(work), [&](const ResultPayload& payload) { out.push_back(std::get<T>(payload)); });
        if (!last) return last.error();
        return out;
    }
    /// Same, as the result type the job is known to give.
    template <typename T>
    Result<T> get(JobWork work)
    {
        auto payload = run(std::move(work));
        if (!payload) return payload.error();
        return std::get<T>(std::move(*payload));
    }
    /// For work outside of the session: stops with Ctrl+C, shows on the same line.
    Progress progress();
    bool cancelled() const { return m_stop.stop_requested(); }

private:
    struct SignalMask {
        SignalMask();
    };
    void watchSignals(const std::stop_token& end);

    SignalMask m_mask;   // first: every thread made later inherits it
    ProgressLine m_line;
    std::stop_source m_stop;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_woken = false;
    EngineSession m_session;
    std::jthread m_watcher;
};

/// Opens FILE as the arguments say.
Result<Opened> open(Batch& batch, const Arguments& arguments, const std::string& path);

}  // namespace hs::app
