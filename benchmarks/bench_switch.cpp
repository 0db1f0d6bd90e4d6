// SPDX-License-Identifier: GPL-3.0-or-later
// Heads switched on the sample model: from the request to new loss and next-token bars, through the session as the window asks.
//   bench_switch [rounds]
#include <condition_variable>
#include <ctime>
#include <mutex>

#include "benchmarks/forward_setup.h"
#include "engine/io/open.h"
#include "engine/session/engine_session.h"
#include "engine/session/jobs/pruning.h"

using namespace hs;
using namespace hs::bench;

namespace {

/// Seconds until the job's result is there.
double timed(EngineSession& session, LiveSwitchJob work, std::mutex& mutex, std::condition_variable& changed, bool& woken)
{
    const auto start = Clock::now();
    const JobId job = session.submit(std::move(work), "switch");
    double seconds = -1;
    for (;;) {
        {
            std::unique_lock lock(mutex);
            changed.wait(lock, [&] { return woken; });
            woken = false;
        }
        for (const Event& event : session.drain()) {
            if (const auto* result = std::get_if<JobResult>(&event); result && result->job == job && result->as<LiveSwitchResult>())
                seconds = secondsSince(start);
            if (const auto* ended = std::get_if<JobEnded>(&event); ended && ended->job == job) return seconds;
        }
    }
}

}  // namespace

int main(int argc, char** argv)
{
    const int rounds = argc > 1 ? std::max(1, std::atoi(argv[1])) : 40;
    const auto model = openModel(HEADSCOPE_SOURCE_DIR "/resources/sample/headscope-sample.h5");
    if (!model) return 1;
    const int n = (*model)->config().nCtx;
    const auto base = runOrExit(*model, test::randomPrompt(n, (*model)->config().dVocab), {});
    const auto means = collectAblationValues(*model, {base->prompt}, AblationKind::Mean, {});
    if (!means) return 1;
    std::mutex mutex;
    std::condition_variable changed;
    bool woken = false;
    EngineSession session;
    session.setWake([&] {
        const std::lock_guard lock(mutex);
        woken = true;
        changed.notify_one();
    });
    std::vector<double> late, early;
    const std::clock_t start = std::clock();
    for (int i = 0; i < rounds; ++i) {
        LiveSwitchJob job;
        job.base = base;
        job.values = *means;
        job.cut = {{3, i % 8}};
        late.push_back(timed(session, job, mutex, changed, woken));
        job.cut = {{0, i % 8}, {1, (i + 3) % 8}, {2, 2}, {3, i % 8}};
        early.push_back(timed(session, job, mutex, changed, woken));
    }
    const double processor = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC / (2 * rounds);
    session.setWake({});
    std::printf("live switch on the sample model, %d tokens (its whole context), %d threads: median (largest) of %d\n", n, threadCount(),
                rounds);
    std::printf("%28s %8.1f ms (%.1f)\n", "one head of the last layer", median(late) * 1e3,
                *std::max_element(late.begin(), late.end()) * 1e3);
    std::printf("%28s %8.1f ms (%.1f)   goal: at most 50\n", "heads of all layers", median(early) * 1e3,
                *std::max_element(early.begin(), early.end()) * 1e3);
    std::printf("%28s %8.1f ms of all threads for each switch, which other programs do not disturb\n", "processor time", processor * 1e3);
    return 0;
}
