// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/batch.h"

#include <signal.h>
#include <unistd.h>

#include <chrono>

#include "engine/session/jobs/open.h"

namespace hs::app {
namespace {

/// A run that takes longer says so before it begins.
constexpr double kLongSeconds = 3;

sigset_t cancelSignals()
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    return set;
}

}  // namespace

Batch::SignalMask::SignalMask()
{
    const sigset_t set = cancelSignals();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

Batch::Batch(const Arguments& arguments) : m_line(arguments.quiet)
{
    m_session.setWake([this] {
        {
            const std::lock_guard lock(m_mutex);
            m_woken = true;
        }
        m_changed.notify_one();
    });
    m_watcher = std::jthread([this](const std::stop_token& end) { watchSignals(end); });
}

Batch::~Batch() { m_session.setWake({}); }

void Batch::watchSignals(const std::stop_token& end)
{
    const sigset_t set = cancelSignals();
    while (!end.stop_requested()) {
        const timespec patience{0, 50'000'000};
        if (sigtimedwait(&set, nullptr, &patience) < 0) continue;
        if (m_stop.stop_requested()) _exit(kCancelled);  // asked twice: do not wait for anything
        m_stop.request_stop();
        m_session.cancelAll();
    }
}

Result<std::any> Batch::runAny(WorkPtr work, const std::function<void(const std::any&)>& onStage)
{
    const JobId job = m_session.submit(JobSpec{std::move(work), {}});
    if (m_stop.stop_requested()) m_session.cancelAll();  // the signal came before the job
    std::optional<std::any> last;
    bool announced = false;
    for (;;) {
        {
            std::unique_lock lock(m_mutex);
            m_changed.wait(lock, [this] { return m_woken; });
            m_woken = false;
        }
        for (Event& event : m_session.drain()) {
            if (auto* progress = std::get_if<JobProgress>(&event)) {
                if (!announced && progress->report.done == 0 && progress->secondsLeft >= kLongSeconds) {
                    m_line.announce(progress->secondsLeft);
                    announced = true;
                }
                m_line.show(progress->report, progress->secondsLeft);
            }
            if (auto* result = std::get_if<JobResult>(&event)) {
                if (onStage) onStage(result->answer);
                last = std::move(result->answer);
            }
            auto* ended = std::get_if<JobEnded>(&event);
            if (!ended || ended->job != job) continue;
            m_line.clear();
            if (ended->state == JobState::Done && last) return std::move(*last);
            if (ended->error) return *ended->error;
            return Error::cancelled();
        }
    }
}

Progress Batch::progress()
{
    return Progress(m_stop.get_token(), [this](const ProgressReport& report) { m_line.show(report, -1); });
}

Result<Opened> open(Batch& batch, const Arguments& arguments, const std::string& path)
{
    auto result = batch.get<OpenedResult>(OpenJob{path, arguments.open});
    if (!result) return result.error();
    return std::move(result->opened);
}

Result<Opened> openForHeads(Batch& batch, const Arguments& arguments, const std::string& path)
{
    auto opened = open(batch, arguments, path);
    if (!opened) return opened;
    if (const auto* model = std::get_if<std::shared_ptr<const Model>>(&*opened))
        if (const Status known = (*model)->headsKnown(); !known) return known.error();
    return opened;
}

}  // namespace hs::app
