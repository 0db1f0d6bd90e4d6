// SPDX-License-Identifier: GPL-3.0-or-later
// The head graph as a view: wheel zooms, drag moves, a node can be dragged to another place and stays there.
#pragma once

#include <QPixmap>
#include <QTimer>
#include <QWidget>
#include <map>

#include "ui/graph/graph_painter.h"

namespace hs::ui {

class GraphView : public QWidget {
    Q_OBJECT
public:
    explicit GraphView(QWidget* parent = nullptr);

    const GraphScene& scene() const { return m_scene; }
    /// Another graph or layout. Nodes move to their new places within 150 ms unless animations are off; zoom stays when `keepView`.
    void setScene(const GraphScene& scene, bool keepView = true);
    /// Same graph and layout, another look or selection: only a repaint.
    void updateLook(const GraphScene& scene);
    void setAnimated(bool on) { m_animated = on; }
    void fit();
    void zoomBy(double factor, const QPointF& at);
    double zoom() const { return m_zoom; }
    /// Brings a node into sight.
    void reveal(int node);
    GraphFrame frame() const;
    /// Nodes the user put somewhere, in layout coordinates; forgotten by forgetMoved().
    std::vector<std::pair<int, GraphPoint>> moved() const;
    void forgetMoved();

Q_SIGNALS:
    void nodeChosen(int node);
    void nodePinned(int node);
    void nodeOpened(int node);  ///< double click, Enter
    void edgeChosen(int edge);  ///< -1: none
    void hovered(int node, int edge);
    void movedByUser();
    void menuRequested(int node, const QPoint& at);  ///< of a head; position on the screen
    void resized(double plotWidth);                  ///< room for nodes, px

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void repaintAll();
    void render();
    void scrollPicture(const QPointF& to, bool draft = false);
    void paintPart(QPainter& painter, const QRectF& box, bool draft = false);
    void paintHover(QPainter& painter);
    void setHover(int node, int edge);
    void step(int dx, int dy);
    std::shared_ptr<const GraphLayout> placed(const std::shared_ptr<const GraphLayout>& layout) const;

    GraphScene m_scene;                           ///< with the nodes where they are drawn now
    std::shared_ptr<const GraphLayout> m_target;  ///< where they end
    std::shared_ptr<const GraphLayout> m_from;
    std::map<int, GraphPoint> m_moved;
    double m_zoom = 1;
    QPointF m_pan;
    bool m_animated = true;
    QTimer m_motion, m_sharpen, m_ahead;
    double m_motionAt = 1;
    // The picture is larger than the widget, so that a pan is one blit; beyond its edge only the strip that comes into sight is painted.
    // What the pointer adds is painted over it.
    QPixmap m_picture;
    QRectF m_pictureBox;   ///< in canvas coordinates at the time of rendering
    double m_stripMs = 0;  ///< what the last strip that was not a draft cost
    bool m_draft = false;  ///< some of the picture is a draft
    double m_pictureZoom = 1;
    QPointF m_picturePan;
    bool m_dirty = true;
    int m_pressedNode = -1;
    bool m_dragging = false;
    QPointF m_press, m_last;
};

}  // namespace hs::ui
