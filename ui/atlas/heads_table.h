// SPDX-License-Identifier: GPL-3.0-or-later
// The heads as a table: sortable, selection linked to the window's head, loss bars from a visible zero line.
#pragma once

#include <QTableView>

#include "ui/state/view_context.h"

class QSortFilterProxyModel;

namespace hs::ui {

class HeadsModel;

class HeadsTable : public QTableView {
    Q_OBJECT
public:
    HeadsTable(HeadsModel* model, const ViewContext& context, QWidget* parent = nullptr);

    /// Edges, in and out instead of score and loss: while the graph is in front. The order of rows is kept for each of the two.
    void showGraph(bool on);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void showHead();
    int titleWidth(int column) const;
    void fitColumns();
    HeadsModel* m_model;
    QSortFilterProxyModel* m_sorted;
    ViewContext m_c;
    bool m_following = false, m_graph = false, m_fitting = false;
    int m_otherColumn;  ///< of the order that is not shown now
    Qt::SortOrder m_otherOrder = Qt::DescendingOrder;
};

}  // namespace hs::ui
