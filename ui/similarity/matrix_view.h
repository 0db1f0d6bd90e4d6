// SPDX-License-Identifier: GPL-3.0-or-later
// Heads against heads: wheel zooms, drag moves, hover reads out, click chooses a pair.
#pragma once

#include <QPixmap>
#include <QWidget>

#include "ui/similarity/matrix_scene.h"

namespace hs::ui {

class MatrixView : public QWidget {
    Q_OBJECT
public:
    explicit MatrixView(QWidget* parent = nullptr);
    const MatrixScene& scene() const { return m_scene; }
    void setScene(const MatrixScene& scene);
    void fit();
    void zoomBy(double factor, const QPointF& at);
    MatrixFrame frame() const;

Q_SIGNALS:
    void hovered(int row, int col);  ///< indices; -1, -1: nothing
    void chosen(int row, int col);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
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
    void clampPan();
    void redraw();
    void step(int rows, int cols);

    MatrixScene m_scene;
    QPixmap m_picture;
    double m_zoom = 1;
    QPointF m_pan, m_press, m_last;
    bool m_dragging = false, m_pressed = false;
};

}  // namespace hs::ui
