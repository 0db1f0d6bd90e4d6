// SPDX-License-Identifier: GPL-3.0-or-later
// Heads of the graph as a table with every hub measure. Sort through QSortFilterProxyModel with SortRole.
#pragma once

#include <QAbstractTableModel>
#include <memory>

#include "ui/graph/edges_model.h"

namespace hs::ui {

class NodesModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column {
        HeadColumn,
        MarkColumn,
        EdgesColumn,
        InColumn,
        OutColumn,
        InStrengthColumn,
        OutStrengthColumn,
        InAllColumn,
        OutAllColumn,
        PageRankColumn,
        ReverseColumn,
        BetweennessColumn,
        ColumnCount
    };
    enum Role { SortRole = Qt::UserRole, NodeRole };
    using QAbstractTableModel::QAbstractTableModel;

    void setGraph(std::shared_ptr<const HeadGraph> graph);
    const std::shared_ptr<const HeadGraph>& graph() const { return m_graph; }
    void setMarks(HeadMarks marks);
    void refreshMarks();
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::shared_ptr<const HeadGraph> m_graph;
    HeadMarks m_marks;
};

}  // namespace hs::ui
