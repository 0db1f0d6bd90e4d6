// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/parallel.h"

#include <pthread.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace hs {
namespace {

/// Before sleeping, a thread that waits looks this often whether work has come (some tens of microseconds): a forward pass runs
/// loop after loop, and waking a sleeping thread costs as much as a small loop.
constexpr int kLooks = 4000;

inline void pauseBriefly()
{
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#endif
}

/// True in a thread that is running a loop body: loops started there run serially (one level of parallelism only).
thread_local bool t_insideLoop = false;

class InsideLoop {
public:
    InsideLoop() { t_insideLoop = true; }
    ~InsideLoop() { t_insideLoop = false; }
    InsideLoop(const InsideLoop&) = delete;
    InsideLoop& operator=(const InsideLoop&) = delete;
};

struct Loop {
    const std::function<void(std::size_t)>& body;
    std::size_t count;
    std::atomic<std::size_t> next{0};
    std::mutex errorMutex;
    std::exception_ptr error;

    void run()
    {
        const InsideLoop guard;
        for (;;) {
            const std::size_t i = next.fetch_add(1, std::memory_order_relaxed);
            if (i >= count) return;
            try {
                body(i);
            } catch (...) {
                next.store(count, std::memory_order_relaxed);
                const std::lock_guard lock(errorMutex);
                if (!error) error = std::current_exception();
                return;
            }
        }
    }
};

class Pool {
public:
    static Pool& instance()
    {
        static Pool pool;
        return pool;
    }

    int threads() const { return m_threads.load(std::memory_order_relaxed); }

    void setThreads(int threads)
    {
        const std::lock_guard loop(m_loopMutex);
        m_workers.clear();  // asks every worker to stop and joins it
        m_threads.store(std::max(1, threads), std::memory_order_relaxed);
    }

    /// False when another thread's loop has the pool: the caller then runs its loop serially instead of waiting.
    bool tryRun(Loop& loop)
    {
        const std::unique_lock running(m_loopMutex, std::try_to_lock);
        if (!running || threads() == 1) return false;
        startWorkers();
        {
            const std::lock_guard lock(m_mutex);
            m_loop = &loop;
            m_generation.fetch_add(1, std::memory_order_release);
        }
        m_wake.notify_all();
        loop.run();
        for (int look = 0; look < kLooks && m_active.load(std::memory_order_acquire) != 0; ++look) pauseBriefly();
        std::unique_lock lock(m_mutex);
        m_loop = nullptr;  // workers that wake up late find nothing to do
        m_done.wait(lock, [this] { return m_active == 0; });
        return true;
    }

private:
    Pool() : m_threads(std::max(1, static_cast<int>(std::thread::hardware_concurrency()))) {}

    void startWorkers()
    {
        while (static_cast<int>(m_workers.size()) < threads() - 1) {
            m_workers.emplace_back([this](const std::stop_token& stop) { work(stop); });
            const std::string name = "hs-pool-" + std::to_string(m_workers.size());
            pthread_setname_np(m_workers.back().native_handle(), name.substr(0, 15).c_str());
        }
    }

    void work(const std::stop_token& stop)
    {
        std::uint64_t seen = 0;
        std::unique_lock lock(m_mutex);
        for (;;) {
            lock.unlock();
            for (int look = 0; look < kLooks && m_generation.load(std::memory_order_acquire) == seen && !stop.stop_requested(); ++look)
                pauseBriefly();
            lock.lock();
            if (!m_wake.wait(lock, stop, [&] { return m_loop && m_generation != seen; })) return;
            seen = m_generation;
            Loop* const loop = m_loop;
            ++m_active;
            lock.unlock();
            loop->run();
            lock.lock();
            if (--m_active == 0) m_done.notify_all();
        }
    }

    std::atomic<int> m_threads;
    std::mutex m_loopMutex;  ///< held for the length of one loop
    std::mutex m_mutex;      ///< guards the members up to m_active
    std::condition_variable_any m_wake;
    std::condition_variable m_done;
    Loop* m_loop = nullptr;
    std::atomic<std::uint64_t> m_generation{0};  ///< written under m_mutex, looked at without
    std::atomic<int> m_active{0};                ///< the same
    std::vector<std::jthread> m_workers;         ///< last member: joined before the rest goes
};

}  // namespace

void setThreadCount(int threads)
{
    if (!t_insideLoop) Pool::instance().setThreads(threads);
}

int threadCount() { return Pool::instance().threads(); }

bool insideParallelFor() { return t_insideLoop; }

void parallelFor(std::size_t count, const std::function<void(std::size_t)>& body)
{
    if (count > 1 && !t_insideLoop) {
        Loop loop{body, count, {}, {}, {}};
        if (Pool::instance().tryRun(loop)) {
            if (loop.error) std::rethrow_exception(loop.error);
            return;
        }
    }
    for (std::size_t i = 0; i < count; ++i) body(i);
}

}  // namespace hs
