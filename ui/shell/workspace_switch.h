// SPDX-License-Identifier: GPL-3.0-or-later
// Workspaces at the right end of the menu bar: words, the current one bold with an accent line under it.
#pragma once

#include <QStringList>
#include <QWidget>

namespace hs::ui {

class WorkspaceSwitch : public QWidget {
    Q_OBJECT
public:
    explicit WorkspaceSwitch(const QStringList& names, QWidget* parent = nullptr);
    void setCurrent(int index);
    int current() const { return m_current; }
    /// Why nothing in it can work with the open file: it is faint and says so, but can be chosen.
    void setObstacle(int index, const QString& reason);
    QSize sizeHint() const override;

Q_SIGNALS:
    void chosen(int index);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QRect box(int index) const;
    QStringList m_names, m_obstacles;
    int m_current = 0, m_hover = -1;
};

}  // namespace hs::ui
