// SPDX-License-Identifier: GPL-3.0-or-later
// Activations by their TransformerLens names; what a long run dropped is computed again by the pass's own code.
#include <algorithm>
#include <charconv>

#include "engine/forward/block.h"

namespace hs {
namespace {

constexpr std::size_t kLargestPattern = std::size_t(2) << 30;

struct Name {
    int layer = -1;
    std::string rest;  ///< after "blocks.N."
};

Name split(const std::string& name)
{
    Name out;
    const std::string prefix = "blocks.";
    if (name.compare(0, prefix.size(), prefix) != 0) return out;
    const char* begin = name.data() + prefix.size();
    const char* end = name.data() + name.size();
    const auto [after, error] = std::from_chars(begin, end, out.layer);
    if (error != std::errc{} || after == end || *after != '.') return {};
    out.rest.assign(after + 1, end);
    return out;
}

Error unknown(const std::string& name) { return Error::argument("activation", name); }

Result<MatrixF> maps(const Run& run, int layer, MapKind kind)
{
    const int n = run.queries(), heads = run.heads(layer);
    const std::size_t bytes = static_cast<std::size_t>(heads) * static_cast<std::size_t>(n) * static_cast<std::size_t>(n) * sizeof(float);
    if (bytes > kLargestPattern)
        return Error::of(ErrorCode::OutOfMemory, "pattern", std::to_string(bytes), std::to_string(kLargestPattern));
    MatrixF out(static_cast<std::ptrdiff_t>(heads) * n, n);
    for (int h = 0; h < heads; ++h) {
        const auto map = run.tile({layer, h}, kind, 0, n, 0, n);
        if (!map) return map.error();
        std::copy_n(map->data(), map->rows() * map->cols(), out.row(static_cast<std::ptrdiff_t>(h) * n));
    }
    return out;
}

Result<MatrixF> mix(const Run& run, int layer)
{
    const LayerRun& kept = *run.layerRuns[static_cast<std::size_t>(layer)];
    if (!kept.z.empty()) return kept.z;
    const auto v = run.values(layer);
    if (!v) return v.error();
    LayerWeights only;  // the mix needs no other weights
    only.places = kept.places;
    only.sinks = kept.sinks;
    const block::Context context{run.model->config(), only, layer, run.interventions, run.padding, nullptr, false, {}};
    LayerRun again;
    MatrixF z(kept.q.rows(), kept.q.cols());
    block::attend(context, kept.q, kept.k, **v, z, again);
    return z;
}

Result<MatrixF> attentionOutput(const Run& run, int layer)
{
    const auto z = mix(run, layer);
    if (!z) return z.error();
    const auto weights = run.model->layer(layer);
    if (!weights) return weights.error();
    const block::Context context{run.model->config(), **weights, layer, run.interventions, run.padding, nullptr, false, {}};
    MatrixF out(z->rows(), run.model->config().dModel);
    block::addAttentionOutput(context, z->view(), out.view());
    return out;
}

/// Called when the layer has an MLP and its residuals are there.
Result<MatrixF> mlpOutput(const Run& run, int layer)
{
    const ModelConfig& config = run.model->config();
    const auto weights = run.model->layer(layer);
    if (!weights) return weights.error();
    MatrixF seen = run.layerRuns[static_cast<std::size_t>(layer)]->residPre;
    const BlockPlan plan = blockPlan(config);
    const auto normed = [&](BlockNorm norm) {
        if (const NormWeights* w = normWeights(**weights, norm)) block::normRows(config, *w, std::as_const(seen).view(), seen.view());
    };
    for (const Step& step : plan) {  // the stream up to where the MLP reads it
        if (step.kind == StepKind::Share || (step.kind == StepKind::Read && step.branch == Branch::Mlp)) {
            normed(normBefore(plan, Branch::Mlp));
            break;
        }
        if (step.kind == StepKind::Norm) normed(step.norm);
        if (step.kind != StepKind::Write) continue;
        Result<MatrixF> mid = run.activation("blocks." + std::to_string(layer) + ".hook_resid_mid");
        if (!mid) return mid.error();
        seen = *std::move(mid);
    }
    MatrixF out(seen.rows(), seen.cols());
    const block::Context context{config, **weights, layer, run.interventions, run.padding, nullptr, false, {}};
    block::addMlp(context, std::as_const(seen).view(), out.view());
    return out;
}

}  // namespace

Result<MatrixF> Run::activation(const std::string& name) const
{
    if (name == "ln_final.hook_input" || name == "resid_final") return complete ? Result<MatrixF>(residFinal) : unknown(name);
    const Name parsed = split(name);
    if (parsed.layer < 0 || parsed.layer >= readyLayers()) return unknown(name);
    const int l = parsed.layer;
    const LayerRun& layer = *layerRuns[static_cast<std::size_t>(l)];
    const std::string& what = parsed.rest;
    if (what == "attn.hook_q") return layer.q;
    if (what == "attn.hook_k") return layer.k;
    if (what == "attn.hook_v") {
        const auto v = values(l);
        if (!v) return v.error();
        return MatrixF(**v);
    }
    if (what == "attn.hook_z") return mix(*this, l);
    if (what == "attn.hook_attn_scores") return maps(*this, l, MapKind::Scores);
    if (what == "attn.hook_pattern") return maps(*this, l, MapKind::Weights);
    if (what == "hook_attn_out") return attentionOutput(*this, l);
    if (what == "hook_mlp_out" && !model->config().attnOnly && !layer.residPre.empty()) return mlpOutput(*this, l);
    if (what == "hook_resid_pre") return layer.residPre.empty() ? Result<MatrixF>(unknown(name)) : Result<MatrixF>(layer.residPre);
    if (what == "hook_resid_mid") {
        if (!layer.residMid.empty()) return layer.residMid;
        if (layer.residPre.empty()) return unknown(name);
        auto out = attentionOutput(*this, l);
        if (!out) return out.error();
        for (std::ptrdiff_t r = 0; r < out->rows(); ++r) addTo(out->row(r), layer.residPre.row(r), out->cols());
        static const LayerWeights none;
        const ModelConfig& config = model->config();
        if (hasMiddle(blockPlan(config)))
            block::replaceRows({config, none, l, interventions, padding, nullptr, false, {}}, Site::ResidMid, out->view());
        return out;
    }
    if (what == "hook_resid_post") {
        if (l + 1 == layers()) return complete ? Result<MatrixF>(residFinal) : unknown(name);
        if (l + 1 < readyLayers() && !layerRuns[static_cast<std::size_t>(l) + 1]->residPre.empty())
            return layerRuns[static_cast<std::size_t>(l) + 1]->residPre;
    }
    return unknown(name);
}

}  // namespace hs
