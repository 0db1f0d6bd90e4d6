// SPDX-License-Identifier: GPL-3.0-or-later
// The engine without a window: one job after the other, progress on the terminal, Ctrl+C cancels.
#pragma once

#include <any>
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

    /// Runs one job to its end. Its last answer, or its error (Cancelled after Ctrl+C).
    template <typename Answer, typename Request>
    Result<Answer> get(Request request)
    {
        return run<Request>(std::move(request), {});
    }
    /// `onStage` sees every answer on its way, the last one too.
    template <typename Request>
    Result<typename Request::Answer> run(Request request, const std::function<void(const typename Request::Answer&)>& onStage)
    {
        using Answer = typename Request::Answer;
        auto last = runAny(workOf(std::move(request)), [&](const std::any& answer) {
            if (onStage) onStage(std::any_cast<const Answer&>(answer));
        });
        if (!last) return last.error();
        return std::any_cast<Answer>(std::move(*last));
    }
    /// Every answer of a job that gives several, in order.
    template <typename Answer, typename Request>
    Result<std::vector<Answer>> all(Request request)
    {
        std::vector<Answer> out;
        auto last = run<Request>(std::move(request), [&](const Answer& answer) { out.push_back(answer); });
        if (!last) return last.error();
        return out;
    }
    /// For work outside of the session: stops with Ctrl+C, shows on the same line.
    Progress progress();
    bool cancelled() const { return m_stop.stop_requested(); }

private:
    Result<std::any> runAny(WorkPtr work, const std::function<void(const std::any&)>& onStage);
    struct SignalMask {
        SignalMask();
    };
    void watchSignals(const std::stop_token& end);

    SignalMask m_mask;  // first: every thread made later inherits it
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
/// The same for whatever is computed or written for each head: HeadsGuessed where nothing but a guess says what a head is.
Result<Opened> openForHeads(Batch& batch, const Arguments& arguments, const std::string& path);

}  // namespace hs::app
