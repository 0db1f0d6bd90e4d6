// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/forward/row_parts.h"

#include <algorithm>
#include <cmath>

#include "engine/forward/block.h"

namespace hs {
namespace {

std::vector<float> rowOf(const MatrixF& m, int row) { return {m.row(row), m.row(row) + m.cols()}; }

/// The last replacement of this row at a site of the whole layer, or null.
const float* replacedRow(const Run& run, int layer, Site site, int row)
{
    const float* found = nullptr;
    for (const Intervention& v : run.interventions) {
        if (v.kind != InterventionKind::Replace || v.head.layer != layer || v.site != site) continue;
        if (v.positions.empty() || std::find(v.positions.begin(), v.positions.end(), row) != v.positions.end()) found = v.stored->row(row);
    }
    return found;
}

bool takeReplaced(const Run& run, int layer, Site site, int row, std::vector<float>& x)
{
    const float* found = replacedRow(run, layer, site, row);
    if (found) std::copy_n(found, x.size(), x.begin());
    return found != nullptr;
}

ViewF view(const std::vector<float>& x)
{
    return {x.data(), 1, static_cast<std::ptrdiff_t>(x.size()), static_cast<std::ptrdiff_t>(x.size())};
}
MutViewF view(std::vector<float>& x) { return {x.data(), 1, static_cast<std::ptrdiff_t>(x.size()), static_cast<std::ptrdiff_t>(x.size())}; }

std::vector<float> normed(const ModelConfig& config, const NormWeights& norm, std::vector<float> x)
{
    block::normRows(config, norm, view(std::as_const(x)), view(x));
    return x;
}

void add(std::vector<float>& y, const std::vector<float>& x) { addTo(y.data(), x.data(), static_cast<std::ptrdiff_t>(y.size())); }

}  // namespace

Result<RowParts> rowParts(const Run& run, int layer, int position)
{
    const auto outside = [](const char* item, int found, int end) {
        return Error::argument(item, std::to_string(found), "0 .. " + std::to_string(end - 1));
    };
    if (layer < 0 || layer >= run.readyLayers()) return outside("layer", layer, run.readyLayers());
    if (position < 0 || position >= run.queries()) return outside("position", position, run.queries());
    const LayerRun& kept = *run.layerRuns[static_cast<std::size_t>(layer)];
    if (kept.residPre.empty()) return Error::argument("residuals");
    const auto weights = run.model->layer(layer);
    if (!weights) return weights.error();
    const LayerWeights& w = **weights;
    const ModelConfig& config = run.model->config();
    const BlockPlan plan = blockPlan(config);
    static const Interventions none;  // replaced rows are handled here: one row has no position
    const block::Context context{config, w, layer, none, {}, nullptr, false, {}};

    RowParts out;
    out.residPre = rowOf(kept.residPre, position);
    out.preReplaced = replacedRow(run, layer, Site::ResidPre, position) != nullptr;
    out.postReplaced = replacedRow(run, layer, Site::ResidPost, position) != nullptr;
    if (kept.z.empty()) {
        const auto z = run.activation("blocks." + std::to_string(layer) + ".attn.hook_z");
        if (!z) return z.error();
        out.z = rowOf(*z, position);
    } else {
        out.z = rowOf(kept.z, position);
    }
    out.attnOut.assign(out.residPre.size(), 0.0f);
    block::addAttentionOutput(context, view(std::as_const(out.z)), view(out.attnOut));
    if (config.normsOutput()) {
        out.attnRaw.assign(out.residPre.size(), 0.0f);
        block::addUnnormed(context, Branch::Attention, view(std::as_const(out.z)), view(out.attnRaw));
    }
    out.attnReplaced = takeReplaced(run, layer, Site::AttnOut, position, out.attnOut);
    std::vector<float> stream = out.residPre, forMlp;
    for (std::size_t i = 0; i < plan.size(); ++i) {
        const Step& step = plan[i];
        if (step.kind == StepKind::Share || (step.kind == StepKind::Read && step.branch == Branch::Mlp)) {
            const NormWeights* norm = normWeights(w, normBefore(plan, Branch::Mlp));
            forMlp = norm ? normed(config, *norm, stream) : stream;
        } else if (step.kind == StepKind::Norm) {
            if (i + 1 == plan.size()) {
                out.sum = std::move(stream);
                break;
            }
            out.normed = stream = normed(config, *normWeights(w, step.norm), std::move(stream));
        } else if (step.kind == StepKind::Write && step.branch == Branch::Attention) {
            add(stream, out.attnOut);
            if (!hasMiddle(plan)) continue;
            out.midReplaced = takeReplaced(run, layer, Site::ResidMid, position, stream);
            out.residMid = stream;
        } else if (step.kind == StepKind::Write) {
            out.mlpOut.assign(out.residPre.size(), 0.0f);
            block::addMlp(context, view(std::as_const(forMlp)), view(out.mlpOut));
            out.mlpReplaced = takeReplaced(run, layer, Site::MlpOut, position, out.mlpOut);
            add(stream, out.mlpOut);
        }
    }
    return out;
}

void frozenNormBack(const ModelConfig& config, const NormWeights& norm, const std::vector<float>& x, std::vector<double>& direction)
{
    if (config.norm == NormKind::None || norm.none) return;
    const auto d = static_cast<double>(x.size());
    const bool centred = config.norm == NormKind::LayerNorm;
    double mean = 0, square = 0, mass = 0;
    for (const float v : x) mean += centred ? static_cast<double>(v) / d : 0.0;
    for (const float v : x) square += (static_cast<double>(v) - mean) * (static_cast<double>(v) - mean) / d;
    const double scale = 1.0 / std::sqrt(square + config.eps);
    for (std::size_t i = 0; i < x.size(); ++i) {
        if (!norm.w.empty()) direction[i] *= static_cast<double>(norm.w[i]);
        mass += direction[i] / d;
    }
    for (double& v : direction) v = (v - (centred ? mass : 0.0)) * scale;
}

}  // namespace hs
