// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/causes/patching.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/forward/forward.h"

namespace hs {
namespace {

Status checkRun(const std::shared_ptr<const Run>& run, const char* name)
{
    if (!run || !run->complete) return Error::argument(name);
    for (const auto& layer : run->layerRuns)
        if (layer->residPre.empty()) return Error::argument("residuals", name);
    return {};
}

/// Positions of a map's cells: [1] of -1 (all) where the axes have none.
std::vector<int> cellPositions(const PatchOptions& options, int n)
{
    if (options.axes == PatchAxes::LayerHead) return {-1};
    std::vector<int> out = options.positions;
    if (out.empty())
        for (int p = 0; p < n; ++p) out.push_back(p);
    return out;
}

}  // namespace

double PatchMap::change(int layer, int head, int position) const
{
    return at(layer, head, position) - (options.direction == PatchDirection::Denoise ? corrupt : clean);
}

Result<std::vector<double>> PatchMap::normalised() const
{
    const double difference = clean - corrupt;
    if (!(std::abs(difference) >= kLeastMetricDifference)) {
        std::string least = ">= ";
        least += std::to_string(kLeastMetricDifference);
        return Error::argument("metric difference", std::to_string(difference), least);
    }
    std::vector<double> out = value;
    for (double& x : out) x = options.direction == PatchDirection::Denoise ? (x - corrupt) / difference : (clean - x) / difference;
    return out;
}

Status checkPatch(const PatchPair& pair, const PatchOptions& options)
{
    if (Status s = checkRun(pair.clean, "clean"); !s) return s;
    if (Status s = checkRun(pair.corrupt, "corrupt"); !s) return s;
    if (pair.clean->model != pair.corrupt->model)
        return Error::argument("model", pair.clean->model->identity().name, pair.corrupt->model->identity().name);
    const int n = pair.clean->queries();
    if (pair.corrupt->queries() != n)
        return Error::of(ErrorCode::PromptsDiffer, "clean, corrupt", std::to_string(n), std::to_string(pair.corrupt->queries()));
    if (pair.clean->padding != pair.corrupt->padding) return Error::of(ErrorCode::PromptsDiffer, "padding");
    const ModelConfig& config = pair.clean->model->config();
    if (!hasSite(config, options.site)) return Error::argument("site", siteName(options.site));
    if (!isHeadSite(options.site) && options.axes != PatchAxes::LayerPosition)
        return Error::argument("axes", siteName(options.site), "layer x position");
    for (const int p : options.positions)
        if (p < 0 || p >= n) return Error::argument("position", std::to_string(p), "0 .. " + std::to_string(n - 1));
    return checkMetric(pair.metric, *pair.clean->model, *pair.clean->prompt, pair.clean->padding);
}

Result<std::shared_ptr<const MatrixF>> storedActivation(const std::shared_ptr<const Run>& run, Site site, int layer, int head)
{
    using Stored = std::shared_ptr<const MatrixF>;
    if (layer < 0 || layer >= run->readyLayers())
        return Error::argument("layer", std::to_string(layer), "0 .. " + std::to_string(run->readyLayers() - 1));
    const std::shared_ptr<const LayerRun>& kept = run->layerRuns[static_cast<std::size_t>(layer)];
    const auto made = [&](const char* name) -> Result<Stored> {
        Result<MatrixF> x = run->activation("blocks." + std::to_string(layer) + "." + name);
        if (!x) return x.error();
        return Stored(std::make_shared<const MatrixF>(*std::move(x)));
    };
    switch (site) {
    case Site::ResidPre:
        return kept->residPre.empty() ? Result<Stored>(Error::argument("residuals")) : Result<Stored>(Stored(kept, &kept->residPre));
    case Site::ResidMid: return kept->residMid.empty() ? made("hook_resid_mid") : Result<Stored>(Stored(kept, &kept->residMid));
    case Site::ResidPost:
        if (layer + 1 == run->layers() && run->complete) return Stored(run, &run->residFinal);
        return made("hook_resid_post");
    case Site::AttnOut: return made("hook_attn_out");
    case Site::MlpOut: return made("hook_mlp_out");
    case Site::Z: return kept->z.empty() ? made("attn.hook_z") : Result<Stored>(Stored(kept, &kept->z));
    case Site::Q: return Stored(kept, &kept->q);
    case Site::K: return Stored(kept, &kept->k);
    case Site::V: return run->values(layer);
    case Site::Pattern: {
        Result<MatrixF> map = run->tile({layer, head}, MapKind::Weights, 0, run->queries(), 0, run->keys());
        if (!map) return map.error();
        return Stored(std::make_shared<const MatrixF>(*std::move(map)));
    }
    }
    return Error::argument("site");
}

Result<Interventions> patchOf(const std::shared_ptr<const Run>& source, Site site, int layer, int head, const std::vector<int>& positions)
{
    Interventions out;
    const bool each = site == Site::Pattern && head < 0;  // a map belongs to one head
    const int first = each ? 0 : head, end = each ? siteHeads(source->model->config(), site, layer) : head + 1;
    for (int h = first; h < end; ++h) {
        const auto stored = storedActivation(source, site, layer, h);
        if (!stored) return stored.error();
        out.push_back(patchIn(site, {layer, h}, *stored, positions));
    }
    return out;
}

Result<PatchMap> emptyPatchMap(const PatchPair& pair, const PatchOptions& options, const Progress& progress)
{
    const ModelConfig& config = pair.clean->model->config();
    const int n = pair.clean->queries();
    PatchMap map;
    map.options = options;
    map.layers = config.nLayers;
    map.heads = 1;
    map.positions = options.axes == PatchAxes::LayerHead ? 1 : n;
    for (int l = 0; l < config.nLayers; ++l) {
        const int heads = options.axes == PatchAxes::LayerPosition ? 1 : siteHeads(config, options.site, l);
        map.heads = std::max(map.heads, heads);
        map.total += static_cast<std::size_t>(heads) * cellPositions(options, n).size();
    }
    map.value.assign(static_cast<std::size_t>(map.layers) * static_cast<std::size_t>(map.heads) * static_cast<std::size_t>(map.positions),
                     std::numeric_limits<double>::quiet_NaN());
    const auto clean = metricValue(*pair.clean, pair.metric, progress), corrupt = metricValue(*pair.corrupt, pair.metric, progress);
    if (!clean) return clean.error();
    if (!corrupt) return corrupt.error();
    map.clean = *clean;
    map.corrupt = *corrupt;
    return map;
}

Result<PatchMap> patchActivations(const PatchPair& pair, const PatchOptions& options, const Progress& progress, const PatchStage& onStage)
{
    if (Status s = checkPatch(pair, options); !s) return s.error();
    const bool denoise = options.direction == PatchDirection::Denoise;
    const std::shared_ptr<const Run>&base = denoise ? pair.corrupt : pair.clean, &source = denoise ? pair.clean : pair.corrupt;
    const ModelConfig& config = base->model->config();
    auto empty = emptyPatchMap(pair, options, progress);
    if (!empty) return empty.error();
    PatchMap map = *std::move(empty);
    const bool byHead = options.axes != PatchAxes::LayerPosition;
    const std::vector<int> positions = cellPositions(options, base->queries());
    ForwardOptions forwardOptions;
    forwardOptions.padding = base->padding;
    forwardOptions.keepResiduals = forwardOptions.stats = false;
    // Losses of a whole text need all logits; everything else reads a few rows.
    forwardOptions.logits = pair.metric.kind == MetricKind::Loss && pair.metric.positions.empty() && base->prompt->targets.empty();
    const Progress inner(progress.token(), {}, [&progress] { progress.checkpoint(); });
    for (int l = config.nLayers - 1; l >= 0; --l) {
        const int heads = byHead ? siteHeads(config, options.site, l) : 1;
        for (int h = 0; h < heads; ++h) {
            const Result<Interventions> patch = patchOf(source, options.site, l, byHead ? h : -1, {});
            if (!patch) return patch.error();
            for (const int p : positions) {
                progress.report(Stage::Patching, static_cast<std::int64_t>(map.done), static_cast<std::int64_t>(map.total));
                if (!progress.checkpoint()) return Error::cancelled();
                forwardOptions.interventions = base->interventions;
                for (Intervention v : *patch) {
                    v.positions = p >= 0 ? std::vector<int>{p} : options.positions;
                    forwardOptions.interventions.push_back(std::move(v));
                }
                const auto run = forwardFrom(base, forwardOptions, inner);
                if (!run) return run.error();
                const auto value = metricValue(**run, pair.metric, inner);
                if (!value) return value.error();
                map.at(l, h, std::max(0, p)) = *value;
                ++map.done;
            }
        }
        if (onStage) onStage(map);
    }
    progress.report(Stage::Patching, static_cast<std::int64_t>(map.total), static_cast<std::int64_t>(map.total));
    return map;
}

}  // namespace hs
