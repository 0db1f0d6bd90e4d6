// SPDX-License-Identifier: GPL-3.0-or-later
// Source role against target role, four by four: a number and a second, smaller one in each cell, coloured by the first.
#pragma once

#include <QRectF>
#include <QString>
#include <QWidget>
#include <array>
#include <vector>

class QPainter;

namespace hs::ui {

struct RoleTableScene {
    struct Cell {
        double value = 0;      ///< NaN: n/a
        QString text, second;  ///< second: muted, may be empty
    };
    std::vector<Cell> cells;  ///< [16] rows (sources) Q K V O; empty: nothing to show
    int chosen = -1;
};

void paintRoleTable(QPainter& painter, const RoleTableScene& scene, const QRectF& area, double unit, bool dark, bool selection);

class RoleTable : public QWidget {
    Q_OBJECT
public:
    explicit RoleTable(const QString& name, QWidget* parent = nullptr);
    const RoleTableScene& scene() const { return m_scene; }
    void setScene(RoleTableScene scene);
    QRectF cellRect(int cell) const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void chosen(int cell);  ///< row * 4 + column

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    RoleTableScene m_scene;
};

}  // namespace hs::ui
