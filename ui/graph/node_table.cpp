// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph/node_table.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QSortFilterProxyModel>

#include "ui/graph/graph_store.h"
#include "ui/graph/nodes_model.h"
#include "ui/state/selection.h"
#include "ui/theme/table_look.h"
#include "ui/theme/theme.h"

namespace hs::ui {

NodeTable::NodeTable(const ViewContext& context, QWidget* parent)
    : QTableView(parent), m_c(context), m_model(new NodesModel(this)), m_sorted(new QSortFilterProxyModel(this))
{
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(NodesModel::SortRole);
    setModel(m_sorted);
    setObjectName(QStringLiteral("nodeTable"));
    setAccessibleName(tr("Heads of the graph"));
    dressTable(*this);
    setWordWrap(false);
    setSortingEnabled(true);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    sortByColumn(NodesModel::EdgesColumn, Qt::DescendingOrder);

    connect(m_c.graph, &GraphStore::changed, this, [this] {
        if (m_model->graph() == m_c.graph->graph()) return;
        m_following = true;
        m_model->setGraph(m_c.graph->graph());
        m_following = false;
        showHead();
    });
    connect(m_c.selection, &Selection::headChanged, this, &NodeTable::showHead);
    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& now) {
        if (!m_following && now.isValid())
            m_c.selection->setHead(m_model->graph()->nodes[std::size_t(now.data(NodesModel::NodeRole).toInt())].id);
    });
    connect(this, &QTableView::activated, this,
            [this](const QModelIndex& index) { Q_EMIT opened(index.data(NodesModel::NodeRole).toInt()); });
    m_model->setGraph(m_c.graph->graph());
    showHead();
}

void NodeTable::showHead()
{
    if (!m_model->graph()) return;
    const int node = m_model->graph()->nodeOf(m_c.selection->head());
    if (node < 0) return;
    const QModelIndex index = m_sorted->mapFromSource(m_model->index(node, 0));
    m_following = true;
    setCurrentIndex(index);
    scrollTo(index);
    m_following = false;
}

void NodeTable::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    // Counts are narrow, sums and shares wider; what is left goes to the words at the left.
    static constexpr int kWide[NodesModel::ColumnCount] = {64, 60, 68, 44, 48, 68, 72, 72, 72, 84, 84, 76};
    int all = 0;
    for (const int w : kWide) all += w;
    const int spare = std::max(0, viewport()->width() - all) / NodesModel::ColumnCount;
    for (int c = 0; c < NodesModel::ColumnCount; ++c) setColumnWidth(c, kWide[c] + spare);
}

void NodeTable::keyPressEvent(QKeyEvent* event)
{
    // Letters are the window's keys, not a search in the table.
    if (!event->text().isEmpty() && event->text().at(0).isPrint() && event->modifiers() == Qt::NoModifier) return event->ignore();
    QTableView::keyPressEvent(event);
}

}  // namespace hs::ui
