// SPDX-License-Identifier: GPL-3.0-or-later
// A source whose maps come when the test lets them, and a front end that waits for events.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <vector>

#include "engine/session/engine_session.h"
#include "engine/session/jobs/pictures.h"
#include "tests/support/slowness.h"

namespace hs::test {

/// 4 layers of 8 heads over n tokens; every cell of a tile is head * 1000 + query. `before` runs inside each tile().
class FakeSource final : public AttentionSource {
public:
    explicit FakeSource(int n, std::function<void(HeadId)> before = {}) : m_tokens(static_cast<std::size_t>(n)), m_before(std::move(before))
    {}

    int layers() const override { return 4; }
    int heads(int) const override { return 8; }
    int queries() const override { return static_cast<int>(m_tokens.size()); }
    int keys() const override { return queries(); }
    Visibility visibility(int) const override { return MaskKind::Bidirectional; }
    const std::vector<Token>& queryTokens() const override { return m_tokens; }
    const std::vector<Token>& keyTokens() const override { return m_tokens; }
    int readyLayers() const override { return layers(); }
    bool has(MapKind) const override { return true; }
    std::shared_ptr<const HeadStats> stats(HeadId) const override { return nullptr; }
    Result<MatrixF> tile(HeadId head, MapKind, int q0, int nq, int, int nk) const override
    {
        ++tilesMade;
        if (m_before) m_before(head);
        MatrixF cells(nq, nk);
        for (int q = 0; q < nq; ++q)
            for (int k = 0; k < nk; ++k) cells(q, k) = static_cast<float>((head.layer * 8 + head.head) * 1000 + q0 + q);
        return cells;
    }

    mutable std::atomic<int> tilesMade{0};

private:
    std::vector<Token> m_tokens;
    std::function<void(HeadId)> m_before;
};

/// Opens once; until then pass() waits.
class Gate {
public:
    void open()
    {
        const std::lock_guard lock(m_mutex);
        m_open = true;
        m_changed.notify_all();
    }
    void pass()
    {
        std::unique_lock lock(m_mutex);
        ++m_arrived;
        m_changed.notify_all();
        m_changed.wait(lock, [this] { return m_open; });
    }
    /// Until somebody stands before (or has passed) the gate.
    void awaitArrival()
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_arrived > 0; });
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_open = false;
    int m_arrived = 0;
};

inline std::vector<HeadId> allHeads()
{
    std::vector<HeadId> out;
    for (int layer = 0; layer < 4; ++layer)
        for (int head = 0; head < 8; ++head) out.push_back({layer, head});
    return out;
}

/// Collects events through wake and drain, as a window does.
class FrontEnd {
public:
    explicit FrontEnd(EngineSession& session) : m_session(session)
    {
        session.setWake([this] {
            const std::lock_guard lock(m_mutex);
            m_woken = true;
            m_changed.notify_one();
        });
    }
    ~FrontEnd() { m_session.setWake({}); }

    /// Drains until `enough` says so; false after `limit`.
    bool await(const std::function<bool()>& enough, std::chrono::milliseconds limit = std::chrono::seconds(60 * kSlowness))
    {
        const auto end = std::chrono::steady_clock::now() + limit;
        while (!enough()) {
            std::unique_lock lock(m_mutex);
            if (!m_changed.wait_until(lock, end, [this] { return m_woken; })) return false;
            m_woken = false;
            lock.unlock();
            for (Event& event : m_session.drain()) events.push_back(std::move(event));
        }
        return true;
    }
    bool awaitEnd(JobId job)
    {
        return await([&] { return end(job) != nullptr; });
    }

    const JobEnded* end(JobId job) const
    {
        for (const Event& event : events)
            if (const auto* ended = std::get_if<JobEnded>(&event); ended && ended->job == job) return ended;
        return nullptr;
    }
    template <typename T>
    std::vector<T> results(JobId job) const
    {
        std::vector<T> out;
        for (const Event& event : events) {
            const auto* result = std::get_if<JobResult>(&event);
            if (!result || result->job != job) continue;
            if (const auto* payload = result->as<T>()) out.push_back(*payload);
        }
        return out;
    }
    int count(JobId job, std::size_t kind) const
    {
        int n = 0;
        for (const Event& event : events)
            n += event.index() == kind && std::visit([](const auto& e) { return e.job; }, event) == job ? 1 : 0;
        return n;
    }

    std::vector<Event> events;

private:
    EngineSession& m_session;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_woken = false;
};

inline OverviewJob overviews(std::shared_ptr<const AttentionSource> source, std::vector<HeadId> heads)
{
    OverviewJob job;
    job.source = std::move(source);
    job.heads = std::move(heads);
    job.maxSide = 4;
    return job;
}

inline TileJob tile(std::shared_ptr<const AttentionSource> source, HeadId head, int side)
{
    TileJob job;
    job.source = std::move(source);
    job.head = head;
    job.nq = side;
    job.nk = side;
    return job;
}

}  // namespace hs::test
