// SPDX-License-Identifier: GPL-3.0-or-later
// Edges of the head graph as a table: the keyboard's way into the graph. Rows in falling order of strength over all types.
#pragma once

#include <QAbstractTableModel>
#include <functional>
#include <memory>
#include <utility>

#include "engine/similarity/graph/head_graph.h"

namespace hs::ui {

/// Letters of a head (its label or its classes), empty for none, and the words behind them.
using HeadMarks = std::function<std::pair<QString, QString>(HeadId)>;

class EdgesModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { RankColumn, FromColumn, IntoColumn, ThroughColumn, ValueColumn, BarColumn, ColumnCount };
    enum Role { SortRole = Qt::UserRole, EdgeRole, TypeRole, ValueRole, ChanceRole, MostRole };
    using QAbstractTableModel::QAbstractTableModel;

    void setGraph(std::shared_ptr<const HeadGraph> graph);
    const std::shared_ptr<const HeadGraph>& graph() const { return m_graph; }
    void setMarks(HeadMarks marks);
    void refreshMarks();
    int rowOf(int edge) const;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString named(int first, int last, const std::string& name) const;  ///< with the head's letters
    std::shared_ptr<const HeadGraph> m_graph;
    HeadMarks m_marks;
    std::vector<int> m_order;  ///< row -> edge
    double m_most = 0;         ///< end of the bars' scale
};

}  // namespace hs::ui
