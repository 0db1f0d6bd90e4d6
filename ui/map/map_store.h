// SPDX-License-Identifier: GPL-3.0-or-later
// The cells of one map that are here: tiles with their maximum pyramids, within a budget, and what was learnt from them.
#pragma once

#include <QRect>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "engine/model/visibility.h"
#include "engine/tensor/matrix.h"
#include "ui/map/map_model.h"

namespace hs::ui {

/// Counts of floats by their upper 16 bits (relative width 2^-7), in numeric order: can be binned on any axis later.
class FloatHistogram {
public:
    FloatHistogram() : m_counts(65536) {}
    void add(float value) { ++m_counts[bucket(value)]; }
    std::vector<double> binned(double low, double high, int bins, bool log) const;
    /// Values below low or above high; not exact when a bucket that holds values straddles a limit.
    MapModel::Clipped outside(double low, double high) const;

private:
    static std::size_t bucket(float value);
    static double lower(std::size_t bucket);  ///< smallest value of a bucket
    std::vector<std::uint32_t> m_counts;
};

/// A map of more rows or columns is also kept as an overview of at most this side.
inline constexpr int kOverviewSide = 1024;

class MapStore {
public:
    /// Rows and columns in the grain. One tile of any size when `tileSide` is as large as the map.
    MapStore(int rows, int columns, Visibility mask, int tileSide, std::size_t budgetBytes);

    int tileRows() const { return m_tileRows; }
    int tileColumns() const { return m_tileColumns; }
    int tileSide() const { return m_side; }
    QRect tileRect(int tileRow, int tileColumn) const;
    /// Every cell of it is masked: nobody needs to compute it.
    bool empty(int tileRow, int tileColumn) const;
    /// True if its cells are here now.
    bool has(int tileRow, int tileColumn) const;
    bool seen(int tileRow, int tileColumn) const;  ///< its cells were here once: ranges and histogram know them
    void insert(int tileRow, int tileColumn, std::shared_ptr<const MatrixF> cells);
    /// Marks the tiles under `visible` as used last.
    void touch(const QRect& visible);

    /// Pointer to one cell's value; null when not here.
    const float* at(int row, int column) const;
    std::shared_ptr<const MatrixF> whole() const;  ///< the only tile, or null
    /// Cells of `visible` reduced by `factor` (a power of two up to the tile side); parts that are not here come from `overview` or
    /// are -infinity.
    MapCells assemble(const QRect& visible, int factor, const MapCells& overview) const;

    bool complete() const { return m_seenTiles == m_neededTiles; }
    double surveyed() const { return m_neededTiles == 0 ? 1 : static_cast<double>(m_seenTiles) / m_neededTiles; }
    std::optional<std::pair<float, float>> range() const;  ///< over the tiles seen
    bool rowComplete(int row) const { return m_rowTilesLeft[static_cast<std::size_t>(row / m_side)] == 0; }
    float rowMaximum(int row) const;  ///< NaN until all tiles of the row were seen
    const FloatHistogram& histogram() const { return m_histogram; }
    qint64 unmaskedSeen() const { return m_unmasked; }
    /// Overview made from the tiles seen (for looks of which the engine makes none); cells null before the first.
    MapCells overview() const;
    std::size_t bytes() const { return m_bytes; }

private:
    struct Tile {
        std::shared_ptr<const MatrixF> cells;
        std::vector<MatrixF> levels;
        std::uint64_t used = 0;
        std::size_t bytes = 0;
    };
    void survey(const QRect& rect, const MatrixF& cells);
    void trim();
    int index(int tileRow, int tileColumn) const { return tileRow * m_tileColumns + tileColumn; }

    int m_rows, m_columns;
    Visibility m_mask;
    int m_side;
    std::size_t m_budget;
    int m_tileRows = 0, m_tileColumns = 0;
    std::map<int, Tile> m_tiles;
    std::uint64_t m_clock = 0;
    std::size_t m_bytes = 0;

    std::vector<bool> m_seen;
    int m_seenTiles = 0, m_neededTiles = 0;
    std::vector<int> m_rowTilesLeft;  // per tile row: tiles not seen yet
    std::vector<float> m_rowMaximum;
    std::optional<std::pair<float, float>> m_range;
    FloatHistogram m_histogram;
    qint64 m_unmasked = 0;
    mutable std::shared_ptr<MatrixF> m_scratch;  // the last assembled matrix, used again when nobody else holds it
    std::shared_ptr<MatrixF> m_overview;
    int m_overviewFactor = 1;
};

/// Reduces by two in both directions, maximum of the up to four cells, NaN left out.
MatrixF halved(const MatrixF& cells);

}  // namespace hs::ui
