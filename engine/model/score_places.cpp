// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/score_places.h"

#include <cmath>
#include <cstdlib>

namespace hs {
namespace {

/// Columns [h * width, (h + 1) * width) of the heads, side by side.
MatrixF placeColumns(const MatrixF& m, const std::vector<int>& heads, int width)
{
    if (m.empty()) return {};
    MatrixF out(m.rows(), static_cast<std::ptrdiff_t>(heads.size()) * width);
    for (std::ptrdiff_t r = 0; r < m.rows(); ++r)
        for (std::size_t i = 0; i < heads.size(); ++i)
            std::copy_n(m.row(r) + static_cast<std::ptrdiff_t>(heads[i]) * width, width,
                        out.row(r) + static_cast<std::ptrdiff_t>(i) * width);
    return out;
}

}  // namespace

std::shared_ptr<const ScorePlaces> ScorePlaces::ofHeads(const std::vector<int>& heads, int dHead) const
{
    auto out = std::make_shared<ScorePlaces>();
    out->rows = rows;
    out->bias = placeColumns(bias, heads, 1);
    out->keys = placeColumns(keys, heads, dHead);
    out->queries = placeColumns(queries, heads, dHead);
    return out;
}

std::vector<int> t5Rows(int buckets, int farthest)
{
    const int half = buckets / 2, exact = half / 2;
    std::vector<int> out;
    for (int d = -farthest; d <= farthest; ++d) {
        const int n = std::abs(d);
        int bucket = n;
        if (n >= exact) {
            const float share = std::log(static_cast<float>(n) / static_cast<float>(exact))
                                / static_cast<float>(std::log(static_cast<double>(farthest) / exact));
            bucket = std::min(half - 1, exact + static_cast<int>(share * static_cast<float>(half - exact)));
        }
        out.push_back(d < 0 ? bucket + half : bucket);  // d < 0: the key comes after the query
    }
    return out;
}

std::vector<int> debertaRows(int buckets, int farthest)
{
    const int span = buckets > 0 ? buckets : farthest, middle = buckets / 2;
    const auto widest = static_cast<float>(static_cast<double>(farthest - 1) / std::max(1, middle));
    std::vector<int> out;
    for (int d = -farthest; d <= farthest; ++d) {
        int beta = d;
        if (buckets > 0 && std::abs(d) > middle) {
            const float share = std::log(static_cast<float>(std::abs(d)) / static_cast<float>(middle)) / std::log(widest);
            const auto far = static_cast<int>(std::ceil(share * static_cast<float>(middle - 1))) + middle;
            beta = d < 0 ? -far : far;
        }
        out.push_back(std::clamp(beta + span, 0, 2 * span - 1));
    }
    return out;
}

}  // namespace hs
