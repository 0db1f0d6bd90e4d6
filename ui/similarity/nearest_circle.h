// SPDX-License-Identifier: GPL-3.0-or-later
// One head in the middle, the heads nearest to it around it, each as far out as it is unlike. The outer ring is the random level where
// the measure has one, else the farthest head shown.
#pragma once

#include <QColor>
#include <QRectF>
#include <QString>
#include <QWidget>
#include <vector>

#include "engine/base/ids.h"

class QPainter;

namespace hs::ui {

struct NearestHead {
    HeadId head;
    QString name, letters, text;  ///< "L3H2", two-letter label code or empty, "12.34"
    QColor colour;                ///< of the label's family; invalid: none
    double distance = 0;          ///< 0: the same
};

struct NearestScene {
    QString centre, letters;
    QColor colour;
    std::vector<NearestHead> heads;  ///< nearest first; drawn clockwise from the top
    double edge = 1;                 ///< distance of the outer ring
    QString edgeName;                ///< "random level"
    QString absent;                  ///< said when there are no heads
    int lit = -1;                    ///< under the mouse or the keyboard
};

struct NearestFrame {
    QPointF centre;
    double inner = 0, outer = 0;
    QPointF at(const NearestScene& s, int i) const;  ///< where a head lies
    QPointF rim(const NearestScene& s, int i, double beyond) const;
};
NearestFrame fitNearest(const QRectF& area, double unit);
void paintNearest(QPainter& painter, const NearestScene& scene, const QRectF& area, double unit, bool dark, bool selection);

class NearestCircle : public QWidget {
    Q_OBJECT
public:
    explicit NearestCircle(QWidget* parent = nullptr);
    const NearestScene& scene() const { return m_scene; }
    void setScene(NearestScene scene);
    QSize sizeHint() const override { return {300, 300}; }
    QSize minimumSizeHint() const override { return {260, 260}; }

Q_SIGNALS:
    void chosen(hs::HeadId head);
    void hovered(int index);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    int headAt(const QPointF& p) const;
    void light(int index);
    NearestScene m_scene;
};

}  // namespace hs::ui
