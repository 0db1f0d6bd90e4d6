// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/forward/run.h"

#include <cmath>

#include "engine/forward/block.h"
#include "engine/forward/ends.h"
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
MaskKind Run::mask() const { return model->config().mask; }
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

int Run::originalHead(int layer, int head) const
{
    const auto weights = model->layer(layer);
    if (!weights || head < 0 || static_cast<std::size_t>(head) >= (*weights)->headIds.size()) return head;
    return (*weights)->headIds[static_cast<std::size_t>(head)];
}

Result<std::shared_ptr<const MatrixF>> Run::values(int layer) const
{
    if (layer < 0 || layer >= readyLayers())
        return Error{ErrorCode::InvalidArgument, {}, "layer", std::to_string(layer), "0 .. " + std::to_string(readyLayers() - 1)};
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
        return Error{ErrorCode::HeadOutOfRange, {}, headName(head), {}, {}};
    LayerRun::ValueNorms& cache = *layerRuns[static_cast<std::size_t>(head.layer)]->valueNorms;
    const auto slot = static_cast<std::size_t>(head.head);
    const std::lock_guard lock(cache.mutex);
    cache.perHead.resize(static_cast<std::size_t>(heads(head.layer)));
    if (cache.perHead[slot]) return cache.perHead[slot];

    const auto v = values(head.layer);
    if (!v) return v.error();
    const auto weights = model->layer(head.layer);
    if (!weights) return weights.error();
    const int dh = model->config().dHead, group = model->config().kvHeadOf(head.layer, head.head);
    const MatrixF& all = **v;
    MatrixF through = MatrixF::uninitialised(all.rows(), model->config().dModel);
    gemmParallel(false, false, 1.0f, all.view().block(0, group * dh, all.rows(), dh), (*weights)->headO(head.head), 0.0f, through.view());
    std::vector<float> norms(static_cast<std::size_t>(all.rows()));
    for (std::ptrdiff_t j = 0; j < through.rows(); ++j) {
        double sum = 0;
        for (std::ptrdiff_t i = 0; i < through.cols(); ++i) sum += static_cast<double>(through(j, i)) * static_cast<double>(through(j, i));
        norms[static_cast<std::size_t>(j)] = static_cast<float>(std::sqrt(sum));
    }
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
