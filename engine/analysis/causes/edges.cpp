// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/causes/edges.h"

#include <algorithm>
#include <mutex>

#include "engine/forward/backward/backward.h"
#include "engine/forward/forward.h"

namespace hs {
namespace {

constexpr std::size_t kLargestMaps = std::size_t(2) << 30;

Status checkEdge(const Run& run, const AttentionEdge& e)
{
    const int n = run.queries();
    if (e.head.layer < 0 || e.head.layer >= run.layers() || e.head.head < 0 || e.head.head >= run.heads(e.head.layer))
        return Error::of(ErrorCode::HeadOutOfRange, headName(e.head));
    const bool isQuery = e.query >= 0 && e.query < n;
    const KeyRange seen = isQuery ? run.visible(e.head.layer, e.query) : KeyRange{0, n};
    if (!isQuery || !seen.has(e.key))
        return Error::argument(headName(e.head) + " edge", std::to_string(e.query) + ", " + std::to_string(e.key),
                               isQuery ? "key " + std::to_string(seen.first) + " .. " + std::to_string(seen.end - 1)
                                       : "0 .. " + std::to_string(n - 1));
    return {};
}

}  // namespace

Result<std::vector<double>> knockOutEdges(const std::shared_ptr<const Run>& run, const Metric& metric,
                                          const std::vector<AttentionEdge>& edges, const Progress& progress, const EdgeStage& onEdge)
{
    for (const AttentionEdge& e : edges)
        if (Status s = checkEdge(*run, e); !s) return s.error();
    const auto before = metricValue(*run, metric, progress);
    if (!before) return before.error();
    ForwardOptions options;
    options.padding = run->padding;
    options.keepResiduals = options.stats = false;
    options.logits = metric.kind == MetricKind::Loss && metric.positions.empty();
    const Progress inner(progress.token(), {}, [&progress] { progress.checkpoint(); });
    const auto total = static_cast<std::int64_t>(edges.size());
    std::vector<double> out;
    for (const AttentionEdge& e : edges) {
        progress.report(Stage::Edges, static_cast<std::int64_t>(out.size()), total);
        if (!progress.checkpoint()) return Error::cancelled();
        options.interventions = run->interventions;
        options.interventions.push_back(knockOut(e.head, {{e.query, e.key}}));
        const auto after = forwardFrom(run, options, inner);
        if (!after) return after.error();
        const auto value = metricValue(**after, metric, inner);
        if (!value) return value.error();
        out.push_back(*value - *before);
        if (onEdge) onEdge(out.size() - 1, out.back());
    }
    progress.report(Stage::Edges, total, total);
    return out;
}

void edgeInfluenceRow(const float* a, const float* g, std::ptrdiff_t n, float* out)
{
    double weight = 0, mean = 0;
    for (std::ptrdiff_t j = 0; j < n; ++j) {
        weight += static_cast<double>(a[j]);
        mean += static_cast<double>(a[j]) * static_cast<double>(g[j]);
    }
    for (std::ptrdiff_t j = 0; j < n; ++j) {
        const double aj = static_cast<double>(a[j]), gj = static_cast<double>(g[j]);
        // What the others hold, and g_j sum_n a_n - sum_n a_n g_n over the others alone: no cancellation when a_j is nearly 1.
        const double rest = weight - aj, spread = gj * rest - (mean - aj * gj);
        out[j] = static_cast<float>(rest > 1e-12 ? -aj * spread / rest : -gj * aj);
    }
}

Result<EdgeInfluence> edgeInfluence(const Run& run, const Metric& metric, const std::vector<HeadId>& heads, const Progress& progress)
{
    const auto n = static_cast<std::size_t>(run.queries());
    const std::size_t bytes = heads.size() * n * n * sizeof(float);
    if (bytes > kLargestMaps)
        return Error::of(ErrorCode::OutOfMemory, "edge influence", std::to_string(bytes), std::to_string(kLargestMaps));
    EdgeInfluence out;
    out.heads = heads;
    GradientRequest request;
    request.gates = false;
    request.panelHeads = heads;
    request.firstLayer = run.layers() - 1;
    for (const HeadId h : heads) request.firstLayer = std::min(request.firstLayer, h.layer);
    for (std::size_t i = 0; i < heads.size(); ++i) out.influence.emplace_back(run.queries(), run.queries());
    request.onPanel = [&](const AttentionPanel& panel) {
        const auto index = static_cast<std::size_t>(std::find(heads.begin(), heads.end(), panel.head) - heads.begin());
        for (std::ptrdiff_t i = 0; i < panel.pattern.rows; ++i)
            edgeInfluenceRow(panel.pattern.row(i), panel.dPattern.row(i), panel.pattern.cols,
                             out.influence[index].row(panel.q0 + i) + panel.k0);
    };
    const auto g = backward(run, metric, request, progress);
    if (!g) return g.error();
    out.value = g->value;
    return out;
}

}  // namespace hs
