// SPDX-License-Identifier: GPL-3.0-or-later
// Table of the graph's heads with every hub measure; follows and sets the window's head.
#pragma once

#include <QTableView>

#include "ui/state/view_context.h"

class QSortFilterProxyModel;

namespace hs::ui {

class NodesModel;

class NodeTable : public QTableView {
    Q_OBJECT
public:
    explicit NodeTable(const ViewContext& context, QWidget* parent = nullptr);
    NodesModel* nodes() const { return m_model; }
    QSize sizeHint() const override { return {600, 172}; }

Q_SIGNALS:
    void opened(int node);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void showHead();
    ViewContext m_c;
    NodesModel* m_model;
    QSortFilterProxyModel* m_sorted;
    bool m_following = false;
};

}  // namespace hs::ui
