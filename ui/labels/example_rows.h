// SPDX-License-Identifier: GPL-3.0-or-later
// Rows that speak for or against a label, as pieces of text: the query underlined, what it looks at coloured by its weight.
// Each row opens its passage (Enter, double click).
#pragma once

#include <QString>
#include <QWidget>
#include <vector>

#include "ui/labels/label_examples.h"

namespace hs::ui {

class ExampleRows : public QWidget {
    Q_OBJECT
public:
    explicit ExampleRows(QWidget* parent = nullptr);
    void setLines(std::vector<ExampleLine> lines);
    const std::vector<ExampleLine>& lines() const { return m_lines; }
    /// Weight at the right edge of each row, and the passage's name before it.
    void setDetailed(bool on);
    /// One click opens; otherwise it chooses, and a double click opens.
    void setOpensOnClick(bool on) { m_opensOnClick = on; }
    int current() const { return m_current; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {160, sizeHint().height()}; }
    /// "Query ␣the gives 0.98 to ␣in: tale.txt".
    QString sentence(int line) const;

Q_SIGNALS:
    void opened(const hs::ui::ExampleLine& line);
    void currentChanged(int line);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;

private:
    int lineAt(double y) const;
    void setCurrent(int line);
    std::vector<ExampleLine> m_lines;
    int m_hover = -1, m_current = 0;
    bool m_detailed = false, m_opensOnClick = false;
};

}  // namespace hs::ui
