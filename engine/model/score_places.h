// SPDX-License-Identifier: GPL-3.0-or-later
// What the distance between a query and a key adds to their score, beyond ALiBi: a number for each head (T5, MPNet), or products of
// query and key with learned vectors of the distance (DeBERTa).
#pragma once

#include <algorithm>
#include <memory>
#include <vector>

#include "engine/tensor/matrix.h"

namespace hs {

/// Tables of one layer. Row r belongs to all distances that share it; scores are those before the softmax.
struct ScorePlaces {
    /// Row of distance d = query - key, for d from -reach to reach; what is farther has the row of the nearest of these.
    std::vector<int> rows;
    MatrixF bias;  ///< [R, H], added to scores as they are; empty: none
    /// He et al. 2021: score(i, j) += scale * (q_i . keys[row(i - j)] + k_j . queries[row(i - j)]), scale that of q . k; empty: without.
    MatrixF keys, queries;  ///< [R, H * dh]

    int row(int distance) const
    {
        const int reach = static_cast<int>(rows.size() / 2);
        return rows[static_cast<std::size_t>(std::clamp(distance, -reach, reach) + reach)];
    }
    bool ofVectors() const { return !keys.empty() || !queries.empty(); }
    std::size_t bytes() const { return rows.size() * sizeof(int) + bias.bytes() + keys.bytes() + queries.bytes(); }
    /// The same for some heads, in this order.
    std::shared_ptr<const ScorePlaces> ofHeads(const std::vector<int>& heads, int dHead) const;
};

/// Rows of T5's two-sided buckets (Raffel et al. 2020; float32 as its code): buckets/2 for keys before the query and as many after.
std::vector<int> t5Rows(int buckets, int farthest);
/// Rows of DeBERTa's distances (He et al. 2021, v2's logarithmic buckets where `buckets` > 0): clamp(beta(d) + s, 0, 2 s - 1), s = `buckets`,
/// or `farthest` without buckets.
std::vector<int> debertaRows(int buckets, int farthest);

}  // namespace hs
