// SPDX-License-Identifier: GPL-3.0-or-later
// The prompt as tokens: hover and click choose the query, Shift+click the key. One line, at most two, then it scrolls.
#pragma once

#include <QWidget>
#include <vector>

#include "ui/state/view_context.h"

namespace hs::ui {

class TokenRow : public QWidget {
    Q_OBJECT
public:
    explicit TokenRow(const ViewContext& context, QWidget* parent = nullptr);
    int tokenAt(const QPoint& point) const;  ///< -1: none
    int lines() const { return m_lines; }

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void arrange();
    void reveal(int token);
    QString emptySentence() const;

    ViewContext m_c;
    struct Box {
        QRectF rect;
        QString text;
        bool special = false;
    };
    std::vector<Box> m_boxes;
    QString m_count;
    int m_lines = 1, m_scroll = 0;
};

}  // namespace hs::ui
