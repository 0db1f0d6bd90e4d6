// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/causes/path_patching.h"

#include <algorithm>
#include <limits>

#include "engine/forward/forward.h"

namespace hs {
namespace {

Status checkPaths(const PatchPair& pair, const PathOptions& options)
{
    if (Status s = checkPatch(pair, {}); !s) return s;
    const ModelConfig& config = pair.clean->model->config();
    const int n = pair.clean->queries();
    for (const PathReceiver& r : options.receivers) {
        if (r.head.layer == config.nLayers) continue;
        if (r.site != Site::Q && r.site != Site::K && r.site != Site::V) return Error::argument("receiver", siteName(r.site), "q, k, v");
        if (r.head.layer < 0 || r.head.layer > config.nLayers || r.head.head < 0 || r.head.head >= siteHeads(config, r.site, r.head.layer))
            return Error::of(ErrorCode::HeadOutOfRange, headName(r.head), siteName(r.site));
    }
    for (const HeadId h : options.senders)
        if (h.layer < 0 || h.layer >= config.nLayers || h.head < 0 || h.head >= config.heads(h.layer))
            return Error::of(ErrorCode::HeadOutOfRange, headName(h));
    for (const auto* list : {&options.senderPositions, &options.receiverPositions})
        for (const int p : *list)
            if (p < 0 || p >= n) return Error::argument("position", std::to_string(p), "0 .. " + std::to_string(n - 1));
    return {};
}

class PathPatch {
public:
    PathPatch(const PatchPair& pair, const PathOptions& options, const Progress& progress)
        : m_metric(pair.metric), m_options(options), m_inner(progress.token(), {}, [&progress] { progress.checkpoint(); }),
          m_orig(options.direction == PatchDirection::Denoise ? pair.corrupt : pair.clean),
          m_new(options.direction == PatchDirection::Denoise ? pair.clean : pair.corrupt), m_config(m_orig->model->config())
    {
        for (const PathReceiver& r : options.receivers) m_lastLayer = std::max(m_lastLayer, r.head.layer);
        if (options.receivers.empty()) m_lastLayer = m_config.nLayers;
    }

    int lastLayer() const { return m_lastLayer; }

    Status prepare()
    {
        for (int l = 0; l < m_lastLayer; ++l)
            for (const auto* run : {&m_orig, &m_new}) {
                const auto z = storedActivation(*run, Site::Z, l, -1);
                if (!z) return z.error();
                (run == &m_orig ? m_zOrig : m_zNew).push_back(*z);
            }
        return {};
    }

    /// Metric with this sender's direct paths to the receivers taken from the new run.
    Result<double> patched(HeadId sender) const
    {
        // Every other head between sender and receivers says what it said before; MLPs and norms answer to the change.
        Interventions frozen = m_orig->interventions;
        for (int l = sender.layer; l < m_lastLayer; ++l)
            frozen.push_back(patchIn(Site::Z, {l, -1}, m_zOrig[static_cast<std::size_t>(l)], {}));
        frozen.push_back(patchIn(Site::Z, sender, m_zNew[static_cast<std::size_t>(sender.layer)], m_options.senderPositions));
        const bool toEnd = m_lastLayer == m_config.nLayers;
        const bool endAlone = toEnd && std::all_of(m_options.receivers.begin(), m_options.receivers.end(), [&](const PathReceiver& r) {
                                  return r.head.layer == m_config.nLayers;
                              });
        const bool allRows = m_options.receiverPositions.empty();
        const auto recorded = run(frozen, endAlone && allRows);
        if (!recorded) return recorded.error();
        if (endAlone && allRows) return metricValue(**recorded, m_metric, m_inner);

        Interventions inputs = m_orig->interventions;
        const auto addEnd = [&] {
            inputs.push_back(
                patchIn(Site::ResidPost, {m_config.nLayers - 1, -1}, {*recorded, &(*recorded)->residFinal}, m_options.receiverPositions));
        };
        for (const PathReceiver& r : m_options.receivers) {
            if (r.head.layer == m_config.nLayers) {
                addEnd();
                continue;
            }
            if (r.head.layer <= sender.layer) continue;  // not behind the sender
            const auto stored = storedActivation(*recorded, r.site, r.head.layer, r.head.head);
            if (!stored) return stored.error();
            inputs.push_back(patchIn(r.site, r.head, *stored, m_options.receiverPositions));
        }
        if (m_options.receivers.empty()) addEnd();
        const auto last = run(inputs, true);
        if (!last) return last.error();
        return metricValue(**last, m_metric, m_inner);
    }

private:
    Result<std::shared_ptr<const Run>> run(const Interventions& list, bool predicts) const
    {
        ForwardOptions options;
        options.interventions = list;
        options.padding = m_orig->padding;
        options.keepResiduals = options.stats = false;
        options.logits = predicts && m_metric.kind == MetricKind::Loss && m_metric.positions.empty();
        return forwardFrom(m_orig, options, m_inner);
    }

    const Metric& m_metric;
    const PathOptions& m_options;
    Progress m_inner;
    std::shared_ptr<const Run> m_orig, m_new;
    const ModelConfig& m_config;
    int m_lastLayer = 0;
    std::vector<std::shared_ptr<const MatrixF>> m_zOrig, m_zNew;
};

}  // namespace

Result<PathMap> patchPaths(const PatchPair& pair, const PathOptions& options, const Progress& progress, const PathStage& onStage)
{
    if (Status s = checkPaths(pair, options); !s) return s.error();
    const ModelConfig& config = pair.clean->model->config();
    PathPatch patch(pair, options, progress);
    PathMap map;
    map.options = options;
    map.layers = config.nLayers;
    for (int l = 0; l < config.nLayers; ++l) map.heads = std::max(map.heads, config.heads(l));
    map.value.assign(static_cast<std::size_t>(map.layers) * static_cast<std::size_t>(map.heads), std::numeric_limits<double>::quiet_NaN());
    const auto clean = metricValue(*pair.clean, pair.metric, progress), corrupt = metricValue(*pair.corrupt, pair.metric, progress);
    if (!clean) return clean.error();
    if (!corrupt) return corrupt.error();
    map.clean = *clean;
    map.corrupt = *corrupt;

    std::vector<HeadId> senders;
    for (int l = std::min(patch.lastLayer(), config.nLayers) - 1; l >= 0; --l)
        for (int h = 0; h < config.heads(l); ++h)
            if (options.senders.empty() || std::find(options.senders.begin(), options.senders.end(), HeadId{l, h}) != options.senders.end())
                senders.push_back({l, h});
    map.total = senders.size();
    if (Status s = patch.prepare(); !s) return s.error();
    for (const HeadId sender : senders) {
        progress.report(Stage::PathPatching, static_cast<std::int64_t>(map.done), static_cast<std::int64_t>(map.total));
        if (!progress.checkpoint()) return Error::cancelled();
        const auto value = patch.patched(sender);
        if (!value) return value.error();
        map.value[static_cast<std::size_t>(sender.layer) * static_cast<std::size_t>(map.heads) + static_cast<std::size_t>(sender.head)] =
            *value;
        ++map.done;
        if (onStage && (map.done == map.total || senders[map.done].layer != sender.layer)) onStage(map);
    }
    progress.report(Stage::PathPatching, static_cast<std::int64_t>(map.total), static_cast<std::int64_t>(map.total));
    return map;
}

}  // namespace hs
