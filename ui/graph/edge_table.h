// SPDX-License-Identifier: GPL-3.0-or-later
// Table of the graph's edges with a line sample and a bar; follows and sets the selected edge.
#pragma once

#include <QTableView>

#include "ui/graph/graph_scene.h"

class QSortFilterProxyModel;

namespace hs::ui {

class EdgesModel;
class GraphStore;

/// A short line as edges of a type are drawn, for chips and tables.
QPixmap edgeSample(const EdgeType& type, EdgePalette palette, bool dark, double ratio);

class EdgeTable : public QTableView {
    Q_OBJECT
public:
    explicit EdgeTable(GraphStore* store, QWidget* parent = nullptr);
    void setEdgePalette(EdgePalette palette);
    EdgePalette edgePalette() const { return m_palette; }
    EdgesModel* edges() const { return m_model; }
    QSize sizeHint() const override { return {600, 172}; }

Q_SIGNALS:
    void opened(int edge);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void showEdge();
    GraphStore* m_store;
    EdgesModel* m_model;
    QSortFilterProxyModel* m_sorted;
    EdgePalette m_palette = EdgePalette::Roles;
    bool m_following = false;
};

}  // namespace hs::ui
