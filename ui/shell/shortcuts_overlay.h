// SPDX-License-Identifier: GPL-3.0-or-later
// F1: all keys by menu, and the mouse gestures, over the window. Any key or click closes it.
#pragma once

#include <QWidget>
#include <vector>

namespace hs::ui {

class CommandList;

class ShortcutsOverlay : public QWidget {
    Q_OBJECT
public:
    ShortcutsOverlay(const CommandList& commands, QWidget* window);
    struct Line {
        QString what, key;
    };
    struct Group {
        QString title;
        std::vector<Line> lines;
    };
    const std::vector<Group>& groups() const { return m_groups; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    bool event(QEvent* event) override;

private:
    std::vector<Group> m_groups;
};

}  // namespace hs::ui
