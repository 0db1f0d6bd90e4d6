// SPDX-License-Identifier: GPL-3.0-or-later
// The strongest edges of one head: line sample, direction, other head, bar and value. Rows can be chosen.
#pragma once

#include <QWidget>
#include <vector>

#include "ui/graph/graph_scene.h"

namespace hs::ui {

struct EdgeBar {
    int edge = -1;
    EdgeType type;
    bool out = true;  ///< from the head into another one
    QString other;    ///< "L5H1"
    double value = 0;
    QString text;
};

class EdgeBars : public QWidget {
    Q_OBJECT
public:
    explicit EdgeBars(QWidget* parent = nullptr);
    void setRows(std::vector<EdgeBar> rows, double most, int selectedEdge);
    void setEdgePalette(EdgePalette palette);
    EdgePalette edgePalette() const { return m_palette; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {200, sizeHint().height()}; }

Q_SIGNALS:
    void chosen(int edge);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    std::vector<EdgeBar> m_rows;
    double m_most = 1;
    int m_selected = -1;
    EdgePalette m_palette = EdgePalette::Roles;
};

}  // namespace hs::ui
