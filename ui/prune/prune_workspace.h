// SPDX-License-Identifier: GPL-3.0-or-later
// Centre of the pruning bench (ui/look.md section 5.5): loss curve with the next tokens under it, heads by every score, the curve's numbers.
#pragma once

#include "ui/feature/centre_tab.h"
#include "ui/prune/prune_curve.h"

class QLabel;
class QProgressBar;
class QPushButton;
class QStackedLayout;
class QTableWidget;

namespace hs::ui {

class CentreTabs;
class PruneController;
class PruneCutsPanel;
class PruneCurveChart;
class PruneHeadsModel;
class PruneNextPanel;
class PrunePairsPage;
class Segment;
class StatePanel;

class PruneWorkspace : public CentreTab {
    Q_OBJECT
public:
    /// `cuts`: what stands in the right dock meanwhile.
    PruneWorkspace(const ViewContext& context, PruneController* controller, PruneCutsPanel* cuts, QWidget* parent = nullptr);
    QString id() const override { return QStringLiteral("prune"); }
    QString title() const override { return tr("Prune"); }
    QString statusText() const override;
    FigureSubject figureSubject() const override;  ///< of the page in view
    bool draws(const QString& figure) const override { return figure == QLatin1String("pruning-curve"); }
    QString obstacle() const override;
    std::optional<DockPage> sidePage() const override;
    bool looksAreSteps() const override { return false; }  // Ctrl+Z takes back cuts here
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
    PruneCutsPanel* m_cuts;
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
