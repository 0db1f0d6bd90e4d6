// SPDX-License-Identifier: GPL-3.0-or-later
// What every view reads: maps of a run or of an attention dump, tile by tile, and streamed statistics.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/ids.h"
#include "engine/base/progress.h"
#include "engine/base/result.h"
#include "engine/model/config.h"
#include "engine/tensor/matrix.h"
#include "engine/text/token.h"

namespace hs {

/// What a map shows. Rows are queries, columns are keys.
enum class MapKind {
    Weights,        ///< attention pattern, rows sum to 1; to less beside sinks
    Scores,         ///< attention scores as the softmax reads them (q.k * scale, soft-capped); masked cells are NaN
    ValueWeighted,  ///< || A_ij v_j W_O || (Kobayashi et al. 2020, arXiv:2004.10102)
};

/// Statistics of one head over one prompt, streamed with the forward pass (engine/methods/patterns.md section 11). All in the pattern.
struct HeadStats {
    std::vector<float> rowEntropy;   ///< [n] nats
    std::vector<float> rowMax;       ///< [n] largest weight of each row
    std::vector<int> rowArgmax;      ///< [n] key of it
    std::vector<float> rowDistance;  ///< [n] mean of |query - key| under the row
    std::vector<float> rowFirst;     ///< [n] weight on key 0
    std::vector<float> columnMean;   ///< [m] mean weight a key gets from the queries that can see it
    std::vector<float>
        offsetMass;  ///< causal: [n] mean weight at distance d = query - key over the rows that have it (d = 0..n-1); bidirectional: [2n-1], index d + n - 1
    float meanEntropy = 0, meanMax = 0, meanDistance = 0, firstMass = 0;
    float previousMass = 0;  ///< mean of A[i, i-1], i >= 1
    float selfMass = 0;      ///< mean of A[i, i]
    int firstOffset = 0;     ///< the distance that offsetMass[0] stands for
    // Attention between different texts (row_place.h) has no places to compare: distances, previousMass and selfMass are NaN, offsetMass
    // is empty. Where the rows are the last tokens of the columns, i above is the row's own column, and offsetMass is [m], from 0 on.
};

/// Reduced map for overviews: each pixel is the maximum and the mean over the cells under it, so thin diagonals stay visible.
struct MapOverview {
    int rows = 0, cols = 0;  ///< size of the reduced map
    int factor = 1;          ///< cells per pixel and axis (last pixel may cover fewer)
    MatrixF maximum, mean;   ///< [rows, cols]; masked-only pixels are NaN
    float largest = 0;       ///< largest cell of the whole map
    double sumSquares = 0;
};

class AttentionSource {
public:
    virtual ~AttentionSource() = default;
    virtual int layers() const = 0;
    virtual int heads(int layer) const = 0;
    virtual int queries() const = 0;
    virtual int keys() const = 0;
    /// Which keys the queries of a layer see.
    virtual Visibility visibility(int layer) const = 0;
    /// A key that no query sees, wherever it lies in their ranges: masked padding.
    virtual bool hides(int key) const
    {
        (void)key;
        return false;
    }
    /// Rows sum to less than 1: a sink without a value takes part in each softmax (GPT-OSS).
    virtual bool hasSinks() const { return false; }
    KeyRange visible(int layer, int query) const { return visibility(layer).keys(query, keys()); }
    /// Queries see what comes after them: true of all layers or of none.
    bool looksAhead() const { return visibility(0).looksAhead(); }
    virtual const std::vector<Token>& queryTokens() const = 0;
    virtual const std::vector<Token>& keyTokens() const = 0;
    /// Layers whose maps can be asked for now: [0, readyLayers).
    virtual int readyLayers() const = 0;
    /// False for kinds that need what the source lacks (a dump without scores); error NeedsWeights from tile().
    virtual bool has(MapKind kind) const = 0;

    /// Cells [q0, q0+nq) x [k0, k0+nk) of one head's map, exact. Masked cells: 0 for Weights and ValueWeighted, NaN for Scores.
    /// Thread-safe. A 1000 x 1000 tile costs a few ms.
    virtual Result<MatrixF> tile(HeadId head, MapKind kind, int q0, int nq, int k0, int nk) const = 0;
    /// Streamed statistics; null until the layer is ready.
    virtual std::shared_ptr<const HeadStats> stats(HeadId head) const = 0;
    /// Whole map reduced to at most `maxSide` pixels a side, in one pass of row panels.
    Result<std::shared_ptr<const MapOverview>> overview(HeadId head, MapKind kind, int maxSide, const Progress& progress = {}) const;

    /// Whom one layer's cells belong to. Sources with the same owner have the same maps there (stages of one pass, runs that differ only
    /// in later layers), and pictures made from one are right for the other. Null: nobody else's, or the layer is not ready.
    virtual std::shared_ptr<const void> cellsOwner(int layer) const
    {
        (void)layer;
        return nullptr;
    }

    /// Original number of head h of a layer (pruned models keep their names); default: h.
    virtual int originalHead(int layer, int head) const
    {
        (void)layer;
        return head;
    }
};

/// Both show the same cells in this layer; false when one of them is null.
inline bool sameCells(const AttentionSource* a, const AttentionSource* b, int layer)
{
    if (!a || !b) return false;
    const auto owner = a->cellsOwner(layer);
    return a == b || (owner && owner == b->cellsOwner(layer));
}

}  // namespace hs
