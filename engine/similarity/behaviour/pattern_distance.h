// SPDX-License-Identifier: GPL-3.0-or-later
// How differently heads attend: Jensen-Shannon distance of their maps, streamed in row panels over any number of documents. No map is
// held: memory is O(rows of a panel x heads x keys) + O(heads^2) (engine/methods/patterns.md sections 0, 7, 11).
#pragma once

#include <cstdint>
#include <vector>

#include "engine/base/progress.h"
#include "engine/base/result.h"
#include "engine/forward/attention_source.h"
#include "engine/similarity/cluster/distance_matrix.h"

namespace hs {

struct PatternDistanceOptions {
    /// false: the pattern as it is. true: reference tokens (position 0 of causal maps, every special token) leave columns and rows, and rows
    /// are scaled to sum to 1 again; a row counts for a pair only where both heads keep at least `minimumGate` of their mass.
    bool content = false;
    int rowsPerDocument = 32;  ///< one from each of so many equal stretches, drawn by `seed`; 0: all rows
    int minimumKeys = 3;       ///< visible keys that are no reference tokens; rows with fewer say nothing
    double minimumGate = 0.05;
    double smoothing = 0;  ///< rows become (1 - s) p + s / visible keys (Clark et al. 2019: .001)
    std::uint64_t seed = 1;
    std::size_t panelBytes = std::size_t(48) << 20;
};

/// Mean over rows inside a document, then over documents.
class PatternDistance {
public:
    PatternDistance(std::vector<HeadId> heads, PatternDistanceOptions options);

    /// One more document. HeadOutOfRange, errors of tile(), Cancelled (the document then does not count).
    Status add(const AttentionSource& source, const Progress& progress = {});

    const std::vector<HeadId>& heads() const { return m_heads; }
    int documents() const { return m_documents; }  ///< that had a row to compare
    std::int64_t rows() const { return m_rows; }   ///< compared, over all documents
    /// sqrt(mean divergence / ln 2) in [0, 1]; NaN for pairs without a common row.
    DistanceMatrix distances() const;
    /// Mean divergence in nats.
    DistanceMatrix divergences() const;
    /// [heads] mean mass on the reference tokens over the compared rows, in the raw pattern; NaN before the first document.
    std::vector<double> referenceMass() const;
    /// [layers that have a head here] Generalised divergence of a layer's heads (Correia et al. 2019): H(mean row) - mean H(row), nats,
    /// [0, ln heads]; NaN for layers without a head here.
    std::vector<double> layerDiversity() const;

private:
    struct Panel;
    struct Document;
    struct Sums;
    Document describe(const AttentionSource& source, const Progress& progress) const;
    std::vector<int> rowsToCompare(const Document& document) const;
    Panel emptyPanel(const Document& document, const std::vector<int>& rows, std::size_t first, std::size_t end) const;
    void readHead(const Document& document, std::size_t h, Panel& panel, Sums& sums) const;
    /// Head `a` owns its pairs with all before it: every sum is added up by one task, row after row, on any number of threads.
    void addPairsOf(std::size_t a, const Panel& panel, const Progress& progress, Sums& sums) const;
    void addDiversityOf(std::size_t layer, const Panel& panel, Sums& sums) const;
    void keep(const Sums& sums, std::size_t rows);  ///< the document counts
    std::size_t pairs() const { return m_heads.size() * (m_heads.size() - 1) / 2; }
    static std::size_t pairIndex(std::size_t high, std::size_t low) { return high * (high - 1) / 2 + low; }

    std::vector<HeadId> m_heads;
    PatternDistanceOptions m_options;
    int m_documents = 0;
    std::int64_t m_rows = 0;
    std::vector<double> m_sum;          ///< [pairs] over documents of the mean over rows
    std::vector<int> m_count;           ///< [pairs] documents with a common row
    std::vector<double> m_reference;    ///< [heads] over documents
    std::vector<double> m_diversity;    ///< [layers]
    std::vector<int> m_diversityCount;  ///< [layers]
};

}  // namespace hs
