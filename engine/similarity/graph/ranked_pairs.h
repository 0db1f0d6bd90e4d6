// SPDX-License-Identifier: GPL-3.0-or-later
// Inside engine/similarity only: which pairs of a matrix count, and which is stronger.
#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

#include "engine/similarity/head_matrix.h"

namespace hs {

struct RankedPair {
    std::uint32_t row = 0, col = 0;
    double value = 0;
};

/// Each pair once, whatever the direction.
inline bool symmetricPairs(const HeadMatrix& m) { return !m.pairing || m.pairing->sameRole(); }

/// An earlier-to-later pair, or a symmetric one taken once; never a head with itself, never one without a value.
inline bool countsAsPair(const HeadMatrix& m, std::size_t row, std::size_t col)
{
    const AxisHead &r = m.rows.heads[row], &c = m.cols.heads[col];
    if (symmetricPairs(m)) {
        if (r.id >= c.id) return false;
    } else if (r.id.layer >= c.id.layer) {
        return false;
    }
    return !std::isnan(m.value(row, col));
}

inline std::vector<RankedPair> allPairs(const HeadMatrix& m)
{
    std::vector<RankedPair> out;
    for (std::size_t r = 0; r < m.rows.size(); ++r)
        for (std::size_t c = 0; c < m.cols.size(); ++c)
            if (countsAsPair(m, r, c)) out.push_back({static_cast<std::uint32_t>(r), static_cast<std::uint32_t>(c), m.value(r, c)});
    return out;
}

/// Stronger first; equal values by source, then target.
struct StrongerPair {
    bool smallIsStrong = false;
    bool operator()(const RankedPair& a, const RankedPair& b) const
    {
        if (a.value != b.value) return smallIsStrong ? a.value < b.value : a.value > b.value;
        return a.row != b.row ? a.row < b.row : a.col < b.col;
    }
};

}  // namespace hs
