// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/labels/example_map_feed.h"

#include <algorithm>

#include "ui/labels/passage_source.h"

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
    if (window.size() < kLeast) window.from = std::max(0, window.to - kLeast);  // what was before matters more than what comes
    if (window.size() < kLeast) window.to = std::min(n, window.from + kLeast);
    return window;
}

std::shared_ptr<const MatrixF> rowShares(const MatrixF& norms, int from, int to)
{
    auto out = std::make_shared<MatrixF>(norms.rows(), to - from);
    for (std::ptrdiff_t r = 0; r < norms.rows(); ++r) {
        double sum = 0;
        for (std::ptrdiff_t c = 0; c < norms.cols(); ++c) sum += static_cast<double>(norms(r, c));
        for (int c = from; c < to; ++c) (*out)(r, c - from) = sum > 0 ? static_cast<float>(static_cast<double>(norms(r, c)) / sum) : 0.0f;
    }
    return out;
}

ExampleMapFeed::ExampleMapFeed(EngineBridge* bridge, QObject* parent)
    : QObject(parent), m_bridge(bridge), m_tiles(bridge, tr("Attention map"))
{
    m_tiles.onAnswer([this](JobId job, const TileResult& result) {
        const auto it = m_jobs.find(job);
        if (it == m_jobs.end() || !result.cells) return;
        const auto& [line, window, mass] = it->second;
        Q_EMIT arrived(line, mass == RowMass::Norms ? rowShares(*result.cells, window.from, window.to) : result.cells);
    });
    m_tiles.onEnd([this](const JobEnded& ended) { m_jobs.erase(ended.job); });
}

void ExampleMapFeed::forget()
{
    for (const auto& [job, asked] : m_jobs) m_bridge->cancel(job);
    m_jobs.clear();
}

void ExampleMapFeed::ask(const std::shared_ptr<const Model>& model, HeadId head, const std::vector<ExampleLine>& lines, RowMass mass)
{
    forget();
    if (!m_bridge || !model || !model->canRun() || head.layer < 0 || head.layer >= model->config().nLayers) return;
    std::map<std::vector<int>, std::shared_ptr<const AttentionSource>> passages;
    for (int i = 0; i < int(lines.size()); ++i) {
        const ExampleLine& line = lines[std::size_t(i)];
        auto& source = passages[line.document.ids];
        if (!source) source = std::make_shared<PassageSource>(model, line.document.ids, head.layer);
        const ExampleWindow w = exampleWindow(line);
        // A share needs its whole row.
        const TileJob job = mass == RowMass::Norms ? TileJob{source, head, MapKind::ValueWeighted, w.from, w.size(), 0, source->keys(), 0}
                                                   : TileJob{source, head, MapKind::Weights, w.from, w.size(), w.from, w.size(), 0};
        m_jobs.emplace(m_tiles.start(job), Asked{i, w, mass});
    }
}

}  // namespace hs::ui
