// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "engine/forward/attention_source.h"
#include "engine/tensor/nn.h"

namespace hs {

Result<std::shared_ptr<const MapOverview>> AttentionSource::overview(HeadId head, MapKind kind, int maxSide, const Progress& progress) const
{
    const int n = queries(), m = keys();
    if (maxSide < 1) return Error::argument("maxSide", std::to_string(maxSide), "1");
    auto out = std::make_shared<MapOverview>();
    out->factor = std::max(1, (std::max(n, m) + maxSide - 1) / maxSide);
    const int f = out->factor;
    out->rows = (n + f - 1) / f;
    out->cols = (m + f - 1) / f;
    out->maximum = MatrixF(out->rows, out->cols);
    out->mean = MatrixF(out->rows, out->cols);
    out->largest = -std::numeric_limits<float>::infinity();
    const Visibility mask = visibility(head.layer);
    const int panelPixels = std::max(1, 256 / f);  // row panels of about 256 cells
    const float nothing = std::numeric_limits<float>::quiet_NaN();
    std::vector<int> hidden;  // asked once, not for every cell
    for (int j = 0; j < m; ++j)
        if (hides(j)) hidden.push_back(j);

    for (int pixel0 = 0; pixel0 < out->rows; pixel0 += panelPixels) {
        if (progress.stopped()) return Error::cancelled();
        progress.report(Stage::Overview, pixel0, out->rows);
        const int q0 = pixel0 * f, nq = std::min(panelPixels * f, n - q0);
        const KeyRange some = mask.keysOf(q0, nq, m);
        auto cells = tile(head, kind, q0, nq, some.first, some.size());
        if (!cells) return cells.error();
        for (const int j : hidden)
            for (int r = 0; r < nq && some.has(j); ++r) (*cells)(r, j - some.first) = nothing;
        for (int p = pixel0; p < std::min(pixel0 + panelPixels, out->rows); ++p) {
            const int r0 = p * f - q0, r1 = std::min(r0 + f, nq);
            for (int c = 0; c < out->cols; ++c) {
                const int c0 = c * f, c1 = std::min(c0 + f, m);
                float largest = -std::numeric_limits<float>::infinity();
                double sum = 0, squares = 0;
                int count = 0;
                for (int r = r0; r < r1; ++r) {
                    const float* row = cells->row(r);
                    const KeyRange seen = mask.keys(q0 + r, m).within(c0, c1);
                    for (int j = seen.first; j < seen.end; ++j) {
                        const float x = row[j - some.first];
                        if (std::isnan(x)) continue;
                        largest = std::max(largest, x);
                        sum += static_cast<double>(x);
                        squares += static_cast<double>(x) * static_cast<double>(x);
                        ++count;
                    }
                }
                out->maximum(p, c) = count > 0 ? largest : nothing;
                out->mean(p, c) = count > 0 ? static_cast<float>(sum / count) : nothing;
                if (count > 0) out->largest = std::max(out->largest, largest);
                out->sumSquares += squares;
            }
        }
    }
    if (out->rows == 0 || out->cols == 0) out->largest = 0;
    return std::shared_ptr<const MapOverview>(std::move(out));
}

}  // namespace hs
