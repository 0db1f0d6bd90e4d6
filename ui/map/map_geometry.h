// SPDX-License-Identifier: GPL-3.0-or-later
// Tokens or words along the axes of a map, and how token cells become word cells.
#pragma once

#include <QRect>
#include <vector>

#include "ui/map/map_model.h"

namespace hs::ui {

struct MapGeometry {
    Visibility mask;  ///< of the tokens
    Grain grain = Grain::Tokens;
    int queries = 0, keys = 0;                 ///< tokens
    std::vector<AxisLabel> rows, columns;      ///< in the grain
    std::vector<int> rowOfQuery, columnOfKey;  ///< token -> row, column

    static MapGeometry of(const AttentionSource& source, int layer, Grain grain);
    /// Which columns the rows see, where that can be said in rows and columns: words have no window (see hideUnseen).
    Visibility cellMask() const;
    /// Some token of the column is seen by some token of the row.
    bool sees(int row, int column) const;
    bool sameShape(const MapGeometry& other) const;
    /// Tokens under a rectangle of cells (x: keys, y: queries).
    QRect tokensOf(const QRect& cells) const;
};

/// Word cells from token cells: sum over a word's keys and mean over its queries; for scores the mean over both (a sum of scores means
/// nothing). NaN (masked) cells are left out; a word cell of NaN alone is NaN. `tokens` covers geometry.tokensOf(cells).
MatrixF toGrain(const MatrixF& tokens, const QRect& cells, const MapGeometry& geometry, MapKind kind);

/// Cells of `cells` that no query of theirs sees become NaN, but for those after the query's own, which every reader knows.
void hideUnseen(MatrixF& values, const QRect& cells, const MapGeometry& geometry);

/// Leaves the first key out: its column becomes NaN and, but for scores, each row is divided by `rest[q]`, the weight that the other keys
/// have together. A row that has no other weight becomes NaN. `q0`, `k0`: first query and key of `tokens`.
void hideFirstKey(MatrixF& tokens, int q0, int k0, const std::vector<double>& rest, MapKind kind);

}  // namespace hs::ui
