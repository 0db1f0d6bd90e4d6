// SPDX-License-Identifier: GPL-3.0-or-later
// Section of the head card: the selected head's edges, and where they stand among all pairs.
#pragma once

#include <QWidget>

#include "ui/state/view_context.h"

class QLabel;

namespace hs::ui {

class EdgeBars;
class GraphStore;
class PairHistogram;

class GraphCard : public QWidget {
    Q_OBJECT
public:
    GraphCard(const ViewContext& context, GraphStore* store, QWidget* parent = nullptr);
    EdgeBars* bars() const { return m_bars; }

private:
    void refresh();
    ViewContext m_c;
    GraphStore* m_store;
    QLabel* m_count;
    QLabel* m_of;
    QLabel* m_table;
    QLabel* m_barsTitle;
    QLabel* m_unit;
    EdgeBars* m_bars;
    QLabel* m_pairsTitle;
    PairHistogram* m_pairs;
    QLabel* m_random;
};

}  // namespace hs::ui
