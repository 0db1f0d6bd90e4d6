// SPDX-License-Identifier: GPL-3.0-or-later
// Heads against heads as a picture: colours, order, dendrogram, axes. Painted alike on screen and in figures.
#pragma once

#include <QColor>
#include <QPointF>
#include <QRectF>
#include <QString>
#include <memory>
#include <optional>
#include <vector>

#include "engine/similarity/cluster/linkage.h"
#include "engine/similarity/head_matrix.h"

class QPainter;

namespace hs::ui {

struct MatrixScene {
    std::shared_ptr<const HeadMatrix> matrix;
    std::vector<int> rowOrder, colOrder;     ///< position -> index; empty: as stored, layer by layer
    std::shared_ptr<const Dendrogram> tree;  ///< over the rows in rowOrder (present items only); null: none
    std::vector<int> treeItems;              ///< leaf -> row
    std::vector<int> clusterStarts;          ///< positions at which a new group begins
    bool layersUp = false;                   ///< row 0 at the bottom, where no order of its own says otherwise
    bool fromChance = false;                 ///< colours begin at the chance level instead of 0
    double low = 0, high = 1;                ///< range of the colours
    QString barTitle;                        ///< of the colour bar at the right; empty: no bar
    int barDecimals = 2;
    int selectedRow = -1, selectedCol = -1;  ///< indices, not positions
    bool empty() const { return !matrix || matrix->rows.size() == 0 || matrix->cols.size() == 0; }
    int rows() const { return matrix ? int(matrix->rows.size()) : 0; }
    int cols() const { return matrix ? int(matrix->cols.size()) : 0; }
    int rowAt(int position) const
    {
        return rowOrder.empty() ? (layersUp ? rows() - 1 - position : position) : rowOrder[std::size_t(position)];
    }
    int colAt(int position) const { return colOrder.empty() ? position : colOrder[std::size_t(position)]; }
};

/// Range of the colours for a matrix: 0 (or the mean chance level) to the largest value; distances 0 to 1.
void fitRange(MatrixScene& scene);
/// Colour of a value; an invalid colour where there is no number.
QColor cellColour(const MatrixScene& scene, double value, bool dark);

struct MatrixFrame {
    QRectF plot;   ///< where cells are seen
    QRectF cells;  ///< the whole matrix; may be larger than the plot
    double unit = 1;
    double cellWidth(const MatrixScene& s) const { return cells.width() / std::max(1, s.cols()); }
    double cellHeight(const MatrixScene& s) const { return cells.height() / std::max(1, s.rows()); }
    /// Positions (not indices) under a point.
    std::optional<std::pair<int, int>> at(const MatrixScene& s, const QPointF& p) const;
};

/// Room that the colour bar takes at the right, in units.
double barRoom(const MatrixScene& scene);
/// Square cells, as large as fit.
MatrixFrame fitMatrix(const MatrixScene& scene, const QRectF& canvas, double unit);
void paintMatrix(QPainter& painter, const MatrixScene& scene, const MatrixFrame& frame, bool dark, bool selection);

}  // namespace hs::ui
