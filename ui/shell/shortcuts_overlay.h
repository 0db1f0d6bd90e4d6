// SPDX-License-Identifier: GPL-3.0-or-later
// F1: all keys by menu, and the mouse gestures, over the window. Any key or click closes it.
#pragma once

#include <QWidget>
#include <vector>

class QMenuBar;

namespace hs::ui {

class ShortcutsOverlay : public QWidget {
    Q_OBJECT
public:
    ShortcutsOverlay(QMenuBar* menus, QWidget* window);

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Line { QString what, key; };
    struct Group { QString title; std::vector<Line> lines; };
    std::vector<Group> m_groups;
};

}  // namespace hs::ui
