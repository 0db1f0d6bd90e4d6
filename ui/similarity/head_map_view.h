// SPDX-License-Identifier: GPL-3.0-or-later
// Heads as points, near where they are alike (multidimensional scaling of any distance). Letters and colours are their labels.
#pragma once

#include <QColor>
#include <QWidget>
#include <array>
#include <vector>

#include "engine/base/ids.h"

class QPainter;

namespace hs::ui {

struct HeadMapPoint {
    HeadId head;
    QString name;     ///< "3.7"
    QString letters;  ///< two-letter label code or empty
    QColor colour;    ///< of the label's family; invalid: none
    double x = 0, y = 0;
};

struct HeadMapScene {
    std::vector<HeadMapPoint> points;
    int selected = -1, pinned = -1, hover = -1;
};

/// Paints into `canvas`; one scale for both axes, because distance is what the picture is about.
void paintHeadMap(QPainter& painter, const HeadMapScene& scene, const QRectF& canvas, double unit, bool dark, bool selection);

class HeadMapView : public QWidget {
    Q_OBJECT
public:
    explicit HeadMapView(QWidget* parent = nullptr);
    const HeadMapScene& scene() const { return m_scene; }
    void setScene(HeadMapScene scene);
    void fit();

Q_SIGNALS:
    void hovered(int point);
    void chosen(int point);
    void pinned(int point);
    void opened(int point);

protected:
    void paintEvent(QPaintEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    QRectF canvas() const;
    int pointAt(const QPointF& p) const;

    HeadMapScene m_scene;
    double m_zoom = 1;
    QPointF m_pan, m_press, m_last;
    bool m_pressed = false, m_dragging = false;
};

}  // namespace hs::ui
