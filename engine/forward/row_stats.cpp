// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/forward/row_stats.h"

#include <algorithm>

#include "engine/tensor/nn.h"
#include "engine/tensor/reduce.h"

namespace hs {

RowStatsAccumulator::RowStatsAccumulator(int queries, int keys, Visibility mask, int first, int rows, const std::vector<bool>* hidden)
    : m_queries(queries), m_keys(keys), m_mask(mask), m_hidden(hidden), m_first(first), m_visible(static_cast<std::size_t>(rows)),
      m_columnSum(static_cast<std::size_t>(keys)), m_offsetSum(static_cast<std::size_t>(std::max(0, queries + keys - 1)))
{
    const auto count = static_cast<std::size_t>(rows);
    m_stats.rowEntropy.resize(count);
    m_stats.rowMax.resize(count);
    m_stats.rowArgmax.resize(count);
    m_stats.rowDistance.resize(count);
    m_stats.rowFirst.resize(count);
}

void RowStatsAccumulator::row(int query, KeyRange seen, const float* weights)
{
    if (seen.empty()) return;
    const std::ptrdiff_t argmax = argmaxOf(weights, seen.size());
    row(query, seen, weights, weights[argmax], seen.first + static_cast<int>(argmax), entropyOf(weights, seen.size()));
}

void RowStatsAccumulator::row(int query, KeyRange seen, const float* weights, float maxWeight, int argmax, float entropy)
{
    if (seen.empty()) return;
    const auto q = static_cast<std::size_t>(query - m_first);
    m_visible[q] = seen;
    m_stats.rowEntropy[q] = entropy;
    m_stats.rowMax[q] = maxWeight;
    m_stats.rowArgmax[q] = argmax;
    m_stats.rowDistance[q] = accumulateRow(m_columnSum.data() + seen.first, m_offsetSum.data() + (m_queries - 1 - query + seen.first),
                                           weights, seen.size(), query - seen.first);
    m_stats.rowFirst[q] = seen.first == 0 ? weights[0] : 0.0f;
    if (seen.has(query - 1) && !hides(query - 1)) {
        m_previous += static_cast<double>(weights[query - 1 - seen.first]);
        ++m_previousRows;
    }
    if (seen.has(query) && !hides(query)) {
        m_self += static_cast<double>(weights[query - seen.first]);
        ++m_selfRows;
    }
}

void RowStatsAccumulator::merge(const RowStatsAccumulator& other)
{
    for (std::size_t r = 0; r < other.m_visible.size(); ++r) {
        if (other.m_visible[r].empty()) continue;
        const std::size_t q = r + static_cast<std::size_t>(other.m_first - m_first);
        m_visible[q] = other.m_visible[r];
        m_stats.rowEntropy[q] = other.m_stats.rowEntropy[r];
        m_stats.rowMax[q] = other.m_stats.rowMax[r];
        m_stats.rowArgmax[q] = other.m_stats.rowArgmax[r];
        m_stats.rowDistance[q] = other.m_stats.rowDistance[r];
        m_stats.rowFirst[q] = other.m_stats.rowFirst[r];
    }
    addTo(m_columnSum.data(), other.m_columnSum.data(), static_cast<std::ptrdiff_t>(m_columnSum.size()));
    addTo(m_offsetSum.data(), other.m_offsetSum.data(), static_cast<std::ptrdiff_t>(m_offsetSum.size()));
    m_previous += other.m_previous;
    m_self += other.m_self;
    m_previousRows += other.m_previousRows;
    m_selfRows += other.m_selfRows;
}

HeadStats RowStatsAccumulator::finish() const
{
    HeadStats out = m_stats;
    // How many rows see key j, and how many have distance d: differences first, then running sums.
    std::vector<int> seesKey(m_columnSum.size() + 1), hasOffset(m_offsetSum.size() + 1);
    double entropy = 0, largest = 0, distance = 0, first = 0;
    int rows = 0;
    for (int q = 0; q < m_queries; ++q) {
        const auto i = static_cast<std::size_t>(q);
        const KeyRange seen = m_visible[i];
        if (seen.empty()) continue;
        ++rows;
        entropy += static_cast<double>(out.rowEntropy[i]);
        largest += static_cast<double>(out.rowMax[i]);
        distance += static_cast<double>(out.rowDistance[i]);
        first += static_cast<double>(out.rowFirst[i]);
        ++seesKey[static_cast<std::size_t>(seen.first)];
        --seesKey[static_cast<std::size_t>(seen.end)];
        ++hasOffset[static_cast<std::size_t>(m_queries - 1 - q + seen.first)];
        --hasOffset[static_cast<std::size_t>(m_queries - 1 - q + seen.end)];
        for (int key = seen.first; m_hidden && !m_hidden->empty() && key < seen.end; ++key) {
            if (!hides(key)) continue;
            --hasOffset[static_cast<std::size_t>(m_queries - 1 - q + key)];
            ++hasOffset[static_cast<std::size_t>(m_queries - q + key)];
        }
    }
    out.columnMean.resize(m_columnSum.size());
    int count = 0;
    for (std::size_t j = 0; j < m_columnSum.size(); ++j) {
        count += seesKey[j];
        out.columnMean[j] = count > 0 ? m_columnSum[j] / static_cast<float>(count) : 0.0f;
    }
    // Sums run over key - query; the result over query - key, causal only from 0 on.
    out.firstOffset = m_mask.looksAhead() ? 1 - m_keys : 0;
    out.offsetMass.resize(m_mask.looksAhead() ? m_offsetSum.size() : static_cast<std::size_t>(m_queries));
    count = 0;
    for (std::size_t i = 0; i < m_offsetSum.size(); ++i) {
        count += hasOffset[i];
        const int d = m_queries - 1 - static_cast<int>(i);
        const int slot = m_mask.looksAhead() ? d + m_keys - 1 : d;
        if (slot >= 0 && slot < static_cast<int>(out.offsetMass.size()))
            out.offsetMass[static_cast<std::size_t>(slot)] = count > 0 ? m_offsetSum[i] / static_cast<float>(count) : 0.0f;
    }
    if (rows > 0) {
        out.meanEntropy = static_cast<float>(entropy / rows);
        out.meanMax = static_cast<float>(largest / rows);
        out.meanDistance = static_cast<float>(distance / rows);
        out.firstMass = static_cast<float>(first / rows);
    }
    if (m_previousRows > 0) out.previousMass = static_cast<float>(m_previous / m_previousRows);
    if (m_selfRows > 0) out.selfMass = static_cast<float>(m_self / m_selfRows);
    return out;
}

float sinkShare(const AttentionSource& source, int layer, const HeadStats& stats)
{
    double taken = 0;
    for (int key = 0; key < static_cast<int>(stats.columnMean.size()); ++key)
        taken += static_cast<double>(stats.columnMean[static_cast<std::size_t>(key)])
                 * source.visibility(layer).queries(key, source.queries()).size();
    return static_cast<float>(1 - taken / source.queries());
}

}  // namespace hs
