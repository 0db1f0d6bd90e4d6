// SPDX-License-Identifier: GPL-3.0-or-later
// Centre tab "Compare" (ui/look.md section 5.4).
#pragma once

#include <QThreadPool>

#include "ui/compare/compare_sources.h"
#include "ui/export/figure_jobs.h"
#include "ui/feature/centre_tab.h"

class QBoxLayout;
class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;
class QStackedLayout;

namespace hs::ui {

class CompareView;
class DifferencesTable;
class RowChart;
class Segment;

class CompareTab : public CentreTab {
    Q_OBJECT
public:
    explicit CompareTab(const ViewContext& context, QWidget* parent = nullptr);
    ~CompareTab() override;

    QString id() const override { return QStringLiteral("compare"); }
    QString title() const override { return tr("Compare"); }
    QString statusText() const override;
    FigureSubject figureSubject() const override;
    QString obstacle() const override;
    void save(QJsonObject& state) const override;
    void restore(const QJsonObject& state) override;
    CompareSources* sources() const { return m_sources; }
    CompareView* view() const { return m_view; }
    DifferencesTable* table() const { return m_table; }
    void setMode(CompareMode mode);
    /// Whole-map numbers; rows = 0 until computed.
    const MapComparison& comparison() const { return m_comparison; }

private:
    void buildBar();
    QWidget* buildContent();    ///< maps with what stands below them, or the sentence in their place
    QWidget* buildBelow();      ///< the row's chart beside the table
    QWidget* buildTableSide();  ///< whole-map numbers and the largest differences
    void connectControls();
    void connectSources();  ///< what the tab follows
    void refresh();
    void refreshRow();
    void askNumbers();
    void computeNumbers(const FigureData& figure);  ///< from both maps, in a thread of their own
    void chooseModel();

    ViewContext m_c;
    CompareSources* m_sources;
    MapModel *m_a, *m_b;
    CompareView* m_view;
    RowChart* m_chart;
    DifferencesTable* m_table;
    Segment* m_mode;
    QLabel *m_title, *m_numbers, *m_tokens;
    QComboBox* m_prompts;
    QPushButton *m_openModel, *m_swap, *m_export;
    QCheckBox *m_sameView, *m_sameScale;
    StatePanel* m_state;
    QStackedLayout* m_stack;
    CompareSources::State m_now;
    FigureCollector m_collector;
    MapComparison m_comparison;
    QThreadPool m_pool;
    quint64 m_generation = 0;
    bool m_numbersDirty = true;
    QBoxLayout* m_bar;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
};

}  // namespace hs::ui
