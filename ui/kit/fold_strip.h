// SPDX-License-Identifier: GPL-3.0-or-later
// What is left of a dock in a narrow window: a 28 px strip with its title; click or Enter unfolds it.
#pragma once

#include <QWidget>

class QDockWidget;

namespace hs::ui {

class FoldStrip : public QWidget {
    Q_OBJECT
public:
    FoldStrip(QDockWidget* dock, Qt::Edge edge, QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void toggle();
    QDockWidget* m_dock;
    Qt::Edge m_edge;
};

}  // namespace hs::ui
