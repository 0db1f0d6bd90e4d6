// SPDX-License-Identifier: GPL-3.0-or-later
// Page "Ranking" of the Similarity tab: all heads in order of how much they are an identity, or of how little the loss changes when
// their nearest head stands in for them.
#pragma once

#include <QTimer>
#include <QWidget>

#include "ui/export/figure_subject.h"
#include "ui/similarity/swap_store.h"

class QComboBox;
class QLabel;
class QLayout;
class QPushButton;
class QTableView;

namespace hs::ui {

class IdentityStore;
class RankingModel;
class RankingOrder;

class RankingPage : public QWidget {
    Q_OBJECT
public:
    /// `swaps` is shared with the Groups page: what was measured there stands here too.
    RankingPage(const ViewContext& context, SwapStore* swaps, QWidget* parent = nullptr);
    IdentityStore* store() const { return m_store; }
    RankingModel* model() const { return m_model; }
    QTableView* table() const { return m_table; }
    QPushButton* swapButton() const { return m_swap; }
    QComboBox* orderBox() const { return m_order; }
    QString words() const;
    void fillFigure(FigureSubject& subject) const;

Q_SIGNALS:
    void opened(hs::HeadId head);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void buildTable();
    void buildOrder();
    QLayout* buildBar();
    void connectStores();
    void connectControls();
    void refreshSoon();
    void ask();
    void refresh();
    void refreshWords();
    void showHead();
    void sortBy(int column, Qt::SortOrder order);
    void swapAll();
    SwapKind kind() const;
    /// Every head by the one nearest to it in the matrix of the tab.
    std::vector<SwapRequest> requests() const;
    QString swapImpossible() const;

    ViewContext m_c;
    IdentityStore* m_store;
    SwapStore* m_swaps;
    RankingModel* m_model;
    RankingOrder* m_sorted;
    QTableView* m_table;
    QComboBox *m_order, *m_kind;
    QPushButton *m_swap, *m_cancel;
    QLabel *m_words, *m_swapWords;
    QTimer m_soon;  ///< many heads arrive at once: one refresh for all of them
    bool m_following = false;
};

}  // namespace hs::ui
