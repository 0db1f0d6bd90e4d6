// SPDX-License-Identifier: GPL-3.0-or-later
// Page "Groups" of the Similarity tab: which heads are alike, who stands for them, and whether replacing the others changes the loss.
#pragma once

#include <QWidget>

#include "ui/export/figure_subject.h"
#include "ui/similarity/dendrogram_view.h"
#include "ui/similarity/swap_store.h"

class QComboBox;
class QLabel;
class QPushButton;
class QSpinBox;
class QTableWidget;

namespace hs::ui {

class IndexChart;

class GroupsPage : public QWidget {
    Q_OBJECT
public:
    explicit GroupsPage(const ViewContext& context, QWidget* parent = nullptr);
    DendrogramView* tree() const { return m_tree; }
    QTableWidget* table() const { return m_table; }
    QSpinBox* count() const { return m_count; }
    IndexChart* silhouettes() const { return m_silhouettes; }
    QPushButton* swapButton() const { return m_swap; }
    SwapStore* swaps() const { return m_swaps; }
    QString words() const;
    void fillFigure(FigureSubject& subject) const;

private:
    void refresh();
    void fillTable();
    void swapAll();
    std::vector<SwapRequest> requests() const;
    QString swapImpossible() const;
    SwapKind kind() const;
    DendrogramScene treeScene() const;
    HeadId headOfRow(int row) const;

    ViewContext m_c;
    SwapStore* m_swaps;
    DendrogramView* m_tree;
    IndexChart* m_silhouettes;
    QSpinBox* m_count;
    QComboBox* m_kind;
    QPushButton* m_swap;
    QLabel *m_words, *m_swapWords;
    QTableWidget* m_table;
    std::vector<int> m_rows;   ///< [rows of the table] row of the matrix; -1: heading of a group
    HeadId m_reached{-1, -1};  ///< head that the table was last scrolled to
    bool m_filling = false;
};

}  // namespace hs::ui
