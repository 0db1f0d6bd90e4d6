// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph/nodes_model.h"

#include "ui/kit/numbers.h"

namespace hs::ui {

namespace {

double valueOf(const GraphNode& n, int column)
{
    switch (column) {
    case NodesModel::EdgesColumn: return n.edges();
    case NodesModel::InColumn: return n.inEdges;
    case NodesModel::OutColumn: return n.outEdges;
    case NodesModel::InStrengthColumn: return n.inStrength;
    case NodesModel::OutStrengthColumn: return n.outStrength;
    case NodesModel::InAllColumn: return n.inStrengthAll;
    case NodesModel::OutAllColumn: return n.outStrengthAll;
    case NodesModel::PageRankColumn: return n.pageRank;
    case NodesModel::ReverseColumn: return n.reversePageRank;
    default: return n.betweenness;
    }
}

}  // namespace

void NodesModel::setGraph(std::shared_ptr<const HeadGraph> graph)
{
    beginResetModel();
    m_graph = std::move(graph);
    endResetModel();
}

void NodesModel::setMarks(HeadMarks marks)
{
    m_marks = std::move(marks);
    refreshMarks();
}

void NodesModel::refreshMarks()
{
    if (rowCount() > 0) Q_EMIT dataChanged(index(0, MarkColumn), index(rowCount() - 1, MarkColumn));
}

int NodesModel::rowCount(const QModelIndex& parent) const { return parent.isValid() || !m_graph ? 0 : int(m_graph->nodes.size()); }
int NodesModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant NodesModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const GraphNode& n = m_graph->nodes[std::size_t(index.row())];
    const int column = index.column();
    if (role == NodeRole) return index.row();
    if (role == Qt::TextAlignmentRole) return QVariant(int((column <= MarkColumn ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter));
    if (column == HeadColumn) {
        if (role == Qt::DisplayRole) return QString::fromStdString(headName(n.id));
        return role == SortRole ? QVariant(index.row()) : QVariant();
    }
    if (column == MarkColumn) {
        const auto mark = m_marks ? m_marks(n.id) : std::pair<QString, QString>();
        if (role == Qt::DisplayRole || role == SortRole) return mark.first;
        return role == Qt::ToolTipRole || role == Qt::AccessibleTextRole ? QVariant(mark.second) : QVariant();
    }
    const double value = valueOf(n, column);
    if (role == SortRole) return value;
    if (role != Qt::DisplayRole) return {};
    switch (column) {
    case EdgesColumn:
    case InColumn:
    case OutColumn: return QString::number(int(value));
    case PageRankColumn:
    case ReverseColumn: return numberText(value, 4);
    case BetweennessColumn: return numberText(value, 1);
    default: return numberText(value, 2);
    }
}

QVariant NodesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole) return QVariant(int((section <= MarkColumn ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter));
    if (role == Qt::ToolTipRole) {
        switch (section) {
        case MarkColumn: return tr("Letters of the head's label, or of its classes");
        case InStrengthColumn: return tr("Sum of values above chance over the edges drawn into the head");
        case OutStrengthColumn: return tr("Sum of values above chance over the edges drawn out of the head");
        case InAllColumn: return tr("Sum of values above chance over all pairs into the head, drawn or not");
        case OutAllColumn: return tr("Sum of values above chance over all pairs out of the head, drawn or not");
        case PageRankColumn: return tr("Along the edges: heads that read from many");
        case ReverseColumn: return tr("Against the edges: heads that feed many");
        case BetweennessColumn: return tr("Shortest paths between other heads that lead through this one");
        default: return {};
        }
    }
    if (role != Qt::DisplayRole) return {};
    switch (section) {
    case HeadColumn: return tr("Head");
    case MarkColumn: return tr("Mark");
    case EdgesColumn: return tr("Edges");
    case InColumn: return tr("In");
    case OutColumn: return tr("Out");
    case InStrengthColumn: return tr("Str. in");
    case OutStrengthColumn: return tr("Str. out");
    case InAllColumn: return tr("All in");
    case OutAllColumn: return tr("All out");
    case PageRankColumn: return tr("PageRank");
    case ReverseColumn: return tr("Reversed");
    default: return tr("Between");
    }
}

}  // namespace hs::ui
