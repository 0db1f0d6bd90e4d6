// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph/edges_model.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "ui/kit/numbers.h"
#include "ui/similarity/measure_words.h"

namespace hs::ui {

void EdgesModel::setGraph(std::shared_ptr<const HeadGraph> graph)
{
    beginResetModel();
    m_graph = std::move(graph);
    m_order.clear();
    m_most = 0;
    if (m_graph) {
        m_order.resize(m_graph->edges.size());
        std::iota(m_order.begin(), m_order.end(), 0);
        std::stable_sort(m_order.begin(), m_order.end(),
                         [this](int a, int b) { return m_graph->edges[std::size_t(a)].weight > m_graph->edges[std::size_t(b)].weight; });
        for (const GraphEdge& e : m_graph->edges) m_most = std::max(m_most, e.value);
        // A measure without a fixed end counts shared directions: its natural end is a whole number of them, which no value passes.
        for (const EdgeType& t : m_graph->types)
            if (measureInfo(t.measure).largest) m_most = std::max(m_most, std::ceil(m_most));
    }
    endResetModel();
}

void EdgesModel::setMarks(HeadMarks marks)
{
    m_marks = std::move(marks);
    refreshMarks();
}

void EdgesModel::refreshMarks()
{
    if (rowCount() > 0) Q_EMIT dataChanged(index(0, FromColumn), index(rowCount() - 1, IntoColumn));
}

QString EdgesModel::named(int first, int last, const std::string& name) const
{
    const QString plain = QString::fromStdString(name);
    if (!m_marks || last > first) return plain;
    const QString letters = m_marks(m_graph->nodes[std::size_t(first)].id).first;
    return letters.isEmpty() ? plain : QStringLiteral("%1 %2").arg(plain, letters);
}

int EdgesModel::rowOf(int edge) const
{
    const auto it = std::find(m_order.begin(), m_order.end(), edge);
    return it == m_order.end() ? -1 : int(it - m_order.begin());
}

int EdgesModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(m_order.size()); }
int EdgesModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant EdgesModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const int at = m_order[std::size_t(index.row())];
    const GraphEdge& edge = m_graph->edges[std::size_t(at)];
    const EdgeType& type = m_graph->types[std::size_t(edge.type)];
    const int column = index.column();
    switch (role) {
    case EdgeRole: return at;
    case TypeRole: return edge.type;
    case ValueRole: return edge.value;
    case ChanceRole: return type.chance ? QVariant(type.chance->mean) : QVariant();
    case MostRole: return m_most;
    case Qt::TextAlignmentRole:
        return QVariant(int((column == RankColumn || column == ValueColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    case SortRole:
        switch (column) {
        case RankColumn: return index.row();
        case FromColumn: return edge.source;
        case IntoColumn: return edge.target;
        case ThroughColumn: return edge.type;
        default: return edge.value;
        }
    case Qt::ToolTipRole:
        return tr("%1 into %2, %3: %4, rank %5 of %6 pairs")
            .arg(QString::fromStdString(m_graph->sourceName(edge)), QString::fromStdString(m_graph->targetName(edge)),
                 QString::fromStdString(type.name), numberText(edge.value, measureDecimals(type.measure)), countText(edge.rank),
                 countText(type.pairs));
    case Qt::DisplayRole:
        switch (column) {
        case RankColumn: return QString::number(index.row() + 1);
        case FromColumn: return named(edge.source, edge.sourceLast, m_graph->sourceName(edge));
        case IntoColumn: return named(edge.target, edge.targetLast, m_graph->targetName(edge));
        case ThroughColumn: return QString::fromStdString(type.name);
        case ValueColumn: return numberText(edge.value, measureDecimals(type.measure));
        default: return {};
        }
    default: return {};
    }
}

QVariant EdgesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(int((section == RankColumn || section == ValueColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    if (role != Qt::DisplayRole) return {};
    const bool any = m_graph && !m_graph->types.empty();
    switch (section) {
    case RankColumn: return tr("Rank");
    case FromColumn: return tr("From");
    case IntoColumn: return tr("Into");
    case ThroughColumn: return tr("Through");
    case ValueColumn: return any ? measureBrief(m_graph->types.front().measure) : QString();
    default: return any && m_graph->types.front().chance ? tr("value; tick = random") : tr("value");
    }
}

}  // namespace hs::ui
