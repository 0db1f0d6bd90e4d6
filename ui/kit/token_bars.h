// SPDX-License-Identifier: GPL-3.0-or-later
// Tokens with bars and numbers: "on → off" of the next token, what comes next, most attended tokens. Rows can be chosen.
#pragma once

#include <QWidget>
#include <optional>
#include <vector>

namespace hs::ui {

class TokenBars : public QWidget {
    Q_OBJECT
public:
    struct Row {
        QString text;                  ///< token as read
        double value = 0;              ///< bar in [0, 1]
        std::optional<double> before;  ///< pale bar above it
        QString numbers;               ///< one number, or
        QString numbersBefore;         ///< the number before, left of an arrow
        QString tip;
    };
    explicit TokenBars(QWidget* parent = nullptr);
    void setRows(std::vector<Row> rows);
    void setChoosable(bool on);  ///< rows are buttons
    const std::vector<Row>& rows() const { return m_rows; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {200, sizeHint().height()}; }

Q_SIGNALS:
    void chosen(int row);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;

private:
    int rowAt(double y) const;
    std::vector<Row> m_rows;
    int m_hover = -1, m_current = 0;
    bool m_choosable = false;
};

}  // namespace hs::ui
