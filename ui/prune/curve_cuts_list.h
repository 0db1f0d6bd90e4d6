// SPDX-License-Identifier: GPL-3.0-or-later
// The heads that are off, in order, with what each cut did; the next best below them. Any cut can be undone: click Undo, or Delete.
#pragma once

#include <QAbstractScrollArea>

#include "ui/prune/prune_bench.h"

namespace hs::ui {

class LabelStore;

class CutsList : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit CutsList(const LabelStore* labels, QWidget* parent = nullptr);
    void setRows(std::vector<CutRow> rows, const std::optional<NextCut>& next, bool measuring);
    const std::vector<CutRow>& rows() const { return m_rows; }
    int preferredHeight() const;
    QRect undoBox(int row) const;  ///< in viewport coordinates
    QSize sizeHint() const override { return {300, preferredHeight()}; }

Q_SIGNALS:
    void chosen(hs::HeadId head);
    void undoRequested(hs::HeadId head);
    void cutRequested(hs::HeadId head);  ///< the next best

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool viewportEvent(QEvent* event) override;

private:
    int rowAt(double y) const;
    int lineCount() const { return int(m_rows.size()) + (m_next ? 1 : 0); }
    void fit();
    const LabelStore* m_labels;
    std::vector<CutRow> m_rows;
    std::optional<NextCut> m_next;
    bool m_measuring = false;
    int m_current = -1, m_hover = -1;
};

}  // namespace hs::ui
