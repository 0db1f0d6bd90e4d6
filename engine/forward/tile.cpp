// SPDX-License-Identifier: GPL-3.0-or-later
// Cells of a map from Q, K and each row's log-sum-exp: one small product and an exp.
#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/base/parallel.h"
#include "engine/forward/block.h"
#include "engine/tensor/nn.h"

namespace hs {
namespace {

constexpr int kPanelRows = 64;

}  // namespace

Result<MatrixF> Run::tile(HeadId head, MapKind kind, int q0, int nq, int k0, int nk) const
{
    if (head.layer < 0 || head.layer >= readyLayers() || head.head < 0 || head.head >= heads(head.layer))
        return Error{ErrorCode::HeadOutOfRange, {}, headName(head), {}, std::to_string(readyLayers())};
    const int n = queries();
    if (q0 < 0 || nq < 0 || q0 + nq > n || k0 < 0 || nk < 0 || k0 + nk > n)
        return Error::argument("tile",
                     std::to_string(q0) + " + " + std::to_string(nq) + ", " + std::to_string(k0) + " + " + std::to_string(nk),
                     std::to_string(n) + " x " + std::to_string(n));
    std::shared_ptr<const std::vector<float>> norms;
    if (kind == MapKind::ValueWeighted) {
        auto found = valueNorms(head);
        if (!found) return found.error();
        norms = *found;
    }
    const LayerRun& layer = *layerRuns[static_cast<std::size_t>(head.layer)];
    const bool causal = mask() == MaskKind::Causal;
    static const LayerWeights none;  // scores need no weights
    const block::Context context{model->config(), none, head.layer, interventions, padding, nullptr, false, {}};
    const float masked = kind == MapKind::Scores ? std::numeric_limits<float>::quiet_NaN() : 0.0f;
    const float infinity = std::numeric_limits<float>::infinity();

    MatrixF out = MatrixF::uninitialised(nq, nk);
    const int panels = (nq + kPanelRows - 1) / kPanelRows;
    parallelFor(static_cast<std::size_t>(panels), [&](std::size_t panel) {
        const int first = static_cast<int>(panel) * kPanelRows, rows = std::min(kPanelRows, nq - first);
        // Keys that the last row of the panel can see.
        const int width = causal ? std::clamp(q0 + first + rows - k0, 0, nk) : nk;
        if (width > 0) block::scorePanel(context, head.head, layer.q, layer.k, q0 + first, k0, out.view().block(first, 0, rows, width));
        for (int i = first; i < first + rows; ++i) {
            const int query = q0 + i, visible = causal ? std::clamp(query + 1 - k0, 0, nk) : nk;
            float* row = out.row(i);
            const float* forced = kind == MapKind::Scores ? nullptr : block::forcedRow(context, head.head, query);
            const float lse = layer.lse[static_cast<std::size_t>(head.head) * static_cast<std::size_t>(n) + static_cast<std::size_t>(query)];
            if (kind == MapKind::Scores) {
                for (int j = 0; j < visible; ++j)
                    if (row[j] == -infinity) row[j] = masked;
            } else if (forced) {
                std::copy_n(forced + k0, visible, row);
            } else {
                if (lse == -infinity) std::fill_n(row, visible, 0.0f);
                else expInPlace(row, visible, lse);
                block::applyClamps(context, head.head, query, row, k0, visible);
            }
            if (norms) multiplyBy(row, norms->data() + k0, visible);
            std::fill(row + visible, row + nk, masked);
        }
    });
    return out;
}

}  // namespace hs
