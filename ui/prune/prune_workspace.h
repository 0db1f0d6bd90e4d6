// SPDX-License-Identifier: GPL-3.0-or-later
// Centre of the pruning bench (ui/look.md section 5.5): loss curve with the next tokens under it, heads by every score, the curve's numbers.
#pragma once

#include <QWidget>

#include "ui/export/figure_subject.h"
#include "ui/prune/prune_curve.h"
#include "ui/state/view_context.h"

class QLabel;
class QProgressBar;
class QPushButton;
class QStackedLayout;
class QTableWidget;

namespace hs::ui {

class CentreTabs;
class PruneController;
class PruneCurveChart;
class PruneHeadsModel;
class PruneNextPanel;
class PrunePairsPage;
class Segment;
class StatePanel;

class PruneWorkspace : public QWidget {
    Q_OBJECT
public:
    PruneWorkspace(const ViewContext& context, PruneController* controller, QWidget* parent = nullptr);
    QString statusText() const;
    FigureSubject figureSubject() const;   ///< of the page in view
    FigureSubject curveSubject() const;
    PruneCurveChart* chart() const { return m_chart; }
    PruneNextPanel* next() const { return m_next; }
    CentreTabs* tabs() const { return m_tabs; }
    QTableWidget* table() const { return m_table; }
    Segment* ablation() const { return m_ablation; }
    Segment* value() const { return m_value; }
    PrunePairsPage* pairs() const { return m_pairs; }
    /// What the line above the chart says: progress, against chance, or the comparison.
    QString curveWords() const;

public Q_SLOTS:
    void openTextDialog();
    void openBudgetDialog();
    void openSaveDialog();

Q_SIGNALS:
    void statusChanged(const QString& text);
    void exportRequested();
    void compareRequested(const QString& modelPath);

private:
    QWidget* buildCurve();
    QWidget* buildHeads();
    QWidget* buildTable();
    void refresh();
    void refreshTable();
    void refreshHeads();
    std::vector<int> stops() const;

    ViewContext m_c;
    PruneController* m_controller;
    CentreTabs* m_tabs;
    Segment *m_ablation, *m_value;
    QPushButton *m_text, *m_measure, *m_scores;
    PruneCurveChart* m_chart;
    StatePanel* m_state;
    QStackedLayout* m_chartStack;
    PruneNextPanel* m_next;
    PruneHeadsModel* m_heads;
    PrunePairsPage* m_pairs;
    QLabel *m_correlations, *m_title, *m_where, *m_tableWhere;
    QString m_progress;
    QTableWidget* m_table;
    int m_gesture = -1;
};

}  // namespace hs::ui
