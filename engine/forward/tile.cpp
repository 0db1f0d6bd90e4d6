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
        return Error::of(ErrorCode::HeadOutOfRange, headName(head), {}, std::to_string(readyLayers()));
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
    const Visibility mask = visibility(head.layer);
    LayerWeights only;  // scores need no other weights
    only.places = layer.places;
    const block::Context context{model->config(), only, head.layer, interventions, padding, nullptr, false, {}};
    const float masked = kind == MapKind::Scores ? std::numeric_limits<float>::quiet_NaN() : 0.0f;
    const float infinity = std::numeric_limits<float>::infinity();

    MatrixF out = MatrixF::uninitialised(nq, nk);
    const int panels = (nq + kPanelRows - 1) / kPanelRows;
    parallelFor(static_cast<std::size_t>(panels), [&](std::size_t panel) {
        const int first = static_cast<int>(panel) * kPanelRows, rows = std::min(kPanelRows, nq - first);
        // Keys of the tile that some row of the panel can see.
        const KeyRange some = mask.keysOf(q0 + first, rows, n).within(k0, k0 + nk);
        if (!some.empty())
            block::scorePanel(context, head.head, layer.q, layer.k, q0 + first, some.first,
                              out.view().block(first, some.first - k0, rows, some.size()));
        for (int i = first; i < first + rows; ++i) {
            const int query = q0 + i;
            const KeyRange seen = mask.keys(query, n).within(k0, k0 + nk);
            const int visible = seen.size();
            float* row = out.row(i) + (seen.first - k0);
            const float* forced = kind == MapKind::Scores ? nullptr : block::forcedRow(context, head.head, query);
            const float lse =
                layer.lse[static_cast<std::size_t>(head.head) * static_cast<std::size_t>(n) + static_cast<std::size_t>(query)];
            if (kind == MapKind::Scores) {
                for (int j = 0; j < visible; ++j)
                    if (row[j] == -infinity) row[j] = masked;
            } else if (forced) {
                std::copy_n(forced + seen.first, visible, row);
            } else {
                if (lse == -infinity) std::fill_n(row, visible, 0.0f);
                else expInPlace(row, visible, lse);
                block::applyClamps(context, head.head, query, row, seen);
            }
            if (norms) multiplyBy(row, norms->data() + seen.first, visible);
            std::fill(out.row(i), row, masked);
            std::fill(row + visible, out.row(i) + nk, masked);
        }
    });
    return out;
}

}  // namespace hs
