// SPDX-License-Identifier: GPL-3.0-or-later
// One row of A and of B as bars over the keys: A filled, B hollow.
#pragma once

#include <QWidget>
#include <vector>

#include "ui/map/map_model.h"

namespace hs::ui {

class RowChart : public QWidget {
    Q_OBJECT
public:
    explicit RowChart(QWidget* parent = nullptr);
    struct Row {
        int token = -1;  ///< -1: nothing to show
        QString label;   ///< of the query
        std::vector<AxisLabel> keys;
        std::vector<float> a, b;  ///< NaN: masked
        int column = -1;          ///< marked key
        QString nameA, nameB;
    };
    void setRow(const Row& row);
    /// Keys drawn: those where A or B has at least `kLeast`, in order, at most as many as fit (the largest).
    static constexpr float kLeast = 0.001f;
    std::vector<int> shownKeys() const;
    /// "keys 0 to 14 hold less than 0.001 each, not shown".
    QString note() const;
    QSize sizeHint() const override { return {640, 200}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int fits() const;
    Row m_row;
};

}  // namespace hs::ui
