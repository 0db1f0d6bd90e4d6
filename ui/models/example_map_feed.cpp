// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/example_map_feed.h"

#include <algorithm>

#include "ui/bridge/engine_bridge.h"
#include "ui/models/passage_source.h"

namespace hs::ui {

namespace {

constexpr int kLeast = 16, kMost = 256;

}  // namespace

ExampleWindow exampleWindow(const ExampleLine& line)
{
    const int n = int(line.document.ids.size());
    int low = line.row.query, high = line.row.query;
    for (const int key : line.row.keys)
        if (key >= 0 && key < n) {
            low = std::min(low, key);
            high = std::max(high, key);
        }
    if (high - low > kLeast - 4) {
        ExampleWindow far{0, n};
        if (n > kMost) far = {std::max(0, std::min(low - 2, high + 2 - kMost)), 0};
        if (n > kMost) far.to = std::min(n, std::max(far.from + kMost, high + 2));
        return far;
    }
    ExampleWindow window{std::max(0, low - 2), std::min(n, high + 2)};
    if (window.size() < kLeast) window.from = std::max(0, window.to - kLeast);   // what was before matters more than what comes
    if (window.size() < kLeast) window.to = std::min(n, window.from + kLeast);
    return window;
}

ExampleMapFeed::ExampleMapFeed(EngineBridge* bridge, QObject* parent) : QObject(parent), m_bridge(bridge)
{
    if (!bridge) return;
    connect(bridge, &EngineBridge::tileReady, this, [this](JobId job, const TileResult& result) {
        if (const auto it = m_jobs.find(job); it != m_jobs.end() && result.cells) Q_EMIT arrived(it->second, result.cells);
    });
    connect(bridge, &EngineBridge::jobEnded, this, [this](const JobEnded& ended) { m_jobs.erase(ended.job); });
}

void ExampleMapFeed::forget()
{
    for (const auto& [job, line] : m_jobs) m_bridge->cancel(job);
    m_jobs.clear();
}

void ExampleMapFeed::ask(const std::shared_ptr<const Model>& model, HeadId head, const std::vector<ExampleLine>& lines)
{
    forget();
    if (!m_bridge || !model || !model->canRun() || head.layer < 0 || head.layer >= model->config().nLayers) return;
    std::map<std::vector<int>, std::shared_ptr<const AttentionSource>> passages;
    for (int i = 0; i < int(lines.size()); ++i) {
        const ExampleLine& line = lines[std::size_t(i)];
        auto& source = passages[line.document.ids];
        if (!source) source = std::make_shared<PassageSource>(model, line.document.ids, head.layer);
        const ExampleWindow w = exampleWindow(line);
        m_jobs.emplace(m_bridge->submit(TileJob{source, head, MapKind::Weights, w.from, w.size(), w.from, w.size(), 0}), i);
    }
}

}  // namespace hs::ui
