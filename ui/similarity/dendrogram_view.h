// SPDX-License-Identifier: GPL-3.0-or-later
// Average linkage as a tree from left (all in one) to right (single heads), with the cut and its groups.
#pragma once

#include <QRectF>
#include <QStringList>
#include <QWidget>
#include <memory>
#include <vector>

#include "engine/similarity/cluster/linkage.h"

class QPainter;

namespace hs::ui {

struct DendrogramScene {
    std::shared_ptr<const Dendrogram> tree;  ///< null: nothing
    QStringList names;                       ///< [leaves]
    std::vector<int> groups;                 ///< [leaves] number of the group, as drawn; -1: alone
    std::vector<bool> medoids;               ///< [leaves]
    double cut = -1;                         ///< height of the cut line; < 0: none
    int selected = -1;                       ///< leaf
    QString axis;                            ///< "1 − PK / m"
    bool empty() const { return !tree || tree->leaves == 0; }
};

struct DendrogramFrame {
    QRectF plot;      ///< of the tree; names stand right of it
    double row = 13;  ///< height of a leaf
    double top = 1;   ///< height at the left edge
    double x(double height) const { return plot.right() - plot.width() * height / top; }
    double height(double x) const { return (plot.right() - x) / plot.width() * top; }
};
DendrogramFrame fitDendrogram(const DendrogramScene& scene, const QRectF& area, double unit);
void paintDendrogram(QPainter& painter, const DendrogramScene& scene, const QRectF& area, double unit, bool dark, bool selection);
/// A height that cuts the tree into `clusters` parts: half-way between two merges.
double cutHeight(const Dendrogram& tree, int clusters);
/// Parts of the tree cut at a height.
int clustersAt(const Dendrogram& tree, double height);

/// As high as its leaves need: put it into a scroll area.
class DendrogramView : public QWidget {
    Q_OBJECT
public:
    explicit DendrogramView(QWidget* parent = nullptr);
    const DendrogramScene& scene() const { return m_scene; }
    void setScene(DendrogramScene scene);
    QRectF leafRect(int leaf) const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {180, sizeHint().height()}; }

Q_SIGNALS:
    void cutChosen(int clusters);  ///< by a click into the tree, or Left and Right
    void leafChosen(int leaf);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    DendrogramScene m_scene;
};

}  // namespace hs::ui
