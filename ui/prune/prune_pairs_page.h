// SPDX-License-Identifier: GPL-3.0-or-later
// Pairs of heads cut together against the sum of each alone: which heads back each other up, which work in one circuit.
#pragma once

#include <QWidget>

#include "ui/export/figure_subject.h"
#include "ui/prune/prune_bench.h"
#include "ui/state/view_context.h"

class QComboBox;
class QLabel;
class QPushButton;
class QStackedWidget;
class QTableWidget;

namespace hs::ui {

class PatchView;
class PruneController;
class Segment;

/// What a pair's numbers say: its excess is told from zero only when the interval leaves it out.
QString pairWords(const PairEffect& pair);

class PrunePairsPage : public QWidget {
    Q_OBJECT
public:
    PrunePairsPage(const ViewContext& context, PruneController* controller, QWidget* parent = nullptr);
    /// Heads that would be measured now.
    std::vector<HeadId> heads() const;
    FigureSubject figureSubject() const;
    QTableWidget* table() const { return m_table; }
    PatchView* map() const { return m_map; }
    QPushButton* measureButton() const { return m_measure; }
    QComboBox* which() const { return m_which; }
    QString facts() const;

private:
    void refresh();
    void refreshPairs();
    ViewContext m_c;
    PruneController* m_controller;
    QComboBox* m_which;
    QPushButton* m_measure;
    Segment* m_shape;
    QStackedWidget* m_stack;
    QTableWidget* m_table;
    PatchView* m_map;
    QLabel *m_words, *m_facts;
    std::vector<HeadId> m_mapHeads;
};

}  // namespace hs::ui
