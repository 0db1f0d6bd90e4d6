// SPDX-License-Identifier: GPL-3.0-or-later
// Statistics of one head, row by row: the forward pass and attention dumps both stream into this.
#pragma once

#include "engine/forward/attention_source.h"

namespace hs {

/// Rows may come in any order, each at most once; rows that never come (padding) do not count in any mean.
class RowStatsAccumulator {
public:
    RowStatsAccumulator(int queries, int keys, Visibility mask) : RowStatsAccumulator(queries, keys, mask, 0, queries) {}
    /// For rows [first, first + rows) only, to be merged into one for all rows. `hidden` [keys], null or empty: keys that no query sees
    /// though they lie in `seen`; their weights are 0. It must outlive this.
    RowStatsAccumulator(int queries, int keys, Visibility mask, int first, int rows, const std::vector<bool>* hidden = nullptr);

    /// Row `query` of the pattern: weights[i] is that of key seen.first + i, and `seen` are the keys it can see.
    void row(int query, KeyRange seen, const float* weights);
    /// The same when largest weight, its key and the entropy are known already.
    void row(int query, KeyRange seen, const float* weights, float maxWeight, int argmax, float entropy);
    /// Takes over the rows of another accumulator of the same map.
    void merge(const RowStatsAccumulator& other);
    HeadStats finish() const;

private:
    bool hides(int key) const { return m_hidden && !m_hidden->empty() && (*m_hidden)[static_cast<std::size_t>(key)]; }

    int m_queries = 0, m_keys = 0;
    Visibility m_mask;
    const std::vector<bool>* m_hidden = nullptr;
    int m_first = 0;
    std::vector<KeyRange> m_visible;  ///< [rows]; empty: no such row yet
    HeadStats m_stats;                ///< row vectors [rows]
    std::vector<float> m_columnSum;   ///< [keys]
    std::vector<float> m_offsetSum;   ///< [queries + keys - 1], index key - query + queries - 1
    double m_previous = 0, m_self = 0;
    int m_previousRows = 0, m_selfRows = 0;
};

/// Mean share of a row that its sink takes, of sources that have sinks: what the keys are left without.
float sinkShare(const AttentionSource& source, int layer, const HeadStats& stats);

}  // namespace hs
