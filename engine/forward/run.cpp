// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/forward/run.h"

#include <algorithm>

#include "engine/base/parallel.h"
#include "engine/forward/block.h"
#include "engine/tensor/gemm.h"

namespace hs {

std::size_t LayerRun::bytes() const
{
    std::size_t total = q.bytes() + k.bytes() + v.bytes() + z.bytes() + residPre.bytes() + residMid.bytes() + lse.size() * sizeof(float);
    for (const auto& s : stats)
        if (s) total += sizeof(HeadStats) + sizeof(float) * (5 * s->rowEntropy.size() + s->columnMean.size() + s->offsetMass.size());
    return total;
}

int Run::layers() const { return model->config().nLayers; }
int Run::heads(int layer) const { return model->config().heads(layer); }
int Run::queries() const { return prompt->size(); }
int Run::keys() const { return prompt->size(); }
Visibility Run::visibility(int layer) const { return model->config().visibility(layer); }
bool Run::hides(int key) const { return !padding.empty() && padding[static_cast<std::size_t>(key)]; }
const std::vector<Token>& Run::queryTokens() const { return prompt->tokens; }
const std::vector<Token>& Run::keyTokens() const { return prompt->tokens; }
int Run::readyLayers() const { return static_cast<int>(layerRuns.size()); }
bool Run::has(MapKind) const { return true; }

std::shared_ptr<const HeadStats> Run::stats(HeadId head) const
{
    if (head.layer < 0 || head.layer >= readyLayers() || head.head < 0) return nullptr;
    const LayerRun& layer = *layerRuns[static_cast<std::size_t>(head.layer)];
    return static_cast<std::size_t>(head.head) < layer.stats.size() ? layer.stats[static_cast<std::size_t>(head.head)] : nullptr;
}

std::shared_ptr<const void> Run::cellsOwner(int layer) const
{
    if (layer < 0 || layer >= readyLayers()) return nullptr;
    return layerRuns[static_cast<std::size_t>(layer)];
}

int Run::originalHead(int layer, int head) const
{
    const auto weights = model->layer(layer);
    if (!weights || head < 0 || static_cast<std::size_t>(head) >= (*weights)->headIds.size()) return head;
    return (*weights)->headIds[static_cast<std::size_t>(head)];
}

Result<std::shared_ptr<const MatrixF>> Run::values(int layer) const
{
    if (layer < 0 || layer >= readyLayers())
        return Error::argument("layer", std::to_string(layer), "0 .. " + std::to_string(readyLayers() - 1));
    const std::shared_ptr<const LayerRun>& kept = layerRuns[static_cast<std::size_t>(layer)];
    if (!kept->v.empty()) return std::shared_ptr<const MatrixF>(kept, &kept->v);
    const auto weights = model->layer(layer);
    if (!weights) return weights.error();
    const block::Context context{model->config(), **weights, layer, interventions, padding, nullptr, false, {}};
    const MatrixF input = block::attentionInput(context, kept->residPre.view());
    return std::shared_ptr<const MatrixF>(std::make_shared<const MatrixF>(block::projectV(context, input.view())));
}

Result<std::shared_ptr<const std::vector<float>>> Run::valueNorms(HeadId head) const
{
    if (head.layer < 0 || head.layer >= readyLayers() || head.head < 0 || head.head >= heads(head.layer))
        return Error::of(ErrorCode::HeadOutOfRange, headName(head));
    LayerRun::ValueNorms& cache = *layerRuns[static_cast<std::size_t>(head.layer)]->valueNorms;
    const auto slot = static_cast<std::size_t>(head.head);
    const std::lock_guard lock(cache.mutex);
    cache.perHead.resize(static_cast<std::size_t>(heads(head.layer)));
    if (cache.perHead[slot]) return cache.perHead[slot];

    const auto weights = model->layer(head.layer);
    if (!weights) return weights.error();
    const LayerRun& kept = *layerRuns[static_cast<std::size_t>(head.layer)];
    const int n = queries(), d = model->config().dModel, dh = model->config().dHead,
              group = model->config().kvHeadOf(head.layer, head.head);
    const block::Context context{model->config(), **weights, head.layer, interventions, padding, nullptr, false, {}};
    MatrixF own;  // values of this head alone, when the pass dropped them
    if (kept.v.empty() && (block::replaces(context, Site::V) || (*weights)->latent)) {
        const auto all = values(head.layer);
        if (!all) return all.error();
        own = MatrixF::uninitialised(n, dh);
        for (int j = 0; j < n; ++j) std::copy_n((*all)->row(j) + group * dh, dh, own.row(j));
    } else if (kept.v.empty()) {
        const MatrixF input = block::attentionInput(context, kept.residPre.view());
        own = MatrixF::uninitialised(n, dh);
        gemmParallel(false, false, 1.0f, input.view(), (*weights)->headV(group), 0.0f, own.view());
        if (!(*weights)->bV.empty())
            for (int j = 0; j < n; ++j) addTo(own.row(j), (*weights)->bV.data() + group * dh, dh);
        block::clipInPlace(model->config(), own.view());
    }
    const ViewF v = kept.v.empty() ? std::as_const(own).view() : kept.v.view().block(0, group * dh, n, dh);
    constexpr int kRows = 128;  // a block of v W_O stays in the cache until its norms are taken
    std::vector<float> norms(static_cast<std::size_t>(n));
    parallelFor(static_cast<std::size_t>((n + kRows - 1) / kRows), [&](std::size_t task) {
        const int first = static_cast<int>(task) * kRows, rows = std::min(kRows, n - first);
        MatrixF through = MatrixF::uninitialised(rows, d);
        gemm(false, false, 1.0f, v.block(first, 0, rows, dh), (*weights)->headO(head.head), 0.0f, through.view());
        for (int j = 0; j < rows; ++j) norms[static_cast<std::size_t>(first + j)] = normOf(through.row(j), d);
    });
    cache.perHead[slot] = std::make_shared<const std::vector<float>>(std::move(norms));
    return cache.perHead[slot];
}

std::size_t Run::bytes() const
{
    std::size_t total = residFinal.bytes() + logits.bytes() + tokenLoss.size() * sizeof(float);
    for (const auto& layer : layerRuns) total += layer->bytes();
    return total;
}

}  // namespace hs
